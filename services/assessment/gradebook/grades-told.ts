import type { Queryable } from '@azora/kit/db.ts'
import { selectEnteredGradesOf } from '../privacy/privacy.store.ts'
import { selectBook, shownToLearners } from './book.ts'

/** What a grade is called whose item was removed. */
const removed = 'A removed item'

/**
 * The grades that were entered for a person, as far as the pages tell them: a hidden one waits for its release. Those of
 * a removed item are still kept, and so are told too.
 */
export async function selectGradesToldOf(db: Queryable, userId: string) {
  const entered = await selectEnteredGradesOf(db, userId)
  const told = []
  for (const [courseId, entries] of Map.groupBy(entered, entry => entry.courseId)) {
    const whole = await selectBook(db, courseId)
    const titles = new Map(shownToLearners(whole).items.map(({ id, title }) => [id, title]))
    // A quiz whose score is not told stays untold outside the gradebook.
    const withheld = new Set(
      [...whole.items, ...whole.otherQuizzes.filter(({ scoreShown }) => !scoreShown)].map(({ id }) => id),
    )
    for (const { itemId, ...entry } of entries) {
      if (itemId === null) {
        if (whole.courseGradeShown) told.push({ ...entry, item: null })
      } else if (titles.has(itemId) || !withheld.has(itemId))
        told.push({ ...entry, item: titles.get(itemId) ?? removed })
    }
  }
  return told
}
