import { printsOf, runsIn, sharedPassages, type Word, wordsOf } from './passages.ts'

/** Texts to compare: each of `others` with `mine`, without what was `given` to all. With no others, `mine` by itself. */
export type Compared = { mine: string; given: string; others: string[] }

export type Comparison = ReturnType<typeof compareTexts>

/** The fingerprints of a text, but for those of what was given. */
function ownPrints(words: Word[], given: Word[]): number[] {
  const known = new Set(runsIn(given))
  return printsOf(words).filter(print => !known.has(print))
}

export function compareTexts({ mine, given, others }: Compared) {
  const words = wordsOf(mine)
  const known = wordsOf(given)
  return {
    wordCount: words.length,
    prints: ownPrints(words, known),
    shared: others.map(other => sharedPassages(words, wordsOf(other), known)),
  }
}
