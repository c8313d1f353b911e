import type { ErrorBody, ErrorCode, ErrorData } from '@azora/contracts/errors.ts'

/** A refusal by the API, its sentences those of our message files; `data.fields` names the fields of an `invalid_input`. */
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

/**
 * What to tell a person of a failed call: what was refused with what is wrong with its fields, or `connectionLost`
 * when no answer came. Anything else is a bug of this page and is thrown on.
 */
export function faultText(failure: unknown, connectionLost: string): string {
  if (failure instanceof ConnectionLost) return connectionLost
  if (!(failure instanceof ApiError)) throw failure
  const fields = failure.data.fields?.map(field => field.message) ?? []
  return [failure.message, ...new Set(fields)].join(' ')
}
