import type { Price } from '@azora/contracts/money.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller, Caller } from '@azora/kit/caller.ts'
import type { Database, Queryable, Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectOpenOf } from '../account-orders/open-amounts.store.ts'
import {
  type Institution,
  type InstitutionTerms,
  insertInstitution,
  lockOptionalInstitution,
  selectOptionalInstitution,
  updateInstitution,
} from './institutions.store.ts'
import {
  deleteOptionalManager,
  insertOptionalManager,
  type Manager,
  selectManagers,
} from './managers.store.ts'

export type InstitutionInFull = Institution & { managers: Manager[]; open: Price[] }

/** An institution with its managers and what it owes. @throws AppError `not_found` */
export async function readInstitution(
  db: Queryable,
  institutionId: string,
  sandbox: boolean,
): Promise<InstitutionInFull> {
  const institution = await selectOptionalInstitution(db, institutionId)
  if (!institution) throw new AppError('not_found')
  return {
    ...institution,
    managers: await selectManagers(db, institutionId),
    open: (await selectOpenOf(db, [institutionId], sandbox)).get(institutionId) ?? [],
  }
}

/** Let an institution buy on account. @throws AppError `invalid_input` for two limits in one currency. */
export function createInstitution(db: Database, by: Caller, terms: InstitutionTerms): Promise<string> {
  requireOneLimitEach(terms)
  return db.in(by.actor.organizationId).transaction(async tx => {
    const id = uuidv7()
    await insertInstitution(tx, id, terms)
    await recordAudit(tx, 'payments', by, {
      action: 'institution.created',
      subject: { kind: 'institution', id, name: terms.name },
      details: { ...terms },
    })
    return id
  })
}

/**
 * Change what is known of an institution, on top of the version that was changed.
 * @throws AppError `not_found`; `conflict` where somebody saved since; as `createInstitution`.
 */
export function saveInstitution(
  db: Database,
  by: Caller,
  wanted: InstitutionTerms & { institutionId: string; version: number },
): Promise<void> {
  const { institutionId, version, ...terms } = wanted
  requireOneLimitEach(terms)
  return db.in(by.actor.organizationId).transaction(async tx => {
    const { id, version: current, ...before } = await lockInstitution(tx, institutionId)
    if (current !== version) throw new AppError('conflict')
    await updateInstitution(tx, id, terms)
    await recordAudit(tx, 'payments', by, {
      action: 'institution.changed',
      subject: { kind: 'institution', id, name: terms.name },
      details: { before, after: terms },
    })
  })
}

/**
 * Let a member of the school act for an institution. Repeating it changes nothing.
 * @throws AppError `not_found`; `manager_unknown` for an address that no member has.
 */
export async function addManager(
  db: Database,
  by: AskingCaller,
  { institutionId, email }: { institutionId: string; email: string },
): Promise<void> {
  const { person } = await by.others.auth.findMember({ email })
  await db.in(by.actor.organizationId).transaction(async tx => {
    const institution = await lockInstitution(tx, institutionId)
    if (!person) throw refusal('manager_unknown')
    if (await insertOptionalManager(tx, institutionId, person))
      await recordAudit(tx, 'payments', by, {
        action: 'institution.manager_added',
        subject: subjectOf(institution),
        details: { userId: person.id },
      })
  })
}

/** Repeating it changes nothing. @throws AppError `not_found` */
export function removeManager(
  db: Database,
  by: Caller,
  { institutionId, userId }: { institutionId: string; userId: string },
): Promise<void> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const institution = await lockInstitution(tx, institutionId)
    if (await deleteOptionalManager(tx, institutionId, userId))
      await recordAudit(tx, 'payments', by, {
        action: 'institution.manager_removed',
        subject: subjectOf(institution),
        details: { userId },
      })
  })
}

const subjectOf = ({ id, name }: Institution) => ({ kind: 'institution', id, name })

async function lockInstitution(tx: Transaction, institutionId: string): Promise<Institution> {
  const institution = await lockOptionalInstitution(tx, institutionId)
  if (!institution) throw new AppError('not_found')
  return institution
}

function requireOneLimitEach({ creditLimits }: InstitutionTerms): void {
  creditLimits.forEach(({ currency }, at) => {
    if (creditLimits.findIndex(one => one.currency === currency) < at)
      throw invalidField(`creditLimits.${at}.currency`, 'currency_twice')
  })
}
