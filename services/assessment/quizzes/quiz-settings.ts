import type { Transaction } from '@azora/kit/db.ts'
import { invalidField } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { isMarkedByRules } from '../questions/asked-question.ts'
import type { Question } from '../questions/question.ts'
import { sealCode } from './access-code.ts'
import { type QuizSettings, raiseRevision, selectIsAttempted } from './quizzes.store.ts'
import { defaultTaking, type TakingSettings, takingOf } from './taking-settings.ts'

/** The settings that a save may leave out; then they stay as they are. */
type Kept = Pick<QuizSettings, 'kind' | 'resultsShown' | 'answerRelease' | 'shuffleAnswers'> & TakingSettings

export type SettingsInput = Omit<QuizSettings, keyof Kept | 'sealedAccessCode'> & {
  [name in keyof Kept]?: Kept[name] | undefined
} & { accessCode?: string | null | undefined }

export const defaultSettings: Kept & Pick<QuizSettings, 'sealedAccessCode'> = {
  kind: 'quiz',
  ...defaultTaking,
  sealedAccessCode: null,
  resultsShown: 'all',
  answerRelease: 'at_once',
  shuffleAnswers: false,
}

/** What is told at once is not held back afterwards, and nothing that does not count runs out or is late. */
const ofPractice = {
  maxAttempts: null,
  latePercentPerDay: 0,
  resultsShown: 'all' as const,
  answerRelease: 'at_once' as const,
}

/**
 * The key of a quiz for practice is given away, so that it has questions alone that are checked at once.
 * @throws AppError `invalid_input`
 */
export function refusePractice(
  { kind, practice }: Pick<QuizSettings, 'kind' | 'practice'>,
  questions: Question[],
): void {
  if (!practice) return
  if (kind === 'survey') throw invalidField('practice', 'practice_survey')
  if (!questions.every(isMarkedByRules)) throw invalidField('practice', 'practice_marked')
}

/** Settings as they are stored. `before` are those that the quiz has, or the defaults. @throws AppError `invalid_input` */
export function settingsOf(
  input: SettingsInput,
  before: typeof defaultSettings,
  { sealing, quizId }: { sealing: Sealing; quizId: string },
): QuizSettings {
  const taking = takingOf(input, before)
  const settings: QuizSettings = {
    kind: input.kind ?? before.kind,
    title: input.title,
    description: input.description,
    passingScore: input.passingScore,
    timeLimitMinutes: input.timeLimitMinutes,
    shuffle: input.shuffle,
    shuffleAnswers: input.shuffleAnswers ?? before.shuffleAnswers,
    ...taking,
    sealedAccessCode:
      input.accessCode === undefined ? before.sealedAccessCode : sealCode(sealing, quizId, input.accessCode),
    resultsShown: input.resultsShown ?? before.resultsShown,
    answerRelease: input.answerRelease ?? before.answerRelease,
    maxAttempts: input.maxAttempts,
    ...(taking.practice ? ofPractice : {}),
  }
  settings.confidence = confidenceOf(settings)
  refuseReleaseWithoutDate(settings)
  return settings
}

/** A survey has nothing to be right about, and in practice nothing counts. */
function confidenceOf({ kind, practice, confidence }: QuizSettings): QuizSettings['confidence'] {
  if (kind === 'survey') return 'not_asked'
  return practice && confidence === 'counted' ? 'shown' : confidence
}

/** @throws AppError `invalid_input` where answers would be shown after a date that there is not. */
function refuseReleaseWithoutDate(settings: QuizSettings): void {
  const { kind, resultsShown, answerRelease, dueAt, closesAt } = settings
  if (kind === 'survey' || resultsShown !== 'all' || answerRelease !== 'after_due') return
  if (dueAt === null && closesAt === null) throw invalidField('answerRelease', 'release_without_date')
}

/**
 * Attempts at a quiz have a score and those at a survey have none, so what was attempted stays what it is. The quiz is
 * locked. @throws AppError `invalid_input`.
 */
export async function refuseOtherKind(
  tx: Transaction,
  quizId: string,
  before: Pick<QuizSettings, 'kind'>,
  after: Pick<QuizSettings, 'kind'>,
): Promise<void> {
  if (before.kind === after.kind || !(await selectIsAttempted(tx, quizId))) return
  throw invalidField('kind', `${before.kind}_attempted`, { code: 'attempted' })
}

/**
 * What was for practice has told its key, and what counted was told: either stays once there is an attempt. The quiz is
 * locked. @throws AppError `invalid_input`.
 */
export async function refuseOtherPractice(
  tx: Transaction,
  quizId: string,
  before: Pick<QuizSettings, 'practice'>,
  after: Pick<QuizSettings, 'practice'>,
): Promise<void> {
  if (before.practice === after.practice || !(await selectIsAttempted(tx, quizId))) return
  throw invalidField('practice', 'practice_attempted', { code: 'attempted' })
}

/**
 * Which attempt counts was told with every result, and progress rests on it, so that it stays once there is one. The
 * quiz is locked. @throws AppError `invalid_input`.
 */
export async function refuseOtherCounting(
  tx: Transaction,
  quizId: string,
  before: Pick<QuizSettings, 'countedAttempt'>,
  after: Pick<QuizSettings, 'countedAttempt'>,
): Promise<void> {
  if (before.countedAttempt === after.countedAttempt || !(await selectIsAttempted(tx, quizId))) return
  throw invalidField('countedAttempt', 'counting_attempted', { code: 'attempted' })
}

const showsScore = ({ resultsShown }: Pick<QuizSettings, 'resultsShown'>) => resultsShown !== 'none'

/** Let education know when a quiz becomes a survey or the other way round: it names lessons by what they are. */
export async function tellKind(
  tx: Transaction,
  quiz: { id: string; courseId: string },
  before: Pick<QuizSettings, 'kind'>,
  after: Pick<QuizSettings, 'kind'>,
): Promise<void> {
  if (before.kind === after.kind) return
  await publish(tx, 'assessment', 'quiz.kind_set', {
    quizId: quiz.id,
    courseId: quiz.courseId,
    organizationId: tx.organizationId,
    kind: after.kind,
    revision: await raiseRevision(tx, quiz.id),
  })
}

/** Let education know when learners are no longer told their score, or are again: it keeps a copy of scores. */
export async function tellResultsShown(
  tx: Transaction,
  quiz: { id: string; courseId: string },
  before: Pick<QuizSettings, 'resultsShown'>,
  after: Pick<QuizSettings, 'resultsShown'>,
): Promise<void> {
  if (showsScore(before) === showsScore(after)) return
  await publish(tx, 'assessment', 'quiz.results_shown', {
    quizId: quiz.id,
    courseId: quiz.courseId,
    organizationId: tx.organizationId,
    scoreShown: showsScore(after),
    revision: await raiseRevision(tx, quiz.id),
  })
}
