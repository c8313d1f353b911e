import { RE2JS } from 're2js'
import { literalStar } from './literal-star.ts'
import { differAtMost, forgivenIn } from './spelling.ts'

export type Comparison = {
  caseSensitive: boolean
  accentSensitive: boolean
  spelling: 'exact' | 'tolerant'
  language: string | null
}
export type AcceptedText = { text: string; match: 'text' | 'wildcard' | 'pattern' }

/** Which hyphen or quotation mark a phone typed is nobody's answer. */
function plainSigns(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[‘’‛′]/g, "'")
    .replace(/[“”„″]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
}

/** Nor are spaces at the ends, and more than one between words. */
const tidied = (text: string) => plainSigns(text).replace(/\s+/g, ' ').trim()

function lowered(text: string, language: string | null): string {
  try {
    return text.toLocaleLowerCase(language ?? undefined)
  } catch {
    return text.toLowerCase()
  }
}

/** What is compared: without what does not count. ß and ss are the same word where capital letters do not count. */
function folded(text: string, { caseSensitive, accentSensitive, language }: Comparison): string {
  const plain = accentSensitive
    ? text
    : text
        .normalize('NFD')
        .replace(/\p{M}+/gu, '')
        .normalize('NFC')
  if (caseSensitive) return plain
  return lowered(plain, language).replaceAll('ß', 'ss')
}

/** Steps of a pattern, each of which is looked at for each letter of an answer: about half a millisecond at the most. */
const mostSteps = 300
/** What counted repetitions may come to, one within another: they are written out before steps can be counted. */
const mostRepeats = 100

/** Compiling costs more than matching, and the same few patterns come for each learner. */
const compiledPatterns = new Map<string, RE2JS>()
const mostCompiled = 500

/**
 * The whole answer has to match, on RE2: in time proportional to the steps and the text, whatever either is.
 * @throws where RE2 cannot run it, such as one with a look-ahead or a reference back, or where it is too large.
 */
function compiled(source: string, caseSensitive: boolean): RE2JS {
  const key = `${caseSensitive} ${source}`
  const known = compiledPatterns.get(key)
  if (known) return known
  const repeats = [...source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) =>
    Number(most || least),
  )
  if (repeats.reduce((product, one) => product * Math.max(one, 1), 1) > mostRepeats)
    throw new Error('It repeats too much.')
  const flags = caseSensitive ? RE2JS.DOTALL : RE2JS.DOTALL | RE2JS.CASE_INSENSITIVE
  const pattern = RE2JS.compile(`^(?:${source})$`, flags)
  if (pattern.programSize() > mostSteps) throw new Error('It has too many steps.')
  if (compiledPatterns.size >= mostCompiled) compiledPatterns.clear()
  compiledPatterns.set(key, pattern)
  return pattern
}

export function isRunnable(pattern: string, caseSensitive: boolean): boolean {
  try {
    compiled(plainSigns(pattern), caseSensitive)
    return true
  } catch {
    return false
  }
}

/** Whether an answer is the accepted one: `right`, right but for a slip of spelling, or not. */
export function compareText(
  given: string,
  accepted: AcceptedText,
  comparison: Comparison,
): 'right' | 'spelling_forgiven' | 'wrong' {
  const answer = tidied(given)
  if (accepted.match === 'pattern') {
    // What was drawn into it may be refused for a draw that no one looked at: an attempt must end nevertheless.
    if (!isRunnable(accepted.text, comparison.caseSensitive)) return 'wrong'
    return compiled(plainSigns(accepted.text), comparison.caseSensitive).testExact(answer) ? 'right' : 'wrong'
  }
  const fold = (text: string) => folded(tidied(text), comparison)
  if (accepted.match === 'wildcard') {
    // Folded first: what does not count must not count beside a star either.
    const pieces = fold(accepted.text)
      .split('*')
      .map(piece => piece.replaceAll(literalStar, '*'))
    return hasInOrder(fold(answer), pieces) ? 'right' : 'wrong'
  }
  const [mine, theirs] = [fold(answer), fold(accepted.text)]
  if (mine === theirs) return 'right'
  return comparison.spelling === 'tolerant' && isMisspelt(mine, theirs) ? 'spelling_forgiven' : 'wrong'
}

/** Whether a text is the pieces in their order, with anything between one and the next. */
export function hasInOrder(text: string, [first = '', ...others]: string[]): boolean {
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of others) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

/** Word by word, so that a slip in each of two words is forgiven, and two words run together are not one. */
function isMisspelt(given: string, accepted: string): boolean {
  const [mine, theirs] = [given.split(' '), accepted.split(' ')]
  if (mine.length !== theirs.length) return false
  return theirs.every((word, at) => {
    // A number is not misspelt: 1914 is not 1915.
    if (/\d/.test(word)) return mine[at] === word
    return differAtMost(mine[at] ?? '', word, forgivenIn(word))
  })
}
