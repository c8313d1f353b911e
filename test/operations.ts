import { contract, fileContract } from '@azora/contracts/contract.ts'
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

/** Every operation of every service, those that stream files included. */
export const operations: Operation[] = [contract, fileContract].flatMap(contracts =>
  Object.entries(contracts as unknown as Record<string, Record<string, AnyContractProcedure>>).flatMap(
    ([service, procedures]) =>
      Object.entries(procedures).map(([name, procedure]) => {
        const { route, meta, inputSchema } = procedure['~orpc']
        return {
          name: `${service}.${name}`,
          method: route.method ?? 'POST',
          path: route.path ?? '/',
          meta: meta as unknown as OperationMeta,
          input: (inputSchema as z.ZodType | undefined) ?? null,
        }
      }),
  ),
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
