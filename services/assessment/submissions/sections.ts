/**
 * Sections of an attempt that are taken one after another, each with a time of its own or without one. Pure, and on the
 * database's clock. As a break does (decision 0053), a section has its end from its beginning: what is stored is when its
 * learner went on to the next, and where they did not, the next begins at the end of the one before. So nothing has to
 * happen for a section to end, and every device sees the same. Time that is left over is not carried over.
 */

/** What the attempt keeps of a section of its quiz, with extra time in it; no limit is null. */
export type AttemptSection = {
  title: string
  instructions: string
  questions: number
  limitSeconds: number | null
  /** The limit without extra time, to which other extra time is added. */
  baseSeconds: number | null
}

type Timed = Pick<AttemptSection, 'questions' | 'limitSeconds'>

export type Sectioned = {
  startedAt: string
  /** Of the whole attempt, with all breaks in it. */
  expiresAt: string | null
  sections: Timed[]
  /** When the learner went on: to the second section first, and so on. */
  wentOn: string[]
  /** Each is stored with its end as soon as it begins. */
  breaks: { from: string; to: string }[]
}

/** The section that is asked, from 0, with its moments in milliseconds; `endMs` is infinite where nothing ends it. */
export type CurrentSection = { at: number; startMs: number; endMs: number }

/** Questions as places, from the first to the one after the last. */
export type Places = { from: number; to: number }

/** The moment by which so much time has passed that no break stopped. */
function after(startMs: number, seconds: number, breaks: Sectioned['breaks']): number {
  let endMs = startMs + seconds * 1000
  for (const { from, to } of breaks) {
    const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
    if (fromMs >= startMs && fromMs < endMs) endMs += toMs - fromMs
  }
  return endMs
}

/** The sections that have begun at a moment, the one that is asked last. */
function begunAt(attempt: Sectioned, nowMs: number): [CurrentSection, ...CurrentSection[]] {
  const { sections, wentOn, breaks } = attempt
  const wholeMs = attempt.expiresAt === null ? Infinity : Date.parse(attempt.expiresAt)
  const sectionFrom = (at: number, startMs: number): CurrentSection => {
    const limit = sections[at]?.limitSeconds ?? null
    const ownMs = limit === null ? Infinity : after(startMs, limit, breaks)
    return { at, startMs, endMs: Math.min(ownMs, wholeMs) }
  }
  const begun: [CurrentSection, ...CurrentSection[]] = [sectionFrom(0, Date.parse(attempt.startedAt))]
  for (let at = 0; at < sections.length - 1; at++) {
    const left = wentOn[at]
    // Going on after its end by the clock changes nothing: the next began then. None begins when all are over.
    const { endMs } = begun[at] as CurrentSection
    const nextMs = Math.min(endMs, left === undefined ? Infinity : Date.parse(left))
    if (nowMs < nextMs || nextMs >= wholeMs) break
    begun.push(sectionFrom(at + 1, nextMs))
  }
  return begun
}

/** The section that is asked at a moment. The last one ends with the attempt. @param now by the database's clock */
export const sectionAt = (attempt: Sectioned, now: string): CurrentSection =>
  begunAt(attempt, Date.parse(now)).at(-1) as CurrentSection

/** When each section but the first began, of those that have begun: told as if the learner had gone on then. */
export const wentOnBy = (attempt: Sectioned, now: string): string[] =>
  begunAt(attempt, Date.parse(now))
    .slice(1)
    .map(({ startMs }) => new Date(startMs).toISOString())

/** When the last section ends of a learner who goes on no more; null where its time or that of one before is not limited. */
export function endOfSections(attempt: Omit<Sectioned, 'expiresAt'>): string | null {
  if (attempt.sections.length === 0) return null
  const begun = begunAt({ ...attempt, expiresAt: null }, Number.MAX_VALUE)
  const endMs = begun.length < attempt.sections.length ? Infinity : (begun.at(-1) as CurrentSection).endMs
  return endMs === Infinity ? null : new Date(endMs).toISOString()
}

/**
 * Limits of sections with extra time. A percentage lengthens each. A number of minutes is of the whole: where all sections
 * have limits, which leave nothing of the whole to use it in, each has its share.
 * @param extra the minutes in the unit of the limits
 */
export function lengthened(
  limits: readonly (number | null)[],
  extraPercent: number,
  extra: number,
): (number | null)[] {
  const whole = limits.reduce((sum, limit) => (sum === null || limit === null ? null : sum + limit), 0)
  return limits.map(limit =>
    limit === null ? null : (limit * (100 + extraPercent)) / 100 + (whole ? (extra * limit) / whole : 0),
  )
}

/**
 * An attempt with other extra time in its sections. Those that are over stay as they were, and over: more time in one of
 * them would lead its learner back. So does the one that is asked where less time would have ended it already: the next
 * would have begun unseen.
 */
export function withExtra<A extends Omit<Sectioned, 'sections'> & { sections: AttemptSection[] }>(
  attempt: A,
  { extraPercent, extraMinutes }: { extraPercent: number; extraMinutes: number },
  now: string,
): A & { sectionsEnd: string | null } {
  const wentOn = wentOnBy(attempt, now)
  const { startMs } = sectionAt(attempt, now)
  const bases = attempt.sections.map(({ baseSeconds }) => baseSeconds)
  const limits = lengthened(bases, extraPercent, extraMinutes * 60)
  const sections = attempt.sections.map((section, at) => {
    const limit = limits[at] ?? null
    if (at < wentOn.length || limit === null) return section
    const limitSeconds = Math.round(limit)
    const wouldBeOver =
      at === wentOn.length && after(startMs, limitSeconds, attempt.breaks) <= Date.parse(now)
    return wouldBeOver ? section : { ...section, limitSeconds }
  })
  return { ...attempt, sections, wentOn, sectionsEnd: endOfSections({ ...attempt, sections, wentOn }) }
}

/** Which questions a section consists of. */
export function placesOf(sections: Timed[], at: number): Places {
  const count = (until: number) => sections.slice(0, until).reduce((sum, { questions }) => sum + questions, 0)
  return { from: count(at), to: count(at + 1) }
}

/**
 * Of which questions answers are taken. For so many seconds after the end of a section by the clock those of it are taken
 * too: they may have been on their way. Not where the learner left it.
 */
export function openPlaces(attempt: Sectioned, now: string, graceSeconds: number): Places {
  const begun = begunAt(attempt, Date.parse(now))
  const current = begun.length - 1
  const before = sectionAt(attempt, new Date(Date.parse(now) - graceSeconds * 1000).toISOString()).at
  const isLeft = (at: number) => {
    const left = attempt.wentOn[at]
    return left !== undefined && Date.parse(left) < (begun[at]?.endMs ?? 0)
  }
  let first = current
  while (first > before && !isLeft(first - 1)) first--
  return { from: placesOf(attempt.sections, first).from, to: placesOf(attempt.sections, current).to }
}
