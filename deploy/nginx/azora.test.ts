import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plainRequest,
} from 'node:http'
import { Agent, request as tlsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { connect } from 'node:tls'
import { promisify } from 'node:util'
import { WebSocket, WebSocketServer } from 'ws'
import { freePort } from '../../apps/azora/embedded/free-port.ts'

/**
 * The proxy's configuration as it stands, run by a real nginx in front of a server that repeats what reached it.
 * Only ports, the certificate and folders are replaced.
 */

const name = 'learn.school.example'
const file = new URL('./azora.conf', import.meta.url)

type Seen = { method: string; url: string; headers: IncomingHttpHeaders }
type Answer = { status: number; headers: IncomingHttpHeaders; body: string }

const eventStream = '/api/v1/education/imports/1/events'

const behind = createServer((req, res) => {
  // The second event comes when the first has arrived: one who holds it back waits for ever.
  if (req.url === eventStream) {
    res.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n')
    behind.once('arrived', () => res.end('data: second\n\n'))
    return
  }
  const seen: Seen = { method: req.method ?? '', url: req.url ?? '', headers: req.headers }
  req.resume().on('end', () => res.end(JSON.stringify(seen)))
})
const sockets = new WebSocketServer({ server: behind })
sockets.on('connection', socket => socket.on('message', text => socket.send(`heard ${text}`)))

let nginx: ChildProcess
let folder: string
let httpPort: number
let httpsPort: number
let authority: string

/** The text with each replacement made; a part that is not there would leave the test without its subject. */
function replaced(text: string, replacements: [from: string, to: string][]): string {
  return replacements.reduce((result, [from, to]) => {
    assert.ok(result.includes(from), `azora.conf has no "${from}".`)
    return result.replaceAll(from, to)
  }, text)
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const open = await new Promise<boolean>(resolve => {
      const probe = plainRequest({ host: '127.0.0.1', port }, () => resolve(true))
      probe.on('error', failure => resolve((failure as NodeJS.ErrnoException).code !== 'ECONNREFUSED')).end()
    })
    if (open) return
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  throw new Error('nginx did not start within 5 s.')
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-nginx-'))
  const certificate = join(folder, 'fullchain.pem')
  const key = join(folder, 'privkey.pem')
  const asked = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ]
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  await promisify(execFile)('openssl', [...asked, ...subject, '-keyout', key, '-out', certificate])
  authority = await readFile(certificate, 'utf8')
  behind.listen(0, '127.0.0.1')
  await once(behind, 'listening')
  httpPort = await freePort()
  httpsPort = await freePort()
  const rules = replaced(await readFile(file, 'utf8'), [
    ['listen 80', `listen 127.0.0.1:${httpPort}`],
    ['listen 443', `listen 127.0.0.1:${httpsPort}`],
    [`/etc/letsencrypt/live/${name}/fullchain.pem`, certificate],
    [`/etc/letsencrypt/live/${name}/privkey.pem`, key],
    ['127.0.0.1:8080', `127.0.0.1:${(behind.address() as AddressInfo).port}`],
  ])
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(kind => `${kind}_temp_path ${folder};`)
    .join(' ')
  const whole = `daemon off; master_process off; pid ${folder}/pid; error_log stderr warn;
events {} http { access_log off; ${temporary} ${rules} }`
  await writeFile(join(folder, 'nginx.conf'), whole)
  nginx = spawn('/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' })
  await answers(httpPort)
})

after(async () => {
  if (nginx?.exitCode === null) {
    nginx.kill('SIGTERM')
    await once(nginx, 'exit')
  }
  sockets.close()
  behind.closeAllConnections()
  behind.close()
  await rm(folder, { recursive: true, force: true })
})

