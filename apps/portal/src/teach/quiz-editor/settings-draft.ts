import type { AuthoredQuiz } from './authored-quiz.ts'

const settingNames = [
  'kind',
  'title',
  'description',
  'passingScore',
  'timeLimitMinutes',
  'maxAttempts',
  'shuffle',
  'shuffleAnswers',
  'opensAt',
  'dueAt',
  'closesAt',
  'latePercentPerDay',
  'countedAttempt',
  'layout',
  'breakMinutes',
  'integrityLog',
  'integrityLogDays',
  'practice',
  'confidence',
  'calculator',
  'formulaSheet',
  'accessCode',
  'resultsShown',
  'answerRelease',
] as const satisfies (keyof AuthoredQuiz)[]

export type Settings = Pick<AuthoredQuiz, (typeof settingNames)[number]>

const blank: Settings = {
  kind: 'quiz',
  title: '',
  description: '',
  passingScore: 60,
  timeLimitMinutes: null,
  maxAttempts: null,
  shuffle: false,
  shuffleAnswers: false,
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
  accessCode: null,
  resultsShown: 'all',
  answerRelease: 'at_once',
}

/** The settings of a quiz; null is one that does not exist yet. */
export const settingsOf = (quiz: AuthoredQuiz | null): Settings =>
  Object.fromEntries(settingNames.map(name => [name, (quiz ?? blank)[name]])) as Settings

/** Settings that were kept on the device. Those that there were none of at the time are missing. */
export type SettingsDraft = Partial<Settings> & Pick<Settings, 'title'>

export const isSettingsDraft = (value: unknown): value is SettingsDraft =>
  typeof (value as Partial<Settings> | null | undefined)?.title === 'string'
