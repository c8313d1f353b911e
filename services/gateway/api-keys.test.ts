import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { AppError } from '@azora/kit/errors.ts'
import type { createIdentity } from '@azora/kit/identity.ts'
import { createApiKeys } from './api-keys.ts'
import { identity, signToken, startGateway } from './testing.ts'

const newKey = () => `azora_${randomUUID().replaceAll('-', '')}_${'k'.repeat(43)}`
const inTime = (ms: number) => new Date(Date.now() + ms).toISOString()
const refused = { code: 'unauthenticated' }

test('A key is exchanged once for all requests that bring it at the same time, and then held.', async () => {
  let asked = 0
  const keys = createApiKeys(identity(), async () => {
    asked += 1
    return { accessToken: await signToken({ claims: { kind: 'key' } }), accessExpiresAt: inTime(900_000) }
  })
  const key = newKey()
  const found = await Promise.all(Array.from({ length: 20 }, () => keys(key)))
  assert.equal(asked, 1)
  assert.equal(found[0]?.actor.kind, 'key')
  await keys(key)
  assert.equal(asked, 1)
  await keys(newKey())
  assert.equal(asked, 2)
})

test('A token that is about to run out is not held.', async () => {
  let asked = 0
  const keys = createApiKeys(identity(), async () => {
    asked += 1
    return { accessToken: await signToken(), accessExpiresAt: inTime(5000) }
  })
  const key = newKey()
  await keys(key)
  await keys(key)
  assert.equal(asked, 2)
})

test('What is no key is never asked about, and a key that was refused not again at once.', async () => {
  let asked = 0
  const keys = createApiKeys(identity(), async () => {
    asked += 1
    throw new AppError('unauthenticated')
  })
  for (const text of ['azora_', 'azora_short_x', `azora_${'0'.repeat(32)}_short`, `${newKey()}x`])
    await assert.rejects(keys(text), refused)
  assert.equal(asked, 0)
  const key = newKey()
  await assert.rejects(keys(key), refused)
  await assert.rejects(keys(key), refused)
  assert.equal(asked, 1)
})

test('Auth being away is told as such, and is not remembered of the key.', async () => {
  let away = true
  const keys = createApiKeys(identity(), async () => {
    if (away) throw new AppError('unavailable')
    return { accessToken: await signToken(), accessExpiresAt: inTime(900_000) }
  })
  const key = newKey()
  await assert.rejects(keys(key), { code: 'unavailable' })
  away = false
  assert.ok(await keys(key))
})

test('A key whose token was revoked is asked about once more, and ends there.', async () => {
  let revoked = false
  let asked = 0
  const { verify } = identity()
  const watching = {
    verify: async (token: string) => {
      if (revoked) throw new AppError('unauthenticated')
      return verify(token)
    },
  } satisfies ReturnType<typeof createIdentity>
  const keys = createApiKeys(watching, async () => {
    asked += 1
    if (revoked) throw new AppError('unauthenticated')
    return { accessToken: await signToken(), accessExpiresAt: inTime(900_000) }
  })
  const key = newKey()
  await keys(key)
  revoked = true
  await assert.rejects(keys(key), refused)
  await assert.rejects(keys(key), refused)
  assert.equal(asked, 2)
})

test('The service behind gets the token in place of the key, and never the key.', async () => {
  const token = await signToken({ claims: { kind: 'key' } })
  const gateway = await startGateway({
    exchangeKey: async () => ({ accessToken: token, accessExpiresAt: inTime(900_000) }),
  })
  try {
    const key = newKey()
    const answer = await fetch(`${gateway.url}/api/v1/auth/me`, {
      headers: { authorization: `bearer ${key}` },
    })
    const text = await answer.text()
    assert.equal(answer.status, 200)
    assert.ok(text.includes(`Bearer ${token}`))
    assert.ok(!text.includes(key))
  } finally {
    await gateway.close()
  }
})

test('Basic credentials reach the protocols that speak with them, and nothing else.', async () => {
  const gateway = await startGateway()
  try {
    const authorization = 'Basic Y2xpZW50OnNlY3JldA=='
    const send = (path: string) =>
      fetch(`${gateway.url}/api/v1${path}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=client_credentials',
      })
    const answer = await send('/auth/oauth/token')
    assert.equal(answer.status, 200)
    const seen = (await answer.json()) as { headers: Record<string, string> }
    assert.equal(seen.headers.authorization, authorization)
    assert.equal((await send('/auth/logout')).status, 401)
  } finally {
    await gateway.close()
  }
})