function ask(
  secure: boolean,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const settings = {
    host: '127.0.0.1',
    port: secure ? httpsPort : httpPort,
    path,
    method: options.method ?? 'GET',
    headers: { host: name, ...options.headers },
    servername: name,
    ca: authority,
  }
  return new Promise((resolve, reject) => {
    const asked = (secure ? tlsRequest : plainRequest)(settings, res => {
      let body = ''
      res.on('data', chunk => (body += chunk))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** What a handshake agrees on, or the failure's code. */
function handshake(
  options: object,
): Promise<{ protocol: string | null; cipher: string } | { refused: string }> {
  return new Promise(resolve => {
    const socket = connect(
      { host: '127.0.0.1', port: httpsPort, servername: name, ca: authority, ...options },
      () => {
        resolve({ protocol: socket.getProtocol(), cipher: socket.getCipher().name })
        socket.end()
      },
    )
    socket.on('error', failure => resolve({ refused: (failure as NodeJS.ErrnoException).code ?? 'error' }))
  })
}

test('TLS 1.2 and 1.3 are spoken, and nothing older.', async () => {
  const newest = await handshake({ minVersion: 'TLSv1.3' })
  assert.ok('protocol' in newest && newest.protocol === 'TLSv1.3', JSON.stringify(newest))
  const older = await handshake({ maxVersion: 'TLSv1.2' })
  assert.ok('protocol' in older && older.protocol === 'TLSv1.2', JSON.stringify(older))
  // The lowest security level lets this client offer what current ones refuse by themselves.
  const oldest = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }
  assert.ok('refused' in (await handshake(oldest)), 'TLS 1.1 was accepted.')
})

test('Cipher suites without forward secrecy or authenticated encryption are refused.', async () => {
  const only = (ciphers: string) => handshake({ maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` })
  const strong = await only('ECDHE-ECDSA-AES128-GCM-SHA256')
  assert.ok('cipher' in strong, JSON.stringify(strong))
  for (const weak of [
    'ECDHE-ECDSA-AES128-SHA',
    'ECDHE-ECDSA-AES256-SHA384',
    'AES128-GCM-SHA256',
    'NULL-SHA',
  ]) {
    assert.ok('refused' in (await only(weak)), `${weak} was accepted.`)
  }
})

test('Pages are sent from http to https; the API and changes are refused, so that nobody gets used to http.', async () => {
  const page = await ask(false, '/courses?q=maths')
  assert.equal(page.status, 308)
  assert.equal(page.headers.location, `https://${name}/courses?q=maths`)
  const api = await ask(false, '/api/v1/education/courses', { headers: { authorization: 'Bearer x' } })
  assert.equal(api.status, 403)
  assert.equal(JSON.parse(api.body).code, 'https_required')
  assert.equal((await ask(false, '/signin', { method: 'POST' })).status, 403)
})

test('What only a proxy may say is replaced or removed, and the address of the visitor is the true one.', async () => {
  const claimed = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'evil.example',
    'x-azora-school': 'another',
    forwarded: 'for=203.0.113.9',
  }
  const answer = await ask(true, '/api/v1/education/courses', { headers: claimed })
  assert.equal(answer.status, 200)
  const { headers, url } = JSON.parse(answer.body) as Seen
  assert.equal(url, '/api/v1/education/courses')
  assert.equal(headers.host, name)
  assert.equal(headers['x-forwarded-for'], '127.0.0.1')
  assert.equal(headers['x-forwarded-proto'], 'https')
  for (const removed of ['x-forwarded-host', 'x-azora-school', 'forwarded'])
    assert.equal(headers[removed], undefined, removed)
})

test('Other host names get no answer, with or without TLS.', async () => {
  await assert.rejects(ask(false, '/', { headers: { host: 'evil.example' } }), /socket hang up/)
  assert.ok('refused' in (await handshake({ servername: 'evil.example' })))
})

test('The figures of the process stay on this machine.', async () => {
  assert.equal((await ask(true, '/metrics')).status, 404)
})

test('WebSockets pass by TLS, and are refused without.', async () => {
  const path = '/api/v1/education/socket/progress'
  const socket = new WebSocket(`wss://127.0.0.1:${httpsPort}${path}`, {
    agent: new Agent({ ca: authority, servername: name }),
    headers: { host: name },
  })
  await once(socket, 'open')
  socket.send('hello')
  const [heard] = await once(socket, 'message')
  assert.equal(String(heard), 'heard hello')
  socket.close()
  const plain = new WebSocket(`ws://127.0.0.1:${httpPort}${path}`, { headers: { host: name } })
  const [failure] = await once(plain, 'error')
  assert.match((failure as Error).message, /403/)
})

test('Events of a stream pass one by one, as they are.', { timeout: 20_000 }, async () => {
  const asked = tlsRequest({
    host: '127.0.0.1',
    port: httpsPort,
    path: eventStream,
    headers: { host: name, 'accept-encoding': 'gzip' },
    servername: name,
    ca: authority,
  }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  assert.equal(answer.headers['content-encoding'], undefined)
  const [first] = await once(answer, 'data')
  assert.equal(String(first), 'data: first\n\n')
  behind.emit('arrived')
  const [second] = await once(answer, 'data')
  assert.equal(String(second), 'data: second\n\n')
})
