import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { bareAnswerHeaders } from './answer-headers.ts'
import { AppError, errorBody } from './errors.ts'
import type { Actor, Identity } from './identity.ts'
import type { Logger } from './log.ts'

/**
 * WebSockets (RFC 6455) of a service, below `/api/v1/<service>/socket/`. The gateway has checked the origin and put
 * a bearer token into the request; here the token is verified, as for any other request, and the service's own
 * handler takes over the connection, usually with `ws` and `noServer`. The gateway ends a connection that is silent
 * for a minute: a handler pings more often than that.
 */
export type SocketHandler = (
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  /** `stopping` is when to send a Close frame with 1001: another process takes the connection up again. */
  call: { actor: Actor; stopping: AbortSignal },
) => void

export type Upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => void

export function acceptSockets(options: {
  identity: Identity
  log: Logger
  handler: SocketHandler
  stopping: AbortSignal
}): Upgrade {
  const { identity, log, handler, stopping } = options
  return async (req, socket, head) => {
    socket.on('error', () => socket.destroy())
    try {
      const token = /^Bearer ([\w.-]+)$/.exec(req.headers.authorization ?? '')?.[1]
      if (!token) throw new AppError('unauthenticated')
      const actor = await identity.verify(token)
      // Whoever listens is present, and what a socket carries may be a write: neither is for borrowed eyes.
      if (actor.impersonatorId) throw new AppError('impersonation_read_only')
      if (!socket.destroyed) handler(req, socket, head, { actor, stopping })
    } catch (failure) {
      refuseSocket(socket, failure, log)
    }
  }
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
