import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { contract } from './contract.ts'
import { type ErrorCode, errorCodes } from './errors.ts'

export type AzoraClient = ContractRouterClient<typeof contract>

type Connection = {
  /** Where the API is, ending in `/api/v1`. */
  url: string
  headers?: () => Record<string, string>
  fetch?: typeof fetch
}

/** A typed client of the whole API over HTTP: for the portal, for integrators, and between services. */
export function connect({ url, headers, fetch: send }: Connection): AzoraClient {
  return createORPCClient(
    new OpenAPILink(contract, { url, headers: () => headers?.() ?? {}, ...(send ? { fetch: send } : {}) }),
  )
}

/** The stable code of a failed call, or `internal` when the failure carries none. */
export function codeOf(failure: unknown): ErrorCode {
  const code = (failure as { code?: unknown } | null)?.code
  return typeof code === 'string' && code in errorCodes ? (code as ErrorCode) : 'internal'
}
