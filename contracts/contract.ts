import { auth } from './auth.ts'
import { integrations } from './integrations.ts'
import * as registry from './registry.ts'
import type { ServiceContract } from './service.ts'
import type { ServiceName } from './service-names.ts'

/** Every service's operations: what routes, validation, clients, the reference and the gateway's table derive from. */

const all = { auth, ...registry, integrations }

type All = typeof all
type Described = All[keyof All]

/** What the services say of themselves, by name. */
export const services = Object.fromEntries(
  Object.values<ServiceContract>(all).map(service => [service.name, service]),
) as Readonly<Record<ServiceName, ServiceContract>>

/** What the services say under one heading, by name; those that say nothing there are left out. */
type Under<H extends keyof ServiceContract> = {
  [S in Described as S extends Record<H, unknown> ? S['name'] : never]: S extends Record<H, infer T>
    ? T
    : never
}

function under<H extends keyof ServiceContract>(heading: H): Under<H> {
  const said = Object.values(services).filter(service => service[heading] !== undefined)
  return Object.fromEntries(said.map(service => [service.name, service[heading]])) as Under<H>
}

export const contract = under('operations')

/** The operations that stream a file instead of JSON, or answer a browser in its own way, by service. */
export const fileContract = under('files')

/** What the second version of the API changed; whatever it does not name is asked for in the first. */
export const contractV2 = under('changedInV2')

/** The versions of the API, by the segment of the address in which they stand: `/api/<version>/…`. */
export const versions = {
  v1: { contract, files: fileContract },
  v2: { contract: contractV2, files: {} },
} as const

export type Version = keyof typeof versions

/** The first segment of the specification's addresses, by the service that answers them beside those of its name. */
export const prefixes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(services).flatMap(({ name, prefix }) => (prefix ? [[name, prefix]] : [])),
)

/** The first segments of the addresses that a service answers. */
export const segmentsOf = (service: string) => [service, prefixes[service] ?? []].flat()

/** Where an operation is found, by the path that its contract states: there, and below the prefix of its service. */
export function pathsOf(service: string, path: string, known = prefixes): string[] {
  const prefix = known[service]
  return prefix ? [path, path.replace(`/${service}/`, `/${prefix}/`)] : [path]
}

/** Who keeps something of people: each reports on `user.export_requested` and on `user.deleted`. */
export const personalDataServices: readonly ServiceName[] = Object.values(all)
  .filter(service => service.keepsPersonalData)
  .map(service => service.name)
