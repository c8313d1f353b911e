import { createCaller } from '@azora/web/calls/caller.ts'
import { accountRoutes } from './account-routes.ts'
import { confirmIdentity } from './api.browser.ts'
import { routes } from './routes.ts'

/** The API, called by the pages of signing in and of one's account. */
export const { call } = createCaller({ routes: { ...routes, ...accountRoutes }, confirm: confirmIdentity })
