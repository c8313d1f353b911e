/** The errors of RFC 6749, 5.2, and one of its 4.1.2.1 for anyone who asks too often. */
const statuses = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_scope: 400,
  unsupported_grant_type: 400,
  temporarily_unavailable: 429,
} as const

type OauthError = keyof typeof statuses

const meanings: Record<OauthError, string> = {
  invalid_request: 'The request does not follow RFC 6749.',
  invalid_client: 'The client is unknown, or its secret is wrong.',
  invalid_scope: 'The client may not have this scope.',
  unsupported_grant_type: 'Only client_credentials is granted here.',
  temporarily_unavailable: 'Too many requests. Wait a little and try again.',
}

/** A refusal in the words of OAuth, for the endpoints that speak it. */
export class OauthRefusal extends Error {
  readonly error: OauthError
  readonly status: number
  readonly retryAfterSeconds: number | undefined

  constructor(error: OauthError, description = meanings[error], retryAfterSeconds?: number) {
    super(description)
    this.name = 'OauthRefusal'
    this.error = error
    this.status = statuses[error]
    this.retryAfterSeconds = retryAfterSeconds
  }
}
