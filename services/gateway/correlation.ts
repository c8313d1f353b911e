import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

// Ids from elsewhere end up in logs, events and answers.
const wellFormed = /^[\w.-]{8,64}$/

/** The request's correlation id, the caller's if it sent a well-formed one; passed on to what comes next. */
export function correlationOf(req: IncomingMessage): string {
  // Not a UUIDv7: nothing is sorted by it, and Node draws these from a pool at a fiftieth of the cost.
  const given = req.headers['x-correlation-id']
  const id = typeof given === 'string' && wellFormed.test(given) ? given : randomUUID()
  req.headers['x-correlation-id'] = id
  return id
}

/** The same, told to the caller as well. */
export function adoptCorrelationId(req: IncomingMessage, res: ServerResponse): string {
  const id = correlationOf(req)
  res.setHeader('X-Correlation-Id', id)
  return id
}
