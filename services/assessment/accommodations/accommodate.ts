import { lengthened } from '../submissions/sections.ts'

/** What a teacher has given one learner in a course or a quiz; null and zero change nothing. */
export type Conditions = {
  extraPercent: number
  extraMinutes: number
  extraBreakMinutes: number
  extraAttempts: number
  opensAt: string | null
  dueAt: string | null
  closesAt: string | null
}

export const isEmpty = (given: Conditions): boolean =>
  given.extraPercent === 0 &&
  given.extraMinutes === 0 &&
  given.extraBreakMinutes === 0 &&
  given.extraAttempts === 0 &&
  [given.opensAt, given.dueAt, given.closesAt].every(time => time === null)

type Accommodating = {
  opensAt: string | null
  dueAt: string | null
  closesAt: string | null
  locked: boolean
  closed: boolean
  timeLimitMinutes: number | null
  breakMinutes: number
  maxAttempts: number | null
  sections: { timeLimitMinutes: number | null }[]
}

/** A quiz as it is for a learner. @param now the database's clock, which also says what is open. */
export function accommodated<Q extends Accommodating>(quiz: Q, own: Conditions | null, now: string): Q {
  if (!own) return quiz
  const { timeLimitMinutes: limit, maxAttempts } = quiz
  const longer = (minutes: number) => (minutes * (100 + own.extraPercent)) / 100
  const limits = lengthened(
    quiz.sections.map(({ timeLimitMinutes }) => timeLimitMinutes),
    own.extraPercent,
    own.extraMinutes,
  )
  const opensAt = own.opensAt ?? quiz.opensAt
  const closesAt = own.closesAt ?? quiz.closesAt
  return {
    ...quiz,
    opensAt,
    closesAt,
    dueAt: own.dueAt ?? quiz.dueAt,
    locked: opensAt !== null && Date.parse(opensAt) > Date.parse(now),
    closed: closesAt !== null && Date.parse(closesAt) <= Date.parse(now),
    timeLimitMinutes: limit === null ? null : longer(limit) + own.extraMinutes,
    sections: quiz.sections.map((section, at) => ({ ...section, timeLimitMinutes: limits[at] ?? null })),
    breakMinutes: quiz.breakMinutes + own.extraBreakMinutes,
    maxAttempts: maxAttempts === null ? null : maxAttempts + own.extraAttempts,
  }
}
