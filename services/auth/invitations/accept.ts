import { newPassword } from '@azora/contracts/auth/shapes.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Database, Transaction, Unscoped } from '@azora/kit/db.ts'
import { AppError, invalidField, invalidInput, refusal } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import { z } from 'zod'
import { type Account, selectOptionalAccount } from '../accounts/accounts.store.ts'
import { addAccount, joinSchool } from '../accounts/create-account.ts'
import { hashPassword, passwordFits } from '../accounts/password.ts'
import { requireGoodPassword } from '../accounts/password-rules.ts'
import { switchOrganization } from '../sessions/own-sessions.ts'
import { queueRefusedSignIn } from '../sessions/refused-sign-in.ts'
import type { Visitor } from '../sessions/sessions.ts'
import { enter, passFirstFactor, type SignInOutcome } from '../sessions/sign-in.ts'
import { countAttempt } from '../sessions/throttle.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { digestOf } from '../tokens/refresh-token.ts'
import {
  claimInvitation,
  type Offer,
  selectOptionalEnd,
  selectOptionalInvited,
  selectOptionalMembership,
  selectOptionalOffer,
} from './invitations.store.ts'

/** What an invitation offers to the one who holds its link. @throws AppError `link_expired`. */
export async function lookUpInvitation(db: Database, token: string): Promise<Offer> {
  const digest = digestOf(token)
  const offer = await selectOptionalOffer(db.across, digest)
  if (!offer) throw await ended(db.across, digest)
  return offer
}

/** Says why a link no longer works, to the one who holds it: the next step depends on it. */
async function ended(db: Unscoped, digest: string): Promise<AppError> {
  const detail = (await selectOptionalEnd(db, digest)) ?? 'replaced'
  return refusal(`invitation_${detail}`, undefined, { detail })
}

type Tools = { db: Database; issuer: Issuer; limiter: Limiter }
type Given = { token: string; name?: string | undefined; password?: string | undefined; actor: Actor | null }
type Taken = { offer: Offer; digest: string }

/**
 * Accept an invitation, once. Someone new opens an account, whose address the email has proved; an account that
 * there is gives its password, or is signed in, and is asked for its second factor as ever.
 * @throws AppError `link_expired`; `invalid_input` for the name or a new password; `wrong_credentials`,
 * `rate_limited`; `conflict` for who is a member by now, `account_suspended` for one who is barred.
 */
export async function acceptInvitation(
  { db, issuer, limiter }: Tools,
  given: Given,
  visitor: Visitor,
): Promise<SignInOutcome> {
  const offer = await lookUpInvitation(db, given.token)
  const taken = { offer, digest: digestOf(given.token) }
  const known = await selectOptionalInvited(db.across, offer.email)
  if (!known) {
    const account = await openAccount(db, taken, given, visitor)
    return enter({ db, issuer }, account, visitor, { method: 'invitation' })
  }
  const { actor } = given
  const oneself = actor?.userId === known.id && !actor.kind && !actor.impersonatorId
  if (actor && oneself && given.password === undefined) {
    await joinWith(db, taken, known, visitor)
    return switchOrganization({ db, issuer }, { actor, ...visitor }, offer.organization.id)
  }
  const takeBack = await countAttempt({ db, limiter }, { ip: visitor.ip, email: offer.email })
  const stored = known.leaving ? null : known.passwordHash
  if (!(await passwordFits(stored, given.password ?? ''))) {
    const { ip, userAgent } = visitor
    await queueRefusedSignIn(db, { email: offer.email, organizationId: null, ip, userAgent })
    throw new AppError('wrong_credentials')
  }
  await takeBack()
  const account = await joinWith(db, taken, known, visitor)
  return passFirstFactor({ db, issuer }, account, visitor, 'password')
}

async function openAccount(db: Database, taken: Taken, given: Given, visitor: Visitor): Promise<Account> {
  const { email, roles, organization } = taken.offer
  const name = given.name ?? taken.offer.name
  if (!name) throw invalidField('name', 'name_missing', { code: 'too_small' })
  const password = z.object({ password: newPassword }).safeParse({ password: given.password ?? '' })
  if (!password.success) throw invalidInput(password.error)
  await requireGoodPassword(password.data.password, { email, name, schools: [organization.name] })
  const passwordHash = await hashPassword(password.data.password)
  const organizationId = organization.id
  return db.in(organizationId).transaction(async tx => {
    await take(tx, taken)
    const userId = await addAccount(tx, { email, name, passwordHash, roles, organizationId })
    if (!userId) {
      throw refusal('account_exists')
    }
    await recordAccepted(tx, taken, userId, visitor)
    return (await selectOptionalAccount(tx, { organizationId, userId })) as Account
  })
}

/** Make an account that there is a member. */
async function joinWith(
  db: Database,
  taken: Taken,
  known: { id: string; name: string },
  visitor: Visitor,
): Promise<Account> {
  const { email, roles, organization } = taken.offer
  const organizationId = organization.id
  const userId = known.id
  const { account, before } = await db.in(organizationId).transaction(async tx => {
    await take(tx, taken)
    const before = await selectOptionalMembership(tx, { organizationId, email })
    await joinSchool(tx, { userId, organizationId, email, name: known.name, roles })
    await recordAccepted(tx, taken, userId, visitor)
    return { account: await selectOptionalAccount(tx, { organizationId, userId }), before }
  })
  // The invitation is settled all the same: the school has nothing more to offer by it.
  if (before?.suspended || !account) throw new AppError('account_suspended')
  if (before) {
    throw refusal('already_member')
  }
  return account
}

async function take(tx: Transaction, { offer, digest }: Taken): Promise<void> {
  if (!(await claimInvitation(tx, { id: offer.id, digest }))) throw await ended(tx, digest)
}

async function recordAccepted(tx: Transaction, { offer }: Taken, userId: string, visitor: Visitor) {
  const { ip, userAgent } = visitor
  const subject = { kind: 'invitation', id: offer.id }
  const entry = { action: 'invitation.accepted', subject, actorId: userId, details: { roles: offer.roles } }
  await recordAudit(tx, 'auth', { actor: null, ip, userAgent }, entry)
}
