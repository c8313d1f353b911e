/**
 * Sections of an attempt that are taken one after another, each with a time of its own or without one. Pure, and on the
 * database's clock. As a break does (decision 0053), a section has its end from its beginning: what is stored is when its
 * learner went on to the next, and where they did not, the next begins at the end of the one before. So nothing has to
 * happen for a section to end, and every device sees the same. Time that is left over is not carried over.
 */

/** What the attempt keeps of a section of its quiz, with extra time in it; no limit is null. */
export type AttemptSection = { questions: number; limitSeconds: number | null }

type Sectioned = {
  startedAt: string
  /** Of the whole attempt, with all breaks in it. */
  expiresAt: string | null
  sections: AttemptSection[]
  /** When the learner went on: to the second section first, and so on. */
  wentOn: string[]
  /** Each is stored with its end as soon as it begins. */
  breaks: { from: string; to: string }[]
}

/** The section that is asked, from 0, with its moments in milliseconds; `endMs` is infinite where nothing ends it. */
export type CurrentSection = { at: number; startMs: number; endMs: number }

/** The moment by which so much time has passed that no break stopped. */
function after(startMs: number, seconds: number, breaks: Sectioned['breaks']): number {
  let endMs = startMs + seconds * 1000
  for (const { from, to } of breaks) {
    const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
    if (fromMs >= startMs && fromMs < endMs) endMs += toMs - fromMs
  }
  return endMs
}

/**
 * The section that is asked at a moment. The last one ends with the attempt. @param now by the database's clock
 */
export function sectionAt(attempt: Sectioned, now: string): CurrentSection {
  const { sections, wentOn, breaks } = attempt
  const wholeMs = attempt.expiresAt === null ? Infinity : Date.parse(attempt.expiresAt)
  let startMs = Date.parse(attempt.startedAt)
  for (let at = 0; ; at++) {
    const limit = sections[at]?.limitSeconds ?? null
    const ownMs = limit === null ? Infinity : after(startMs, limit, breaks)
    const endMs = Math.min(ownMs, wholeMs)
    const left = wentOn[at]
    // Going on after its end by the clock changes nothing: the next began then.
    const nextMs = Math.min(endMs, left === undefined ? Infinity : Date.parse(left))
    if (at >= sections.length - 1 || Date.parse(now) < nextMs) return { at, startMs, endMs }
    startMs = nextMs
  }
}

/**
 * Of which questions answers are taken, as places from the first to the one after the last. For so many seconds after the
 * end of a section by the clock those of it are taken too: they may have been on their way. Not where the learner left it.
 */
export function openPlaces(
  attempt: Sectioned,
  now: string,
  graceSeconds: number,
): { from: number; to: number } {
  const current = sectionAt(attempt, now)
  const before = sectionAt(attempt, new Date(Date.parse(now) - graceSeconds * 1000).toISOString())
  const isLeft =
    attempt.wentOn[before.at] !== undefined && Date.parse(attempt.wentOn[before.at] as string) < before.endMs
  const first = before.at < current.at && isLeft ? current.at : before.at
  const count = (sections: AttemptSection[]) => sections.reduce((sum, { questions }) => sum + questions, 0)
  return {
    from: count(attempt.sections.slice(0, first)),
    to: count(attempt.sections.slice(0, current.at + 1)),
  }
}
