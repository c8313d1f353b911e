/** How many words a text has, by the rules of the language: not every one puts spaces between them. */
export function countWords(text: string, locale: string): number {
  let count = 0
  for (const { isWordLike } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(text))
    if (isWordLike) count += 1
  return count
}

export type WordBounds = { minWords: number | null; maxWords: number | null }

/** Where a number of words is against what was asked for. */
export function wordsAgainst(count: number, { minWords, maxWords }: WordBounds): 'few' | 'enough' | 'many' {
  if (maxWords !== null && count > maxWords) return 'many'
  return minWords !== null && count < minWords ? 'few' : 'enough'
}

type BoundsTexts = {
  (key: 'wordsBetween', values: { min: number; max: number }): string
  (key: 'wordsAtLeast' | 'wordsAtMost', values: { count: number }): string
}

/** How many words are asked for, as a text; null where any number will do. */
export function wordsAsked({ minWords, maxWords }: WordBounds, t: BoundsTexts): string | null {
  if (minWords !== null && maxWords !== null) return t('wordsBetween', { min: minWords, max: maxWords })
  if (minWords !== null) return t('wordsAtLeast', { count: minWords })
  return maxWords === null ? null : t('wordsAtMost', { count: maxWords })
}
