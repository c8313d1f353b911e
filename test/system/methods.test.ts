import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { systemUnderTest } from '../api.ts'

/** Methods that nothing here knows are refused at every door: the gateway's, and in a cluster each service's own. */

const { url, mode, partUrls } = systemUnderTest()

/** The status line and `Allow` of the answer to a bare request. */
async function ask(door: string, requestLine: string): Promise<[status: number, allow: string]> {
  const { hostname, port } = new URL(door)
  const socket = connect({ host: hostname, port: Number(port) })
  socket.write(`${requestLine} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`)
  let text = ''
  socket.on('data', chunk => {
    text += chunk
  })
  await once(socket, 'close')
  return [Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), /^allow: (.*)$/im.exec(text)?.[1] ?? '']
}

const lines = [
  'TRACE /api/v1/auth/me',
  'TRACE /health/live',
  'CONNECT evil.example:443',
  'PROPFIND /api/v1/education/courses',
  'BREW /api/v1/education/courses',
]

for (const [name, door] of Object.entries({ gateway: url, ...partUrls })) {
  for (const line of lines) {
    test(`${line} is answered 405 by the ${name} (${mode}).`, async () => {
      const [status, allow] = await ask(door, line)
      assert.equal(status, 405)
      assert.match(allow, /GET, HEAD, POST/)
    })
  }
  test(`A request that is none is still answered 400 by the ${name} (${mode}).`, async () => {
    for (const line of ['\x16\x03\x01', 'GET', 'G\x00T /'])
      assert.deepEqual(await ask(door, line), [400, ''], JSON.stringify(line))
  })
}
