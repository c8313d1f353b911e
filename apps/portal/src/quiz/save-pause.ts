/** Answers wait this long for the next key, so that a word is not sent letter by letter. */
const shortMs = 700
/** No change waits longer, however long the text. */
const longestMs = 10_000
/**
 * Where data is costly, all that is answered within this goes at once: a request has more around it than in it. Less than
 * the 15 seconds of grace that answers have, so that an end that was brought forward costs none of them.
 */
const togetherMs = 12_000
/** Up to here an answer costs next to nothing. */
const shortLength = 500

/**
 * How long an answer of so many characters waits before it is sent, in milliseconds. It is on this device already. A
 * long text waits a millisecond for each character, up to ten seconds, since the first change that was not sent, whatever
 * follows: so a line carries a kilobyte a second of most texts, and one that is typed without a pause is sent all the same.
 * @param sinceMs how long ago that change was
 */
export function savePause(length: number, sinceMs: number, lessData = false): number {
  if (lessData) return Math.max(shortMs, togetherMs - sinceMs)
  return length <= shortLength ? shortMs : Math.max(shortMs, Math.min(length, longestMs) - sinceMs)
}
