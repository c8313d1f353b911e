import bidiFactory from 'bidi-js'
import { fontsWith, isSetRightToLeft } from '../fonts/fonts.ts'

/**
 * A line of text as pieces to be set from left to right: each of one direction and one font, after the Unicode
 * Bidirectional Algorithm (UAX #9). Letters are joined and ordered within a piece by the font's own rules.
 */
export type Run = { text: string; font: number; rightToLeft: boolean }

export type Direction = 'ltr' | 'rtl'

// The package is CommonJS whose types are written as for a module: its one export is the function.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)()

/** Marks that direct and isolate; they have done their work once levels are known, and no font draws them. */
const invisible = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\p{Cc}]/u
const strong = /[\p{L}\u061c\u200e\u200f]/u
const neutral = /[\p{Script=Common}\p{Script=Inherited}]/u
const missing = '\ufffd'

/** Anything in it that is written from right to left. */
export const hasRightToLeft = (text: string): boolean =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(text)

/** The direction that the first letter gives; that of the document when there is none. */
function baseOf(text: string, document: Direction): Direction {
  if (!strong.test(text)) return document
  if (!hasRightToLeft(text) && !/[\u061c\u200f]/.test(text)) return 'ltr'
  return bidi.getEmbeddingLevels(text, 'auto').paragraphs[0]?.level === 1 ? 'rtl' : 'ltr'
}

/** A character, the font it is set in, and its level: odd is right to left. */
type Placed = { text: string; font: number; level: number }

/** Marks and punctuation stay with the font before them where it has them, so that a word is of one piece. */
function fontOf(character: string, before: Placed | undefined): { text: string; font: number } {
  const fonts = fontsWith(character.codePointAt(0) ?? 0)
  const [first] = fonts
  if (before && neutral.test(character) && (fonts.includes(before.font) || /\p{M}/u.test(character)))
    return { text: character, font: before.font }
  // A full font says that something is there; the true text is kept beside it.
  return first === undefined ? { text: missing, font: 0 } : { text: character, font: first }
}

function place(line: string, document: Direction): Placed[] {
  const base = baseOf(line, document)
  // Most lines are in one direction, and working that out takes longer than setting them.
  const plain = base === 'ltr' && !hasRightToLeft(line) && !invisible.test(line)
  const levels = plain ? [] : bidi.getEmbeddingLevels(line, base).levels
  const mirrored = plain
    ? new Map<number, string>()
    : bidi.getMirroredCharactersMap(line, levels as Uint8Array)
  const placed: Placed[] = []
  let at = 0
  for (const character of line) {
    const level = levels[at] ?? 0
    const shown = mirrored.get(at) ?? character
    at += character.length
    if (invisible.test(character)) continue
    placed.push({ ...fontOf(shown, placed.at(-1)), level })
  }
  return withFirstWord(placed)
}

/** What stands before the first word goes with its font too, where that has it. */
function withFirstWord(placed: Placed[]): Placed[] {
  const first = placed.findIndex(({ text }) => !neutral.test(text))
  const font = placed[first]?.font
  if (font === undefined || font === 0) return placed
  const whole = placed.slice(0, first).every(({ text }) => fontsWith(text.codePointAt(0) ?? 0).includes(font))
  return whole ? placed.map((one, at) => (at < first ? { ...one, font } : one)) : placed
}

/** From the highest level down, what is at least at it is reversed (UAX #9, rule L2). */
function reorder(runs: Placed[]): Placed[] {
  const ordered = [...runs]
  const most = Math.max(0, ...runs.map(({ level }) => level))
  for (let level = most; level > 0; level -= 1)
    for (let start = 0; start < ordered.length; start += 1) {
      let end = start
      while ((ordered[end]?.level ?? -1) >= level) end += 1
      if (end > start + 1) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse())
      start = end
    }
  return ordered
}

/**
 * A font sets a piece in the direction of its script, and Arabic digits and lone punctuation in another than they have here:
 * those are given to it turned. Letters always have the direction of their script.
 */
function turned(text: string, level: number): string {
  const wanted = level % 2 === 1
  return /\p{L}/u.test(text) || isSetRightToLeft(text) === wanted ? text : [...text].reverse().join('')
}

/** The pieces of one line, in the order in which they are seen from the left. */
export function runsOf(line: string, document: Direction): Run[] {
  const runs: Placed[] = []
  for (const { text, font, level } of place(line, document)) {
    const last = runs.at(-1)
    if (last && last.font === font && last.level === level) last.text += text
    else runs.push({ text, font, level })
  }
  return reorder(runs).map(({ text, font, level }) => ({
    text: turned(text, level),
    font,
    rightToLeft: level % 2 === 1,
  }))
}
