import { routes } from 'virtual:azora-routes'
import { createCaller } from '@azora/web/calls/caller.ts'

/** The API, called from this application: see `createCaller`. */
export const { call } = createCaller({
  routes,
  confirm: async (): Promise<boolean> => {
    const { askStepUp } = await import('@azora/web/session/ask-step-up.tsx')
    return askStepUp(call)
  },
})
