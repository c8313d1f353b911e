import { limits } from '../limits.ts'

/**
 * The words of a passage, as far as an annotation keeps them; never half of a character that takes two code units.
 * Browsers carry it, so it stands apart from the shapes.
 */
export const quoteOf = (text: string, start: number, end: number): string =>
  text.slice(start, Math.min(end, start + limits.quoteLength)).replace(/[\uD800-\uDBFF]$/, '')
