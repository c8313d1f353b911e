import { oc } from '@orpc/contract'
import type { ZodType } from 'zod'
import type { Need } from './permissions.ts'

/**
 * Who may call an operation. `public`: anyone; `member`: anyone signed in, in the school they act in; `internal`:
 * another part of this installation, never someone outside; otherwise the permission that one of the caller's
 * roles or offices must grant, or the office itself. Ownership of the single row is a further rule, kept by the service that owns the row.
 */
export type Access = 'public' | 'member' | 'internal' | Need

/** Which budget a call draws from; the gateway holds the numbers per tier. */
export type RateClass = 'sign_in' | 'upload' | 'ai' | 'verify' | 'program' | 'general'

/**
 * How an operation is served when it is not JSON in and JSON out: `upload` and `download` stream a file; `page`
 * answers a browser or a protocol of its own (redirects, forms).
 */
export type Raw = 'upload' | 'download' | 'page'

/**
 * What a `raw` operation speaks, for the API's description: its form, its answer where that is JSON, the media type of
 * its answer otherwise, and whether it refuses as OAuth does (RFC 6749, 5.2).
 */
export type Speech = { form?: ZodType; answer?: ZodType; mediaType?: string; refusal?: 'oauth' }

/** How long an answer may be kept: by anyone, or by the caller alone. The answer always carries an ETag. */
export type Caching = { scope: 'public' | 'private'; maxAgeSeconds: number }

/** RFC 9745 and RFC 8594: since when an operation is deprecated, when it will go, and what replaces it. */
export type Deprecation = { since: string; sunset: string; successor: string }

export type OperationMeta = {
  access: Access
  rateClass: RateClass
  raw?: Raw
  speech?: Speech
  /**
   * For a person at a screen alone: refused to API keys, to OAuth clients and to an administrator who looks through
   * someone else's eyes.
   */
  interactive?: true
  /** Changes nothing although its method is no GET: what it asks about is too long, or too secret, for an address. */
  reads?: true
  /**
   * Open to an administrator who looks through someone else's eyes, although it is a write; any other is refused.
   * What it does names both in the audit log.
   */
  whileImpersonating?: true
  /** Asks for a sign-in, or a proof of it, within the last ten minutes. */
  stepUp?: true
  /**
   * Gives power, or sends it elsewhere: a role, an invitation, a key, a secret, a way to sign in, an address that
   * is told what happens. Such an operation is `interactive` and asks for `stepUp`, so that nobody who got hold of
   * a key or of an unattended screen can make their reach last. `tidy/power.test.ts` finds the ones that must say it.
   */
  grants?: true
  cache?: Caching
  deprecation?: Deprecation
}

type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: `/${string}`
  access: Access
  summary: string
  description?: string
  tags: [string]
  rateClass?: RateClass
  raw?: Raw
  speech?: Speech
  interactive?: true
  reads?: true
  whileImpersonating?: true
  stepUp?: true
  grants?: true
  cache?: Caching
  deprecation?: Deprecation
  successStatus?: number
}

/**
 * The start of every operation's contract. `access` is required, so a route without an access rule does not
 * compile. Paths are below `/api/v1`, or the version of the contract that they stand in.
 */
export function operation(route: Route) {
  const { method, path, summary, tags, description, successStatus, rateClass, ...rules } = route
  const ofPower = rules.grants ? ({ interactive: true, stepUp: true } as const) : {}
  const meta: OperationMeta = { ...rules, ...ofPower, rateClass: rateClass ?? 'general' }
  return oc.$meta<OperationMeta>(meta).route({
    method,
    path,
    summary,
    tags,
    ...(description ? { description } : {}),
    ...(successStatus ? { successStatus } : {}),
    ...(route.deprecation ? { deprecated: true } : {}),
    ...(route.access === 'public' ? { spec: current => ({ ...current, security: [] }) } : {}),
  })
}
