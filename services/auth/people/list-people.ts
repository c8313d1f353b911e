import { csvLine } from '@azora/contracts/csv.ts'
import type { Office } from '@azora/contracts/offices.ts'
import type { SchoolRole } from '@azora/contracts/permissions.ts'
import type { Database } from '@azora/kit/db.ts'
import { pageOf, patternOf, readCursor } from '../list-cursor.ts'
import { type Person, selectPeople } from './people.store.ts'

export type PeopleFilter = {
  /** Looked for in names and addresses. */
  q?: string | undefined
  role?: SchoolRole | undefined
  office?: Office | undefined
  status?: Person['status'] | undefined
}

const conditionsOf = ({ q, role, office, status }: PeopleFilter) => ({
  pattern: patternOf(q),
  role: role ?? null,
  office: office ?? null,
  status: status ?? null,
})

/** A page of a school's people, newest first. @throws AppError `invalid_input` for a cursor not of this list. */
export async function listPeople(
  db: Database,
  organizationId: string,
  { cursor, limit, ...filter }: PeopleFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: Person[]; nextCursor: string | null }> {
  const rows = await selectPeople(db.in(organizationId), {
    organizationId,
    ...conditionsOf(filter),
    before: cursor === undefined ? null : readCursor(cursor),
    limit: limit + 1,
  })
  return pageOf(rows, limit)
}

const columns = [
  'id',
  'name',
  'email',
  'roles',
  'status',
  'second_factor',
  'joined_at',
  'last_seen_at',
  'offices',
]
const exportBatch = 500

/** The people as lines of CSV (RFC 4180), newest first, read a little at a time. */
export async function* peopleCsv(
  db: Database,
  organizationId: string,
  filter: PeopleFilter,
): AsyncGenerator<string> {
  yield csvLine(columns)
  for (let before: Person | null = null; ; ) {
    const rows: Person[] = await selectPeople(db.in(organizationId), {
      organizationId,
      ...conditionsOf(filter),
      before,
      limit: exportBatch,
    })
    yield rows.map(lineOf).join('')
    if (rows.length < exportBatch) return
    before = rows.at(-1) ?? null
  }
}

function lineOf(person: Person): string {
  const { id, name, email, roles, offices, status, mfaEnabled, createdAt, lastSeenAt } = person
  return csvLine([
    id,
    name,
    email,
    roles.join(' '),
    status,
    mfaEnabled ? 'yes' : 'no',
    createdAt,
    lastSeenAt,
    offices.join(' '),
  ])
}
