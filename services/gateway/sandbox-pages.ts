import { AppError } from '@azora/kit/errors.ts'
import { stripeSandboxPath } from '@azora/kit/stripe.ts'
import type { Request, Response } from 'express'
import type { Visit } from './access-log.ts'
import type { GatewayOptions, GatewayParts } from './gateway-options.ts'
import { changesSomething, createOriginCheck } from './origin.ts'
import { visitorBody } from './request-body.ts'

// A page and its form; the API of the sandbox is elsewhere and is not reached from here.
const methods = new Set(['GET', 'HEAD', 'POST'])
// Two words below the address, and nothing that could lead elsewhere at the sandbox.
const pagePath = new RegExp(`^${stripeSandboxPath}/\\w+/\\w+$`)
const answersWithinMs = 20_000
const passedOn = [
  'cache-control',
  'content-security-policy',
  'content-type',
  'location',
  'referrer-policy',
  'x-content-type-options',
]

/**
 * The hosted pages of the Stripe sandbox (decision 0067): those who pay are not on the machine where it listens. They are
 * there only while it runs, and get nothing of the visitor but the form: no cookies and no address.
 */
export function createSandboxPages(
  options: Pick<GatewayOptions, 'stripeSandbox' | 'config'>,
  limit: GatewayParts['limit'],
) {
  const checkOrigin = createOriginCheck(options.config)
  const isTheirs = (path: string) => path === stripeSandboxPath || path.startsWith(`${stripeSandboxPath}/`)

  async function answer(req: Request, res: Response, visit: Visit): Promise<void> {
    visit.operation = 'sandbox/stripe'
    const arrival = await limit.arrive('general', visit)
    await limit.admit(res, 'general', arrival, null)
    const sandbox = await options.stripeSandbox?.()
    if (!sandbox || !pagePath.test(visit.path)) throw new AppError('not_found')
    if (!methods.has(req.method)) {
      res.setHeader('Allow', [...methods].join(', '))
      throw new AppError('method_not_allowed')
    }
    const sends = changesSomething(req)
    // The form has a token of its own; this keeps away what no page of ours sent.
    if (sends) checkOrigin(req, true)
    const answered = await fetch(`${sandbox}${visit.path}`, {
      method: req.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(answersWithinMs),
      ...(sends
        ? { body: await visitorBody(req), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }
        : {}),
    }).catch(failure => {
      throw new AppError('unavailable', {}, { cause: failure })
    })
    res.status(answered.status)
    for (const name of passedOn) {
      const value = answered.headers.get(name)
      if (value !== null) res.setHeader(name, value)
    }
    res.end(Buffer.from(await answered.arrayBuffer()))
  }

  return { isTheirs, answer }
}
