import { contract, services } from '@azora/contracts/contract.ts'
import type { Plugin } from 'vite'

type Described = { '~orpc': { route: { method?: string; path?: string } } }

/** Method and path of every operation, by `service.operation`. */
function routes(): Record<string, [method: string, path: string]> {
  const routes: Record<string, [string, string]> = {}
  for (const [service, operations] of Object.entries(contract)) {
    for (const [name, operation] of Object.entries(operations)) {
      const { method = '', path = '' } = (operation as unknown as Described)['~orpc'].route
      routes[`${service}.${name}`] = [method, path]
    }
  }
  return routes
}

const told = () => Object.values(services).map(({ name, title, about }) => ({ name, title, about }))

const tables: Record<string, () => string> = {
  'virtual:azora-routes': () => `export const routes = ${JSON.stringify(routes())}`,
  'virtual:azora-services': () => `export const services = ${JSON.stringify(told())}`,
}

/**
 * Gives applications `virtual:azora-routes` and `virtual:azora-services`: the routes of all operations, and what the
 * services are called. Read from the contracts while building, so that neither the contracts nor Zod travel to the
 * browser.
 */
export function contractTablesPlugin(): Plugin {
  return {
    name: 'azora-contract-tables',
    resolveId: id => (id in tables ? `\0${id}` : null),
    load: id => tables[id.slice(1)]?.() ?? null,
  }
}
