import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { openStripe } from './stripe.ts'

test('Stripe itself is reached by https, a sandbox where it listens.', async () => {
  const access = { secretKey: 'sk_test_1', webhookSecret: 'whsec_1' }
  const real = await openStripe({ ...access, sandboxUrl: null })
  const { api, webhookSecret, sandbox } = real
  const placeOf = (opened: typeof api) => ['protocol', 'host', 'port'].map(field => opened.getApiField(field))
  assert.deepEqual(
    [placeOf(api), webhookSecret, sandbox],
    [['https', 'api.stripe.com', '443'], 'whsec_1', false],
  )
  const ours = await openStripe({ ...access, sandboxUrl: 'http://127.0.0.1:24680' })
  assert.deepEqual([placeOf(ours.api), ours.sandbox], [['http', '127.0.0.1', '24680'], true])
})

test('A request that is not answered is repeated under one idempotency key, and nothing is told of how long it took.', async t => {
  const seen: IncomingHttpHeaders[] = []
  const server = createServer((req, res) => {
    seen.push(req.headers)
    if (seen.length < 3) req.socket.destroy()
    else
      res
        .writeHead(200, { 'Content-Type': 'application/json', 'Request-Id': `req_${seen.length}` })
        .end('{"id":"cus_1","object":"customer"}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const sandboxUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { api } = await openStripe({ secretKey: 'sk_test_1', webhookSecret: 'whsec_1', sandboxUrl })
  await api.customers.create({ name: 'A' })
  await api.customers.create({ name: 'B' })
  const keys = seen.map(headers => headers['idempotency-key'])
  assert.ok(keys[0])
  assert.deepEqual(keys.slice(0, 3), [keys[0], keys[0], keys[0]])
  assert.notEqual(keys[3], keys[0])
  assert.deepEqual(
    seen.map(headers => [headers.authorization, headers['x-stripe-client-telemetry']]),
    Array.from({ length: 4 }, () => ['Bearer sk_test_1', undefined]),
  )
})
