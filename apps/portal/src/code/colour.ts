import { highlightCode } from '@lezer/highlight'
import { loadLanguage } from './language.ts'
import { tokenLooks } from './token-looks.ts'

/** A piece of a line, and how it looks; empty for as the rest does. */
export type Piece = { text: string; look: string }

/** The lines of a program in colours; null for a language that is not known. Loads what it needs. */
export async function colour(text: string, language: string): Promise<Piece[][] | null> {
  const known = await loadLanguage(language)
  if (!known) return null
  const lines: Piece[][] = [[]]
  highlightCode(
    text,
    known.language.parser.parse(text),
    tokenLooks,
    (piece, look) => lines.at(-1)?.push({ text: piece, look }),
    () => lines.push([]),
  )
  return lines
}
