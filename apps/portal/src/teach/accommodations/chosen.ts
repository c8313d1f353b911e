import type { Accommodation } from './use-accommodations.ts'

/** What the form of an accommodation shows when another learner, group or quiz is chosen in it. */

export const blank: Accommodation = {
  userId: null,
  groupId: null,
  quizId: null,
  extraPercent: 0,
  extraMinutes: 0,
  extraBreakMinutes: 0,
  extraAttempts: 0,
  opensAt: null,
  dueAt: null,
  closesAt: null,
}

type Whose = Pick<Accommodation, 'userId' | 'groupId'>

/** What a learner or group has there already, so that nothing is replaced unseen; else nothing: what another has is not theirs. */
export function ofWhom(
  items: Accommodation[],
  { userId, groupId, quizId }: Whose & Pick<Accommodation, 'quizId'>,
): Accommodation {
  return itemOf(items, { userId, groupId }, quizId) ?? { ...blank, userId, groupId, quizId }
}

/** What they have in this quiz already; else what the form holds, which may be meant for this quiz alone. */
export function inQuiz(items: Accommodation[], given: Accommodation, quizId: string | null): Accommodation {
  return itemOf(items, given, quizId) ?? { ...given, quizId }
}

const itemOf = (items: Accommodation[], { userId, groupId }: Whose, quizId: string | null) =>
  items.find(one => one.userId === userId && one.groupId === groupId && one.quizId === quizId)

/** Whose it is, as the value of a choice. */
export const keyOf = ({ userId, groupId }: Whose): string => (groupId ? `group ${groupId}` : (userId ?? ''))

export function whoseIs(key: string): Whose {
  const [kind, groupId] = key.split(' ')
  return groupId && kind === 'group' ? { userId: null, groupId } : { userId: key, groupId: null }
}
