import { prefixes } from '@azora/contracts/contract.ts'
import { Router } from 'express'

/** Answers below the service's prefix, where it has one, what `router` answers below its name. */
export function alsoAtPrefix(service: string, router: Router, prefix = prefixes[service]): Router {
  if (!prefix) return router
  const both = Router({ caseSensitive: true })
  both.use(`/${prefix}`, (req, res, next) => {
    req.url = `/${service}${req.url}`
    router(req, res, next)
  })
  both.use(router)
  return both
}
