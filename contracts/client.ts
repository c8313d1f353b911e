import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { type Version, versions } from './contract.ts'
import { type ErrorCode, errorCodes } from './errors.ts'

type ClientOf<V extends Version> = ContractRouterClient<(typeof versions)[V]['contract']>

export type AzoraClient = ClientOf<'v1'>

type Connection<V extends Version> = {
  /** Where the API is, ending in `/api/v1`, or in the version that is asked for. */
  url: string
  version?: V
  headers?: () => Record<string, string>
  fetch?: typeof fetch
}

/** A typed client of the API over HTTP: for the portal, for integrators, and between services. */
export function connect<V extends Version = 'v1'>(connection: Connection<V>): ClientOf<V> {
  const { url, version, headers, fetch: send } = connection
  const { contract } = versions[version ?? 'v1']
  return createORPCClient(
    new OpenAPILink(contract, { url, headers: () => headers?.() ?? {}, ...(send ? { fetch: send } : {}) }),
  )
}

/** The stable code of a failed call, or `internal` when the failure carries none. */
export function codeOf(failure: unknown): ErrorCode {
  const code = (failure as { code?: unknown } | null)?.code
  return typeof code === 'string' && code in errorCodes ? (code as ErrorCode) : 'internal'
}
