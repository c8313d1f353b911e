import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthor } from '../courses/course-roles.ts'
import { askToTellGrades } from '../gradebook/told-grades.store.ts'
import { lockGroups, selectIsGroup, selectMemberIds } from '../groups/groups.store.ts'
import { refuseCrossedDates } from '../quizzes/taking-settings.ts'
import { type Conditions, isEmpty } from './accommodate.ts'
import {
  type Accommodation,
  type Conditioned,
  deleteAccommodation,
  deleteGroupAccommodation,
  type GroupAccommodation,
  lockQuizzes,
  moveEnds,
  selectAccommodations,
  selectGroupAccommodations,
  selectIsLearner,
  upsertAccommodation,
  upsertGroupAccommodation,
} from './accommodations.store.ts'

/**
 * Other conditions for one learner or a group: more time, more attempts, a window of their own. Who teaches the course
 * sets and sees them, and beside them the learner alone; the audit log says that they were set, and not what they are.
 */

type Tools = Pick<ServiceKit, 'db'>

/** @throws AppError `not_found`, `forbidden`. */
export async function listAccommodations(tools: Tools, by: AskingCaller, courseId: string) {
  await requireAuthor(tools, by, courseId)
  const db = tools.db.in(by.actor.organizationId)
  const [items, groups] = await Promise.all([
    selectAccommodations(db, courseId),
    selectGroupAccommodations(db, courseId),
  ])
  return { items, groups }
}

/**
 * Give a learner conditions in place of those before; without anything in them they are removed. Open attempts follow
 * at once.
 * @throws AppError `not_found` for someone who does not learn in the course, or a quiz that is not in it; `forbidden`;
 * `invalid_input`.
 */
export async function saveAccommodation(
  tools: Tools,
  by: AskingCaller,
  { courseId, ...given }: Accommodation & { courseId: string },
) {
  await requireAuthor(tools, by, courseId)
  const { userId, quizId } = given
  await tools.db.in(by.actor.organizationId).transaction(async tx => {
    if (!(await selectIsLearner(tx, courseId, userId))) throw new AppError('not_found')
    const quizzes = await lockQuizzes(tx, { courseId, userId, quizId })
    if (quizId && quizzes.length === 0) throw new AppError('not_found')
    if (!isEmpty(given)) refuseWithoutWindow(given, quizzes)
    if (isEmpty(given)) await deleteAccommodation(tx, courseId, given)
    else await upsertAccommodation(tx, courseId, given)
    await moveEnds(
      tx,
      quizzes.map(({ id }) => id),
      userId,
    )
    askToTellGrades(tx, courseId, [userId])
    await recordAudit(tx, 'assessment', by, {
      action: isEmpty(given) ? 'accommodation.removed' : 'accommodation.set',
      subject: { kind: 'person', id: userId },
      details: { courseId, quizId },
    })
  })
  return given
}

/**
 * The same for a group: all who are in it have them, also those who come later, for as long as they are in it.
 * @throws AppError `not_found` for a group that is not of the course, or of which no news has come yet; `forbidden`;
 * `invalid_input`.
 */
export async function saveGroupAccommodation(
  tools: Tools,
  by: AskingCaller,
  { courseId, ...given }: GroupAccommodation & { courseId: string },
) {
  await requireAuthor(tools, by, courseId)
  const { groupId, quizId } = given
  await tools.db.in(by.actor.organizationId).transaction(async tx => {
    // Who is in the group stays as it is until they are set: news of it takes this lock first.
    await lockGroups(tx, courseId)
    if (!(await selectIsGroup(tx, courseId, groupId))) throw new AppError('not_found')
    const quizzes = await lockQuizzes(tx, { courseId, groupId, quizId })
    if (quizId && quizzes.length === 0) throw new AppError('not_found')
    if (!isEmpty(given)) refuseWithoutWindow(given, quizzes)
    if (isEmpty(given)) await deleteGroupAccommodation(tx, given)
    else await upsertGroupAccommodation(tx, courseId, given)
    await moveEnds(
      tx,
      quizzes.map(({ id }) => id),
    )
    askToTellGrades(tx, courseId, await selectMemberIds(tx, groupId))
    await recordAudit(tx, 'assessment', by, {
      action: isEmpty(given) ? 'group_accommodation.removed' : 'group_accommodation.set',
      subject: { kind: 'group', id: groupId },
      details: { courseId, quizId },
    })
  })
  return given
}

// Enough to see what is meant; a course may have hundreds.
const mostNamed = 5

/**
 * What is given must leave the learner a window in each quiz, together with the dates of the quiz itself. A quiz that
 * has closed for everyone takes nothing from them, and neither does a date of the course where the quiz has its own.
 */
function refuseWithoutWindow(given: Conditions & { quizId: string | null }, quizzes: Conditioned[]): void {
  const windowIn = (quiz: Conditioned) => ({
    opensAt: given.opensAt ?? quiz.opensAt,
    dueAt: given.dueAt ?? quiz.dueAt,
    closesAt: given.closesAt ?? quiz.closesAt,
  })
  if (given.quizId !== null) {
    for (const quiz of quizzes) refuseCrossedDates(windowIn(quiz))
    return
  }
  refuseCrossedDates(given)
  const lost = quizzes.filter(quiz => {
    const { opensAt, closesAt } = windowIn(quiz)
    const never = opensAt !== null && closesAt !== null && Date.parse(closesAt) <= Date.parse(opensAt)
    return never && !quiz.bank && !quiz.closed && !quiz.hasOwn
  })
  if (lost.length === 0) return
  const named = lost.slice(0, mostNamed).map(({ title }) => `“${title}”`)
  const quizNames = [...named, ...(lost.length > mostNamed ? ['…'] : [])].join(', ')
  const field = given.closesAt === null ? 'opensAt' : 'closesAt'
  throw invalidField(field, 'quizzes_never_open', { values: { quizzes: quizNames } })
}
