import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signToken, startGateway } from '@azora/service-gateway/testing.ts'

/** One process of `gateway.ts`: a service that only answers, or a gateway before it. Says its address in JSON. */

const [kind, serviceUrl = '', limited] = process.argv.slice(2)
const body = JSON.stringify({ items: Array.from({ length: 8 }, (_, at) => ({ id: at, title: 'A course' })) })

if (kind === 'service') {
  const server = createServer((_req, res) => {
    res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length })
    res.end(body)
  })
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    process.stdout.write(JSON.stringify({ url: `http://127.0.0.1:${port}` }))
  })
} else {
  const gateway = await startGateway({
    services: new Map([['auth', [serviceUrl]]]),
    accessSink: () => {},
    // So that nothing but the person's own budget of a minute ends the load, and not even that without `limited`.
    ...(limited
      ? {}
      : {
          limiter: async (_key, { points }) => ({
            allowed: true,
            limit: points,
            remaining: points,
            resetSeconds: 60,
          }),
        }),
  })
  process.on('SIGINT', () => process.exit())
  process.stdout.write(JSON.stringify({ url: gateway.url, token: await signToken() }))
}
