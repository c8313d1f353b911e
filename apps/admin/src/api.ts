import { routes } from 'virtual:azora-routes'
import { createCaller } from '@azora/web/calls/caller.ts'

/** The API, called from this application: see `createCaller`. */
export const { call } = createCaller({
  routes,
  confirm: async (): Promise<boolean> => {
    const { requestStepUp } = await import('@azora/web/session/request-step-up.tsx')
    return requestStepUp(call)
  },
})
