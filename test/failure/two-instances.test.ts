import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createSealing } from '@azora/kit/sealing.ts'
import { sql } from '@azora/kit/sql.ts'
import { rotateSigningKey } from '@azora/service-auth/tokens/signing-keys.ts'
import type { Cluster } from '../../apps/azora/cluster.ts'
import { demoAdmin, demoLearner, demoPassword } from '../../apps/azora/demo/school.ts'
import { clientFor, openAuthDatabase, request, signIn } from '../api.ts'
import { type System, startSystem, until } from '../system.ts'

/** Two gateways and two auth processes on one Redis: whichever answers, the answer is the same. */

let system: System
let cluster: Cluster
let gateways: string[]
let authDb: ReturnType<typeof openAuthDatabase>
let folder: string

/** Our limits, but for signing in, which these tests do more often than anyone. */
async function patientLimits(path: string): Promise<string> {
  const ours = JSON.parse(
    await readFile(new URL('../../services/gateway/limits.json', import.meta.url), 'utf8'),
  )
  for (const tier of Object.values(ours.tiers) as Record<string, object>[]) {
    tier.sign_in = { key: 100_000, person: 100_000, address: 100_000 }
  }
  await writeFile(path, JSON.stringify(ours))
  return path
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-limits-'))
  const settings = {
    AZORA_RATE_LIMITS: 'on',
    AZORA_LIMITS_FILE: await patientLimits(join(folder, 'limits.json')),
  }
  system = await startSystem('cluster', settings, { auth: 2, gateway: 2 })
  assert.ok(system.cluster)
  cluster = system.cluster
  gateways = ['gateway', 'gateway-2'].map(name => cluster.parts.get(name)?.url as string)
  authDb = openAuthDatabase(await system.access())
})
after(async () => {
  await authDb?.close()
  await system?.stop()
  await rm(folder, { recursive: true, force: true })
})

const meAt = async (url: string, token: string) => (await request(url, 'GET', '/auth/me', { token })).status

/** Wait until both gateways answer the token with this status. */
const everywhere = (token: string, status: number) =>
  until(`${status} at both gateways`, async () => {
    const found = await Promise.all(gateways.map(url => meAt(url, token)))
    return found.every(answer => answer === status)
  })

async function tokensAt(url: string, email = demoLearner.email) {
  const { tokens } = await clientFor(url, null).auth.login({ email, password: demoPassword })
  assert.ok(tokens)
  return tokens
}

test('Two tabs that refresh at once through two gateways get the same successor.', async () => {
  const [one = '', two = ''] = gateways
  const { refreshToken } = await tokensAt(one)
  const answers = await Promise.all(
    [one, two, one, two].map(url => clientFor(url, null).auth.refresh({ refreshToken })),
  )
  assert.equal(new Set(answers.map(answer => answer.tokens?.refreshToken)).size, 1)
})

test('A spent refresh token that comes back later, through the other gateway, ends the family in both.', async () => {
  const [one = '', two = ''] = gateways
  const first = await tokensAt(one)
  const { tokens: next } = await clientFor(one, null).auth.refresh({ refreshToken: first.refreshToken })
  assert.ok(next)
  const { sid } = JSON.parse(Buffer.from(next.accessToken.split('.')[1] ?? '', 'base64url').toString())
  await authDb.across.run(sql`
    update sessions set rotated_at = rotated_at - interval '1 hour' where id = ${sid}`)
  await assert.rejects(clientFor(two, null).auth.refresh({ refreshToken: first.refreshToken }), {
    code: 'session_expired',
  })
  await assert.rejects(clientFor(one, null).auth.refresh({ refreshToken: next.refreshToken }), {
    code: 'session_expired',
  })
  await everywhere(next.accessToken, 401)
})

test('A session that is ended through one gateway ends at the other.', async () => {
  const [one = '', two = ''] = gateways
  const { accessToken } = await tokensAt(one)
  await everywhere(accessToken, 200)
  await clientFor(two, accessToken).auth.logout({})
  await everywhere(accessToken, 401)
})

test('It ends too while Redis is away, and nobody else is signed out.', async () => {
  const [one = '', two = ''] = gateways
  const { redis } = cluster
  assert.ok(redis)
  const ended = await tokensAt(one)
  const kept = await tokensAt(two, demoAdmin.email)
  await redis.kill()
  try {
    await clientFor(one, ended.accessToken).auth.logout({})
    await everywhere(ended.accessToken, 401)
    await everywhere(kept.accessToken, 200)
    assert.ok((await clientFor(two, null).auth.refresh({ refreshToken: kept.refreshToken })).tokens)
  } finally {
    await redis.restart()
  }
})

test('Signing keys rotate without signing anybody out, whichever process signs.', async () => {
  const { secret } = await system.access()
  const before = await tokensAt(gateways[0] as string)
  const kid = await rotateSigningKey(authDb, createSealing([secret]))
  await until(
    'New tokens are signed with the new key',
    async () => {
      const { accessToken } = await tokensAt(gateways[1] as string, demoAdmin.email)
      return JSON.parse(Buffer.from(accessToken.split('.')[0] ?? '', 'base64url').toString()).kid === kid
    },
    120_000,
  )
  await everywhere(before.accessToken, 200)
  assert.ok(
    (await clientFor(gateways[1] as string, null).auth.refresh({ refreshToken: before.refreshToken })).tokens,
  )
})

test('A person’s budget is one, however many gateways their requests come through.', async () => {
  const { accessToken } = await tokensAt(gateways[0] as string)
  const remaining = async (url: string) => {
    const { headers } = await request(url, 'GET', '/education/enrollments', { token: accessToken })
    return Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1])
  }
  const [one = '', two = ''] = gateways
  const first = await remaining(one)
  assert.ok(first > 0)
  const counts = await Promise.all(Array.from({ length: 20 }, (_, at) => remaining(at % 2 ? one : two)))
  assert.equal(Math.min(...counts), first - 20)
  assert.equal(new Set(counts).size, 20, 'two requests were counted as one')
})

test('One auth process may die: people sign in and go on through the other.', async () => {
  await system.kill('auth-2')
  const person = await until('Signing in works', () =>
    signIn(gateways[0] as string, demoLearner.email, demoPassword).catch(() => null),
  )
  await everywhere(person.token, 200)
  await system.revive('auth-2')
})

test('No audit entry is lost when RabbitMQ dies while people sign in, and the chain is whole after it.', async () => {
  const { rabbitmq } = cluster
  assert.ok(rabbitmq)
  const admin = await signIn(gateways[0] as string, demoAdmin.email, demoPassword)
  const from = new Date().toISOString()
  const signedIn = 10
  await rabbitmq.kill()
  for (let at = 0; at < signedIn; at++) await tokensAt(gateways[at % 2] as string)
  await rabbitmq.restart()
  await until(
    'All sign-ins are in the audit log, each once',
    async () => {
      const { items } = await admin.api.auth.listAudit({ action: 'session.started', from, limit: 100 })
      assert.ok(items.length <= signedIn, 'an entry came twice')
      return items.length === signedIn
    },
    240_000,
  )
  const verdict = await admin.api.auth.verifyAudit()
  assert.equal(verdict.intact, true)
})
