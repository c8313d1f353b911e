import type { IncomingMessage } from 'node:http'
import type { factorOperations, federationPages } from '@azora/contracts/auth/factors.ts'
import { callerOf } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import { readForm } from '@azora/kit/form.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import { findOrganization } from '../organizations/organizations.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { arrive } from './arrive.ts'
import { beginAttempt, endAttempt, holdAnswer } from './attempts.ts'
import { createBrowserMark } from './browser.ts'
import { unlinkIdentity } from './link.ts'
import { safeNext } from './next-path.ts'
import { placeOfProblem, redirect } from './places.ts'
import { FederationProblem } from './problem.ts'
import { createProviders } from './provider-list.ts'
import type { ProviderId } from './providers.ts'
import { setOutFromAccount } from './set-out.ts'
import { createGate } from './strategy.ts'

type FederationHandlers = Pick<
  Handlers<typeof factorOperations>,
  'linkIdentity' | 'unlinkIdentity' | 'reauthenticateElsewhere'
>

type Kit = Pick<ServiceKit, 'db' | 'sealing' | 'config' | 'publicUrl' | 'log'>

/** Linking and unlinking accounts elsewhere, and proving by them who one is. */
export function federationHandlers({ db, sealing, config, publicUrl }: Omit<Kit, 'log'>): FederationHandlers {
  const providers = createProviders(config, publicUrl)
  const mark = createBrowserMark(publicUrl)
  const means = { db, sealing, providers, mark, publicUrl }
  return {
    linkIdentity: (input, context) => setOutFromAccount(means, context, { ...input, purpose: 'link' }),
    async unlinkIdentity({ provider }, context) {
      await unlinkIdentity(db, callerOf(context), provider)
      return { ok: true as const }
    },
    reauthenticateElsewhere: (input, context) =>
      setOutFromAccount(means, context, { ...input, purpose: 'step_up' }),
  }
}

/** A form that is none belongs to no attempt either; the person at the browser is better served by a page. */
function unreadable(failure: unknown): null {
  if (failure instanceof AppError) return null
  throw failure
}

/**
 * Whether someone set out by themselves: from a page of ours, or by an address they typed. Another site could send
 * browsers through a provider that asks nothing, and so sign them in unasked. A school's address sends its people
 * on to the main one, which the browser then calls the same site. Browsers that say nothing are let through.
 */
function isOwnWish({ headers }: IncomingMessage, fromSchool: boolean): boolean {
  const site = headers['sec-fetch-site']
  return (
    site === undefined || site === 'same-origin' || site === 'none' || (fromSchool && site === 'same-site')
  )
}

/** The way to an outside provider and back. @param patienceMs how long a provider may take for one answer. */
export function federationPageHandlers(
  { db, sealing, config, publicUrl, log }: Kit,
  issuer: Issuer,
  answers: Answers,
  patienceMs?: number,
): FileHandlers<typeof federationPages> {
  const providers = createProviders(config, publicUrl, patienceMs)
  const gate = createGate([...providers.values()])
  const mark = createBrowserMark(publicUrl)

  /** The word for what went wrong; bugs are thrown on. */
  function problemOf(failure: unknown, provider: ProviderId): FederationProblem {
    if (!(failure instanceof FederationProblem)) throw failure
    const { code, reason } = failure
    const write = code === 'provider_unavailable' ? log.warn : log.info
    write('A sign-in with an identity provider failed', { provider, problem: code, reason })
    return failure
  }

  return {
    async startFederation({ provider, next, school }, context, req, res) {
      if (!isOwnWish(req, school !== undefined)) {
        const place = safeNext(next, publicUrl, '/')
        return redirect(res, `/signin?${new URLSearchParams({ next: place })}`)
      }
      if (context.school) {
        // Providers send people back to the one address that they were told, and the cookie must be there.
        const query = new URLSearchParams({ school: context.school, ...(next ? { next } : {}) })
        return redirect(res, `${publicUrl}/api/v1/auth/federation/${provider}?${query}`)
      }
      const place = safeNext(next, publicUrl, '/')
      const asked = { purpose: 'sign_in', provider, next: place } as const
      if (!providers.has(provider)) return redirect(res, placeOfProblem(asked, 'provider_unavailable'))
      const known = school ? (await findOrganization(db, school)).slug : null
      const about = { ...asked, userId: null, sessionId: null, school: known }
      const request = await beginAttempt({ db, sealing }, about, mark.give(context))
      try {
        res.setHeader('Cache-Control', 'no-store')
        await gate.send(provider, request, [req, res])
      } catch (failure) {
        redirect(res, placeOfProblem(asked, problemOf(failure, provider).code))
      }
    },

    async finishFederation({ provider }, context, req, res) {
      const query = new URL(req.url, publicUrl).searchParams
      const ended = await endAttempt({ db, sealing }, provider, query, mark.read(context))
      if (!ended) return redirect(res, placeOfProblem({ purpose: 'sign_in', provider, next: '/' }, 'expired'))
      const { attempt, answer } = ended
      try {
        if (!providers.has(provider)) throw new FederationProblem('provider_unavailable', 'turned off')
        const profile = await gate.receive(provider, answer, [req, res])
        redirect(res, await arrive({ db, issuer, answers }, attempt, profile, context))
      } catch (failure) {
        redirect(res, placeOfProblem(attempt, problemOf(failure, provider).code))
      }
    },

    /**
     * A form that another site posts comes without our SameSite=Lax cookies, and so could be anyone's. What it holds
     * is therefore only laid beside the attempt whose state it knows, sealed; the redirect makes the browser come by
     * itself, with its cookies, and only then is anything believed. So neither the code nor a name gets into an
     * address, where histories and the logs of proxies would keep it; the state that does is spent by then, and of no
     * use without the cookie.
     */
    async receiveFederationForm({ provider }, _context, req, res) {
      const fields = await readForm(req, res).catch(unreadable)
      if (!fields || !(await holdAnswer({ db, sealing }, provider, fields)))
        return redirect(res, placeOfProblem({ purpose: 'sign_in', provider, next: '/' }, 'expired'))
      const query = new URLSearchParams({ state: fields.state ?? '' })
      redirect(res, `${publicUrl}/api/v1/auth/federation/${provider}/callback?${query}`)
    },
  }
}
