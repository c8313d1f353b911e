import { actorOf, type RequestContext } from './http.ts'
import type { Actor } from './identity.ts'

/** Who acts, and from where: all that a use case which writes to the audit log has to know of a request. */
export type Caller = { actor: Actor; ip: string; userAgent: string }

/** @throws AppError `unauthenticated`. */
export function callerOf(context: RequestContext): Caller {
  const { ip, userAgent } = context
  return { actor: actorOf(context), ip, userAgent }
}
