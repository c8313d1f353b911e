import { type AzoraClient, codeOf, connect } from '@azora/contracts/client.ts'
import type { ErrorCode } from '@azora/contracts/errors.ts'
import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { internalApiUrl } from './internal-api.ts'

/** The API, called as the person who asked for this page. One per request. */
export const api = cache(async (): Promise<AzoraClient> => {
  const [jar, asked] = await Promise.all([cookies(), headers()])
  const cookie = jar.toString()
  const correlationId = asked.get('x-correlation-id')
  const school = asked.get('x-azora-school')
  // The gateway's word on who visits, so that this counts as theirs and not as ours.
  const visitor = asked.get('x-azora-visitor')
  return connect({
    url: internalApiUrl(),
    headers: () => ({
      ...(cookie ? { cookie } : {}),
      ...(school ? { 'x-azora-school': school } : {}),
      ...(visitor ? { 'x-azora-visitor': visitor } : {}),
      ...(correlationId ? { 'x-correlation-id': correlationId } : {}),
    }),
    // Next keeps answers of `fetch` unless told otherwise; these belong to one person.
    fetch: (request, init) => fetch(request, { ...init, cache: 'no-store' }),
  })
})

/**
 * Waits for what a page cannot do without. A missing thing becomes the not-found page, a missing sign-in leads to
 * the sign-in page and back to `path`; other failures go to the error page.
 */
export async function need<T>(call: Promise<T>, path: string): Promise<T> {
  try {
    return await call
  } catch (failure) {
    const code = reasonOf(failure)
    if (code === 'unauthenticated' || code === 'session_expired') redirect(signInAddress(path))
    // A malformed id in an address is as good as an unknown one.
    if (code === 'not_found' || code === 'invalid_input') notFound()
    throw failure
  }
}

/** Waits for something whose absence the page can show: null when the call failed with one of the codes. */
export async function unless<T>(call: Promise<T>, ...codes: ErrorCode[]): Promise<T | null> {
  try {
    return await call
  } catch (failure) {
    if (codes.includes(reasonOf(failure))) return null
    throw failure
  }
}

/** The code of a failed call. An error body without oRPC's own `defined` mark arrives wrapped in another error. */
function reasonOf(failure: unknown): ErrorCode {
  const body = (failure as { data?: { body?: { code?: unknown } } } | null)?.data?.body
  return codeOf(body?.code ? body : failure)
}

/** The sign-in page, coming back to `path` afterwards. */
export const signInAddress = (path: string) => `/signin?next=${encodeURIComponent(path)}`
