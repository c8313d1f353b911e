import { oc } from '@orpc/contract'
import type { Permission } from './permissions.ts'

/**
 * Who may call an operation. `public`: anyone; `member`: anyone signed in, in the school they act in; otherwise
 * the permission that one of the caller's roles must grant. Ownership of the single row is a further rule, kept
 * by the service that owns the row.
 */
export type Access = 'public' | 'member' | Permission

/** Which budget a call draws from; the gateway holds the numbers per tier. */
export type RateClass = 'sign_in' | 'upload' | 'ai' | 'general'

export type OperationMeta = {
  access: Access
  rateClass: RateClass
  /** Served by the service itself rather than as JSON: uploads and downloads that must stream. */
  raw?: 'upload' | 'download'
}

type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: `/${string}`
  access: Access
  summary: string
  description?: string
  tags: [string]
  rateClass?: RateClass
  raw?: 'upload' | 'download'
  successStatus?: number
}

/**
 * The start of every operation's contract. `access` is required, so a route without an access rule does not
 * compile. Paths are below `/api/v1`.
 */
export function operation(route: Route) {
  const meta: OperationMeta = {
    access: route.access,
    rateClass: route.rateClass ?? 'general',
    ...(route.raw ? { raw: route.raw } : {}),
  }
  return oc.$meta<OperationMeta>(meta).route({
    method: route.method,
    path: route.path,
    summary: route.summary,
    tags: route.tags,
    ...(route.description ? { description: route.description } : {}),
    ...(route.successStatus ? { successStatus: route.successStatus } : {}),
    ...(route.access === 'public' ? { spec: current => ({ ...current, security: [] }) } : {}),
  })
}
