import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthor } from '../courses/course-roles.ts'
import { type Book, bookOf } from './book.ts'
import {
  type EntryState,
  nothing,
  selectEntries,
  selectLearnersAmong,
  storeChanges,
} from './entries.store.ts'
import {
  lockGradebook,
  raiseGradesRevision,
  selectBookQuizzes,
  selectCourseTitle,
} from './gradebook.store.ts'
import { selectRow } from './read-grades.ts'
import { tellGradesSoon } from './tell-grades.ts'

type Tools = Pick<ServiceKit, 'db'>

/** What is undefined stays as it is. */
export type GradeInput = {
  userId: string
  itemId: string | null
  score?: number | null | undefined
  excused?: boolean | undefined
  comment?: string | null | undefined
  reason?: string | null | undefined
}

/**
 * Enter, excuse or comment on a grade, or take back what was entered. Only what is given changes, so that a comment does
 * not bring back a score that someone else has replaced meanwhile. Of the same, the last writer's counts; the history
 * keeps all.
 * @throws AppError `not_found` for who does not learn in the course; `forbidden`, `invalid_input`.
 */
export async function setGrade(tools: Tools, by: AskingCaller, courseId: string, input: GradeInput) {
  await requireAuthor(tools, by, courseId)
  const { userId, itemId } = input
  return tools.db.in(by.actor.organizationId).transaction(async tx => {
    const stored = await lockGradebook(tx, courseId)
    if (!(await selectLearnersAmong(tx, courseId, [userId])).has(userId)) throw new AppError('not_found')
    const replaces = replaced(bookOf(courseId, stored, await selectBookQuizzes(tx, courseId)), input)
    const entry = (await selectEntries(tx, courseId, [userId])).find(one => one.itemId === itemId)
    const before = entry ? { score: entry.score, excused: entry.excused, comment: entry.comment } : nothing
    const after: EntryState = {
      score: given(input.score, before.score),
      excused: given(input.excused, before.excused),
      comment: given(input.comment, before.comment) || null,
    }
    const isOther = before.score !== after.score || before.excused !== after.excused
    const reasonBefore = entry?.reason ?? null
    const reason = given(input.reason, isOther ? null : reasonBefore)
    if (replaces && isOther && (after.score !== null || after.excused) && !reason)
      throw invalidField('reason', 'gradebook_reason_needed')
    if (!isSame(before, after) || (entry && reason !== reasonBefore)) {
      await storeChanges(tx, courseId, by.actor.userId, [{ userId, itemId, before, after, reason }])
      raiseGradesRevision(tx, courseId)
      await tellGradesSoon(tx, courseId, [userId])
    }
    if (replaces && isOther)
      await recordAudit(tx, 'assessment', by, {
        action: 'grade.overridden',
        subject: { kind: 'course', id: courseId, name: await selectCourseTitle(tx, courseId) },
        details: { learnerId: userId, itemId },
      })
    return selectRow(tx, courseId, userId)
  })
}

/** Percent of a course: with all extra credit that there may be, and still seen when points are typed by mistake. */
const mostOfCourse = 1000

const given = <T>(value: T | undefined, kept: T): T => (value === undefined ? kept : value)

export const isSame = (a: EntryState, b: EntryState) =>
  a.score === b.score && a.excused === b.excused && a.comment === b.comment

/** Whether the entry takes the place of what would be calculated. @throws AppError `invalid_input`. */
function replaced(book: Book, { itemId, score, excused, comment }: GradeInput): boolean {
  if (itemId === null) {
    if (excused || comment) throw invalidField('itemId', 'gradebook_course_excused')
    if ((score ?? 0) > mostOfCourse) throw invalidField('score', 'gradebook_course_too_high')
    return true
  }
  const item = book.items.find(({ id }) => id === itemId)
  if (!item) throw invalidField('itemId', 'gradebook_item_unknown')
  return item.quizId !== null
}
