import { checkAccess } from './access.ts'
import type { AnyHandler, AnyStreamHandler } from './handlers.ts'
import type { Metrics } from './metrics.ts'
import type { OpenConnections } from './open-connections.ts'
import { type Operation, parseInput } from './operation.ts'
import type { RequestContext } from './request-context.ts'
import { openStream } from './streams.ts'
import { inSpan } from './tracing.ts'

/**
 * What every call of an operation goes through, by HTTP or within the process: access, the input's shape, the handler,
 * the output's shape. Access is decided before the input is looked at.
 */

/** @throws AppError, or an error of Zod where the output is not what the contract says: a bug. */
export async function runOperation(
  operation: Operation,
  handler: AnyHandler,
  raw: unknown,
  context: RequestContext,
): Promise<unknown> {
  checkAccess(operation, context)
  const { service, name } = operation
  const output = await inSpan(`${service}.${name}`, { 'azora.service': service }, () =>
    handler(parseInput(operation, raw), context),
  )
  return operation.output ? operation.output.parse(output) : output
}

// An id is ours: a cursor, a number, a state. A longer one was never given out.
const longestEventId = 200

/** The same for an operation whose output is a stream; each event is held to its shape as it comes. */
export function openOperation(
  operation: Operation,
  handler: AnyStreamHandler,
  raw: unknown,
  context: RequestContext,
  holder: { connections: OpenConnections | undefined; metrics: Metrics; lastEventId: string | undefined },
) {
  checkAccess(operation, context)
  const input = parseInput(operation, raw)
  const { connections, metrics, lastEventId } = holder
  if (!connections)
    throw new Error(`${operation.service}.${operation.name} is a stream, and nothing holds it.`)
  return openStream(operation, wish => handler(input, { ...context, ...wish }), {
    actor: context.actor,
    lastEventId: lastEventId?.slice(0, longestEventId) ?? null,
    connections,
    metrics,
  })
}
