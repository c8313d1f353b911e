import type { Response } from 'express'
import type { SignInOutcome } from '../sessions/sign-in.ts'
import type { Attempt } from './attempts.ts'
import type { ProblemCode } from './problem.ts'

type Journey = Pick<Attempt, 'purpose' | 'provider' | 'next'>

/** Send a browser on by GET. Addresses on this way are nobody else's business. */
export function redirect(res: Response, place: string): void {
  // The browser may have left, or been sent on already.
  if (res.headersSent) return
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('Referrer-Policy', 'no-referrer')
  res.setHeader('Location', place)
  res.status(303).end()
}

/** Where someone who did not get through is told so: where they set out from. */
export function placeOfProblem({ purpose, provider, next }: Journey, problem: ProblemCode): string {
  if (purpose === 'sign_in') return `/signin?${new URLSearchParams({ problem, provider, next })}`
  const place = new URL(next, 'http://here')
  place.searchParams.set('problem', problem)
  place.searchParams.set('provider', provider)
  return `${place.pathname}${place.search}${place.hash}`
}

/** Where a challenge is answered. It stands in the fragment, which no server and no log gets to see. */
export function placeOfChallenge(
  next: string,
  { challenge }: Extract<SignInOutcome, { challenge: unknown }>,
): string {
  const fragment = new URLSearchParams({
    challenge: challenge.token,
    methods: challenge.methods.join(','),
    expires: challenge.expiresAt,
  })
  return `/signin?${new URLSearchParams({ next })}#${fragment}`
}
