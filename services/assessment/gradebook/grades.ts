import type { ScoredAttempt } from '@azora/contracts/assessment/gradebook/attempt-score.ts'
import { type Entry, graderOf, letterOf } from '@azora/contracts/assessment/gradebook/course-grade.ts'
import { entryOf, type Known } from '@azora/contracts/assessment/gradebook/entry.ts'
import { fractionOf, rounded } from '@azora/contracts/assessment/gradebook/exact.ts'
import type { Queryable } from '@azora/kit/db.ts'
import type { Book, BookItem } from './book.ts'
import {
  type Attempts,
  type StoredEntry,
  selectAttemptScores,
  selectEntries,
  selectStillOpen,
} from './entries.store.ts'

/** Grades of learners by a book, from what is stored. */

/** Scores in points are told to two decimals; they count exactly. */
const shownDecimals = 2

/** What a learner has in a book. */
export type Held = {
  attempts: ReadonlyMap<string, ScoredAttempt[]>
  /** The quizzes with an attempt that waits to be marked, and those that the learner was given more time for. */
  awaited: ReadonlySet<string>
  entries: ReadonlyMap<string, StoredEntry>
  /** The grade that an author gave in place of the calculated one. */
  override: StoredEntry | null
}

const nothingHeld: Held = { attempts: new Map(), awaited: new Set(), entries: new Map(), override: null }

/** What each of some learners has, in one reading. */
export async function selectHeld(
  db: Queryable,
  book: Book,
  userIds: readonly string[],
): Promise<(userId: string) => Held> {
  const quizIds = book.items.flatMap(({ quizId }) => quizId ?? [])
  const [attempts, entries, open] = await Promise.all([
    selectAttemptScores(db, quizIds, userIds),
    selectEntries(db, book.courseId, userIds),
    selectStillOpen(db, book.courseId, userIds),
  ])
  const attemptsOf = Map.groupBy(attempts, ({ userId }) => userId)
  const entriesOf = Map.groupBy(entries, ({ userId }) => userId)
  const openFor = Map.groupBy(open, ({ userId }) => userId)
  return userId => {
    const theirs = entriesOf.get(userId) ?? []
    const later = openFor.get(userId) ?? []
    if (theirs.length === 0 && later.length === 0 && !attemptsOf.has(userId)) return nothingHeld
    const taken = attemptsOf.get(userId) ?? []
    return {
      attempts: new Map(taken.map(one => [one.quizId, scoredOf(one)])),
      awaited: new Set([...taken.filter(({ awaited }) => awaited), ...later].map(({ quizId }) => quizId)),
      entries: new Map(theirs.flatMap(entry => (entry.itemId ? [[entry.itemId, entry]] : []))),
      override: theirs.find(({ itemId }) => itemId === null) ?? null,
    }
  }
}

const scoredOf = ({ scores, maxScores }: Attempts): ScoredAttempt[] =>
  scores.map((score, at) => ({ score, maxScore: maxScores[at] ?? 0 }))

function known(item: BookItem, { attempts, entries }: Held): Known {
  const entered = entries.get(item.id)
  return {
    enteredScore: entered?.score ?? null,
    attempts: (item.quizId && attempts.get(item.quizId)) || [],
    excused: entered?.excused ?? false,
  }
}

const entriesOf = (book: Book, held: Held) =>
  new Map(
    book.items.map(
      item => [item.id, entryOf({ ...item, due: isDue(item, held) }, known(item, held))] as const,
    ),
  )

/** What was submitted and is not marked yet, or can still be submitted in time, is not missing. */
const isDue = ({ due, quizId }: BookItem, { awaited }: Held) => due && !(quizId && awaited.has(quizId))

const shown = ({ score }: Entry) => score && rounded(score, shownDecimals)

/** The grade that counts: an author's own in place of the calculated one. */
function decided(book: Book, calculated: { percent: number | null; letter: string | null }, held: Held) {
  const given = held.override?.score ?? null
  // Rounded like a calculated one: what is read is what the scale goes by.
  const percent = given === null ? null : rounded(fractionOf(given), book.decimals)
  return {
    percent: percent ?? calculated.percent,
    letter: percent === null ? calculated.letter : letterOf(book.scale, percent),
    calculatedPercent: calculated.percent,
    overridden: percent !== null,
  }
}

/** Rows of a book: the rules are read once for all of them. */
export function rowsOf(book: Book) {
  const grader = graderOf(book)
  return (userId: string, held: Held) => {
    const entries = entriesOf(book, held)
    return {
      userId,
      scores: book.items.map(({ id }) => {
        // What was entered is told as it was; a score that is calculated may have no end.
        return held.entries.get(id)?.score ?? shown(entries.get(id) as Entry)
      }),
      entries: book.items.flatMap(({ id }) => {
        const entered = held.entries.get(id)
        if (!entered) return []
        const { score, excused, comment } = entered
        return [{ itemId: id, excused, byHand: score !== null, comment }]
      }),
      ...decided(book, grader.grade(entries), held),
    }
  }
}

/** How the course grade of a learner comes about. */
export function explanationOf(book: Book, held: Held) {
  const entries = entriesOf(book, held)
  const explained = graderOf(book).explain(entries)
  const items = new Map(book.items.map(item => [item.id, item]))
  const categories = new Map(book.categories.map(category => [category.id, category]))
  return {
    courseId: book.courseId,
    calculation: book.calculation,
    missing: book.missing,
    decimals: book.decimals,
    courseGradeShown: book.courseGradeShown,
    scale: book.scale,
    ...decided(book, explained, held),
    categories: explained.categories.map(category => ({
      ...(categories.get(category.id) as Book['categories'][number]),
      percent: category.percent,
      share: category.share,
      items: category.items.map(({ id, outcome, adds }) => {
        const { hidden: _, open: __, scoreShown: ___, ...item } = items.get(id) as BookItem
        const of = known(items.get(id) as BookItem, held)
        return {
          ...item,
          due: isDue(items.get(id) as BookItem, held),
          score: of.enteredScore ?? shown(entries.get(id) as Entry),
          ...of,
          comment: held.entries.get(id)?.comment ?? null,
          outcome,
          adds,
        }
      }),
    })),
  }
}
