import type { OperationMeta } from '@azora/contracts/operation.ts'
import { holdsShownOnce } from '@azora/contracts/shown-once.ts'
import { answerOf, isStream } from '@azora/contracts/stream.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import type { z } from 'zod'
import { invalidInput } from './errors.ts'

/** An operation as its contract states it, ready to be answered. */
export type Operation = {
  service: string
  name: string
  method: string
  path: string
  status: number
  meta: OperationMeta
  input: z.ZodType | null
  /** Of the answer; of each event, where the answer is a stream. */
  output: z.ZodType | null
  streams: boolean
  /** The answer holds what is shown once. */
  shownOnce: boolean
}

export function operationOf(service: string, name: string, procedure: AnyContractProcedure): Operation {
  const { route, meta, inputSchema, outputSchema } = procedure['~orpc']
  const answer = answerOf(outputSchema)
  return {
    service,
    name,
    method: (route.method ?? 'POST').toLowerCase(),
    path: (route.path ?? '/').replace(/\{(\w+)\}/g, ':$1'),
    status: route.successStatus ?? 200,
    meta: meta as unknown as OperationMeta,
    input: (inputSchema as z.ZodType | undefined) ?? null,
    output: answer,
    streams: isStream(outputSchema),
    shownOnce: answer ? holdsShownOnce(answer) : false,
  }
}

/** @throws AppError `invalid_input`. */
export function parseInput(operation: Operation, raw: unknown): unknown {
  if (!operation.input) return undefined
  const parsed = operation.input.safeParse(raw)
  if (!parsed.success) throw invalidInput(parsed.error)
  return parsed.data
}
