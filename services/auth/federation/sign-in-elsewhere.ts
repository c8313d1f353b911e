import { nameFrom } from '@azora/contracts/names.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Database } from '@azora/kit/db.ts'
import {
  type Account,
  selectOptionalAccount,
  selectOptionalSignInOf,
  selectOptionalUserByEmail,
} from '../accounts/accounts.store.ts'
import { addAccount } from '../accounts/create-account.ts'
import { recordRefusal } from '../factors/second-factor.ts'
import { selectSettings } from '../organizations/organizations.store.ts'
import { findOrganization } from '../organizations/organizations.ts'
import type { Visitor } from '../sessions/sessions.ts'
import { passFirstFactor, type SignInOutcome } from '../sessions/sign-in.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { insertIdentity, selectOptionalOwner } from './identities.store.ts'
import { FederationProblem } from './problem.ts'
import type { Profile } from './provider.ts'
import type { ProviderId } from './providers.ts'

/**
 * Sign in the person whom a provider vouches for: by the account that is linked, or by a new one where the school is open to
 * everybody. An account that merely has the same address is never linked by that: anyone who owns the address there
 * today need not be who opened the account here.
 * @throws FederationProblem
 */
export async function signInElsewhere(
  { db, issuer }: { db: Database; issuer: Issuer },
  provider: ProviderId,
  { profile, school }: { profile: Profile; school: string | null },
  visitor: Visitor,
): Promise<SignInOutcome> {
  const owner = await selectOptionalOwner(db.across, { provider, subject: profile.subject })
  const account = owner
    ? await accountOf(db, owner, { provider, school }, visitor)
    : await openAccount(db, provider, { profile, school }, visitor)
  return passFirstFactor({ db, issuer }, account, visitor, provider)
}

async function accountOf(
  db: Database,
  userId: string,
  { provider, school }: { provider: ProviderId; school: string | null },
  visitor: Visitor,
): Promise<Account> {
  const inSchool = school ? (await findOrganization(db, school)).id : null
  const found = await selectOptionalSignInOf(db.across, { userId, organizationId: inSchool })
  if (!found) throw new FederationProblem('not_registered')
  if (found.barred) {
    const organizationId = found.account.organization.id
    const details = { method: provider, reason: 'suspended' }
    await recordRefusal(db, { userId, organizationId }, visitor, details)
    throw new FederationProblem('account_suspended')
  }
  return found.account
}

async function openAccount(
  db: Database,
  provider: ProviderId,
  { profile, school }: { profile: Profile; school: string | null },
  { ip, userAgent }: Visitor,
): Promise<Account> {
  const { email, subject, label } = profile
  if (!email) throw new FederationProblem('email_unverified')
  if (await selectOptionalUserByEmail(db.across, email)) throw new FederationProblem('link_first')
  const { id: organizationId } = await findOrganization(db, school)
  const { registration } = await selectSettings(db.across, organizationId)
  if (registration !== 'open') throw new FederationProblem('not_registered')
  const name = nameOf(profile, email)
  return db.in(organizationId).transaction(async tx => {
    const userId = await addAccount(tx, {
      email,
      name,
      passwordHash: null,
      roles: ['learner'],
      organizationId,
    })
    // Someone was quicker with the address, or with the account there.
    if (!userId) throw new FederationProblem('link_first')
    if (!(await insertIdentity(tx, { userId, provider, subject, label })))
      throw new FederationProblem('expired', 'signed up twice at once')
    const by = { actor: null, ip, userAgent }
    const entry = { subject: { kind: 'person', id: userId }, actorId: userId }
    await recordAudit(tx, 'auth', by, { ...entry, action: 'account.opened', details: { method: provider } })
    await recordAudit(tx, 'auth', by, { ...entry, action: 'identity.linked', details: { provider } })
    return (await selectOptionalAccount(tx, { organizationId, userId })) as Account
  })
}

const mostEmails = 120

/** A name for the account: what the provider says, on one line, or what stands before the @. */
function nameOf({ name }: Profile, email: string): string {
  return nameFrom(name ?? '', mostEmails) || nameFrom(email.split('@')[0] ?? email, mostEmails)
}
