import { Agent as HttpAgent, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Duplex } from 'node:stream'
import { Readable } from 'node:stream'
import type { Request, Response } from 'express'
import { createProxyServer } from 'http-proxy-3'
import { createOpenStreams, isEventStream } from './open-streams.ts'

// Headers that belong to one connection (RFC 9110, 7.6.1).
const perConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'trailer'])

const awayStatus = new Set([502, 503, 504])

/** As many connections to one process as it may have in flight; see the capacity in `upstream.ts`. */
export const mostConnections = 256

// A poll is answered at the latest when the other side is pinged.
const pollSilenceMs = 60_000

type Agents = { 'http:': HttpAgent; 'https:': HttpsAgent }

// Streams stay open for minutes, so they have connections of their own: more than a process lets be opened.
const mostStreams = 5000

/** Why a process behind us gave no answer. Nothing has been sent to the caller when this is thrown. */
export class NoAnswer extends Error {
  readonly timedOut: boolean
  constructor(reason: string, timedOut: boolean, cause?: unknown) {
    super(reason, { cause })
    this.timedOut = timedOut
  }
}

export type ForwardWish = {
  /** Without a word for this long, the process is given up. */
  silenceMs: number
  /** What was read of the request already, so that it can be sent again. */
  body: Buffer | null
  /** The answer is a stream of events. */
  streams?: boolean
}

export type Forwarding = {
  /**
   * Hand a request to a process and its answer back. Settles when the answer has been passed on, or the caller left;
   * for a stream, when it has begun.
   * @throws NoAnswer
   */
  web(req: Request, res: Response, target: URL, wish: ForwardWish): Promise<void>
  /** The same for a request that waits for its answer by design, over connections of its own. @throws NoAnswer */
  poll(req: Request, res: Response, target: URL): Promise<void>
  /** Join a request for a WebSocket with a process. */
  socket(req: IncomingMessage, socket: Duplex, head: Buffer, target: URL, failed: (why: Error) => void): void
  /** Streams end, with a word that they may be opened again. */
  endStreams(): void
  close(): void
}

/**
 * Forwarding over connections that are kept. What stands between us and a part answers 502 to 504 in words of its
 * own when the part is away; that counts as no answer. The part's own JSON errors pass as they are.
 */
export function createForwarding({ trustedProxies }: { trustedProxies: number }): Forwarding {
  const settings = { keepAlive: true, maxSockets: mostConnections, scheduling: 'lifo' as const }
  const agentsOf = (options: object): Agents => ({
    'http:': new HttpAgent(options),
    'https:': new HttpsAgent(options),
  })
  const agents = agentsOf(settings)
  // The one who sends polls on bounds their number.
  const pollAgents = agentsOf({ ...settings, maxSockets: Number.POSITIVE_INFINITY })
  const streamAgents = agentsOf({ ...settings, maxSockets: mostStreams })
  const streams = createOpenStreams()
  const proxy = createProxyServer({ selfHandleResponse: true, timeout: 0 })
  const waiting = new WeakMap<IncomingMessage, (failure?: Error) => void>()
  const agentFor = (target: URL, of: Agents) => of[target.protocol as keyof Agents]

  proxy.on('proxyRes', (answer, req, res) => {
    // A poll that was answered here meanwhile, because this process stops.
    if (res.headersSent) return void answer.destroy()
    const settle = waiting.get(req)
    const status = answer.statusCode ?? 502
    if (awayStatus.has(status) && !String(answer.headers['content-type']).includes('json')) {
      answer.resume()
      settle?.(new NoAnswer(`A proxy answered ${status}`, false))
      return
    }
    copyHead(answer, res as ServerResponse)
    passOn(answer, res as ServerResponse, () => settle?.())
    if (!isEventStream(answer.headers['content-type'])) return
    streams.hold(answer, res as ServerResponse)
    settle?.()
  })

  function introduce(req: IncomingMessage & { protocol?: string }): void {
    const from = req.socket.remoteAddress ?? ''
    const before = trustedProxies > 0 ? req.headers['x-forwarded-for'] : undefined
    req.headers['x-forwarded-for'] = before ? `${before}, ${from}` : from
    req.headers['x-forwarded-proto'] = req.protocol ?? 'http'
    req.headers['x-forwarded-host'] = req.headers['x-forwarded-host'] ?? req.headers.host ?? ''
  }

  function send(
    req: Request,
    res: Response,
    to: { target: URL; agents: Agents; silenceMs: number; body: Buffer | null },
  ): Promise<void> {
    const { target, silenceMs, body } = to
    if (!waiting.has(req)) introduce(req)
    const began = performance.now()
    return new Promise<void>((resolve, reject) => {
      const settle = (failure?: Error) => (failure ? reject(failure) : resolve())
      waiting.set(req, settle)
      // Each attempt listens, and so does whatever wraps the response.
      res.setMaxListeners(40)
      // A caller who leaves takes the request along; nobody is to blame then, and nothing is left to be told.
      res.once('close', () => settle())
      const buffer = body ? { buffer: Readable.from([body]) } : {}
      proxy.web(
        req,
        res,
        { target, agent: agentFor(target, to.agents), proxyTimeout: silenceMs, ...buffer },
        failure => {
          if (res.headersSent || res.destroyed) {
            res.destroy()
            return settle()
          }
          const timedOut = performance.now() - began >= silenceMs
          settle(new NoAnswer(timedOut ? 'No answer in time' : 'No connection', timedOut, failure))
        },
      )
    })
  }

  return {
    web: (req, res, target, { silenceMs, body, streams }) =>
      send(req, res, { target, agents: streams ? streamAgents : agents, silenceMs, body }),
    poll: (req, res, target) =>
      send(req, res, { target, agents: pollAgents, silenceMs: pollSilenceMs, body: null }),
    socket(req, socket, head, target, failed) {
      introduce(req)
      proxy.ws(req, socket as never, head, { target }, failed)
    },
    endStreams: () => streams.endAll(),
    close() {
      for (const agent of [agents, pollAgents, streamAgents].flatMap(Object.values<HttpAgent>))
        agent.destroy()
    },
  }
}

/** As `pipeline` of node:stream does it, without what that costs for signals that nobody gives. */
function passOn(answer: IncomingMessage, res: ServerResponse, done: () => void): void {
  answer.once('error', () => res.destroy())
  answer.once('end', done)
  // An answer that breaks off must not look whole to the caller.
  answer.once('close', () => {
    if (!answer.complete) res.destroy()
    done()
  })
  res.once('close', () => answer.destroy())
  answer.pipe(res)
}

function copyHead(answer: IncomingMessage, res: ServerResponse): void {
  res.statusCode = answer.statusCode ?? 502
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value === undefined || perConnection.has(name) || name === 'x-correlation-id') continue
    if (name === 'set-cookie') for (const text of value) res.appendHeader('Set-Cookie', text)
    else if (name === 'vary') for (const text of [value].flat()) res.appendHeader('Vary', text)
    else res.setHeader(name, value)
  }
}
