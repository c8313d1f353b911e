import { contract, fileContract, services } from '@azora/contracts/contract.ts'
import type { Plugin } from 'vite'

type Described = { '~orpc': { route: { method?: string; path?: string } } }

/** The routes of a tree of contracts, by `service.operation`. */
function routesOf(tree: object): Record<string, [method: string, path: string]> {
  const routes: Record<string, [string, string]> = {}
  for (const [service, operations] of Object.entries(tree)) {
    for (const [name, operation] of Object.entries(operations as Record<string, Described>)) {
      const { method = '', path = '' } = operation['~orpc'].route
      routes[`${service}.${name}`] = [method, path]
    }
  }
  return routes
}

/** Method and path of every operation. */
export const routes = routesOf(contract)

/** The paths of the operations to which a file is sent. */
export const uploads: Record<string, string> = Object.fromEntries(
  Object.entries(routesOf(fileContract)).flatMap(([name, [method, path]]) =>
    method === 'GET' ? [] : [[name, path]],
  ),
)

const told = () => Object.values(services).map(({ name, title, about }) => ({ name, title, about }))

/** A module that exports each value under its name. */
export const script = (exported: Record<string, unknown>): string =>
  Object.entries(exported)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}\n`)
    .join('')

const tables: Record<string, () => string> = {
  'virtual:azora-routes': () => script({ routes, uploads }),
  'virtual:azora-services': () => script({ services: told() }),
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
