import type { Answers } from '../quizzes/grade.ts'
import type { Quiz } from '../quizzes/quizzes.store.ts'
import { breakUntil } from './breaks.ts'
import { graceSeconds } from './grace.ts'
import type { Submission } from './submissions.store.ts'

/**
 * What may be done with a quiz and an attempt, and when. Pure, and on one clock: `now` is always the database's, which
 * every process shares and which also sets when an attempt ends. It comes with the row that it is compared with.
 */

/** Whether the time of an attempt is up. It is not at the last moment itself, only after it. */
export function isOver({ expiresAt }: Pick<Submission, 'expiresAt'>, now: string): boolean {
  return expiresAt !== null && Date.parse(now) > Date.parse(expiresAt) + graceSeconds * 1000
}

/** Whether an attempt has come to its end, by the service's clock: what a device that says so is held to. */
export function isAtEnd({ expiresAt }: Pick<Submission, 'expiresAt'>, now: string): boolean {
  return expiresAt !== null && Date.parse(now) >= Date.parse(expiresAt)
}

/** Whether an attempt still takes answers: those that come later do not count. */
export function takesAnswers(attempt: Pick<Submission, 'state' | 'expiresAt'>, now: string): boolean {
  return attempt.state === 'in_progress' && !isOver(attempt, now)
}

/**
 * Why answers are not taken now, or null. During a break they are refused, and not taken as its end: a device that was
 * offline may send what was answered before, and its learner is resting. It keeps them, and sends them after the break.
 */
export function refusalOfAnswers(
  attempt: Pick<Submission, 'state' | 'expiresAt' | 'breakSeconds' | 'breaks'>,
  now: string,
): 'attempt_closed' | 'attempt_on_break' | null {
  if (!takesAnswers(attempt, now)) return 'attempt_closed'
  return breakUntil(attempt, now) === null ? null : 'attempt_on_break'
}

/** Whether an attempt has to be graded with what it has, because its time is up. */
export function hasToEnd(attempt: Pick<Submission, 'state' | 'expiresAt'>, now: string): boolean {
  return attempt.state === 'in_progress' && isOver(attempt, now)
}

/** The answers with which an attempt ends: what was kept in time, and what is sent with its end if that is in time. */
export function answersAtEnd(
  attempt: Pick<Submission, 'state' | 'expiresAt' | 'answers'>,
  sent: Answers,
  now: string,
): Answers {
  return takesAnswers(attempt, now) ? { ...attempt.answers, ...sent } : attempt.answers
}

/**
 * Whether someone may look at an attempt: `own`, `if_author` of its course, which the caller then looks up, or `no`.
 * What a person answered in a survey is told to nobody by name.
 */
export function accessToAttempt(
  userId: string,
  attempt: Pick<Submission, 'userId'>,
  { kind }: Pick<Quiz, 'kind'>,
): 'own' | 'if_author' | 'no' {
  if (attempt.userId === userId) return 'own'
  return kind === 'survey' ? 'no' : 'if_author'
}

/** How many attempts are left after so many, or null where there is no limit. */
export function attemptsLeft({ maxAttempts }: Pick<Quiz, 'maxAttempts'>, taken: number): number | null {
  return maxAttempts === null ? null : Math.max(0, maxAttempts - taken)
}

/**
 * What asking for an attempt comes to, given one's latest: it continues while it is open; else the next one begins,
 * unless none is left. `endFirst` where the latest lies open past its time.
 */
export function nextAttempt(
  quiz: Pick<Quiz, 'maxAttempts'>,
  latest: Pick<Submission, 'state' | 'expiresAt' | 'attemptNumber'> | null,
  now: string,
):
  | { kind: 'continue' }
  | { kind: 'exhausted' }
  | { kind: 'begin'; attemptNumber: number; endFirst: boolean } {
  if (!latest) return begin(quiz, 0, false)
  if (takesAnswers(latest, now)) return { kind: 'continue' }
  return begin(quiz, latest.attemptNumber, hasToEnd(latest, now))
}

function begin(quiz: Pick<Quiz, 'maxAttempts'>, taken: number, endFirst: boolean) {
  if (attemptsLeft(quiz, taken) === 0) return { kind: 'exhausted' as const }
  return { kind: 'begin' as const, attemptNumber: taken + 1, endFirst }
}

/**
 * Why someone may not see a quiz, or null. A bank of questions is its author's alone. Whether a lesson shows the quiz
 * to learners is asked apart: it may take a call.
 */
export function refusalToSee(
  quiz: Pick<Quiz, 'bank'>,
  { author, enrolled }: { author: boolean; enrolled: boolean },
): 'not_enrolled' | 'not_found' | null {
  if (author) return null
  if (!enrolled) return 'not_enrolled'
  return quiz.bank ? 'not_found' : null
}

/** What stands between someone and a new attempt. Who teaches the course needs neither the dates nor the code. */
export function gateOf(
  quiz: Pick<Quiz, 'locked' | 'closed' | 'hasAccessCode'>,
  author: boolean,
): 'none' | 'opening' | 'closing' | 'access_code' {
  if (author) return 'none'
  if (quiz.locked) return 'opening'
  if (quiz.closed) return 'closing'
  return quiz.hasAccessCode ? 'access_code' : 'none'
}

/** Where someone stands in a quiz: their best result counts, whenever they had it. */
export function standingOf(attempts: { scorePercent: number | null; passed: boolean | null }[]) {
  const scores = attempts.flatMap(({ scorePercent }) => scorePercent ?? [])
  return {
    bestScorePercent: scores.length > 0 ? Math.max(...scores) : null,
    passed: attempts.some(({ passed }) => passed === true),
  }
}
