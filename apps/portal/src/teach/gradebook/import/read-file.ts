import type { Book, Learner } from '../book.ts'
import { typedScore } from '../typed-score.ts'

/** What the rows of a file ask to be entered, and what of them is not understood. Pure: no file, no network. */

type Cell = number | 'excused' | null

export type FileProblem =
  | { problem: 'learner_unknown' | 'learner_twice'; row: number; who: string }
  | { problem: 'column_unknown' | 'column_twice' | 'item_is_quiz'; column: string }
  | { problem: 'not_a_score'; row: number; column: string; text: string }

export type FileGrades = {
  itemIds: string[]
  rows: { userId: string; scores: Cell[] }[]
  problems: FileProblem[]
}

const plain = (text: string) => text.trim().toLowerCase()

/** An export puts an apostrophe before what a spreadsheet would run as a formula. */
const titleIn = (text: string) => plain(text.replace(/^'(?=\W)/, ''))

/**
 * Grades by the columns' titles and the learners' email or id. The columns that an export has beside them (name, course
 * grade) are passed over.
 * @param lines of the file, its head first.
 * @param passedOver titles of columns that are no grades.
 * @returns null where no column says whose grades they are.
 */
export function gradesIn(
  lines: readonly (readonly string[])[],
  book: Pick<Book, 'items'>,
  learners: readonly Learner[],
  passedOver: readonly string[],
): FileGrades | null {
  const [head = [], ...body] = lines
  const titles = head.map(titleIn)
  const idColumn = titles.indexOf('id')
  const emailColumn = titles.indexOf('email')
  if (idColumn < 0 && emailColumn < 0) return null
  const problems: FileProblem[] = []
  const skipped = new Set(['id', 'email', '', ...passedOver.map(plain)])
  const columns = titles.flatMap((title, at) => {
    if (skipped.has(title)) return []
    const column = head[at]?.trim() ?? ''
    const items = book.items.filter(item => plain(item.title) === title)
    const [item, other] = items
    if (!item) problems.push({ problem: 'column_unknown', column })
    else if (other || titles.indexOf(title) !== at) problems.push({ problem: 'column_twice', column })
    else if (item.quizId) problems.push({ problem: 'item_is_quiz', column })
    else return [{ at, column, itemId: item.id }]
    return []
  })
  const byId = new Map(learners.map(({ userId }) => [userId, userId]))
  const byEmail = new Map(learners.map(({ userId, email }) => [plain(email), userId]))
  const seen = new Set<string>()
  const rows = body.flatMap((cells, index) => {
    // As a spreadsheet counts: the head is row 1.
    const row = index + 2
    if (cells.every(cell => cell.trim() === '')) return []
    const [id, email] = [cells[idColumn] ?? '', cells[emailColumn] ?? ''].map(titleIn) as [string, string]
    const userId = byId.get(id) ?? byEmail.get(email)
    const who = cells[emailColumn]?.trim() || cells[idColumn]?.trim() || ''
    if (!userId || seen.has(userId)) {
      problems.push({ problem: userId ? 'learner_twice' : 'learner_unknown', row, who })
      return []
    }
    seen.add(userId)
    const scores = columns.map(({ at, column }): Cell => {
      const text = cells[at]?.trim() ?? ''
      if (text.toLowerCase() === 'ex') return 'excused'
      const score = typedScore(text)
      if (score !== undefined) return score
      problems.push({ problem: 'not_a_score', row, column, text: text.slice(0, 40) })
      return null
    })
    return [{ userId, scores }]
  })
  return { itemIds: columns.map(({ itemId }) => itemId), rows, problems }
}
