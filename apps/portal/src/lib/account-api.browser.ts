import { accountRoutes } from 'virtual:azora-account-routes'
import { routes } from 'virtual:azora-routes'
import { createCaller } from '@azora/web/calls/caller.ts'
import { confirmIdentity } from './api.browser.ts'

/** The API, called by the pages of signing in and of one's account. */
export const { call } = createCaller({ routes: { ...routes, ...accountRoutes }, confirm: confirmIdentity })
