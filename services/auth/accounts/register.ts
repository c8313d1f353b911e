import { randomUUID } from 'node:crypto'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { queueRegistration, registrationPlace } from '../emails/registration.ts'
import { findOrganization } from '../organizations/organizations.ts'
import type { SignedIn, Visitor } from '../sessions/sessions.ts'
import { enter } from '../sessions/sign-in.ts'
import { countEmailSecret } from '../sessions/throttle.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { type Account, selectOptionalAccount } from './accounts.store.ts'
import { addAccount } from './create-account.ts'
import { mayWrite } from './email-budget.ts'
import { codeExpiry, codeFits, mostCodeTries } from './email-code.ts'
import { hashPassword, passwordFits } from './password.ts'
import { requireGoodPassword } from './password-rules.ts'
import {
  claimRegistration,
  countRegistrationTry,
  deleteExpiredRegistrations,
  deleteRegistrationsOf,
  insertRegistration,
  selectOptionalRecentRegistration,
  selectRegistrationMode,
} from './registrations.store.ts'

// Anyone who presses the button again within this time is the same person with the same password, and has an email.
const repeatedSeconds = 60

/**
 * Ask for an account as a learner of a school. Nothing here looks whether the address has one: the answer and its
 * work are the same, and the email tells the owner of the mailbox.
 * @returns what the code confirms. Who holds this id began the registration; who reads the email owns the mailbox.
 * Only both together open an account, so that nobody opens one for someone else under a password of their own.
 * @throws AppError `not_found` for an unknown school, `forbidden` for one that takes only whom it invites,
 * `invalid_input` for a password that is easy to guess, `rate_limited`.
 */
export async function register(
  { db, limiter }: { db: Database; limiter: Limiter },
  given: { email: string; password: string; name: string; school: string | null },
  { ip }: Visitor,
): Promise<{ id: string; expiresAt: string }> {
  const { email, name, password } = given
  const school = await findOrganization(db, given.school)
  const organizationId = school.id
  if ((await selectRegistrationMode(db.across, organizationId)) !== 'open') {
    throw refusal('invitation_needed')
  }
  await requireGoodPassword(password, { email, name, schools: [school.name] })
  const asked = { organizationId, email, name, seconds: repeatedSeconds }
  const before = await selectOptionalRecentRegistration(db.in(organizationId), asked)
  if (before && (await passwordFits(before.passwordHash, password))) {
    return { id: before.id, expiresAt: before.expiresAt }
  }
  const passwordHash = await hashPassword(password)
  const pending = { id: randomUUID(), expiresAt: codeExpiry() }
  if (!(await mayWrite(limiter, 'code', { email, ip }))) return pending
  await db.across.transaction(async tx => {
    await deleteExpiredRegistrations(tx)
    await insertRegistration(tx, { ...pending, organizationId, email, name, passwordHash })
    await queueRegistration(tx, pending.id)
  })
  return pending
}

/**
 * Open the account with the code from the email, and a session with it. Of several codes for one address, the
 * first that is given opens the account.
 * @throws AppError `code_rejected`; `link_expired` when the registration is over, after five wrong codes too;
 * `rate_limited`.
 */
export async function confirmRegistration(
  {
    db,
    issuer,
    limiter,
    sealing,
  }: {
    db: Database
    issuer: Issuer
    limiter: Limiter
    sealing: Sealing
  },
  given: { id: string; code: string },
  visitor: Visitor,
): Promise<SignedIn> {
  const { ip, userAgent } = visitor
  const takeBack = await countEmailSecret(limiter, ip)
  const pending = await countRegistrationTry(db.across, { id: given.id, mostTries: mostCodeTries })
  if (!pending) throw new AppError('link_expired')
  const { id, organizationId, email, name, passwordHash } = pending
  if (!codeFits(sealing, pending.code, registrationPlace(id), given.code)) throw new AppError('code_rejected')
  await takeBack()
  const account = await db.across.transaction(async tx => {
    if (!(await claimRegistration(tx, pending))) throw new AppError('link_expired')
    await tx.enter(organizationId)
    const userId = await addAccount(tx, { email, name, passwordHash, roles: ['learner'], organizationId })
    // Someone opened it in the meantime, by another code or an invitation.
    if (!userId) throw new AppError('link_expired')
    const entry = { action: 'account.registered', subject: { kind: 'person', id: userId }, actorId: userId }
    await recordAudit(tx, 'auth', { actor: null, ip, userAgent }, entry)
    return (await selectOptionalAccount(tx, { userId, organizationId })) as Account
  })
  // Not within the transaction: two who open accounts for one address would wait for each other's rows.
  await deleteRegistrationsOf(db.across, email)
  return enter({ db, issuer }, account, visitor, { method: 'registration' })
}
