import { contract, fileContract } from '@azora/contracts/contract.ts'
import type { OperationMeta } from '@azora/contracts/operation.ts'
import type { AnyContractProcedure } from '@orpc/contract'

/** An operation as the gateway sees it. */
export type Route = OperationMeta & { service: string; operation: string }

/** All operations at one path, by method. */
export type Place = Map<string, Route>

type Node = { named: Map<string, Node>; any: Node | null; place: Place | null }
const newNode = (): Node => ({ named: new Map(), any: null, place: null })

type Contracts = Record<string, Record<string, AnyContractProcedure>>

/** The addresses of contracts as a tree of path segments, so that a look-up costs the depth, not the number. */
export function createRouteTable(contracts: Contracts[]): (path: string) => Place | null {
  const root = newNode()
  for (const [service, procedures] of contracts.flatMap(Object.entries<Contracts[string]>)) {
    for (const [name, procedure] of Object.entries(procedures)) {
      const { route, meta } = procedure['~orpc']
      let node = root
      for (const segment of (route.path ?? '/').slice(1).split('/')) node = childFor(node, segment)
      node.place ??= new Map()
      const method = route.method ?? 'POST'
      node.place.set(method, {
        ...(meta as unknown as OperationMeta),
        service,
        operation: `${service}.${name}`,
      })
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

/** Finds an operation's path below `/api/v1` in what this release offers. */
export const findPlace = createRouteTable([contract, fileContract] as unknown as Contracts[])

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
