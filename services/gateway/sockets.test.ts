import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import type { Identity } from '@azora/kit/identity.ts'
import { actorOfSocket, refuseSocket, type SocketDoor } from '@azora/kit/socket.ts'
import express, { type Response } from 'express'
import { WebSocket, WebSocketServer } from 'ws'
import { identity, ids, inProcess, listen, signToken, startGateway } from './testing.ts'

/** A service that greets with who came and says everything back, reached in this process and in another. */
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

function classroom() {
  const server = new WebSocketServer({ noServer: true })
  const stopping = new AbortController()
  const door: SocketDoor = {
    upgrade(req, socket, head) {
      actorOfSocket(req, identity()).then(
        actor =>
          server.handleUpgrade(req, socket, head, ws => {
            stopping.signal.addEventListener('abort', () => ws.close(1001))
            ws.on('message', data => ws.send(`echo ${String(data)}`))
            const { cookie, 'x-correlation-id': id, 'x-azora-internal': internal } = req.headers
            ws.send(JSON.stringify({ user: actor.userId, url: req.url, cookie, id, internal }))
          }),
        failure => refuseSocket(socket, failure, quiet),
      )
    },
    poll(req, res) {
      const { cookie, authorization } = req.headers
      const answer = {
        cookie,
        signedIn: authorization !== undefined,
        url: req.originalUrl,
        method: req.method,
      }
      // Nothing to tell yet: as long as a poll waits for something that happens.
      if (req.method === 'GET') setTimeout(() => res.json(answer), 50)
      else req.resume().once('end', () => res.json(answer))
    },
  }
  return { door, stopping }
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
  const app = express()
  app.use('/api/v1/education/socket', room.door.poll)
  app.use((_req, res) => void res.end())
  const part = await listen(app, room.door.upgrade)
  const here = mode === 'in this process'
  const gateway = await startGateway({
    services: new Map([['education', here ? inProcess(express.Router()) : [part.url]]]),
    sockets: new Map(here ? [['education', room.door]] : []),
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

/** The status of a poll with headers as a browser sets them, which fetch would not let through. */
function statusOf(url: string, method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${url}/api/v1/education/socket/?EIO=4`, { method, headers }, res => {
      res.resume()
      resolve(res.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
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
  test(`A socket of a service ${mode} is joined on behalf of the one who brings a token.`, async () => {
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

for (const mode of modes) {
  test(`Where WebSockets are blocked, requests stand in for one, ${mode}.`, async () => {
    await withClassroom(mode, async ({ url }) => {
      const authorization = `Bearer ${await signToken()}`
      const address = `${url}/api/v1/education/socket/?EIO=4&transport=polling`
      const answer = { signedIn: true, url: '/api/v1/education/socket/?EIO=4&transport=polling' }
      const waited = await fetch(address, { headers: { authorization } })
      assert.deepEqual(await waited.json(), { ...answer, method: 'GET' })
      assert.equal(waited.headers.get('x-content-type-options'), 'nosniff')
      const sent = await fetch(address, { method: 'POST', body: '40', headers: { authorization } })
      assert.deepEqual(await sent.json(), { ...answer, method: 'POST' })
      assert.equal((await fetch(address)).status, 401)
      assert.equal((await fetch(address, { method: 'DELETE', headers: { authorization } })).status, 405)
      assert.equal(
        (await fetch(address.replace('education', 'nothing'), { headers: { authorization } })).status,
        404,
      )
    })
  })

  test(`A poll by cookie comes from a page of ours, ${mode}.`, async () => {
    await withClassroom(mode, async ({ url }) => {
      const cookie = `azora_access=${await signToken()}`
      const ask = (method: string, headers: Record<string, string>) =>
        statusOf(url, method, { cookie, ...headers })
      assert.equal(await ask('POST', { origin: url }), 200)
      // A page of ours names no origin when it only reads; another page could not set the header.
      assert.equal(await ask('GET', { 'sec-fetch-site': 'same-origin' }), 200)
      assert.equal(await ask('GET', { 'x-azora-csrf': '1' }), 200)
      const elsewhere: Record<string, string>[] = [
        {},
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'https://evil.example' },
      ]
      for (const headers of elsewhere) assert.equal(await ask('GET', headers), 403, JSON.stringify(headers))
      assert.equal(await ask('POST', { origin: 'https://evil.example', 'x-azora-csrf': '1' }), 403)
      assert.equal(await ask('POST', { 'sec-fetch-site': 'cross-site', 'x-azora-csrf': '1' }), 403)
    })
  })
}

test('Polls that wait do not take the places of other requests, and are bounded themselves.', async () => {
  await withClassroom(
    'elsewhere',
    async ({ url }) => {
      const headers = { authorization: `Bearer ${await signToken()}` }
      const polls = Array.from({ length: 6 }, () => fetch(`${url}/api/v1/education/socket/`, { headers }))
      const statuses = (await Promise.all(polls)).map(answer => answer.status)
      assert.deepEqual(statuses.sort(), [200, 200, 200, 200, 503, 503])
      assert.equal((await fetch(`${url}/api/v1/education/socket/`, { headers })).status, 200)
    },
    { socketSettings: { mostPolls: 4 } },
  )
})

test('A poll whose sender leaves while it is checked takes no place of those that wait.', async t => {
  const [arrived, checking] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const verify: Identity['verify'] = async token => {
    arrived.resolve()
    await checking.promise
    return identity().verify(token)
  }
  await withClassroom(
    'in this process',
    async ({ gateway }) => {
      const left = Promise.withResolvers<void>()
      const door = await listen((req, res) => {
        res.once('close', left.resolve)
        gateway.handle(req, res)
      })
      t.after(() => door.close())
      const address = `${door.url}/api/v1/education/socket/`
      const headers = { authorization: `Bearer ${await signToken()}` }
      const leaving = request(address, { headers })
      leaving.on('error', () => {}).end()
      await arrived.promise
      leaving.destroy()
      await left.promise
      checking.resolve()
      assert.equal((await fetch(address, { headers })).status, 200)
    },
    { identity: { verify }, socketSettings: { mostPolls: 1 } },
  )
})

test('At the stop polls that wait are answered, and what the part says afterwards is nobody’s.', {
  timeout: 10_000,
}, async t => {
  const part = await listen(express().use('/api/v1/education/socket', (_req, res) => void waiting.push(res)))
  const waiting: Response[] = []
  const gateway = await startGateway({ services: new Map([['education', [part.url]]]) })
  t.after(() => Promise.all([gateway.close(), part.close()]))
  const headers = { authorization: `Bearer ${await signToken()}` }
  const poll = (method: string) => fetch(`${gateway.url}/api/v1/education/socket/`, { method, headers })
  const polls = [poll('GET'), poll('POST')]
  while (waiting.length < 2) await new Promise(setImmediate)
  gateway.gateway.endStreams()
  for (const answer of await Promise.all(polls)) {
    assert.equal(answer.status, 503)
    assert.match(answer.headers.get('retry-after') ?? '', /^[123]$/)
    const { code, data } = (await answer.json()) as { code: string; data: { correlationId: string } }
    assert.equal(code, 'unavailable')
    assert.equal(data.correlationId, answer.headers.get('x-correlation-id'))
  }
  for (const res of waiting) res.json({ late: true })
  assert.equal((await poll('GET')).status, 503)
})

test('All requests of one session go to the same of several processes, whichever gateway they come through.', async () => {
  const parts = await Promise.all(
    ['one', 'two', 'three'].map(name => {
      const app = express()
      app.use('/api/v1/education/socket', (_req, res) => void res.json({ name }))
      return listen(app)
    }),
  )
  const urls = parts.map(part => part.url)
  const gateways = await Promise.all(
    [urls, urls.toReversed()].map(addresses =>
      startGateway({ services: new Map([['education', addresses]]) }),
    ),
  )
  try {
    const holders = new Set<string>()
    // Ports are drawn, so who holds a session is too: twelve sessions miss one of three in one run of forty.
    for (let session = 0; session < 12 || (holders.size < 3 && session < 200); session++) {
      const authorization = `Bearer ${await signToken({ sessionId: crypto.randomUUID() })}`
      const names = new Set<string>()
      for (const { url } of [...gateways, ...gateways]) {
        const answer = await fetch(`${url}/api/v1/education/socket/`, { headers: { authorization } })
        names.add(((await answer.json()) as { name: string }).name)
      }
      assert.equal(names.size, 1)
      holders.add([...names].join())
    }
    assert.equal(holders.size, 3, 'sessions are spread over the processes')
  } finally {
    for (const part of [...gateways, ...parts]) await part.close()
  }
})

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

test('At the stop everyone who holds a socket says goodbye, and nobody is taken any more.', async () => {
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
