import type { Database } from '@azora/kit/db.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client'
import { digestOf } from '../tokens/refresh-token.ts'
import { type AttemptRow, insertAttempt, type Purpose, takeAttempt, updateAnswer } from './attempts.store.ts'
import type { Answer, AttemptSecrets, Request } from './provider.ts'
import type { ProviderId } from './providers.ts'

type Means = { db: Database; sealing: Sealing }

/** A way to a provider that has come to its end. `startedAt` is ISO 8601. */
export type Attempt = Omit<AttemptRow, 'secrets' | 'answer' | 'stateDigest'>

// Belongs to a row, so that what was sealed for one attempt opens in no other.
const sealedAs = (part: 'secrets' | 'answer', stateDigest: string) =>
  `federation_attempts.${part}:${stateDigest}`

/** Begin a way to a provider and back. @param browser the mark of the browser that goes it. */
export async function beginAttempt(
  { db, sealing }: Means,
  about: Purpose & { provider: ProviderId; next: string; school: string | null },
  browser: string,
): Promise<Request> {
  const state = randomState()
  const secrets: AttemptSecrets = { codeVerifier: randomPKCECodeVerifier(), nonce: randomNonce() }
  const stateDigest = digestOf(state)
  await insertAttempt(db.across, {
    ...about,
    stateDigest,
    browserDigest: digestOf(browser),
    secrets: sealing.seal(JSON.stringify(secrets), sealedAs('secrets', stateDigest)),
  })
  return { ...secrets, state, purpose: about.purpose }
}

/** Keep what a provider posted until the browser comes for it; false when it answers no attempt. */
export async function holdAnswer(
  { db, sealing }: Means,
  provider: ProviderId,
  fields: Record<string, string>,
): Promise<boolean> {
  const stateDigest = digestOf(fields.state ?? '')
  const answer = sealing.seal(JSON.stringify(fields), sealedAs('answer', stateDigest))
  return updateAnswer(db.across, { stateDigest, provider, answer })
}

/**
 * End an attempt with what the provider answered, whether in the query or by form before.
 * @returns null when this browser has no such attempt with this provider, or not any more.
 */
export async function endAttempt(
  { db, sealing }: Means,
  provider: ProviderId,
  query: URLSearchParams,
  browser: string | null,
): Promise<{ attempt: Attempt; answer: Answer } | null> {
  const state = query.get('state')
  if (!state || !browser) return null
  const stateDigest = digestOf(state)
  const row = await takeAttempt(db.across, { stateDigest, provider, browserDigest: digestOf(browser) })
  if (!row) return null
  const { secrets, answer, stateDigest: _, ...attempt } = row
  const fields =
    answer === null
      ? query
      : new URLSearchParams(
          JSON.parse(sealing.open(answer, sealedAs('answer', stateDigest))) as Record<string, string>,
        )
  const { codeVerifier, nonce } = JSON.parse(
    sealing.open(secrets, sealedAs('secrets', stateDigest)),
  ) as AttemptSecrets
  return { attempt, answer: { state, codeVerifier, nonce, fields } }
}
