import { canonicalEmail } from '@azora/contracts/email-address.ts'
import type { Office } from '@azora/contracts/offices.ts'
import { type Role, type SchoolRole, schoolRoles } from '@azora/contracts/permissions.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import { insertOffice } from '../offices/offices.store.ts'
import { insertMembership, insertUser, makeOperator, selectOptionalUserByEmail } from './accounts.store.ts'
import { hashPassword } from './password.ts'

type NewAccount = {
  email: string
  name: string
  /** Null for who signs in by other means. */
  passwordHash: string | null
  roles: SchoolRole[]
  organizationId: string
}

/** Add a person to the installation and to a school. @returns the id, or null when the address is taken. */
export async function addAccount(tx: Transaction, account: NewAccount): Promise<string | null> {
  const id = uuidv7()
  if (!(await insertUser(tx, { id, ...account }))) return null
  await joinSchool(tx, { userId: id, ...account })
  return id
}

/** Make someone a member of a school, and announce it; nothing happens when they are one already. */
export async function joinSchool(
  tx: Transaction,
  member: Omit<NewAccount, 'passwordHash'> & { userId: string },
): Promise<void> {
  const { userId, organizationId, email, name, roles } = member
  if (!(await insertMembership(tx, { organizationId, userId, roles }))) return
  await publish(tx, 'auth', 'user.created', { userId, organizationId, email, name, roles })
}

/**
 * Create an account in a school, for seeding. An address that exists already keeps its name and password, and
 * joins the school if it had not.
 * @returns the user's id.
 */
export async function createAccount(
  db: Database,
  wanted: {
    email: string
    name: string
    password: string
    roles: Role[]
    offices?: Office[]
    organizationId: string
  },
): Promise<string> {
  const email = canonicalEmail(wanted.email)
  if (!email) throw new TypeError(`${wanted.email} is not an email address.`)
  const roles = schoolRoles.filter(role => wanted.roles.includes(role))
  const id = await createMember(db, { ...wanted, email, roles })
  if (wanted.roles.includes('operator')) await makeOperator(db.across, id)
  for (const office of wanted.offices ?? []) {
    await db.in(wanted.organizationId).transaction(async tx => {
      if (!(await insertOffice(tx, { id: uuidv7(), userId: id, office, givenBy: null }))) return
      const entry = { action: 'office.given', subject: { kind: 'person', id }, details: { office } }
      await recordAudit(tx, 'auth', 'system', entry)
    })
  }
  return id
}

async function createMember(
  db: Database,
  wanted: { email: string; name: string; password: string; roles: SchoolRole[]; organizationId: string },
): Promise<string> {
  const { email, organizationId, roles } = wanted
  const school = db.in(organizationId)
  let known = await selectOptionalUserByEmail(school, email)
  if (!known) {
    const passwordHash = await hashPassword(wanted.password)
    const id = await school.transaction(tx =>
      addAccount(tx, { email, name: wanted.name, passwordHash, roles, organizationId }),
    )
    if (id) return id
    known = await selectOptionalUserByEmail(school, email)
  }
  if (!known) throw new Error('The account disappeared while it was being created.')
  const { id, name } = known
  await school.transaction(tx => joinSchool(tx, { userId: id, email, name, roles, organizationId }))
  return id
}
