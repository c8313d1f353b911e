import type { ErrorBody } from '@azora/contracts/errors.ts'
import type { Request, Response } from 'express'
import { drain } from './drain.ts'
import { AppError, errorBody, invalidField } from './errors.ts'
import type { Logger } from './log.ts'

// What PostgreSQL says of U+0000 in text and in jsonb: it can store any other character, and no input needs this one.
const unstorable = new Set(['22021', '22P05'])

// A foreign key or a unique one that does not hold: what the request had read was changed by another one since.
const overtaken = new Set(['23503', '23505'])

/** What a constraint of the database refused, as the caller knows it; any other failure as it is. */
function asRefused(failure: unknown): unknown {
  const code = (failure as { code?: string } | null)?.code ?? ''
  if (overtaken.has(code)) return new AppError('conflict', {}, { cause: failure })
  if (!unstorable.has(code)) return failure
  return invalidField('', 'invalid_character')
}

/** What the caller is told of a failure: an expected one as what it is, a bug as `internal`, logged with its cause. */
export function tellFailure(req: Request, problem: unknown, log: Logger): ErrorBody {
  const failure = asRefused(problem)
  const body = errorBody(failure)
  if (body.status >= 500) log.error('A request failed', { method: req.method, path: req.path, failure })
  else if (failure !== problem && body.code === 'conflict')
    log.warn('A request was overtaken by another', { method: req.method, path: req.path, failure: problem })
  return body
}

/** Answer a failure. An answer that has begun is broken off, so that it does not look whole. */
export function answerFailure(req: Request, res: Response, problem: unknown, log: Logger): void {
  const body = tellFailure(req, problem, log)
  if (res.headersSent) {
    res.destroy()
    return
  }
  drain(req)
  if (body.data?.retryAfterSeconds) res.setHeader('Retry-After', String(body.data.retryAfterSeconds))
  if (body.status === 401) res.setHeader('WWW-Authenticate', 'Bearer')
  res.setHeader('Cache-Control', 'no-store')
  // The gateway writes it into the access log: what was refused, and why, without reading bodies.
  res.setHeader('X-Error-Code', body.code)
  res.status(body.status).json(body)
}
