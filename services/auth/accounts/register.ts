import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { findOrganization } from '../organizations/organizations.ts'
import { openSession, type SignedIn, tokensOf, type Visitor } from '../sessions/sessions.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { type Account, selectOptionalAccount } from './accounts.store.ts'
import { addAccount } from './create-account.ts'
import { hashPassword } from './password.ts'
import { requireGoodPassword } from './password-rules.ts'

/**
 * Open an account as a learner of a school, and a session with it.
 * @throws AppError `email_taken`, `not_found` for an unknown school, `invalid_input` for a password that is easy
 * to guess.
 */
export async function register(
  { db, issuer }: { db: Database; issuer: Issuer },
  given: { email: string; password: string; name: string; school: string | null },
  visitor: Visitor,
): Promise<SignedIn> {
  const { email, name } = given
  requireGoodPassword(given.password, { email, name })
  const school = await findOrganization(db, given.school)
  const passwordHash = await hashPassword(given.password)
  const organizationId = school.id
  const { account, session } = await db.in(organizationId).transaction(async tx => {
    const userId = await addAccount(tx, { email, name, passwordHash, roles: ['learner'], organizationId })
    if (!userId) {
      const message = 'An account with this address exists already. Sign in instead.'
      throw new AppError('email_taken', { fields: [{ path: 'email', code: 'email_taken', message }] })
    }
    const owner = { userId, organizationId }
    const made = (await selectOptionalAccount(tx, owner)) as Account
    return { account: made, session: await openSession(tx, issuer, owner, visitor) }
  })
  return { account, tokens: await tokensOf(issuer, account, session) }
}
