import { may } from '@azora/contracts/permissions.ts'
import { scopeOf } from '@azora/contracts/scopes.ts'
import { AppError } from './errors.ts'
import type { Actor } from './identity.ts'
import type { Operation } from './operation.ts'

/** Who may call an operation, as its contract says. Ownership of the single row is a further rule, the handler's. */

/** For how long a proof of who one is opens sensitive actions. */
export const stepUpSeconds = 10 * 60

/** Whether the actor has proved who they are recently enough for a sensitive action. */
export function isSteppedUp(actor: Actor): boolean {
  return Date.now() / 1000 - (actor.authenticatedAt ?? 0) <= stepUpSeconds
}

/** @throws AppError when the contract's access rule refuses this caller. */
export function checkAccess(
  { meta, method, service }: Operation,
  { actor, internal }: { actor: Actor | null; internal: boolean },
): void {
  if (meta.access === 'internal') {
    if (!internal) throw new AppError('not_found')
    return
  }
  // A sister service acts for the caller, whose own call was within its scopes.
  if (actor?.scopes && !internal && !actor.scopes.includes(scopeOf(service, method.toUpperCase()))) {
    throw new AppError('insufficient_scope')
  }
  const writes = method !== 'get' && !meta.reads
  if (actor?.impersonatorId && writes && !meta.whileImpersonating)
    throw new AppError('impersonation_read_only')
  if (meta.access === 'public') return
  if (!actor) throw new AppError('unauthenticated')
  if (meta.interactive && (actor.kind || actor.impersonatorId)) throw new AppError('forbidden')
  if (meta.access === 'member') {
    // A client is nobody's account: what members do for themselves it can only look at.
    if (actor.kind === 'client' && method !== 'get') throw new AppError('forbidden')
  } else if (!may(actor, meta.access)) throw new AppError('forbidden')
  if (meta.stepUp && !isSteppedUp(actor)) throw new AppError('step_up_required')
}
