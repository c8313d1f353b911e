import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { prefixes } from '@azora/contracts/contract.ts'
import { answerFailure } from '@azora/kit/answer-failure.ts'
import { correlationId, withCorrelation } from '@azora/kit/context.ts'
import { AppError, stoppingFailure } from '@azora/kit/errors.ts'
import type { Identity } from '@azora/kit/identity.ts'
import type { Logger } from '@azora/kit/log.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import { refuseSocket, type SocketDoor } from '@azora/kit/socket.ts'
import type { Request, Response } from 'express'
import type { Visit } from './access-log.ts'
import { isPlainAddress } from './addresses.ts'
import type { ApiKeys } from './api-keys.ts'
import type { Forwarding } from './forward.ts'
import { createOriginCheck } from './origin.ts'
import type { RateLimit } from './rate-limit.ts'
import { actorOfHeader, sessionOf } from './session.ts'
import type { Upstream } from './upstream.ts'

/**
 * Sockets: requests for `/api/v1/<service>/socket/…` become connections of the service, in this process or in another;
 * where WebSockets are blocked, requests that wait for their answer (polls) stand in for one. A browser sends its
 * cookies along with a handshake from any page and no CSRF token can be asked for, so a handshake by cookie must name
 * our origin. The service gets a bearer token, as with any other request.
 */

const address = /^\/api\/v1\/([a-z0-9-]+)\/socket(?:\/|$)/

const byPrefix = new Map(Object.entries(prefixes).map(([service, prefix]) => [prefix, service]))

/** What only a script of our own page can send: a page elsewhere would have to ask for it, and is not answered. */
const ownHeader = 'x-azora-csrf'

// That polls end because this process stops is nobody's fault, and no line in the log for each of them.
const unlogged: Logger = { debug() {}, info() {}, warn() {}, error() {} }

export type SocketSettings = {
  /** A connection without a byte for this long is ended. */
  idleMs: number
  /** How many one person may have open through this gateway. */
  mostPerPerson: number
  /** How many polls may wait for their answer at once. */
  mostPolls: number
}

