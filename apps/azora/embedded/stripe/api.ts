import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { apiVersion } from './api-version.ts'
import { balanceRoutes } from './balance.ts'
import { chargeRoutes } from './charges.ts'
import { checkoutSessionRoutes } from './checkout-sessions.ts'
import { customerRoutes } from './customers.ts'
import { disputeRoutes } from './disputes.ts'
import { eventRoutes } from './events.ts'
import { expand } from './expand.ts'
import { invalid, StripeFailure } from './failure.ts'
import { type Fields, readForm } from './form.ts'
import { randomText } from './objects.ts'
import { readParams } from './params.ts'
import { paymentIntentRoutes } from './payment-intents.ts'
import { paymentMethodRoutes } from './payment-methods.ts'
import { refundRoutes } from './refunds.ts'
import { findRoute, type Route } from './route.ts'
import { setupIntentRoutes } from './setup-intents.ts'
import type { Store } from './store.ts'
import { webhookEndpointRoutes } from './webhook-endpoints.ts'
import type { Work } from './work.ts'

/** Stripe's API without its transport: a request in, an answer out, and one transaction between. */

const routes: readonly Route[] = [
  ...paymentIntentRoutes,
  ...chargeRoutes,
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...refundRoutes,
  ...setupIntentRoutes,
  ...disputeRoutes,
  ...checkoutSessionRoutes,
  ...balanceRoutes,
  ...eventRoutes,
  ...webhookEndpointRoutes,
]

export type ApiRequest = {
  method: string
  path: string
  query: string
  body: string
  headers: IncomingHttpHeaders
}
export type ApiAnswer = { status: number; headers: Record<string, string>; body: string }

type Options = { store: Store; secretKey: string; pagesUrl: string; nowS: () => number }

export function createApi({ store, secretKey, pagesUrl, nowS }: Options) {
  return (request: ApiRequest): ApiAnswer => {
    const requestId = `req_${randomText(14)}`
    const headers: Record<string, string> = { 'Request-Id': requestId, 'Stripe-Version': apiVersion }
    const key = headerOf(request, 'idempotency-key')
    if (key) headers['Idempotency-Key'] = key
    try {
      checkKey(request.headers.authorization, secretKey)
      checkVersion(headerOf(request, 'stripe-version'))
      if (key && key.length > 255) throw invalid('Idempotency keys can be up to 255 characters.')
      const found = findRoute(routes, request.method, request.path)
      if (!found) throw unrecognized(request)
      const { expand: paths, ...given } = readForm(request.method === 'GET' ? request.query : request.body)
      const work: Work = { store, now: nowS(), pagesUrl, request: { id: requestId, idempotencyKey: key } }
      const answer = () => {
        const { status, body } = perform(work, found, given, pathsIn(paths))
        return { status, body: JSON.stringify(body, null, 2) }
      }
      if (request.method !== 'POST' || !key) return { ...store.transaction(answer), headers }
      const fingerprint = fingerprintOf(request)
      return store.transaction(() => {
        const first = store.answerOf(key)
        if (first && first.fingerprint !== fingerprint) throw otherParameters(key)
        if (first)
          return {
            status: first.status,
            body: first.body,
            headers: { ...headers, 'Original-Request': first.request_id, 'Idempotent-Replayed': 'true' },
          }
        const made = answer()
        store.keepAnswer(key, { ...made, fingerprint, at: work.now, requestId })
        return { ...made, headers }
      })
    } catch (failure) {
      if (!(failure instanceof StripeFailure)) throw failure
      return { status: failure.status, headers, body: JSON.stringify({ error: failure.body }, null, 2) }
    }
  }
}

function perform(work: Work, found: { route: Route; ids: string[] }, given: Fields, paths: string[]) {
  const params = readParams(found.route.shape, given)
  try {
    const answer = found.route.answer(work, params as never, ...found.ids)
    return { status: 200, body: paths.length > 0 ? expand(work, answer, paths) : answer }
  } catch (failure) {
    // A card's refusal is an outcome: what was written down of it stays, and a repeated request gets it again.
    if (failure instanceof StripeFailure && failure.keeps)
      return { status: failure.status, body: { error: failure.body } }
    throw failure
  }
}

function pathsIn(given: Fields[string] | undefined): string[] {
  if (given === undefined) return []
  if (!Array.isArray(given) || given.length > 20 || !given.every(path => typeof path === 'string'))
    throw invalid('Invalid array', { param: 'expand' })
  return given as string[]
}

function headerOf(request: ApiRequest, name: string): string | null {
  const given = request.headers[name]
  return typeof given === 'string' && given !== '' ? given : null
}

/** @throws StripeFailure unless the request knows the sandbox's key, as a bearer or as a user's name. */
function checkKey(authorization: string | undefined, secretKey: string): void {
  const [scheme, value = ''] = (authorization ?? '').split(' ')
  const basic = scheme?.toLowerCase() === 'basic'
  const given = basic ? (Buffer.from(value, 'base64').toString().split(':')[0] ?? '') : value
  if (given === '')
    throw new StripeFailure(401, {
      type: 'invalid_request_error',
      message:
        'You did not provide an API key. Send the key of this sandbox in the Authorization header, as in "Authorization: Bearer sk_test_…".',
    })
  const hash = (text: string) => createHash('sha256').update(text).digest()
  if (timingSafeEqual(hash(given), hash(secretKey))) return
  throw new StripeFailure(401, {
    type: 'invalid_request_error',
    message: `Invalid API Key provided: ${given.slice(0, 8)}****${given.length > 16 ? given.slice(-4) : ''}`,
  })
}

function checkVersion(given: string | null): void {
  if (given === null || given === apiVersion) return
  throw invalid(
    `This sandbox speaks the API version ${apiVersion} alone; ${given.slice(0, 30)} was asked for.`,
  )
}

function unrecognized({ method, path }: ApiRequest): StripeFailure {
  return new StripeFailure(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  })
}

function otherParameters(key: string): StripeFailure {
  return new StripeFailure(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  })
}

function fingerprintOf({ method, path, body }: ApiRequest): string {
  const fields = [...new URLSearchParams(body)].map(pair => pair.join('=')).sort()
  return createHash('sha256')
    .update(JSON.stringify([method, path, fields]))
    .digest('base64url')
}
