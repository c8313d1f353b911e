import type { Accommodation } from './use-accommodations.ts'

/** What the form of an accommodation shows when another learner or quiz is chosen in it. */

export const blank: Accommodation = {
  userId: '',
  quizId: null,
  extraPercent: 0,
  extraMinutes: 0,
  extraBreakMinutes: 0,
  extraAttempts: 0,
  opensAt: null,
  dueAt: null,
  closesAt: null,
}

/** What a learner has there already, so that nothing is replaced unseen; else nothing: what another has is not theirs. */
export function ofLearner(
  items: Accommodation[],
  { userId, quizId }: Pick<Accommodation, 'userId' | 'quizId'>,
): Accommodation {
  return itemOf(items, userId, quizId) ?? { ...blank, userId, quizId }
}

/** What the learner has in this quiz already; else what the form holds, which may be meant for this quiz alone. */
export function inQuiz(items: Accommodation[], given: Accommodation, quizId: string | null): Accommodation {
  return itemOf(items, given.userId, quizId) ?? { ...given, quizId }
}

const itemOf = (items: Accommodation[], userId: string, quizId: string | null) =>
  items.find(one => one.userId === userId && one.quizId === quizId)