export function createSockets(options: {
  /** Services that take sockets: their own door in this process, or where they run. */
  targets: Map<string, SocketDoor | Upstream>
  identity: Identity
  keys: ApiKeys
  limit: RateLimit
  forwarding: Forwarding
  log: Logger
  metrics: Metrics
  config: { publicUrl: string }
  settings: SocketSettings
  /** What the gateway does to every request before it looks at it. */
  receive(req: IncomingMessage): { correlation: string; visit: Visit }
}) {
  const { targets, identity, keys, limit, forwarding, log, metrics, settings } = options
  const secure = options.config.publicUrl.startsWith('https:')
  const checkOrigin = createOriginCheck({ publicUrl: options.config.publicUrl, corsOrigins: [] })
  // With the bytes that had passed at the last look. Libraries at either end set the socket's own timer as they like.
  const open = new Map<Socket, number>()
  const ofPerson = new Map<string, number>()
  let stopping = false

  /** The person on whose behalf a socket is opened. */
  async function identify(req: IncomingMessage) {
    const { authorization } = req.headers
    if (authorization !== undefined) return actorOfHeader(req, authorization, identity, keys)
    const { access } = sessionOf(req)
    if (!access) throw new AppError('unauthenticated')
    // A program that is no browser names no origin, and has no cookies of someone else either.
    const isOurScript =
      req.headers['sec-fetch-site'] === 'same-origin' || req.headers[ownHeader] !== undefined
    if (req.headers.origin === undefined && !isOurScript) throw new AppError('csrf_rejected')
    checkOrigin(req, true)
    const actor = await identity.verify(access)
    req.headers.authorization = `Bearer ${access}`
    return actor
  }

  const sweep = setInterval(() => {
    for (const [socket, before] of open) {
      const bytes = socket.bytesRead + socket.bytesWritten
      if (bytes === before) socket.destroy()
      else open.set(socket, bytes)
    }
  }, settings.idleMs)
  sweep.unref()

  function hold(socket: Socket, userId: string): void {
    const count = ofPerson.get(userId) ?? 0
    if (count >= settings.mostPerPerson) throw new AppError('rate_limited', { retryAfterSeconds: 10 })
    ofPerson.set(userId, count + 1)
    open.set(socket, -1)
    metrics.openSockets.set(open.size)
    socket.once('close', () => {
      open.delete(socket)
      metrics.openSockets.set(open.size)
      const left = (ofPerson.get(userId) ?? 1) - 1
      if (left > 0) ofPerson.set(userId, left)
      else ofPerson.delete(userId)
    })
  }

  function targetAt(path: string) {
    const segment = address.exec(path)?.[1] ?? ''
    return targets.get(byPrefix.get(segment) ?? segment)
  }

  async function join(req: IncomingMessage, socket: Socket, head: Buffer, visit: Visit): Promise<void> {
    if (stopping) throw new AppError('unavailable')
    if (!isPlainAddress(req.url ?? '')) throw new AppError('invalid_input')
    const target = targetAt(visit.path)
    if (!target || req.method !== 'GET' || req.headers.upgrade?.toLowerCase() !== 'websocket')
      throw new AppError('not_found')
    const arrival = await limit.arrive('general', visit)
    const actor = await identify(req)
    await limit.admit(null, 'general', arrival, actor)
    // The service needs the token, not what it was made from.
    delete req.headers.cookie
    // Extensions would be settled between two who do not see each other's frames whole; none are offered.
    if (socket.destroyed) return
    hold(socket, actor.userId)
    if ('upgrade' in target) target.upgrade(req, socket, head)
    else {
      const failed = (cause: Error) => {
        if (socket.destroyed) return
        refuseSocket(socket, new AppError('unavailable', {}, { cause }), log, secure)
      }
      forwarding.socket(req, socket, head, target.pick(actor.sessionId), failed)
    }
    log.info('A socket was opened', { path: visit.path, actorId: actor.userId })
  }

  /** Answers that polls wait for. */
  const polls = new Set<{ req: Request; res: Response; correlation: string }>()

  /**
   * One request of a connection that polls; all of them go to the process that holds the connection, which also
   * bounds what they bring.
   */
  async function poll(req: Request, res: Response, visit: Visit): Promise<void> {
    const target = targetAt(visit.path)
    if (!target) throw new AppError('not_found')
    if (req.method !== 'GET' && req.method !== 'POST') {
      res.setHeader('Allow', 'GET, POST')
      throw new AppError('method_not_allowed')
    }
    const arrival = await limit.arrive('general', visit)
    const actor = await identify(req)
    visit.actor = actor
    await limit.admit(res, 'general', arrival, actor)
    delete req.headers.cookie
    // The stop answers those that wait, and does not come again for one that was on its way to them.
    if (stopping) throw stoppingFailure()
    if (polls.size >= settings.mostPolls) throw new AppError('unavailable')
    // Who left during the checks is told of by nothing more, and would be counted for good.
    if (res.destroyed) return
    const waiting = { req, res, correlation: correlationId() }
    polls.add(waiting)
    res.once('close', () => polls.delete(waiting))
    if ('upgrade' in target) target.poll(req, res)
    else await target.poll(req, res, actor.sessionId)
  }

  return {
    /** Whether an address is one of sockets. */
    isTheirs: (path: string) => address.test(path),
    poll,
    upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
      // A connection that breaks is no fault of ours, and an error without a listener would end the process.
      socket.on('error', () => socket.destroy())
      const { correlation, visit } = options.receive(req)
      void withCorrelation(correlation, () =>
        join(req, socket as Socket, head, visit).catch(failure => refuseSocket(socket, failure, log, secure)),
      )
    },
    /** Take no new ones and answer polls that wait; the one who sent them comes back, through another gateway. */
    endPolls(): void {
      stopping = true
      for (const { req, res, correlation } of polls)
        if (!res.headersSent)
          withCorrelation(correlation, () => answerFailure(req, res, stoppingFailure(), unlogged))
    },
    /** Give those that are open a moment to say goodbye. */
    async stop(graceMs: number): Promise<void> {
      stopping = true
      const deadline = Date.now() + graceMs
      while (open.size > 0 && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 20))
      for (const socket of open.keys()) socket.destroy()
      clearInterval(sweep)
    },
  }
}
