import type { ErrorBody, ErrorCode, ErrorData } from '@azora/contracts/errors.ts'

/** A refusal by the API; `data.fields` names the fields of an `invalid_input`. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly data: ErrorData
  constructor(body: ErrorBody) {
    super(body.message)
    this.code = body.code
    this.status = body.status
    this.data = body.data ?? {}
  }
}

/** No answer came: the line is down, or the server cannot be reached. What was sent may have arrived. */
export class ConnectionLost extends Error {}

// A detail that is one word with underscores tells programs apart; the message already says it in a sentence.
const forPrograms = /^[a-z]+(?:_[a-z]+)*$/

/**
 * What to tell a person of a failed call: the API's sentence with its detail and its fields' sentences, or
 * `connectionLost` when no answer came. Anything else is a bug of this page and is thrown on.
 */
export function faultText(failure: unknown, connectionLost: string): string {
  if (failure instanceof ConnectionLost) return connectionLost
  if (!(failure instanceof ApiError)) throw failure
  const fields = failure.data.fields?.map(field => field.message) ?? []
  const { detail = '' } = failure.data
  return [failure.message, forPrograms.test(detail) ? '' : detail, ...new Set(fields)]
    .filter(Boolean)
    .join(' ')
}
