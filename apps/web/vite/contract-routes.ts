import { contract } from '@azora/contracts/contract.ts'
import type { Plugin } from 'vite'

const moduleName = 'virtual:azora-routes'
const resolvedName = `\0${moduleName}`

type Described = { '~orpc': { route: { method?: string; path?: string } } }

/** Method and path of every operation, by `service.operation`. */
function contractRoutes(): Record<string, [method: string, path: string]> {
  const routes: Record<string, [string, string]> = {}
  for (const [service, operations] of Object.entries(contract)) {
    for (const [name, operation] of Object.entries(operations)) {
      const { method = '', path = '' } = (operation as unknown as Described)['~orpc'].route
      routes[`${service}.${name}`] = [method, path]
    }
  }
  return routes
}

/**
 * Gives applications `virtual:azora-routes`: the routes of all operations, read from the contracts while building,
 * so that neither the contracts nor Zod travel to the browser.
 */
export function contractRoutesPlugin(): Plugin {
  return {
    name: 'azora-contract-routes',
    resolveId: id => (id === moduleName ? resolvedName : null),
    load: id => (id === resolvedName ? `export const routes = ${JSON.stringify(contractRoutes())}` : null),
  }
}
