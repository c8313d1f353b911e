import { createServer, type RequestListener, type Server } from 'node:http'
import { StartupFault } from '@azora/kit/config.ts'

export type Listening = {
  server: Server
  port: number
  /** Hand requests to the application; until then they are answered 503. */
  attach(listener: RequestListener): void
  /** Take no new connections and let requests in flight finish, within the time given. */
  close(graceMs: number): Promise<void>
}

const starting: RequestListener = (req, res) => {
  const live = req.url === '/health/live'
  res.writeHead(live ? 200 : 503, { 'Content-Type': 'application/json', 'Retry-After': '2' })
  res.end(live ? '{"live":true}' : '{"ready":false,"parts":{}}')
}

/**
 * Take the port before anything else is started, so that a taken one is told at once.
 * @throws StartupFault when the port is taken or may not be used.
 */
export async function listen(host: string, port: number): Promise<Listening> {
  let current = starting
  const server = createServer((req, res) => current(req, res))
  server.keepAliveTimeout = 65_000
  // A slow upload on a weak line may take long; a client that never finishes its headers may not.
  server.headersTimeout = 30_000
  server.requestTimeout = 30 * 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (failure: NodeJS.ErrnoException) => {
      const remedy =
        failure.code === 'EADDRINUSE'
          ? [
              `Port ${port} is taken by another program.`,
              `Stop that one, or choose another: PORT=${port + 1} npm start`,
            ]
          : failure.code === 'EACCES'
            ? [
                `This user may not use port ${port}.`,
                'Choose one above 1023 with PORT, and put a reverse proxy before it.',
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
    attach(listener) {
      current = listener
    },
    async close(graceMs) {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      // A connection that falls idle later, after its last answer, would otherwise be kept until its time is out.
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      const timer = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearTimeout(timer)
      clearInterval(sweep)
    },
  }
}
