import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { acceptSockets, type SocketHandler } from '@azora/kit/socket.ts'
import express from 'express'
import { WebSocket, WebSocketServer } from 'ws'
import { identity, ids, inProcess, listen, signToken, startGateway } from './testing.ts'

/** A service that greets with who came and says everything back, reached in this process and in another. */
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

function classroom() {
  const server = new WebSocketServer({ noServer: true })
  const stopping = new AbortController()
  const handler: SocketHandler = (req, socket, head, call) =>
    server.handleUpgrade(req, socket, head, ws => {
      call.stopping.addEventListener('abort', () => ws.close(1001))
      ws.on('message', data => ws.send(`echo ${String(data)}`))
      const { cookie, 'x-correlation-id': id, 'x-azora-internal': internal } = req.headers
      ws.send(JSON.stringify({ user: call.actor.userId, url: req.url, cookie, id, internal }))
    })
  const upgrade = acceptSockets({ identity: identity(), log: quiet, handler, stopping: stopping.signal })
  return { upgrade, stopping }
}

type Options = Parameters<typeof startGateway>[0]
const modes = ['in this process', 'elsewhere'] as const

async function withClassroom(
  mode: (typeof modes)[number],
  work: (
    gateway: Awaited<ReturnType<typeof startGateway>>,
    room: ReturnType<typeof classroom>,
  ) => Promise<void>,
  options: Options = {},
): Promise<void> {
  const room = classroom()
  const part = await listen((_req, res) => void res.end(), room.upgrade)
  const here = mode === 'in this process'
  const gateway = await startGateway({
    services: new Map([['education', here ? inProcess(express.Router()) : [part.url]]]),
    sockets: new Map(here ? [['education', room.upgrade]] : []),
    ...options,
  })
  try {
    await work(gateway, room)
  } finally {
    await gateway.gateway.stop()
    await gateway.close()
    await part.close()
  }
}

const path = '/api/v1/education/socket/room'
const open = new Set<WebSocket>()
after(() => {
  for (const ws of open) ws.terminate()
})

function dial(url: string, headers: Record<string, string>, at = path): WebSocket {
  const ws = new WebSocket(`${url.replace('http', 'ws')}${at}`, { headers })
  open.add(ws)
  ws.on('error', () => {})
  return ws
}

const greeting = async (ws: WebSocket) => {
  const [data] = await once(ws, 'message')
  return JSON.parse(String(data)) as Record<string, string>
}

/** The status with which a handshake is refused. */
async function refusal(ws: WebSocket): Promise<number> {
  const [, res] = await once(ws, 'unexpected-response')
  return (res as { statusCode: number }).statusCode
}

test('A refused handshake has the security headers of other answers.', async () => {
  const config = { publicUrl: 'https://school.example' } as never
  await withClassroom(
    'in this process',
    async ({ url }) => {
      const [, { headers }] = await once(
        dial(url, { origin: 'https://school.example' }),
        'unexpected-response',
      )
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'")
      assert.equal(headers['strict-transport-security'], 'max-age=31536000; includeSubDomains')
    },
    { config },
  )
})

for (const mode of modes) {
  test(`A socket of a service ${mode} is joined on behalf of whoever brings a token.`, async () => {
    await withClassroom(mode, async ({ url, metrics }) => {
      const ws = dial(url, {
        authorization: `Bearer ${await signToken()}`,
        'x-correlation-id': 'from-the-caller',
        'x-azora-internal': 'made up',
      })
      assert.deepEqual(await greeting(ws), { user: ids.user, url: path, id: 'from-the-caller' })
      assert.equal((await metrics.openSockets.get()).values[0]?.value, 1)
      ws.send('hello')
      const [answer] = await once(ws, 'message')
      assert.equal(String(answer), 'echo hello')
      ws.close()
      await once(ws, 'close')
    })
  })

  test(`A page of ours joins by its cookie, and a page elsewhere does not, ${mode}.`, async () => {
    await withClassroom(mode, async ({ url }) => {
      const cookie = `azora_access=${await signToken()}`
      const ws = dial(url, { cookie, origin: url })
      // The service gets the token, not the cookies.
      assert.deepEqual(Object.keys(await greeting(ws)).sort(), ['id', 'url', 'user'])
      ws.terminate()
      for (const origin of ['https://evil.example', 'null', `${url}.evil.example`])
        assert.equal(await refusal(dial(url, { cookie, origin })), 403, origin)
      assert.equal(await refusal(dial(url, { cookie })), 403)
      assert.equal(await refusal(dial(url, { origin: url })), 401)
      assert.equal(await refusal(dial(url, { authorization: 'Bearer x.y.z' })), 401)
    })
  })

  test(`A silent connection is ended, ${mode}.`, async () => {
    await withClassroom(
      mode,
      async ({ url }) => {
        const ws = dial(url, { authorization: `Bearer ${await signToken()}` })
        await greeting(ws)
        const [code] = await once(ws, 'close')
        assert.equal(code, 1006)
      },
      { socketSettings: { idleMs: 100 } },
    )
  })
}

test('No person holds more sockets than the bound, and one that closes makes room.', async () => {
  await withClassroom(
    'in this process',
    async ({ url }) => {
      const authorization = `Bearer ${await signToken()}`
      const first = dial(url, { authorization })
      await greeting(first)
      await greeting(dial(url, { authorization }))
      assert.equal(await refusal(dial(url, { authorization })), 429)
      first.terminate()
      for (let joined = false; !joined; ) {
        const ws = dial(url, { authorization })
        joined = await Promise.race([greeting(ws).then(() => true), refusal(ws).then(() => false)])
      }
    },
    { socketSettings: { mostPerPerson: 2 } },
  )
})

test('There is no socket at other addresses, by other methods, or of other protocols.', async () => {
  await withClassroom('in this process', async ({ url, port }) => {
    const authorization = `Bearer ${await signToken()}`
    for (const at of [
      '/',
      '/api/v1/education/courses',
      '/api/v1/nothing/socket/x',
      '/api/v1/education/socketry',
    ])
      assert.equal(await refusal(dial(url, { authorization }, at)), 404, at)
    const raw = connect(port, '127.0.0.1')
    raw.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    const [text] = await once(raw, 'data')
    assert.match(String(text), /^HTTP\/1\.1 404 /)
    raw.destroy()
  })
})

test('A part elsewhere that is gone is unavailable.', async () => {
  const gone = await listen(() => {})
  await gone.close()
  await withClassroom(
    'elsewhere',
    async ({ url }) => {
      const ws = dial(url, { authorization: `Bearer ${await signToken()}` })
      assert.equal(await refusal(ws), 503)
    },
    { services: new Map([['education', [gone.url]]]) },
  )
})

test('At the stop whoever holds a socket says goodbye, and nobody is taken any more.', async () => {
  await withClassroom('in this process', async ({ url, gateway }, room) => {
    const ws = dial(url, { authorization: `Bearer ${await signToken()}` })
    await greeting(ws)
    room.stopping.abort()
    const stopped = gateway.stop()
    const [code] = await once(ws, 'close')
    assert.equal(code, 1001)
    await stopped
    assert.equal(await refusal(dial(url, { authorization: `Bearer ${await signToken()}` })), 503)
  })
})
