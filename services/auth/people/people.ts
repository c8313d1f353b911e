import { roles as knownRoles, type Role } from '@azora/contracts/permissions.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { lockAdminsAndMember, type Person, selectPeople, selectPerson, updateRoles } from './people.store.ts'

/** The place after a person in the list, as clients carry it. */
export function cursorAfter(person: { createdAt: string; id: string }): string {
  return Buffer.from(`${person.createdAt} ${person.id}`).toString('base64url')
}

/** @throws AppError `invalid_input` for anything that `cursorAfter` did not make. */
export function readCursor(cursor: string): { createdAt: string; id: string } {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  const [, createdAt, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f-]{36})$/.exec(text) ?? []
  if (!createdAt || !id || Number.isNaN(Date.parse(createdAt))) {
    throw new AppError('invalid_input', {
      fields: [{ path: 'cursor', code: 'invalid_format', message: 'Not a cursor of this list.' }],
    })
  }
  return { createdAt, id }
}

/** A page of the school's people, newest first; `q` is looked for in names and addresses. */
export async function listPeople(
  db: Database,
  query: { organizationId: string; q?: string; role?: Role; cursor?: string; limit: number },
): Promise<{ items: Person[]; nextCursor: string | null }> {
  const q = query.q?.trim()
  const rows = await selectPeople(db.in(query.organizationId), {
    organizationId: query.organizationId,
    pattern: q ? `%${q.replace(/[\\%_]/g, '\\$&')}%` : null,
    role: query.role ?? null,
    before: query.cursor ? readCursor(query.cursor) : null,
    limit: query.limit + 1,
  })
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > query.limit && last ? cursorAfter(last) : null }
}

/**
 * Set a member's roles in a school. Access tokens carry the new ones from the next refresh on.
 * @throws AppError `not_found` for somebody who is not a member, `conflict` when the school would be left without
 * an administrator.
 */
export async function setRoles(
  db: Database,
  change: { organizationId: string; userId: string; roles: Role[] },
): Promise<Person> {
  const { organizationId, userId } = change
  const roles = knownRoles.filter(role => change.roles.includes(role))
  return db.in(organizationId).transaction(async tx => {
    const locked = await lockAdminsAndMember(tx, change)
    const member = locked.find(row => row.userId === userId)
    if (!member) throw new AppError('not_found')
    const admins = locked.filter(row => row.roles.includes('admin'))
    if (admins.length === 1 && admins[0] === member && !roles.includes('admin')) {
      throw new AppError(
        'conflict',
        { detail: 'last_admin' },
        { message: 'A school needs an administrator. Make somebody else one first.' },
      )
    }
    if (member.roles.join() !== roles.join()) {
      await updateRoles(tx, { organizationId, userId, roles })
      await publish(tx, 'auth', 'user.roles_changed', { userId, organizationId, roles })
    }
    return selectPerson(tx, change)
  })
}
