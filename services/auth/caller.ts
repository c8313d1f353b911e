import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import type { Actor } from '@azora/kit/identity.ts'

/** Who acts, and from where, for use cases that write to the audit log. */
export type Caller = { actor: Actor; ip: string; userAgent: string }

/** @throws AppError `unauthenticated`. */
export function callerOf(context: RequestContext): Caller {
  const { ip, userAgent } = context
  return { actor: actorOf(context), ip, userAgent }
}
