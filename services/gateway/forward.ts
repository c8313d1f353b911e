import { Agent as HttpAgent, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { pipeline } from 'node:stream'
import { AppError } from '@azora/kit/errors.ts'
import type { Request, Response } from 'express'
import { createProxyServer } from 'http-proxy-3'

// Headers that belong to one connection (RFC 9110, 7.6.1).
const perConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'trailer'])

// No word from the other side for this long means that it is gone; a running download keeps talking.
const silenceMs = 60_000

const awayStatus = new Set([502, 503, 504])

/** Hands a request to another process and its answer back. @throws AppError `unavailable`. */
export type Forward = (req: Request, res: Response, target: URL) => Promise<void>

/**
 * Forwarding over connections that are kept. What stands between us and a part answers 502 to 504 in words of its
 * own when the part is away; those become ours. The part's own JSON errors pass as they are.
 */
export function createForwarding({ trustedProxies }: { trustedProxies: number }): Forward {
  const settings = { keepAlive: true, maxSockets: 256, scheduling: 'lifo' as const }
  const agents = { 'http:': new HttpAgent(settings), 'https:': new HttpsAgent(settings) }
  const proxy = createProxyServer({ selfHandleResponse: true, proxyTimeout: silenceMs, timeout: 0 })
  const waiting = new WeakMap<IncomingMessage, (failure?: unknown) => void>()

  proxy.on('proxyRes', (answer, req, res) => {
    const settle = waiting.get(req)
    const status = answer.statusCode ?? 502
    if (awayStatus.has(status) && !String(answer.headers['content-type']).includes('json')) {
      answer.resume()
      settle?.(new AppError('unavailable'))
      return
    }
    copyHead(answer, res as ServerResponse)
    pipeline(answer, res as ServerResponse, () => settle?.())
  })

  const once = (req: Request, res: Response, target: URL) =>
    new Promise<void>((resolve, reject) => {
      waiting.set(req, failure => (failure ? reject(failure) : resolve()))
      const agent = agents[target.protocol as keyof typeof agents]
      proxy.web(req, res, { target, agent }, failure => {
        if (res.headersSent || res.destroyed) {
          res.destroy()
          resolve()
        } else reject(failure)
      })
    })

  return async (req, res, target) => {
    const from = req.socket.remoteAddress ?? ''
    const before = trustedProxies > 0 ? req.headers['x-forwarded-for'] : undefined
    req.headers['x-forwarded-for'] = before ? `${before}, ${from}` : from
    req.headers['x-forwarded-proto'] = req.protocol
    req.headers['x-forwarded-host'] = req.headers['x-forwarded-host'] ?? req.headers.host ?? ''
    try {
      await once(req, res, target).catch(failure => {
        // A kept connection may be closed by the other side just as it is used again.
        const repeatable = req.method === 'GET' || req.method === 'HEAD'
        if (repeatable && failure.code === 'ECONNRESET' && !res.destroyed) return once(req, res, target)
        throw failure
      })
    } catch (failure) {
      throw failure instanceof AppError ? failure : new AppError('unavailable', {}, { cause: failure })
    }
  }
}

function copyHead(answer: IncomingMessage, res: ServerResponse): void {
  res.statusCode = answer.statusCode ?? 502
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value === undefined || perConnection.has(name) || name === 'x-correlation-id') continue
    if (name === 'set-cookie') for (const text of value) res.appendHeader('Set-Cookie', text)
    else res.setHeader(name, value)
  }
}
