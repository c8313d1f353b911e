import { AppError } from '../errors.ts'
import { createWorkers, JobTooLarge } from '../worker.ts'
import { isPlain, sanitiseInlineHtml, sanitiseLessonHtml } from './sanitise.ts'

/**
 * Cleaning for code that answers requests: what is short is cleaned here, what is long in a thread. Cleaning is linear,
 * but a body may hold 1 MB, and the worst of it costs 6 µs for every tag and pass.
 */

export type Uncleaned = { html: string; as: 'lesson' | 'inline' }

/** A text of 12 kB in paragraphs has 300 of these; the worst one with 1,000 takes 15 ms. */
const maxMarkup = 1000
/** What a text costs beside its markup. */
const markupOfText = 5
/** Text without markup costs 20 ns for each character. */
const maxLength = 100_000

const workers = createWorkers<Uncleaned[], string[]>({
  module: new URL('./clean-worker.ts', import.meta.url),
  timeLimitMs: 15_000,
  memoryMiB: 256,
  threads: 2,
  perCaller: 1,
  waiting: 100,
  waitingPerCaller: 20,
  idleMs: 60_000,
})

/** Clean the texts, in their order, in the thread that calls. */
export const cleanHere = (texts: Uncleaned[]): string[] =>
  texts.map(({ html, as }) => (as === 'lesson' ? sanitiseLessonHtml(html) : sanitiseInlineHtml(html)))

/**
 * Clean the texts, in their order.
 * @param caller whose work it is, for taking turns: a person or a school
 * @throws AppError `rate_limited`, `unavailable` when too much of it is waiting
 */
export async function cleanHtml(texts: Uncleaned[], caller: string): Promise<string[]> {
  if (isShort(texts)) return cleanHere(texts)
  try {
    return await workers.run(texts, { caller })
  } catch (failure) {
    // The longest body takes 8 s at worst, so it is this machine that is too busy.
    if (failure instanceof JobTooLarge)
      throw new AppError('unavailable', { retryAfterSeconds: 10 }, { cause: failure })
    throw failure
  }
}

export async function cleanLessonHtml(html: string, caller: string): Promise<string> {
  const [clean = ''] = await cleanHtml([{ html, as: 'lesson' }], caller)
  return clean
}

function isShort(texts: Uncleaned[]): boolean {
  let markup = 0
  let length = 0
  for (const { html } of texts) {
    length += html.length
    if (length > maxLength) return false
    if (isPlain(html)) continue
    markup += markupOfText
    for (let at = 0; at < html.length; at++) {
      const code = html.charCodeAt(at)
      if (code === 0x3c || code === 0x26) markup += 1 // < and &
    }
    if (markup > maxMarkup) return false
  }
  return true
}
