import type { CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import type { Language, LanguageSupport } from '@codemirror/language'
import type { Extension } from '@codemirror/state'

/**
 * What the editor knows of each language: its colours, its indentation and its words. Each is loaded when a program is
 * written in it. A language that is not here is written as plain text.
 */

export type KnownLanguage = {
  /** Reads it, for colours. */
  language: Language
  /** All that the editor needs. */
  support: Extension
  /** How deep a block is indented. */
  indent: string
}

const known: Record<string, () => Promise<KnownLanguage>> = {
  python: async () => {
    const { python } = await import('@codemirror/lang-python')
    // It brings the words of the language and the names of the program along.
    return { ...of(python()), indent: '    ' }
  },
  javascript: () => script(false),
  typescript: () => script(true),
  sql: async () => {
    const [{ sql, SQLite }, { completeAnyWord }] = await Promise.all([
      import('@codemirror/lang-sql'),
      import('@codemirror/autocomplete'),
    ])
    // Programs run on SQLite.
    const support = sql({ dialect: SQLite, upperCaseKeywords: true })
    return withWords(support, completeAnyWord)
  },
  c: async () => {
    const [{ cpp }, { completeAnyWord, completeFromList }] = await Promise.all([
      import('@codemirror/lang-cpp'),
      import('@codemirror/autocomplete'),
    ])
    const { wordsOfC } = await import('./words-of-c.ts')
    return withWords(cpp(), completeAnyWord, completeFromList(wordsOfC))
  },
}

async function script(typescript: boolean): Promise<KnownLanguage> {
  const { javascript } = await import('@codemirror/lang-javascript')
  return of(javascript({ typescript }))
}

const of = (support: LanguageSupport): KnownLanguage => ({
  language: support.language,
  support,
  indent: '  ',
})

/** With completion from the words that the program has already, and from those of the language where it brings none. */
function withWords(
  support: LanguageSupport,
  ofProgram: CompletionSource,
  ...more: CompletionSource[]
): KnownLanguage {
  // A word without a kind is told once where the language knows it too.
  const words: CompletionSource = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const found = await ofProgram(context)
    return found && { ...found, options: found.options.map(({ label }) => ({ label })) }
  }
  const data = [words, ...more].map(autocomplete => support.language.data.of({ autocomplete }))
  return { ...of(support), support: [support, ...data] }
}

/** Null for a language that the editor does not know. */
export async function loadLanguage(name: string): Promise<KnownLanguage | null> {
  return (await known[name]?.()) ?? null
}
