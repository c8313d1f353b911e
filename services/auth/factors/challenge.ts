import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Account } from '../accounts/accounts.store.ts'
import type { SecondFactor, SignInMethod } from '../sessions/proofs.ts'
import {
  countChallengeTry,
  insertChallenge,
  type LoginChallenge,
  selectOptionalChallenge,
} from './challenge.store.ts'
import { selectSecondFactors } from './factors.store.ts'

/** What is still to be proved before someone is signed in. `expiresAt` is ISO 8601. */
export type Challenge = {
  token: string
  methods: SecondFactor[]
  expiresAt: string
}

const minutes = 10
const mostTries = 5

const digestOf = (token: string) => createHash('sha256').update(token).digest('base64url')

/** Ask for the second factor of an account whose first one was right. */
export async function openChallenge(
  db: Database,
  account: Account,
  firstFactor: SignInMethod,
): Promise<Challenge> {
  const methods = await selectSecondFactors(db.across, account.id)
  const token = randomBytes(32).toString('base64url')
  const { expiresAt } = await insertChallenge(db.in(account.organization.id), {
    id: randomUUID(),
    organizationId: account.organization.id,
    userId: account.id,
    digest: digestOf(token),
    firstFactor,
    minutes,
  })
  return { token, methods, expiresAt }
}

/** Whose challenge it is, before an answer to it. @throws AppError `link_expired`. */
export async function findChallenge(db: Database, token: string): Promise<LoginChallenge> {
  const found = await selectOptionalChallenge(db.across, { digest: digestOf(token), mostTries })
  if (!found) throw new AppError('link_expired')
  return found
}

/** Take an answer to a challenge as one of its five tries. @throws AppError `link_expired`. */
export async function tryChallenge(
  db: Database,
  which: { token: string } | { id: string },
): Promise<LoginChallenge & { triesLeft: number }> {
  const key = 'token' in which ? { digest: digestOf(which.token) } : which
  const found = await countChallengeTry(db.across, { ...key, mostTries })
  if (!found) throw new AppError('link_expired')
  return { ...found, triesLeft: mostTries - found.tries }
}
