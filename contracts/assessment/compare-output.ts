import type { outputComparisons } from './question-types/code.ts'

/**
 * What a program printed, against what it should have printed. Both are as short as a run may print, and each is walked
 * through once.
 */

export type Comparison = (typeof outputComparisons)[number]

/** The first place where they differ, as a beginner looks for it. */
export type Difference = {
  /** Counts from 1; of the words, the line on which what was given differs. */
  line: number
  /** Null where the output has ended. */
  given: string | null
  expected: string | null
  /** That it is no more than this is hard to see. */
  only: 'spaces' | 'case' | null
}

const linesOf = (text: string) => text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n')

function trimmedLines(text: string): string[] {
  const lines = linesOf(text).map(line => line.trimEnd())
  while (lines.length > 0 && lines.at(-1) === '') lines.pop()
  return lines
}

type Word = { text: string; line: number }

const wordsOf = (text: string): Word[] =>
  linesOf(text).flatMap((line, at) =>
    line
      .split(/\s+/)
      .filter(Boolean)
      .map(word => ({ text: word, line: at + 1 })),
  )

// One way to read each digit: a long row of them takes no longer than it is.
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

/** Relative to the larger one, and absolutely near zero, as Python's `math.isclose` with both. */
function areNear(given: string, expected: string, tolerance: number): boolean {
  if (!decimal.test(given) || !decimal.test(expected)) return false
  const [one, other] = [Number(given), Number(expected)]
  // What is too large to be told is as far from every number as it is large, and would be near to each.
  if (!Number.isFinite(one) || !Number.isFinite(other)) return false
  return one === other || Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other))
}

/** Null when it is right. @param tolerance for `numbers` */
export function compareOutput(
  given: string,
  expected: string,
  how: Comparison,
  tolerance = 1e-6,
): Difference | null {
  if (how === 'exact') return firstOf(linesOf(given), linesOf(expected))
  if (how === 'lines') return firstOf(trimmedLines(given), trimmedLines(expected))
  const [givenWords, expectedWords] = [wordsOf(given), wordsOf(expected)]
  const same = (one: string, other: string) =>
    one === other || (how === 'numbers' && areNear(one, other, tolerance))
  for (let at = 0; at < Math.max(givenWords.length, expectedWords.length); at++) {
    const [one, other] = [givenWords[at], expectedWords[at]]
    if (one && other && same(one.text, other.text)) continue
    return differenceOf(one?.line ?? givenWords.at(-1)?.line ?? 1, one?.text ?? null, other?.text ?? null)
  }
  return null
}

function firstOf(given: string[], expected: string[]): Difference | null {
  for (let at = 0; at < Math.max(given.length, expected.length); at++)
    if (given[at] !== expected[at]) return differenceOf(at + 1, given[at] ?? null, expected[at] ?? null)
  return null
}

const withoutSpaces = (text: string) => text.replace(/\s+/g, '')

function differenceOf(line: number, given: string | null, expected: string | null): Difference {
  const [one, other] = [withoutSpaces(given ?? ''), withoutSpaces(expected ?? '')]
  const bothThere = given !== null && expected !== null
  const only = !bothThere
    ? null
    : one === other
      ? 'spaces'
      : one.toLowerCase() === other.toLowerCase()
        ? 'case'
        : null
  return { line, given, expected, only }
}
