import { z } from 'zod'
import { limits } from '../limits.ts'
import { html, percent, time } from '../wire.ts'
import { confidenceMode } from './confidence.ts'
import { assessmentFailures } from './failures.ts'

/** How a quiz is taken: when, what being late costs, and which of several attempts counts. */

/** The years that a date can be in: others are typing mistakes, and some cannot be stored. */
export const dateOfQuiz = time.refine(
  text => /^20[0-9]{2}-/.test(text),
  assessmentFailures.fields.opens_at_year,
)

export const countedAttempt = z.enum(['best', 'last', 'average', 'first'])

/** All questions on one page, or one after another, with or without a way back. */
export const layout = z.enum(['all_at_once', 'one_by_one', 'forward_only'])

/** HTML, cleaned before it is stored; empty for none. Every attempt carries it, so it is shorter than a lesson. */
const formulaSheet = html.max(limits.formulaSheetLength)

/** How long the clock of a time limit may stop. */
export const breakMinutes = z.number().int().min(0).max(limits.breakMinutes)

/** For how long an entry of a log is kept. */
export const integrityLogDays = z.number().int().min(1).max(limits.daysOfLog)

/** Settings that a save leaves as they are where it does not name them. */
export const keptTaking = {
  opensAt: dateOfQuiz.nullable().optional(),
  dueAt: dateOfQuiz.nullable().optional(),
  closesAt: dateOfQuiz.nullable().optional(),
  latePercentPerDay: percent.optional(),
  countedAttempt: countedAttempt.optional(),
  layout: layout.optional(),
  breakMinutes: breakMinutes.optional(),
  integrityLog: z.boolean().optional(),
  integrityLogDays: integrityLogDays.optional(),
  practice: z.boolean().optional(),
  calculator: z.boolean().optional(),
  formulaSheet: formulaSheet.optional(),
  confidence: confidenceMode.optional(),
}

export const taking = {
  calculator: z.boolean(),
  opensAt: time.nullable(),
  dueAt: time.nullable(),
  closesAt: time.nullable(),
  latePercentPerDay: percent,
  countedAttempt,
  layout,
  breakMinutes,
  integrityLog: z.boolean(),
  integrityLogDays,
  practice: z.boolean(),
  confidence: confidenceMode,
}

/** An attempt that came after the due date, and what that cost. */
export const lateness = z.object({
  dueAt: time,
  /** Begun days, so at least one. */
  days: z.number().int().min(1),
  percentOff: percent,
  /** The points without it. */
  scoreBefore: z.number(),
})
