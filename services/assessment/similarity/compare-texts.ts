import { printsOf, sharedPassages, wordsOf } from './passages.ts'

/** Texts to compare: each of `others` with `mine`, without what was `given` to all. With no others, `mine` by itself. */
export type Compared = { mine: string; given: string; others: string[] }

export type Comparison = ReturnType<typeof compareTexts>

export function compareTexts({ mine, given, others }: Compared) {
  const words = wordsOf(mine)
  const known = wordsOf(given)
  return {
    wordCount: words.length,
    prints: printsOf(words),
    shared: others.map(other => sharedPassages(words, wordsOf(other), known)),
  }
}
