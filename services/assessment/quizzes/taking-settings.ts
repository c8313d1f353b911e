import { invalidField } from '@azora/kit/errors.ts'
import type { QuizSettings } from './quizzes.store.ts'

/** How a quiz is taken: when, what being late costs, which attempt counts, how the questions come, and what may be used. A save keeps what it does not name. */
export type TakingSettings = Pick<
  QuizSettings,
  | 'opensAt'
  | 'dueAt'
  | 'closesAt'
  | 'latePercentPerDay'
  | 'countedAttempt'
  | 'layout'
  | 'breakMinutes'
  | 'integrityLog'
  | 'integrityLogDays'
  | 'practice'
  | 'confidence'
  | 'calculator'
  | 'formulaSheet'
>

export const defaultTaking: TakingSettings = {
  opensAt: null,
  dueAt: null,
  closesAt: null,
  latePercentPerDay: 0,
  countedAttempt: 'best',
  layout: 'all_at_once',
  breakMinutes: 0,
  integrityLog: false,
  integrityLogDays: 90,
  practice: false,
  confidence: 'not_asked',
  calculator: false,
  formulaSheet: '',
}

type Given = { [name in keyof TakingSettings]?: TakingSettings[name] | undefined }

const kept = <T>(given: T | undefined, before: T): T => (given === undefined ? before : given)

/** @throws AppError `invalid_input` where the dates do not follow one another. */
export function takingOf(given: Given, before: TakingSettings): TakingSettings {
  const settings = {
    opensAt: kept(given.opensAt, before.opensAt),
    dueAt: kept(given.dueAt, before.dueAt),
    closesAt: kept(given.closesAt, before.closesAt),
    latePercentPerDay: kept(given.latePercentPerDay, before.latePercentPerDay),
    countedAttempt: kept(given.countedAttempt, before.countedAttempt),
    layout: kept(given.layout, before.layout),
    breakMinutes: kept(given.breakMinutes, before.breakMinutes),
    integrityLog: kept(given.integrityLog, before.integrityLog),
    integrityLogDays: kept(given.integrityLogDays, before.integrityLogDays),
    practice: kept(given.practice, before.practice),
    confidence: kept(given.confidence, before.confidence),
    calculator: kept(given.calculator, before.calculator),
    formulaSheet: kept(given.formulaSheet, before.formulaSheet),
  }
  refuseCrossedDates(settings)
  return settings
}

const at = (time: string | null) => (time === null ? null : Date.parse(time))

/** @throws AppError `invalid_input` */
export function refuseCrossedDates(window: Pick<TakingSettings, 'opensAt' | 'dueAt' | 'closesAt'>): void {
  const [opens, due, closes] = [at(window.opensAt), at(window.dueAt), at(window.closesAt)]
  if (opens !== null && closes !== null && closes <= opens)
    throw invalidField('closesAt', 'closes_before_opening')
  if (opens !== null && due !== null && due <= opens) throw invalidField('dueAt', 'due_before_opening')
  if (due !== null && closes !== null && closes < due) throw invalidField('dueAt', 'due_after_closing')
}
