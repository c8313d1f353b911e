import { setImmediate } from 'node:timers/promises'
import type { Outcome } from '@azora/contracts/assessment/gradebook/course-grade.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { courseRole, requireAuthor } from '../courses/course-roles.ts'
import { selectBook, shownToLearners } from './book.ts'
import { selectHistory, selectLearnersAmong, selectLearnersFrom } from './entries.store.ts'
import { selectCourseTitle } from './gradebook.store.ts'
import { explanationOf, rowsOf, selectHeld } from './grades.ts'

type Tools = Pick<ServiceKit, 'db'>

/** A row of a hundred items takes up to a millisecond; after so many, other requests have their turn. */
const rowsAtOnce = 10

export type Page = {
  userIds: string[] | undefined
  groupId?: string | undefined
  after: string | undefined
  limit: number
}

/**
 * Rows of a gradebook: of the learners that are named, in that order, or a page of all of them or of a
 * group.
 * @throws AppError `not_found`, `forbidden`.
 */
export async function readGrades(tools: Tools, by: AskingCaller, courseId: string, page: Page) {
  await requireAuthor(tools, by, courseId)
  const db = tools.db.in(by.actor.organizationId)
  const { userIds, more } = await learnersOf(db, courseId, page)
  const book = await selectBook(db, courseId)
  const heldBy = await selectHeld(db, book, userIds)
  const rowOf = rowsOf(book)
  const items: ReturnType<typeof rowOf>[] = []
  for (const userId of userIds) {
    items.push(rowOf(userId, heldBy(userId)))
    if (items.length % rowsAtOnce === 0) await setImmediate()
  }
  return {
    items,
    nextCursor: more ? (userIds.at(-1) ?? null) : null,
  }
}

export async function learnersOf(db: Queryable, courseId: string, { userIds, groupId, after, limit }: Page) {
  if (userIds) {
    const learners = await selectLearnersAmong(db, courseId, userIds)
    return { userIds: [...new Set(userIds)].filter(userId => learners.has(userId)), more: false }
  }
  const found = await selectLearnersFrom(db, courseId, { groupId, after, limit: limit + 1 })
  return { userIds: found.slice(0, limit), more: found.length > limit }
}

/** The row of one learner, after it was changed. */
export async function selectRow(db: Queryable, courseId: string, userId: string) {
  const book = await selectBook(db, courseId)
  const heldBy = await selectHeld(db, book, [userId])
  return rowsOf(book)(userId, heldBy(userId))
}

/** @throws AppError `not_found`, also for who does not learn in the course; `forbidden`. */
export async function getGrade(tools: Tools, by: AskingCaller, courseId: string, userId: string) {
  await requireAuthor(tools, by, courseId)
  const db = tools.db.in(by.actor.organizationId)
  if (!(await selectLearnersAmong(db, courseId, [userId])).has(userId)) throw new AppError('not_found')
  const [book, courseTitle, history] = await Promise.all([
    selectBook(db, courseId),
    selectCourseTitle(db, courseId),
    selectHistory(db, courseId, userId),
  ])
  const held = (await selectHeld(db, book, [userId]))(userId)
  const overrideReason = held.override?.reason ?? null
  return { ...explanationOf(book, held), courseTitle, userId, overrideReason, history }
}

/**
 * What a learner sees of their own grades: by the items that are shown, as if there were no others. A course grade that
 * is not shown is not told, nor by which rules it would come about.
 * @throws AppError `not_found`, `not_enrolled`.
 */
export async function readMyGrades(tools: Tools, by: AskingCaller, courseId: string) {
  const { userId, organizationId } = by.actor
  if (!(await courseRole(tools, by, courseId)).enrolled) throw new AppError('not_enrolled')
  const db = tools.db.in(organizationId)
  const [whole, courseTitle] = await Promise.all([selectBook(db, courseId), selectCourseTitle(db, courseId)])
  const shown = shownToLearners(whole)
  const held = (await selectHeld(db, shown, [userId]))(userId)
  // The title of a quiz that no lesson shows yet is its author's alone.
  const taken = (quizId: string) => held.attempts.has(quizId)
  const book = {
    ...shown,
    items: shown.items.filter(
      ({ id, quizId, open }) => quizId === null || open || taken(quizId) || held.entries.has(id),
    ),
  }
  const { categories, ...grade } = explanationOf(book, held)
  // Nor is a category told of which nothing is shown.
  const explained = { ...grade, categories: categories.filter(({ items }) => items.length > 0) }
  const complete = shown.items.length === whole.items.length
  if (book.courseGradeShown) return { ...explained, courseTitle, complete }
  return {
    ...explained,
    courseTitle,
    complete,
    percent: null,
    letter: null,
    calculatedPercent: null,
    overridden: false,
    scale: [],
    categories: explained.categories.map(category => ({
      ...category,
      weight: 0,
      dropLowest: 0,
      dropHighest: 0,
      percent: null,
      share: 0,
      items: category.items.map(item => ({ ...item, adds: 0, outcome: withoutDrops(item.outcome) })),
    })),
  }
}

/** What is dropped tells how scores compare in a grade that is not shown. */
const withoutDrops = (outcome: Outcome): Outcome => (outcome.startsWith('dropped') ? 'counted' : outcome)
