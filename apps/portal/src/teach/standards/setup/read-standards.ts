import { limits } from '@azora/contracts/limits.ts'
import { cleanName } from '@azora/contracts/names.ts'

/** What a file says of standards, and what of it is not understood. Pure: no file, no network. */

export type DraftStandard = { id: string; code: string; title: string; description: string }
export type ReadStandard = Omit<DraftStandard, 'id'>

export type FileStandards = {
  standards: ReadStandard[]
  /** Where each of them is in the file. */
  rows: number[]
  problems: {
    row: number
    problem: 'code_missing' | 'title_missing' | 'too_long' | 'code_twice' | 'too_many'
  }[]
}

const plain = (text: string) => text.trim().toLowerCase()

/** On one line; an export puts an apostrophe before what a spreadsheet would run as a formula. */
const cellIn = (text: string | undefined) =>
  (text ?? '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .replace(/^'(?=[^\p{L}\p{N}])/u, '')

/**
 * Standards by the columns' titles.
 * @param lines of the file, its head first.
 * @param titles what the columns are called on screen, beside their English names.
 * @returns null where a column is missing.
 */
export function standardsIn(
  lines: readonly (readonly string[])[],
  titles: { code: string; title: string; description: string },
): FileStandards | null {
  const [head = [], ...body] = lines
  const named = head.map(plain)
  const column = (...names: string[]) => named.findIndex(title => names.includes(title))
  const codeAt = column('code', plain(titles.code))
  const titleAt = column('title', plain(titles.title))
  const textAt = column('description', plain(titles.description))
  if (codeAt < 0 || titleAt < 0) return null
  const seen = new Set<string>()
  const standards: ReadStandard[] = []
  const rows: number[] = []
  const problems: FileStandards['problems'] = []
  for (const [index, cells] of body.entries()) {
    // As a spreadsheet counts: the head is row 1.
    const row = index + 2
    if (cells.every(cell => cell.trim() === '')) continue
    const read = {
      // As they are stored, so that the same file finds them again.
      code: cleanName(cellIn(cells[codeAt])),
      title: cleanName(cellIn(cells[titleAt])),
      description: textAt < 0 ? '' : cellIn(cells[textAt]),
    }
    const problem = problemOf(read, seen, standards.length)
    if (problem) {
      problems.push({ row, problem })
      continue
    }
    seen.add(plain(read.code))
    standards.push(read)
    rows.push(row)
  }
  return { standards, rows, problems }
}

function problemOf({ code, title, description }: ReadStandard, seen: ReadonlySet<string>, count: number) {
  if (!code) return 'code_missing'
  if (!title) return 'title_missing'
  const tooLong =
    code.length > limits.standardCodeLength ||
    title.length > limits.standardTitleLength ||
    description.length > limits.standardTextLength
  if (tooLong) return 'too_long'
  if (seen.has(plain(code))) return 'code_twice'
  return count >= limits.standardsOfCourse ? 'too_many' : null
}

/** The standards that there are, with those of a file: by their code they are the same, and new ones come last. */
export function merged(current: readonly DraftStandard[], read: readonly ReadStandard[]) {
  const known = new Map(current.map(standard => [plain(standard.code), standard]))
  const news = read.filter(({ code }) => !known.has(plain(code)))
  const room = limits.standardsOfCourse - current.length
  const added = news.slice(0, Math.max(0, room)).map(one => ({ ...one, id: crypto.randomUUID() }))
  const byCode = new Map(read.map(one => [plain(one.code), one]))
  const changed: DraftStandard[] = []
  const kept = current.map(standard => {
    const one = byCode.get(plain(standard.code))
    // A file without a description leaves the one there is.
    const next = one && {
      ...standard,
      title: one.title,
      description: one.description || standard.description,
    }
    if (!next || (next.title === standard.title && next.description === standard.description)) return standard
    changed.push(next)
    return next
  })
  const same = read.length - news.length - changed.length
  return { standards: [...kept, ...added], added, changed, same, leftOut: news.slice(added.length) }
}
