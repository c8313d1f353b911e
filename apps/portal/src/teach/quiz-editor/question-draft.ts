import type { InputOf, OutputOf } from '../../lib/api.browser.ts'

export type AuthoredQuiz = OutputOf<'assessment.editQuiz'>
export type QuestionInput = NonNullable<InputOf<'assessment.saveQuiz'>['questions']>[number]
export type QuestionType = QuestionInput['type']

/** An answer as it is being written. `key` names it in the page; `id` is there once it was saved. */
export type OptionDraft = { key: string; id?: string; content: string; correct: boolean; feedback: string }
/** A question as it is being written: texts as an author types them, see `typedText`. */
export type QuestionDraft = {
  key: string
  id?: string
  type: QuestionType
  content: string
  points: number
  options: OptionDraft[]
  feedback: { general: string; correct: string; incorrect: string }
}

/** Whether something is a question of this shape, and not one that an older version of the page kept. */
export function isQuestionDraft(value: unknown): value is QuestionDraft {
  const { key, type, content, options, feedback } = (value ?? {}) as Partial<QuestionDraft>
  return Boolean(
    key &&
      type &&
      typeof content === 'string' &&
      feedback &&
      Array.isArray(options) &&
      options.every(option => typeof option?.key === 'string' && typeof option.content === 'string'),
  )
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const unescaped = (text: string) =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&(?:apos|#39);/g, "'")
    .replace(/&nbsp;|&#xa0;|&#160;/gi, '\u00a0')
    .replace(/&amp;/g, '&')

const beginsAsHtml = (text: string) => /^\s*<[a-z]/i.test(text)

/**
 * Stored HTML as an author edits it: plain text where the HTML is nothing but paragraphs and line breaks, and the
 * HTML itself otherwise, so that no formula or picture of an imported question is lost.
 */
export function typedText(html: string): string {
  const bare = html.trim()
  const paragraphs = bare.match(/^(?:<p>(?:[^<]|<br ?\/?>)*<\/p>\s*)+$/i)
    ? [...bare.matchAll(/<p>((?:[^<]|<br ?\/?>)*)<\/p>/gi)].map(([, inside = '']) => inside)
    : /^(?:[^<]|<br ?\/?>)*$/i.test(bare)
      ? [bare]
      : null
  if (!paragraphs) return bare
  const text = paragraphs.map(inside => unescaped(inside.replace(/\s*<br ?\/?>\s*/gi, '\n'))).join('\n\n')
  // Text that would be read back as HTML stays HTML.
  return beginsAsHtml(text) ? bare : text
}

/** What an author typed as HTML: taken as it is when it begins with a tag, else its paragraphs. */
export function htmlOf(typed: string): string {
  const text = typed.trim()
  if (!text || beginsAsHtml(text)) return text
  return text
    .split(/\n\s*\n/)
    .map(paragraph => `<p>${escaped(paragraph.trim()).replace(/\n/g, '<br>')}</p>`)
    .join('')
}

/** As `htmlOf` for an answer, which stands within a line: a single paragraph needs no element. */
export function inlineHtmlOf(typed: string): string {
  const html = htmlOf(typed)
  return html.match(/^<p>((?:(?!<p>)[\s\S])*)<\/p>$/)?.[1] ?? html
}

/** The letter by which an answer is called: A, B, … */
export const letterOf = (index: number) => String.fromCharCode(65 + index)

export function draftOf(question: Omit<AuthoredQuiz['questions'][number], 'version'>): QuestionDraft {
  return {
    key: question.id,
    id: question.id,
    type: question.type,
    content: typedText(question.content),
    points: question.points,
    options: question.options.map(option => ({
      key: option.id,
      id: option.id,
      content: typedText(option.content),
      correct: option.correct,
      feedback: typedText(option.feedback ?? ''),
    })),
    feedback: {
      general: typedText(question.feedback.general ?? ''),
      correct: typedText(question.feedback.correct ?? ''),
      incorrect: typedText(question.feedback.incorrect ?? ''),
    },
  }
}

export function inputOf(draft: QuestionDraft): QuestionInput {
  const said = (text: string) => htmlOf(text) || null
  return {
    ...(draft.id ? { id: draft.id } : {}),
    type: draft.type,
    content: htmlOf(draft.content),
    points: draft.points,
    options: draft.options.filter(isUsed).map(option => ({
      ...(option.id ? { id: option.id } : {}),
      content: inlineHtmlOf(option.content),
      correct: option.correct,
      feedback: said(option.feedback),
    })),
    feedback: {
      general: said(draft.feedback.general),
      correct: said(draft.feedback.correct),
      incorrect: said(draft.feedback.incorrect),
    },
  }
}

/** An empty question of a kind; `words` are what a true or false question offers. */
export function newQuestion(type: QuestionType, words: { true: string; false: string }): QuestionDraft {
  const option = (content: string, correct = false): OptionDraft => ({
    key: crypto.randomUUID(),
    content,
    correct,
    feedback: '',
  })
  return {
    key: crypto.randomUUID(),
    type,
    content: '',
    points: 1,
    options:
      type === 'true_false'
        ? [option(words.true, true), option(words.false)]
        : [option('', true), option(''), option(''), option('')],
    feedback: { general: '', correct: '', incorrect: '' },
  }
}

/** The same question once more, as a new one. */
export function duplicateOf({ id: _, ...question }: QuestionDraft): QuestionDraft {
  return {
    ...question,
    key: crypto.randomUUID(),
    options: question.options.map(({ id: __, ...option }) => ({ ...option, key: crypto.randomUUID() })),
  }
}

export type MissingPart = 'content' | 'option' | 'few' | 'correct'

/** Whether anything was written in a row for an answer. Rows left empty are not saved. */
const isUsed = (option: OptionDraft) => Boolean(option.content.trim() || option.feedback.trim())

/** What a question lacks before it can be saved; the API checks the same and more. No answer of a survey is right. */
export function missingPart(question: QuestionDraft, kind: AuthoredQuiz['kind']): MissingPart | null {
  if (!question.content.trim()) return 'content'
  const used = question.options.filter(isUsed)
  if (used.some(option => !option.content.trim())) return 'option'
  if (used.length < 2) return 'few'
  if (kind === 'survey') return null
  const right = used.filter(option => option.correct).length
  return (question.type === 'multiple_choice' ? right < 1 : right !== 1) ? 'correct' : null
}
