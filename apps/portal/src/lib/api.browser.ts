import { createCaller } from '@azora/web/calls/caller.ts'
import type { InputOf as InputOfAny, OutputOf as OutputOfAny } from '@azora/web/calls/operations.ts'
import { type BrowserOperation, routes, uploads } from './routes.ts'

export { ApiError, ConnectionLost } from '@azora/web/calls/failures.ts'

/** What an operation that the portal calls takes, as the browser sends it. */
export type InputOf<O extends BrowserOperation> = InputOfAny<O>
/** What an operation that the portal calls answers. */
export type OutputOf<O extends BrowserOperation> = OutputOfAny<O>

/** The API, called from the portal's browser code: see `createCaller`. */
export const { call, open, upload } = createCaller({ routes, uploads, confirm: confirmIdentity })

/** Asks who sits there to prove who they are; true when they did. Loaded when needed: a lesson carries nothing of it. */
export async function confirmIdentity(): Promise<boolean> {
  const { requestStepUp } = await import('@azora/web/session/request-step-up.tsx')
  return requestStepUp(call)
}
