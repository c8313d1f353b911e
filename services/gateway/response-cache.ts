import { createHash } from 'node:crypto'
import { parse, stringify } from 'node:querystring'
import { namesTag } from '@azora/kit/answer-headers.ts'
import type { Cache } from '@azora/kit/cache.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import type { Request, Response } from 'express'
import type { Route } from './route-table.ts'

/**
 * Public answers that a contract allows to keep, for those who ask as nobody. Kept by school, path and query; never
 * one that sets a cookie. Requests for what is not there wait for the first of them to bring it, and ask themselves
 * only when it brings nothing that can be kept.
 */

type Kept = { headers: [name: string, value: string][]; body: string; at: number }

const mostBytes = 65_536
// A stranger can invent addresses without end; what they bring must not push everything else out.
const mostPerMinute = 1000

// Everything else that an answer carries is of this request: its id, its limits, its security headers.
const keptHeaders = ['content-type', 'cache-control', 'etag', 'vary', 'deprecation', 'sunset', 'link']

/**
 * An address without what the operation does not know: a stranger can invent parameters without end, and the answer
 * is the same. Read as Express reads it, so that nothing is left out that the operation would see.
 */
function namedAddress(url: string, { inputNames }: Route): string {
  const at = url.indexOf('?')
  if (at < 0 || !inputNames) return url
  const known = Object.entries(parse(url.slice(at + 1))).filter(([name]) => inputNames.has(name))
  const query = stringify(Object.fromEntries(known))
  return query === '' ? url.slice(0, at) : `${url.slice(0, at)}?${query}`
}

export function createResponseCache({ cache, metrics }: { cache: Cache; metrics: Metrics }) {
  const bringing = new Map<string, Promise<void>>()
  let minute = 0
  let stored = 0

  function mayStore(): boolean {
    const now = Math.floor(Date.now() / 60_000)
    if (now !== minute) {
      minute = now
      stored = 0
    }
    stored += 1
    return stored <= mostPerMinute
  }

  function answer(req: Request, res: Response, { headers, body, at }: Kept): void {
    for (const [name, value] of headers) {
      if (name === 'vary') res.vary(value)
      else res.setHeader(name, value)
    }
    res.setHeader('Age', Math.max(0, Math.floor((Date.now() - at) / 1000)))
    const etag = String(res.getHeader('ETag') ?? '')
    if (etag && namesTag(req.headers['if-none-match'], etag)) {
      res.removeHeader('Content-Type')
      res.status(304).end()
      return
    }
    res.statusCode = 200
    res.setHeader('Content-Length', Buffer.byteLength(body))
    res.end(req.method === 'HEAD' ? undefined : body)
  }

  /** Watch an answer go by and keep it if it may be kept. Settles when it is over. */
  function watch(key: string, res: Response, maxAgeSeconds: number): Promise<void> {
    const chunks: Buffer[] = []
    let size = 0
    const take = (chunk: unknown) => {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return
      size += chunk.length
      if (size <= mostBytes) chunks.push(Buffer.from(chunk))
    }
    const write = res.write
    const end = res.end
    return new Promise(resolve => {
      const finish = async () => {
        const plain = res.statusCode === 200 && !res.hasHeader('Set-Cookie')
        const open = /^public\b/.test(String(res.getHeader('Cache-Control')))
        const json = /^application\/json/.test(String(res.getHeader('Content-Type')))
        if (plain && open && json && size <= mostBytes && mayStore()) {
          const headers = keptHeaders.flatMap((name): Kept['headers'] =>
            res.hasHeader(name) ? [[name, String(res.getHeader(name))]] : [],
          )
          const kept: Kept = { headers, body: Buffer.concat(chunks).toString(), at: Date.now() }
          // A cache that cannot keep it costs the next to ask the work again, and nobody an answer.
          await cache.set(key, kept, maxAgeSeconds).catch(() => {})
        }
        resolve()
      }
      res.once('close', () => resolve())
      res.write = ((chunk: unknown, ...rest: unknown[]) => {
        take(chunk)
        return (write as (...args: unknown[]) => boolean).call(res, chunk, ...rest)
      }) as typeof res.write
      res.end = ((chunk?: unknown, ...rest: unknown[]) => {
        take(chunk)
        void finish()
        return (end as (...args: unknown[]) => Response).call(res, chunk, ...rest)
      }) as typeof res.end
    })
  }

  /**
   * Answer from the cache, or let `ask` answer and keep it. The response was wrapped by `compress` before, so that
   * what is kept is plain.
   */
  return async (
    req: Request,
    res: Response,
    route: Route,
    maxAgeSeconds: number,
    ask: () => Promise<void>,
  ): Promise<void> => {
    const school = req.headers['x-azora-school'] ?? ''
    const name = createHash('sha256')
      .update(`${route.version}\n${school}\n${namedAddress(req.url, route)}`)
      .digest('base64url')
    const key = `response:${name}`
    for (;;) {
      const kept = await cache.get<Kept>(key)
      if (kept) {
        metrics.responseCache.inc({ outcome: 'hit' })
        return answer(req, res, kept)
      }
      const other = bringing.get(key)
      if (!other) break
      await other
      if (!(await cache.get(key)) && !bringing.has(key)) break
    }
    metrics.responseCache.inc({ outcome: 'miss' })
    if (req.method === 'HEAD') return ask()
    // The whole answer is asked for, also where this caller has it already: others do not.
    delete req.headers['if-none-match']
    const watched = watch(key, res, maxAgeSeconds).finally(() => bringing.delete(key))
    bringing.set(key, watched)
    await ask()
  }
}
