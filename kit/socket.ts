import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Request, Response } from 'express'
import { bareAnswerHeaders } from './answer-headers.ts'
import { AppError, errorBody } from './errors.ts'
import type { Actor, Identity } from './identity.ts'
import type { Logger } from './log.ts'

export type Upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => void

/**
 * Where a service's sockets come in, below `/api/v1/<service>/socket/`: as WebSockets (RFC 6455), or, where those are
 * blocked, as requests that wait for their answer. The gateway has checked where they come from and put a bearer token
 * into each; here it is verified, as for any other request.
 */
export type SocketDoor = {
  upgrade: Upgrade
  poll(req: Request, res: Response): void
}

/** Who opens a socket, by the token of the request. */
export async function actorOfSocket(req: IncomingMessage, identity: Identity): Promise<Actor> {
  const token = /^Bearer ([\w.-]+)$/.exec(req.headers.authorization ?? '')?.[1]
  if (!token) throw new AppError('unauthenticated')
  const actor = await identity.verify(token)
  // A listener is present, and what a socket carries may be a write: neither is for borrowed eyes.
  if (actor.impersonatorId) throw new AppError('impersonation_read_only')
  return actor
}

const reasons: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/**
 * Answer a request for a WebSocket with a failure in place of the handshake.
 * @param secure whether the site is reached by https, where that is known.
 */
export function refuseSocket(socket: Duplex, failure: unknown, log: Logger, secure = false): void {
  const body = errorBody(failure)
  if (body.status === 500) log.error('A socket could not be opened', { failure })
  const text = JSON.stringify(body)
  socket.end(
    [
      `HTTP/1.1 ${body.status} ${reasons[body.status] ?? 'Error'}`,
      'Connection: close',
      'Content-Type: application/json',
      ...Object.entries(bareAnswerHeaders(secure)).map(([name, value]) => `${name}: ${value}`),
      ...(body.data?.retryAfterSeconds ? [`Retry-After: ${body.data.retryAfterSeconds}`] : []),
      `Content-Length: ${Buffer.byteLength(text)}`,
      '',
      text,
    ].join('\r\n'),
  )
}
