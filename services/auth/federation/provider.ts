import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import { ProviderAway } from './outbound.ts'
import { FederationProblem } from './problem.ts'
import type { ProviderId } from './providers.ts'

/** What ties the answer of a provider to the request that it answers. */
export type AttemptSecrets = { codeVerifier: string; nonce: string }

/** For what someone is sent to a provider; a proof of who they are asks more than a sign-in. */
export type Request = AttemptSecrets & { state: string; purpose: 'sign_in' | 'link' | 'step_up' }

/** What a provider sent back: its fields, and the secrets of the attempt that they answer. */
export type Answer = AttemptSecrets & { state: string; fields: URLSearchParams }

/** Who someone is at a provider. */
export type Profile = {
  subject: string
  /** Verified by the provider, in small letters; otherwise null. */
  email: string | null
  /** By what the owner knows the account again. */
  label: string
  name: string | null
  /**
   * When the person last proved to the provider who they are, in seconds since 1970; null with a provider that never
   * tells, 0 with one that says it does and did not.
   */
  authenticatedAt: number | null
}

/** A place where people prove who they are; OpenID Connect and GitHub's OAuth 2.0 differ in how. */
export type Provider = {
  id: ProviderId
  /** Where to send the browser. @throws FederationProblem */
  authorizationUrl(request: Request): Promise<URL>
  /** Exchange an answer for who it is about. @throws FederationProblem */
  redeem(answer: Answer): Promise<Profile>
}

// Error codes are registered words (RFC 6749, 4.1.2.1 and 5.2); anything else could be a text of the sender's.
const word = (text: unknown) => (typeof text === 'string' && /^[\w.-]{1,60}$/.test(text) ? text : 'unknown')

// Google and GitHub say the first, Apple the second.
const cancelled = new Set(['access_denied', 'user_cancelled_authorize'])
const passing = new Set(['temporarily_unavailable', 'server_error'])
// What only the operator can mend.
const misconfigured = new Set(['invalid_client', 'unauthorized_client', 'incorrect_client_credentials'])

/**
 * What a failure of openid-client means to the one who waits. Only its codes are kept: the errors themselves carry codes
 * and tokens. Anything that is no failure of the conversation is thrown on.
 */
export function asProblem(failure: unknown): FederationProblem {
  if (failure instanceof FederationProblem) return failure
  if (failure instanceof ProviderAway) return new FederationProblem('provider_unavailable', failure.message)
  if (failure instanceof AuthorizationResponseError) {
    const error = word(failure.error)
    if (cancelled.has(error)) return new FederationProblem('cancelled', error)
    return new FederationProblem(passing.has(error) ? 'provider_unavailable' : 'sign_in_failed', error)
  }
  if (failure instanceof ResponseBodyError) {
    const error = word(failure.error)
    const away = failure.status >= 500 || misconfigured.has(error)
    return new FederationProblem(away ? 'provider_unavailable' : 'sign_in_failed', error)
  }
  if (failure instanceof ClientError) {
    const { cause } = failure
    if (cause instanceof ProviderAway) return asProblem(cause)
    const status = cause instanceof Response ? cause.status : 0
    const away = status >= 500 || status === 429
    return new FederationProblem(away ? 'provider_unavailable' : 'sign_in_failed', word(failure.code))
  }
  // What the library says of an argument that came from the other side.
  if (failure instanceof TypeError && 'code' in failure)
    return new FederationProblem('sign_in_failed', word(failure.code))
  throw failure
}
