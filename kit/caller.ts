import type { AzoraClient } from '@azora/contracts/client.ts'
import type { Actor } from './identity.ts'
import { actorOf, type RequestContext } from './request-context.ts'

/** Who acts, and from where: all that a use case which writes to the audit log has to know of a request. */
export type Caller = { actor: Actor; ip: string; userAgent: string }

/** The same where it may be someone who has not signed in. */
export type Visitor = Omit<Caller, 'actor'> & { actor: Actor | null }

/** A caller on whose behalf a use case asks other services. */
export type AskingCaller = Caller & { others: AzoraClient }

/** @throws AppError `unauthenticated`. */
export function callerOf(context: RequestContext): Caller {
  const { ip, userAgent } = context
  return { actor: actorOf(context), ip, userAgent }
}

/** @throws AppError `unauthenticated`. */
export function askingCallerOf(
  { others }: { others(context: RequestContext): AzoraClient },
  context: RequestContext,
): AskingCaller {
  return { ...callerOf(context), others: others(context) }
}
