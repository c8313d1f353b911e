import type { Request as HttpRequest, Response as HttpResponse } from 'express'
import passport from 'passport'
import { FederationProblem } from './problem.ts'
import type { Answer, Profile, Provider, Request } from './provider.ts'
import type { ProviderId } from './providers.ts'

/** A browser on its way out, or back. */
type Visit = { request: Request } | { answer: Answer }

/**
 * A provider as a strategy of Passport. That of openid-client keeps state, nonce and verifier in a server-side
 * session; here they are sealed in the database until the attempt is answered, so the visit brings them along.
 */
class ProviderStrategy extends passport.Strategy {
  override name: string
  // Passport makes an object with this one as its prototype for each request, where `#private` could not be read.
  readonly provider: Provider

  constructor(provider: Provider) {
    super()
    this.name = provider.id
    this.provider = provider
  }

  override authenticate(_req: HttpRequest, options: unknown): void {
    this.visit((options as { visit: Visit }).visit).catch(failure => this.error(failure))
  }

  async visit(visit: Visit): Promise<void> {
    if ('request' in visit) {
      const url = await this.provider.authorizationUrl(visit.request)
      this.redirect(url.href, 303)
    } else this.success(await this.provider.redeem(visit.answer))
  }
}

/** The way out to providers and back in, by Passport without sessions. */
export function createGate(providers: Provider[]) {
  const authenticator = new passport.Passport()
  for (const provider of providers) authenticator.use(new ProviderStrategy(provider))

  function through(
    id: ProviderId,
    visit: Visit,
    [req, res]: [HttpRequest, HttpResponse],
  ): Promise<Profile | 'sent'> {
    return new Promise((resolve, reject) => {
      // A strategy that redirects answers by itself and calls nobody back.
      res.once('close', () => resolve('sent'))
      const done = (failure: unknown, profile?: unknown) =>
        failure ? reject(failure) : resolve(profile as Profile)
      const options = { session: false, visit }
      authenticator.authenticate(id, options, done)(req, res, reject)
    })
  }

  return {
    /** Send the browser out. @throws FederationProblem */
    async send(id: ProviderId, request: Request, http: [HttpRequest, HttpResponse]): Promise<void> {
      await through(id, { request }, http)
    },
    /** Who came back. @throws FederationProblem */
    async receive(id: ProviderId, answer: Answer, http: [HttpRequest, HttpResponse]): Promise<Profile> {
      const profile = await through(id, { answer }, http)
      if (profile === 'sent') throw new FederationProblem('expired', 'the browser left')
      return profile
    },
  }
}
