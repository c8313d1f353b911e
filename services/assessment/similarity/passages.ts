/**
 * Passages that two texts share, word by word. Texts are looked for by fingerprints, chosen by winnowing (Schleimer,
 * Wilkerson and Aiken, SIGMOD 2003), and then compared themselves, so that what is told is what stands there. All pure,
 * and in time that grows with the length of the texts.
 */

/** So many words one after another are a fingerprint, and the shortest passage that is told. */
const wordsOfPrint = 6
/** Of so many neighbouring fingerprints one is kept. */
const windowOfPrints = 4

/** A shared passage of so many words is found whatever stands around it. */
export const surelyFound = wordsOfPrint + windowOfPrints - 1

/** A place in a text, in UTF-16 units. */
type Span = { start: number; end: number }
export type Word = Span & { word: string; hash: number }

// Scripts that put no space between words: each of their characters is one.
const spaceless = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`
const wordPattern = new RegExp(String.raw`[${spaceless}]|[[\p{L}\p{N}\p{M}]--[${spaceless}]]+`, 'gv')
const plain = /^[a-z0-9]+$/

/** The words of a text in their order; case, marks of punctuation and ways of writing an accent make no difference. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  const hashes = new Map<string, number>()
  for (const { 0: found, index } of text.matchAll(wordPattern)) {
    const word = plain.test(found) ? found : found.normalize('NFKC').toLowerCase()
    const hash = hashes.get(word) ?? hashOf(word)
    hashes.set(word, hash)
    words.push({ word, hash, start: index, end: index + found.length })
  }
  return words
}

/** FNV-1a, of 32 bits. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash
}

/** The run of words at a place, as 48 bits: an exact number for JavaScript, and a `bigint` for PostgreSQL. */
function runAt(words: readonly Word[], from: number): number {
  let [low, high] = [0x9e3779b1, 0x85ebca6b]
  for (let at = from; at < from + wordsOfPrint; at += 1) {
    const hash = words[at]?.hash ?? 0
    low = Math.imul(low ^ hash, 0xc2b2ae35)
    low ^= low >>> 15
    high = Math.imul(high ^ hash, 0x27d4eb2f)
    high ^= high >>> 13
  }
  return (high & 0xffff) * 0x1_0000_0000 + (low >>> 0)
}

/** The fingerprints by which a text is found, each once. */
export function printsOf(words: readonly Word[]): number[] {
  const all: number[] = []
  for (let at = 0; at + wordsOfPrint <= words.length; at += 1) all.push(runAt(words, at))
  const kept = new Set<number>()
  for (let at = 0; at === 0 || at + windowOfPrints <= all.length; at += 1) {
    const window = all.slice(at, at + windowOfPrints)
    if (window.length > 0) kept.add(Math.min(...window))
  }
  return [...kept]
}

/** Every run of words in a text, not only those that are kept as its fingerprints. */
export const runsIn = (words: readonly Word[]): number[] => [...runsOf(words).keys()]

export type SharedPassage = Span & { other: Span }

type Run = { from: number; otherFrom: number; length: number }

/** A run of words may stand in many places of a text that repeats itself; the first ones will do. */
const mostPlaces = 8

/** The places where each run of words stands. */
function runsOf(words: readonly Word[]): Map<number, number[]> {
  const places = new Map<number, number[]>()
  for (let at = 0; at + wordsOfPrint <= words.length; at += 1) {
    const run = runAt(words, at)
    const known = places.get(run)
    if (!known) places.set(run, [at])
    else if (known.length < mostPlaces) known.push(at)
  }
  return places
}

/** For each word, whether it stands in a run that was given. */
function givenIn(words: readonly Word[], given: readonly Word[]): boolean[] {
  const known = runsOf(given)
  const isGiven = words.map(() => false)
  for (let at = 0; at + wordsOfPrint <= words.length; at += 1)
    if (known.has(runAt(words, at))) isGiven.fill(true, at, at + wordsOfPrint)
  return isGiven
}

/**
 * The passages of a text that another has as well, the longest from each place on, and how many words they are.
 * @param given what both were given, such as the text of the question: it is shared by all, and not told.
 */
export function sharedPassages(
  mine: readonly Word[],
  theirs: readonly Word[],
  given: readonly Word[],
): { passages: SharedPassage[]; wordCount: number } {
  const places = runsOf(theirs)
  const isGiven = givenIn(mine, given)
  const lengthFrom = (at: number, otherAt: number) => {
    let length = 0
    while (
      at + length < mine.length &&
      !isGiven[at + length] &&
      mine[at + length]?.word === theirs[otherAt + length]?.word
    )
      length += 1
    return length
  }
  const runs: Run[] = []
  let at = 0
  while (at + wordsOfPrint <= mine.length) {
    const candidates = isGiven[at] ? [] : (places.get(runAt(mine, at)) ?? [])
    let best: Run = { from: at, otherFrom: 0, length: 0 }
    for (const otherFrom of candidates) {
      const length = lengthFrom(at, otherFrom)
      if (length > best.length) best = { from: at, otherFrom, length }
    }
    if (best.length >= wordsOfPrint) runs.push(best)
    at += Math.max(1, best.length)
  }
  return {
    passages: runs.map(({ from, otherFrom, length }) => ({
      ...spanOf(mine, from, length),
      other: spanOf(theirs, otherFrom, length),
    })),
    wordCount: runs.reduce((sum, { length }) => sum + length, 0),
  }
}

const spanOf = (words: readonly Word[], from: number, length: number): Span => ({
  start: words[from]?.start ?? 0,
  end: words[from + length - 1]?.end ?? 0,
})
