import type { Queryable } from '@azora/kit/db.ts'
import {
  type BookQuiz,
  type Setup,
  type StoredGradebook,
  selectBookQuizzes,
  selectGradebook,
} from './gradebook.store.ts'

export type BookItem = Setup['items'][number] &
  Pick<BookQuiz, 'countedAttempt' | 'due' | 'open' | 'scoreShown'>

/** A gradebook as it is used: its set-up with what is known of its quizzes now. */
export type Book = Omit<Setup, 'items'> & {
  courseId: string
  setupRevision: number
  revision: number
  items: BookItem[]
  otherQuizzes: BookQuiz[]
}

/** Until an author saves another, each quiz counts by its points and learners see no course grade that nobody chose. */
function setupBefore(courseId: string, quizzes: readonly BookQuiz[]): Setup {
  return {
    calculation: 'points',
    missing: 'skip',
    decimals: 0,
    courseGradeShown: false,
    scale: [],
    // The ids are those of what there is already: they are the same each time, and still are once they are saved.
    categories: [
      { id: courseId, name: 'Quizzes', weight: 100, dropLowest: 0, dropHighest: 0, extraCredit: false },
    ],
    items: quizzes
      .filter(({ points }) => points > 0)
      .slice(0, 200)
      .map(({ id, title, points }) => ({
        id,
        quizId: id,
        title,
        categoryId: courseId,
        points: Math.min(points, 10_000),
        extraCredit: false,
        hidden: false,
      })),
  }
}

export function bookOf(courseId: string, stored: StoredGradebook, quizzes: BookQuiz[]): Book {
  const setup = stored.setup ?? setupBefore(courseId, quizzes)
  const known = new Map(quizzes.map(quiz => [quiz.id, quiz]))
  const items = setup.items.flatMap((item): BookItem[] => {
    if (item.quizId === null)
      return [{ ...item, countedAttempt: 'best', due: true, open: true, scoreShown: true }]
    const quiz = known.get(item.quizId)
    // A quiz that was deleted, or became a survey, has no grades.
    if (!quiz) return []
    const { title, countedAttempt, due, open, scoreShown } = quiz
    return [{ ...item, title, countedAttempt, due, open, scoreShown }]
  })
  const used = new Set(items.map(({ quizId }) => quizId))
  return {
    ...setup,
    courseId,
    setupRevision: stored.setupRevision,
    revision: stored.revision,
    items,
    otherQuizzes: quizzes.filter(({ id }) => !used.has(id)),
  }
}

export async function selectBook(db: Queryable, courseId: string): Promise<Book> {
  const [stored, quizzes] = await Promise.all([
    selectGradebook(db, courseId),
    selectBookQuizzes(db, courseId),
  ])
  return bookOf(courseId, stored, quizzes)
}

/**
 * The part of a book that learners see. What is not shown counts in nothing that they see either: from a total they
 * could work it out.
 */
export const shownToLearners = (book: Book): Book => ({
  ...book,
  items: book.items.filter(({ hidden, scoreShown }) => !hidden && scoreShown),
})
