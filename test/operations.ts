import { versions } from '@azora/contracts/contract.ts'
import type { OperationMeta } from '@azora/contracts/operation.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import type { z } from 'zod'

/** An operation of the contract as a request needs it. */
export type Operation = {
  name: string
  method: string
  path: string
  meta: OperationMeta
  input: z.ZodType | null
}

type Contracts = Record<string, Record<string, AnyContractProcedure>>

function operationsOf(contracts: Contracts, version: string): Operation[] {
  return Object.entries(contracts).flatMap(([service, procedures]) =>
    Object.entries(procedures).map(([name, procedure]) => {
      const { route, meta, inputSchema } = procedure['~orpc']
      return {
        name: version === 'v1' ? `${service}.${name}` : `${version}.${service}.${name}`,
        method: route.method ?? 'POST',
        path: `/api/${version}${route.path ?? '/'}`,
        meta: meta as unknown as OperationMeta,
        input: (inputSchema as z.ZodType | undefined) ?? null,
      }
    }),
  )
}

/** Every operation of every service in every version, those that stream files included. */
export const operations: Operation[] = Object.entries(versions).flatMap(([version, { contract, files }]) =>
  [contract, files].flatMap(contracts => operationsOf(contracts as unknown as Contracts, version)),
)

/** Where an input goes: into the path, the query or a JSON body. */
export function addressed(operation: Operation, input: Record<string, unknown>) {
  const rest = { ...input }
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  const inQuery = operation.method === 'GET' || operation.meta.raw !== undefined
  const query = inQuery
    ? new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, String(value)]))
    : null
  return { path: query && query.size > 0 ? `${path}?${query}` : path, json: inQuery ? undefined : rest }
}
