import { setImmediate } from 'node:timers/promises'
import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthor } from '../courses/course-roles.ts'
import { type BookItem, bookOf, selectBook } from './book.ts'
import {
  type EntryChange,
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
import { isSame } from './set-grade.ts'
import { tellGradesSoon } from './tell-grades.ts'

export type ImportInput = {
  itemIds: string[]
  rows: { userId: string; scores: (number | 'excused' | null)[] }[]
}

type Problem = {
  userId: string | null
  itemId: string | null
  problem:
    | 'learner_unknown'
    | 'learner_twice'
    | 'item_unknown'
    | 'item_twice'
    | 'item_is_quiz'
    | 'above_points'
}

/**
 * Cells of an import: a thousand learners by fifty columns. With the most rows it has fewer values than the body of a
 * request may hold (`kit/json-body.ts`), so that it is this bound that a person meets.
 */
export const mostCells = 50_000

/** After so many rows other requests have their turn. */
const rowsAtOnce = 50

/** Of what would change and what is not understood, so many are named. */
const mostTold = 1000

type Tools = Pick<ServiceKit, 'db'>

/**
 * Tell what many grades at once would change, or with `apply` change it. What is applied is what a dry run has told:
 * a gradebook that was changed since then is refused.
 * @throws AppError `conflict`, `forbidden`, `invalid_input`.
 */
export async function importGrades(
  tools: Tools,
  by: AskingCaller,
  courseId: string,
  { apply, revision, ...given }: ImportInput & { apply: boolean; revision?: number | undefined },
) {
  await requireAuthor(tools, by, courseId)
  given.rows.forEach(({ scores }, at) => {
    if (scores.length !== given.itemIds.length)
      throw invalidField(`rows.${at}.scores`, 'gradebook_row_length')
  })
  if (given.rows.length * given.itemIds.length > mostCells) throw invalidField('rows', 'gradebook_too_many')
  const school = tools.db.in(by.actor.organizationId)
  if (!apply) {
    const book = await selectBook(school, courseId)
    return {
      applied: false,
      revision: book.revision,
      ...told(await compared(school, courseId, book.items, given)),
    }
  }
  return school.transaction(async tx => {
    const stored = await lockGradebook(tx, courseId)
    if (stored.revision !== revision) throw new AppError('conflict')
    const { items } = bookOf(courseId, stored, await selectBookQuizzes(tx, courseId))
    const found = await compared(tx, courseId, items, given)
    if (found.changes.length > 0) {
      await storeChanges(tx, courseId, by.actor.userId, found.changes)
      raiseGradesRevision(tx, courseId)
      await tellGradesSoon(
        tx,
        courseId,
        found.changes.map(({ userId }) => userId),
      )
      await recordAudit(tx, 'assessment', by, {
        action: 'gradebook.imported',
        subject: { kind: 'course', id: courseId, name: await selectCourseTitle(tx, courseId) },
        details: { grades: found.changes.length },
      })
    }
    const raised = found.changes.length > 0 ? 1 : 0
    return { applied: true, revision: stored.revision + raised, ...told(found) }
  })
}

const told = ({ changes, problems }: { changes: EntryChange[]; problems: Problem[] }) => ({
  changeCount: changes.length,
  changes: changes
    .slice(0, mostTold)
    .map(({ userId, itemId, before, after }) => ({ userId, itemId: itemId as string, before, after })),
  problems: problems.slice(0, mostTold),
  problemCount: problems.length,
})

async function compared(
  db: Queryable,
  courseId: string,
  items: readonly BookItem[],
  { itemIds, rows }: ImportInput,
): Promise<{ changes: EntryChange[]; problems: Problem[] }> {
  const userIds = rows.map(({ userId }) => userId)
  const [learners, entries] = await Promise.all([
    selectLearnersAmong(db, courseId, userIds),
    selectEntries(db, courseId, userIds),
  ])
  const known = new Map(items.map(item => [item.id, item]))
  const entryOf = new Map(entries.map(entry => [`${entry.userId} ${entry.itemId}`, entry]))
  const problems: Problem[] = []
  // Which of two is meant no one can tell from here, so neither is written.
  const twiceAsked = repeated(itemIds)
  const columns = itemIds.map((itemId, at) => {
    if (twiceAsked.has(itemId)) {
      if (itemIds.indexOf(itemId) === at) problems.push({ userId: null, itemId, problem: 'item_twice' })
      return null
    }
    const item = known.get(itemId)
    if (!item) problems.push({ userId: null, itemId, problem: 'item_unknown' })
    else if (item.quizId) problems.push({ userId: null, itemId, problem: 'item_is_quiz' })
    else return item
    return null
  })
  const changes: EntryChange[] = []
  const twice = repeated(userIds)
  for (const userId of twice) problems.push({ userId, itemId: null, problem: 'learner_twice' })
  for (const [at, { userId, scores }] of rows.entries()) {
    if (at % rowsAtOnce === rowsAtOnce - 1) await setImmediate()
    if (twice.has(userId)) continue
    if (!learners.has(userId)) {
      problems.push({ userId, itemId: null, problem: 'learner_unknown' })
      continue
    }
    scores.forEach((score, at) => {
      const item = columns[at]
      if (!item || score === null) return
      const entry = entryOf.get(`${userId} ${item.id}`)
      const before = entry ? { score: entry.score, excused: entry.excused, comment: entry.comment } : nothing
      const after = score === 'excused' ? { ...before, excused: true } : { ...before, score, excused: false }
      if (isSame(before, after)) return
      if (score !== 'excused' && score > item.points)
        problems.push({ userId, itemId: item.id, problem: 'above_points' })
      changes.push({ userId, itemId: item.id, before, after, reason: null })
    })
  }
  return { changes, problems }
}

function repeated(ids: readonly string[]): Set<string> {
  const [seen, twice] = [new Set<string>(), new Set<string>()]
  for (const id of ids) (seen.has(id) ? twice : seen).add(id)
  return twice
}
