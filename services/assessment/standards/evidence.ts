import type { Queryable } from '@azora/kit/db.ts'
import { type Aligned, type Counted, selectAligned, selectCounted } from './evidence.store.ts'

/** An answer that counts in a standard. */
export type Answer = {
  userId: string
  standardId: string
  quizId: string
  submissionId: string
  attemptNumber: number
  submittedAt: string
  questionId: string
  awarded: number
  points: number
}

export type Asked = {
  courseId: string
  userIds: readonly string[]
  /** One standard; all without it. */
  standardId?: string | undefined
  /** As learners see it. */
  told?: boolean | undefined
}

/**
 * What learners answered that counts in standards, with the titles of the quizzes. The answers of one learner, in the
 * order of submission, are found when they are asked for: all of a hundred at once would hold other requests up.
 */
export async function selectEvidence(db: Queryable, { courseId, userIds, ...which }: Asked) {
  const aligned = await selectAligned(db, courseId, which)
  const titles = new Map(aligned.map(({ quizId, quizTitle }) => [quizId, quizTitle]))
  const attempts = await selectCounted(db, [...titles.keys()], userIds)
  const shown = new Map(aligned.map(question => [question.questionId, question]))
  const attemptsOf = Map.groupBy(attempts, ({ userId }) => userId)
  return { answersOf: (userId: string) => answersIn(attemptsOf.get(userId) ?? [], shown), titles }
}

/**
 * What a regrade left out shows nothing, unless points were given by hand since; nor does what is worth nothing. How
 * late an attempt was takes nothing off: it says nothing of what someone can do.
 */
function answersIn(attempts: readonly Counted[], shown: ReadonlyMap<string, Aligned>): Answer[] {
  return attempts.flatMap(attempt => {
    const { submissionId, userId, quizId, attemptNumber, submittedAt, regraded, overridden } = attempt
    return attempt.questionIds.flatMap((questionId, at) => {
      const question = shown.get(questionId)
      const points = question?.worth[String(attempt.questionVersions[at])] ?? 0
      if (!question || points <= 0) return []
      if (regraded?.[questionId]?.rule === 'left_out' && !overridden?.[questionId]) return []
      const awarded = attempt.awarded[questionId] ?? 0
      const answer = { userId, quizId, submissionId, attemptNumber, submittedAt, questionId, awarded, points }
      return question.standardIds.map(standardId => ({ ...answer, standardId }))
    })
  })
}
