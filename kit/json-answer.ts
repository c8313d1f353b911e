import type { Request, Response } from 'express'
import { etagOf, namesTag, setCaching } from './answer-headers.ts'
import type { Database } from './db.ts'
import { once } from './idempotency.ts'
import type { InternalKey } from './internal-key.ts'
import type { Operation } from './operation.ts'
import type { RequestContext } from './request-context.ts'

/** The answer of an operation as JSON: done once under its idempotency key, with its headers, or 304. */

/** Whether an idempotency key counts: for the writes of those who are signed in. */
const isRepeatable = ({ method, meta }: Operation) =>
  method !== 'get' && !meta.reads && meta.access !== 'public'

/**
 * The output as text; where the request has an idempotency key, that of the first call with it.
 * @param db the service's own; without one, keys do not count.
 */
export async function textOnce(
  {
    operation,
    raw,
    context,
    req,
  }: { operation: Operation; raw: unknown; context: RequestContext; req: Request },
  { db, internalKey }: { db: Database | null; internalKey: InternalKey | null },
  run: () => Promise<unknown>,
): Promise<string> {
  const answer = async () => JSON.stringify(await run())
  const key = req.headers['idempotency-key']
  if (typeof key !== 'string' || !isRepeatable(operation) || !context.actor || !db) return answer()
  return once(db, context.actor, { key, operation, raw, internalKey }, answer)
}

export function sendJson(
  req: Request,
  res: Response,
  text: string,
  { operation, signedIn }: { operation: Operation; signedIn: boolean },
): void {
  res.setHeader('Content-Type', 'application/json; charset=utf-8')
  setCaching(res, operation.meta, operation.method, signedIn)
  res.statusCode = operation.status
  if (operation.method === 'get') {
    const etag = etagOf(text)
    res.setHeader('ETag', etag)
    if (namesTag(req.headers['if-none-match'], etag)) {
      res.removeHeader('Content-Type')
      res.statusCode = 304
      res.end()
      return
    }
  }
  res.setHeader('Content-Length', Buffer.byteLength(text))
  res.end(text)
}
