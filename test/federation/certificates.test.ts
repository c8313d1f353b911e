import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createServer as createTlsServer } from 'node:tls'
import { promisify } from 'node:util'
import { smtpMail } from '../../kit/mail.ts'
import { createOutbound } from '../../services/auth/federation/outbound.ts'
import { call } from '../../services/integrations/webhooks/call.ts'

/**
 * Outside servers show a certificate that no authority has signed, as someone between us and them would. They must
 * be told nothing: not the body of a webhook, not a code for a provider, not an email.
 */

let folder: string
let identity: { key: string; cert: string }
const heard: string[] = []
let web: Server
let mail: ReturnType<typeof createTlsServer>

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-certificates-'))
  const files = ['-keyout', join(folder, 'key'), '-out', join(folder, 'cert')]
  const wanted = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  await promisify(execFile)('openssl', ['req', '-x509', ...wanted, ...subject, ...files])
  const [key = '', cert = ''] = await Promise.all(
    ['key', 'cert'].map(name => readFile(join(folder, name), 'utf8')),
  )
  identity = { key, cert }
  web = createServer(identity, (req, res) => {
    heard.push(req.url ?? '')
    res.end('{}')
  })
  mail = createTlsServer(identity, socket => {
    heard.push('smtp')
    socket.end('220 ready\r\n')
  })
  // A client that leaves during the handshake is what these tests want to see.
  for (const server of [web, mail]) server.on('tlsClientError', () => {}).listen(0, '127.0.0.1')
  await Promise.all([once(web, 'listening'), once(mail, 'listening')])
})
after(async () => {
  web.close()
  mail.close()
  await rm(folder, { recursive: true, force: true })
})

test('A webhook is not sent to a server whose certificate nobody vouches for.', async () => {
  const options = {
    timeoutMs: 5000,
    toPrivate: true,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  }
  const never = new AbortController().signal
  const result = await call(`https://localhost:${portOf(web)}/hook`, {}, '{"secret":1}', options, never)
  assert.equal(result.status, null)
  assert.ok(result.error)
  assert.deepEqual(heard, [])
})

test('A provider is not asked when its certificate is not good.', async () => {
  const outbound = createOutbound(5000)
  const asked = outbound(`https://localhost:${portOf(web)}/token`, {
    method: 'POST',
    headers: {},
    body: 'code=secret',
    redirect: 'manual',
  })
  await assert.rejects(asked, { name: 'ProviderAway' })
  assert.deepEqual(heard, [])
})

test('An email is not handed to a mail server whose certificate is not good.', async () => {
  const { send } = await smtpMail(`smtps://user:password@localhost:${portOf(mail)}`, 'school@school.example')
  await assert.rejects(
    send({ to: 'lindiwe@school.example', subject: 'Hello', text: 'Your code is 123456.' }),
    {
      message: /self-signed certificate/,
    },
  )
  assert.deepEqual(heard, [])
})
