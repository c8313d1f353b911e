import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { answerFailure } from '@azora/kit/answer-failure.ts'
import { AppError } from '@azora/kit/errors.ts'
import { accessCookie } from '@azora/kit/session-cookies.ts'
import express from 'express'
import { readLimits } from './limits.ts'
import { ids, inProcess, listen, signToken, startGateway } from './testing.ts'

/** Attempts to get past a control are in the access log, each with its reason, whichever part refused. */

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

const refusing = express.Router()
refusing.use((req, res) => {
  const codes = { '/education/courses': 'forbidden', '/auth/login': 'wrong_credentials' } as const
  answerFailure(req, res, new AppError(codes[req.path as keyof typeof codes] ?? 'invalid_input'), quiet)
})

let elsewhere: Awaited<ReturnType<typeof listen>>
let gateway: Awaited<ReturnType<typeof startGateway>>
before(async () => {
  const app = express()
  app.use('/api/v1', refusing)
  elsewhere = await listen(app)
  const limits = readLimits(null)
  for (const tier of Object.values(limits.tiers)) tier.general = { key: 2, person: 2, address: 100 }
  const services = new Map<string, ReturnType<typeof inProcess> | readonly string[]>([
    ['auth', inProcess(refusing)],
    ['education', [elsewhere.url]],
  ])
  gateway = await startGateway({ services, limits, config: { trustedProxies: 1 } as never })
})
after(async () => {
  await gateway.close()
  await elsewhere.close()
})

async function lineOf(path: string, init: RequestInit = {}) {
  gateway.lines.length = 0
  const answer = await fetch(`${gateway.url}/api/v1${path}`, init)
  const body = (await answer.json()) as { code: string }
  const line = gateway.lines.find(({ message }) => message === 'request')
  assert.equal(line?.fields.code, body.code, 'The log gives another reason than the answer.')
  assert.equal(line?.fields.status, answer.status)
  return line.fields
}

test('Refused access is logged with the person and the reason, in this process and in another.', async () => {
  const headers = { authorization: `Bearer ${await signToken()}`, 'x-forwarded-for': '192.0.2.7' }
  const line = await lineOf('/education/courses', { headers })
  assert.deepEqual([line.code, line.actorId, line.network], ['forbidden', ids.user, '192.0.2.7'])
  assert.equal((await lineOf('/auth/me', { headers })).code, 'invalid_input')
})

test('Every failed attempt to sign in is logged with its network, also for an address that nobody has.', async () => {
  const headers = { 'x-forwarded-for': '192.0.2.8', 'content-type': 'application/json' }
  const body = JSON.stringify({ email: 'unknown@school.example', password: 'a guess' })
  const line = await lineOf('/auth/login', { method: 'POST', headers, body })
  assert.deepEqual([line.code, line.network], ['wrong_credentials', '192.0.2.8'])
  assert.ok(!JSON.stringify(line).includes('unknown@'))
})

test('A forged token, a change from a foreign page and too many requests are logged as such.', async () => {
  assert.equal(
    (await lineOf('/auth/me', { headers: { authorization: 'Bearer forged' } })).code,
    'unauthenticated',
  )
  const cookie = `${accessCookie}=${await signToken()}`
  const foreign = { method: 'POST', headers: { cookie, origin: 'https://evil.example' } }
  assert.equal((await lineOf('/auth/logout', foreign)).code, 'csrf_rejected')
  const headers = {
    authorization: `Bearer ${await signToken({ userId: '00000000-0000-7000-8000-000000000009' })}`,
  }
  await lineOf('/auth/me', { headers })
  await lineOf('/auth/me', { headers })
  assert.equal((await lineOf('/auth/me', { headers })).code, 'rate_limited')
})
