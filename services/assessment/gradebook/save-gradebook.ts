import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthor } from '../courses/course-roles.ts'
import { type Book, bookOf, selectBook } from './book.ts'
import {
  type BookQuiz,
  lockGradebook,
  type Setup,
  selectBookQuizzes,
  selectCourseTitle,
  updateSetup,
} from './gradebook.store.ts'
import { tellGradesSoon } from './tell-grades.ts'

type Tools = Pick<ServiceKit, 'db'>

const told = (book: Book, courseTitle: string) => ({
  ...book,
  courseTitle,
  otherQuizzes: book.otherQuizzes.map(({ id, title, points }) => ({ id, title, points })),
})

/** @throws AppError `not_found`, `forbidden`. */
export async function readGradebook(tools: Tools, by: AskingCaller, courseId: string) {
  await requireAuthor(tools, by, courseId)
  const db = tools.db.in(by.actor.organizationId)
  const [book, title] = await Promise.all([selectBook(db, courseId), selectCourseTitle(db, courseId)])
  return told(book, title)
}

/** @throws AppError `conflict` when it was saved since; `invalid_input`. */
export async function saveGradebook(
  tools: Tools,
  by: AskingCaller,
  { courseId, setupRevision, ...setup }: Setup & { courseId: string; setupRevision: number },
) {
  await requireAuthor(tools, by, courseId)
  return tools.db.in(by.actor.organizationId).transaction(async tx => {
    const stored = await lockGradebook(tx, courseId)
    if (stored.setupRevision !== setupRevision) throw new AppError('conflict')
    const quizzes = await selectBookQuizzes(tx, courseId)
    refuseFaulty(setup, quizzes)
    refuseMoved(setup.items, stored.setup?.items ?? bookOf(courseId, stored, quizzes).items)
    updateSetup(tx, courseId, setup)
    await tellGradesSoon(tx, courseId)
    const title = await selectCourseTitle(tx, courseId)
    await recordAudit(tx, 'assessment', by, {
      action: 'gradebook.changed',
      subject: { kind: 'course', id: courseId, name: title },
      details: { revision: setupRevision + 1 },
    })
    return told(await selectBook(tx, courseId), title)
  })
}

/** @throws AppError `invalid_input` that names the first fault. */
function refuseFaulty(setup: Setup, quizzes: readonly BookQuiz[]): void {
  const categories = new Set<string>()
  setup.categories.forEach(({ id }, at) => {
    if (categories.has(id)) throw duplicate(`categories.${at}.id`)
    categories.add(id)
  })
  const known = new Set(quizzes.map(({ id }) => id))
  const seen = new Set<string>()
  setup.items.forEach(({ id, quizId, categoryId }, at) => {
    if (seen.has(id) || (quizId && quizId !== id && seen.has(quizId))) throw duplicate(`items.${at}.id`)
    seen.add(id)
    if (quizId) seen.add(quizId)
    if (!categories.has(categoryId))
      throw invalidField(`items.${at}.categoryId`, 'gradebook_category_unknown')
    if (quizId && !known.has(quizId)) throw invalidField(`items.${at}.quizId`, 'gradebook_quiz_unknown')
  })
  setup.scale.forEach(({ letter, from }, at) => {
    const before = setup.scale.slice(0, at)
    if (before.some(other => other.letter === letter))
      throw invalidField(`scale.${at}.letter`, 'gradebook_letter_twice', { code: 'duplicate' })
    if (before.some(other => other.from === from))
      throw invalidField(`scale.${at}.from`, 'gradebook_from_twice', { code: 'duplicate' })
  })
  const weighed = setup.categories.some(({ extraCredit, weight }) => !extraCredit && weight > 0)
  if (setup.calculation === 'weights' && !weighed) throw invalidField('categories', 'gradebook_no_weight')
  if (setup.calculation === 'weights') refuseOnlyExtra(setup)
}

/** By weights, extra credit adds to the other items of its category; without any it would add nothing, unseen. */
function refuseOnlyExtra({ categories, items }: Setup): void {
  categories.forEach(({ id, extraCredit }, at) => {
    const theirs = items.filter(({ categoryId }) => categoryId === id)
    if (!extraCredit && theirs.length > 0 && theirs.every(item => item.extraCredit))
      throw invalidField(`categories.${at}.extraCredit`, 'gradebook_only_extra')
  })
}

/** What was entered for an item is of its quiz, and would become a grade in another. */
function refuseMoved(items: Setup['items'], before: Setup['items']): void {
  const known = new Map(before.map(({ id, quizId }) => [id, quizId]))
  items.forEach(({ id, quizId }, at) => {
    if (known.has(id) && known.get(id) !== quizId)
      throw invalidField(`items.${at}.quizId`, 'gradebook_item_moved')
  })
}

const duplicate = (path: string) => invalidField(path, 'gradebook_duplicate', { code: 'duplicate' })
