import { pathsOf, prefixes, type Version, versions } from '@azora/contracts/contract.ts'
import type { OperationMeta } from '@azora/contracts/operation.ts'
import { isStream } from '@azora/contracts/stream.ts'
import type { AnyContractProcedure } from '@orpc/contract'

/** An operation as the gateway sees it. */
export type Route = OperationMeta & {
  version: Version
  service: string
  operation: string
  /** The answer is a stream of events. */
  streams: boolean
  /** The names that its input has; null where they cannot be told. */
  inputNames: ReadonlySet<string> | null
}

/** All operations at one path, by method. */
export type Place = Map<string, Route>

type Node = { named: Map<string, Node>; any: Node | null; place: Place | null }
const newNode = (): Node => ({ named: new Map(), any: null, place: null })

type Contracts = Record<string, Record<string, AnyContractProcedure>>

/**
 * The addresses of contracts as a tree of path segments, so that a look-up costs the depth, not the number. What is
 * between the parts of the installation alone is not in it: from outside there is nothing at that address.
 */
export function createRouteTable(
  contracts: Contracts[],
  version: Version = 'v1',
  prefixesOf = prefixes,
): (path: string) => Place | null {
  const root = newNode()
  for (const [service, procedures] of contracts.flatMap(Object.entries<Contracts[string]>)) {
    for (const [name, procedure] of Object.entries(procedures)) {
      const { route, inputSchema, outputSchema } = procedure['~orpc']
      const shape = (inputSchema as { shape?: object } | undefined)?.shape
      const inputNames = inputSchema && !shape ? null : new Set(Object.keys(shape ?? {}))
      const meta = procedure['~orpc'].meta as unknown as OperationMeta
      if (meta.access === 'internal') continue
      const operation = version === 'v1' ? `${service}.${name}` : `${service}.${name}.${version}`
      const streams = isStream(outputSchema)
      for (const path of pathsOf(service, route.path ?? '/', prefixesOf)) {
        let node = root
        for (const segment of path.slice(1).split('/')) node = childFor(node, segment)
        node.place ??= new Map()
        node.place.set(route.method ?? 'POST', { ...meta, version, service, operation, streams, inputNames })
      }
    }
  }
  return path => (path.startsWith('/') ? find(root, path, 1) : null)
}

function childFor(node: Node, segment: string): Node {
  if (segment.startsWith('{')) {
    node.any ??= newNode()
    return node.any
  }
  let child = node.named.get(segment)
  if (!child) {
    child = newNode()
    node.named.set(segment, child)
  }
  return child
}

function find(node: Node, path: string, from: number): Place | null {
  if (from > path.length) return node.place
  const slash = path.indexOf('/', from)
  const end = slash < 0 ? path.length : slash
  if (end === from) return null
  const named = node.named.get(path.slice(from, end))
  return (named && find(named, path, end + 1)) ?? (node.any && find(node.any, path, end + 1))
}

const tables = new Map(
  Object.entries(versions).map(([version, { contract, files }]) => [
    version,
    createRouteTable([contract, files] as unknown as Contracts[], version as Version),
  ]),
)

/** The version that a path below `/api` names, and what follows it. */
export function versionOf(path: string): { version: Version; below: string } | null {
  const [, version = '', below = ''] = /^\/api\/(v\d+)(\/.*)$/.exec(path) ?? []
  return tables.has(version) ? { version: version as Version, below } : null
}

/** Finds an operation's path below `/api/<version>` in what this release offers. */
export function findPlace(path: string, version: Version = 'v1'): Place | null {
  return tables.get(version)?.(path) ?? null
}

/** The operation for a method: HEAD is answered where GET is. */
export function routeAt(place: Place, method: string): Route | null {
  return place.get(method) ?? (method === 'HEAD' ? place.get('GET') : undefined) ?? null
}

/** The value of an `Allow` header. */
export function allowedAt(place: Place): string {
  const methods = [...place.keys()]
  if (place.has('GET')) methods.push('HEAD')
  return [...methods, 'OPTIONS'].join(', ')
}
