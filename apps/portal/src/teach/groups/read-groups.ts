import type { Learner } from './learner.ts'

/** What a file says of who comes into which group, and what of it is not understood. Pure: no file, no network. */

export type FileGroups = {
  groups: { name: string; userIds: string[] }[]
  problems: { row: number; who: string; problem: 'learner_unknown' | 'several_named' | 'group_missing' }[]
}

const plain = (text: string) => text.trim().toLowerCase()

/** An export puts an apostrophe before what a spreadsheet would run as a formula. */
const cellIn = (text: string | undefined) => (text ?? '').trim().replace(/^'(?=\W)/, '')

/**
 * Groups by the columns' titles: whose they are says the email, or the name where only one learner has it. A cell may
 * hold several groups, divided by semicolons, as an export has them.
 * @param lines of the file, its head first.
 * @param titles what the columns are called on screen, beside their English names.
 * @returns null where a column is missing.
 */
export function groupsIn(
  lines: readonly (readonly string[])[],
  learners: readonly Learner[],
  titles: { name: string; email: string; group: string },
): FileGroups | null {
  const [head = [], ...body] = lines
  const named = head.map(plain)
  const column = (...names: string[]) => named.findIndex(title => names.includes(title))
  const emailAt = column('email', plain(titles.email))
  const nameAt = column('name', plain(titles.name))
  const groupAt = column('group', 'groups', plain(titles.group))
  if (groupAt < 0 || (emailAt < 0 && nameAt < 0)) return null
  const byEmail = Map.groupBy(learners, ({ email }) => plain(email))
  const byName = Map.groupBy(learners, ({ name }) => plain(name))
  const groups = new Map<string, { name: string; userIds: Set<string> }>()
  const problems: FileGroups['problems'] = []
  for (const [index, cells] of body.entries()) {
    // As a spreadsheet counts: the head is row 1.
    const row = index + 2
    if (cells.every(cell => cell.trim() === '')) continue
    const [email, name] = [cellIn(cells[emailAt]), cellIn(cells[nameAt])]
    const found = (email ? byEmail.get(plain(email)) : name ? byName.get(plain(name)) : null) ?? []
    const names = cellIn(cells[groupAt])
      .split(';')
      .map(text => text.trim())
      .filter(Boolean)
    const who = email || name
    const [learner, other] = found
    if (!learner) problems.push({ row, who, problem: 'learner_unknown' })
    else if (other) problems.push({ row, who, problem: 'several_named' })
    else if (names.length === 0) problems.push({ row, who, problem: 'group_missing' })
    else
      for (const group of names) {
        const one = groups.get(plain(group)) ?? { name: group, userIds: new Set() }
        groups.set(plain(group), one)
        one.userIds.add(learner.userId)
      }
  }
  return {
    groups: [...groups.values()].map(({ name, userIds }) => ({ name, userIds: [...userIds] })),
    problems,
  }
}
