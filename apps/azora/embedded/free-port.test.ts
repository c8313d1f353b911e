import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { freePort } from './free-port.ts'

test('A free port can be listened on and is none that an outgoing connection may take.', async () => {
  for (let at = 0; at < 20; at++) {
    const port = await freePort()
    assert.ok(port >= 20_000 && port < 32_768, String(port))
    const server = createServer()
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(port, '127.0.0.1', resolve),
    )
    await new Promise(resolve => server.close(resolve))
  }
})
