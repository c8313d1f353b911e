import { createServer, type RequestListener, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { bareAnswerHeaders } from '@azora/kit/answer-headers.ts'
import { StartupFault } from '@azora/kit/config.ts'
import type { Upgrade } from '@azora/kit/socket.ts'
import { answerBadRequests } from './bad-requests.ts'
import { limitConnections } from './connection-limits.ts'

// For a WebSocket to be ended with a Close frame by the one who holds it.
const socketGraceMs = 2000

export type Listening = {
  server: Server
  port: number
  /** Hand requests to the application, and those for WebSockets; until then they are answered 503. */
  attach(listener: RequestListener, upgrade?: Upgrade | null): void
  /** Say that this process is about to stop, so that nobody sends it more; what comes all the same is answered. */
  drain(ms: number): Promise<void>
  /** Take no new connections and let requests in flight finish, within the time given. */
  close(graceMs: number): Promise<void>
}

const socketsNotYet = (headers: Record<string, string>) =>
  [
    'HTTP/1.1 503 Service Unavailable',
    'Connection: close',
    'Content-Length: 0',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n')

const draining: RequestListener = (_req, res) => {
  res.writeHead(503, { 'Content-Type': 'application/json', Connection: 'close' })
  res.end('{"ready":false,"parts":{}}')
}

const starting: RequestListener = (req, res) => {
  const live = req.url === '/health/live'
  res.writeHead(live ? 200 : 503, { 'Content-Type': 'application/json', 'Retry-After': '2' })
  res.end(live ? '{"live":true}' : '{"ready":false,"parts":{}}')
}

/**
 * Take the port before anything else is started, so that a taken one is told at once.
 * @param secure whether the site is reached by https.
 * @param byAddress whether visitors connect themselves, so that each address has its share of connections.
 * @throws StartupFault when the port is taken or may not be used.
 */
export async function listen(
  host: string,
  port: number,
  secure = false,
  byAddress = false,
): Promise<Listening> {
  const bare = bareAnswerHeaders(secure)
  let current = starting
  let leaving = false
  let upgrade: Upgrade | null = null
  const server = createServer((req, res) => {
    arrive(req, res)
    remember(req, res)
    const isLeavingNow = leaving && req.url === '/health/ready'
    if (isLeavingNow || current === starting) res.setHeaders(new Map(Object.entries(bare)))
    if (isLeavingNow) return draining(req, res)
    if (leaving) res.setHeader('Connection', 'close')
    current(req, res)
  })
  const arrive = limitConnections(server, { byAddress })
  const remember = answerBadRequests(server, bare)
  const sockets = new Set<Duplex>()
  server.on('upgrade', (req, socket, head) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    if (upgrade && !leaving) upgrade(req, socket, head)
    else socket.end(socketsNotYet(bare))
  })
  server.keepAliveTimeout = 65_000
  // A slow upload on a weak line may take long; a client that never finishes its headers may not.
  server.headersTimeout = 30_000
  server.requestTimeout = 30 * 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (failure: NodeJS.ErrnoException) => {
      const remedy =
        failure.code === 'EADDRINUSE'
          ? [
              `Port ${port} is used by another program.`,
              `Stop that one, or choose another: PORT=${port + 1} npm start`,
            ]
          : failure.code === 'EACCES'
            ? [
                `This user may not use port ${port}.`,
                'Choose one above 1023 with PORT, and put a reverse proxy in front.',
              ]
            : [`Cannot listen on ${host}:${port} (${failure.code}).`, 'Check HOST and PORT.']
      reject(new StartupFault(remedy, failure))
    })
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    server,
    port: typeof address === 'object' && address ? address.port : port,
    attach(listener, forSockets) {
      current = listener
      upgrade = forSockets ?? null
    },
    async drain(ms) {
      leaving = true
      await new Promise(resolve => setTimeout(resolve, ms))
    },
    async close(graceMs) {
      leaving = true
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      // A connection that falls idle later, after its last answer, would otherwise be kept until its time is out.
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      const timer = setTimeout(() => server.closeAllConnections(), graceMs)
      const goodbye = setTimeout(() => sockets.forEach(socket => void socket.destroy()), socketGraceMs)
      await closed
      clearTimeout(timer)
      clearTimeout(goodbye)
      clearInterval(sweep)
    },
  }
}
