import { routes, uploads } from 'virtual:azora-routes'
import { createCaller } from '@azora/web/calls/caller.ts'

export { ApiError, ConnectionLost } from '@azora/web/calls/failures.ts'
export type { InputOf, OutputOf } from '@azora/web/calls/operations.ts'

/** The API, called from the portal's browser code: see `createCaller`. */
export const { call, open, upload } = createCaller({ routes, uploads, confirm: confirmIdentity })

/** Asks who sits there to prove who they are; true when they did. Loaded when needed: a lesson carries nothing of it. */
export async function confirmIdentity(): Promise<boolean> {
  const { requestStepUp } = await import('@azora/web/session/request-step-up.tsx')
  return requestStepUp(call)
}
