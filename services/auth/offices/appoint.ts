import type { Office } from '@azora/contracts/offices.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { v7 as uuidv7 } from 'uuid'
import { endImpersonations } from '../impersonation/impersonation.store.ts'
import { pageOf, readCursor } from '../list-cursor.ts'
import { changeMember, type Tools } from '../people/manage-members.ts'
import type { Person } from '../people/people.store.ts'
import { makeTokensStale } from '../sessions/revocations.store.ts'
import { refuseAppointment } from './office-rule.ts'
import { endOffices, insertOffice, selectOfficesHeld } from './offices.store.ts'

const subject = (userId: string) => ({ kind: 'person', id: userId })

type Wanted = { userId: string; office: Office }

/**
 * Give a member an office; nothing happens when they hold it. Each is given and ended by itself, so of two
 * administrators neither undoes what the other does at the same moment.
 * @throws AppError `not_found` for someone who is not a member; `forbidden` for oneself, and for an office that
 * grants what one lacks.
 */
export function giveOffice(tools: Tools, by: Caller, { userId, office }: Wanted): Promise<Person> {
  return changeMember(tools, by, userId, async (tx, key, _member, roles) => {
    refuseAppointment({ userId: by.actor.userId, roles }, { userId, office })
    if (!(await insertOffice(tx, { id: uuidv7(), userId, office, givenBy: by.actor.userId }))) return
    // Who looks through a learner's eyes does not look on through those of an officer.
    await endImpersonations(tx, key)
    await makeTokensStale(tx, userId)
    const details = { office }
    await recordAudit(tx, 'auth', by, { action: 'office.given', subject: subject(userId), details })
  })
}

/** End an office; its power ends with it, in tokens that are in use as well. @throws AppError `not_found`. */
export function endOffice(tools: Tools, by: Caller, { userId, office }: Wanted): Promise<Person> {
  return changeMember(tools, by, userId, async tx => {
    const ended = await endOffices(tx, { userId, office, endedBy: by.actor.userId })
    if (ended.length === 0) return
    await makeTokensStale(tx, userId)
    const details = { office }
    await recordAudit(tx, 'auth', by, { action: 'office.ended', subject: subject(userId), details })
  })
}

/**
 * Who held which office when, the latest first.
 * @throws AppError `invalid_input` for a cursor not of this list.
 */
export async function listOffices(
  db: Database,
  organizationId: string,
  query: {
    office?: Office | undefined
    userId?: string | undefined
    held?: 'now' | 'ever' | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const { office, userId, held, cursor, limit } = query
  const rows = await selectOfficesHeld(db.in(organizationId), {
    organizationId,
    office: office ?? null,
    userId: userId ?? null,
    now: held === 'now',
    before: cursor === undefined ? null : readCursor(cursor),
    limit: limit + 1,
  })
  return pageOf(rows, limit)
}
