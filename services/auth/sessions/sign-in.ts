import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import { selectOptionalSignIn, updatePasswordHash } from '../accounts/accounts.store.ts'
import { hashPassword, isOutdated, passwordFits } from '../accounts/password.ts'
import { findOrganization } from '../organizations/organizations.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { openSession, type SignedIn, tokensOf, type Visitor } from './sessions.ts'
import { countAttempt } from './throttle.ts'

/**
 * Sign in by password, in the named school or the person's own.
 * @throws AppError `wrong_credentials`, alike in words and work whether the address is known or not;
 * `rate_limited` after too many failures.
 */
export async function signIn(
  { db, issuer, limiter }: { db: Database; issuer: Issuer; limiter: Limiter },
  given: { email: string; password: string; school: string | null },
  visitor: Visitor,
): Promise<SignedIn> {
  const { email, password } = given
  const takeBack = await countAttempt(limiter, { ip: visitor.ip, email })
  const school = given.school ? await findOrganization(db, given.school) : null
  const found = await selectOptionalSignIn(db.across, { email, organizationId: school?.id ?? null })
  const fits = await passwordFits(found?.passwordHash ?? null, password)
  if (!found || !fits) throw new AppError('wrong_credentials')
  await takeBack()
  const { account, passwordHash } = found
  const home = db.in(account.organization.id)
  if (isOutdated(passwordHash)) {
    await updatePasswordHash(home, {
      userId: account.id,
      from: passwordHash,
      to: await hashPassword(password),
    })
  }
  const owner = { userId: account.id, organizationId: account.organization.id }
  const session = await openSession(home, issuer, owner, visitor)
  return { account, tokens: await tokensOf(issuer, account, session) }
}
