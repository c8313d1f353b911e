import type { ErrorCode } from '@azora/contracts/errors.ts'
import type { Operation } from '../document/api-document.ts'

/** The refusals that the rules of an operation bring with them; its service may know others. */
export function codesOf(operation: Operation): ErrorCode[] {
  const { access, interactive, stepUp, scope, parameters, bodyKind, method, shownOnce } = operation
  const codes: ErrorCode[] = []
  if (parameters.some(({ in: place }) => place !== 'header') || bodyKind) codes.push('invalid_input')
  if (access !== 'public') codes.push('unauthenticated', 'session_expired')
  if (access !== 'public' && access !== 'member') codes.push('forbidden')
  else if (interactive) codes.push('forbidden')
  if (scope) codes.push('insufficient_scope')
  if (stepUp) codes.push('step_up_required')
  if (parameters.some(({ in: place }) => place === 'path')) codes.push('not_found')
  if (method !== 'GET' && access !== 'public') codes.push('idempotency_conflict')
  if (shownOnce) codes.push('already_done')
  if (bodyKind === 'bytes') codes.push('payload_too_large')
  codes.push('rate_limited', 'internal', 'unavailable')
  return codes
}
