import { ApiError, ConnectionLost } from '../lib/api.browser.ts'

/**
 * What to tell a person of a failed call: the API's sentence with its detail and its fields' sentences, or
 * `connectionLost` when no answer came. Anything else is a bug of this page and is thrown on.
 */
export function faultText(failure: unknown, connectionLost: string): string {
  if (failure instanceof ConnectionLost) return connectionLost
  if (!(failure instanceof ApiError)) throw failure
  const fields = failure.data.fields?.map(field => field.message) ?? []
  return [failure.message, failure.data.detail, ...new Set(fields)].filter(Boolean).join(' ')
}
