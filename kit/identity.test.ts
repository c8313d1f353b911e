import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, mock, test } from 'node:test'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { AppError } from './errors.ts'
import { createIdentity, tokenAudience, tokenIssuer } from './identity.ts'
import { noRevocations } from './revocations.ts'

const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
const stranger = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
const published = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'EdDSA' }

const actor = { userId: randomUUID(), organizationId: randomUUID(), sessionId: randomUUID() }
const nowSeconds = () => Math.floor(Date.now() / 1000)
const payload = (): JWTPayload => ({
  sub: actor.userId,
  org: actor.organizationId,
  sid: actor.sessionId,
  roles: ['learner', 'instructor'],
  iss: tokenIssuer,
  aud: tokenAudience,
  iat: nowSeconds(),
  exp: nowSeconds() + 900,
})

const sign = (changes: JWTPayload = {}, kid = 'k1', key = pair.privateKey, typ = 'at+jwt') =>
  new SignJWT({ ...payload(), ...changes })
    .setProtectedHeader({ alg: 'EdDSA', kid, ...(typ ? { typ } : {}) })
    .sign(key)

const identity = () => createIdentity(async () => ({ keys: [published] }))

const failsWith = (code: string) => (failure: unknown) => {
  assert.ok(failure instanceof AppError, String(failure))
  assert.equal(failure.code, code)
  return true
}

test('A token of auth names who acts, where, in which roles and session.', async () => {
  const { issuedAt = 0, expiresAt = 0, ...who } = await identity().verify(await sign())
  assert.deepEqual(who, { ...actor, roles: ['learner', 'instructor'] })
  assert.ok(Math.abs(issuedAt - Date.now() / 1000) < 60 && expiresAt > issuedAt)
})

test('A token names the offices of a person; those of a program, of borrowed eyes and unknown ones are passed over.', async () => {
  const officesOf = async (changes: JWTPayload) => (await identity().verify(await sign(changes))).offices
  const offices = ['finance', 'support', 'of a later release']
  assert.deepEqual(await officesOf({ offices }), ['support', 'finance'])
  assert.equal(await officesOf({ offices: ['of a later release'] }), undefined)
  assert.equal(await officesOf({ offices, kind: 'key' }), undefined)
  assert.equal(await officesOf({ offices, kind: 'client' }), undefined)
  assert.equal(await officesOf({ offices, act: { sub: randomUUID() } }), undefined)
})

describe('A token is refused', () => {
  const forged: Record<string, () => Promise<string> | string> = {
    'that is signed by nobody (`alg: none`)': () => new UnsecuredJWT(payload()).encode(),
    'whose secret is the public key (HS256)': async () =>
      new SignJWT(payload())
        .setProtectedHeader({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' })
        .sign(new TextEncoder().encode(await exportSPKI(pair.publicKey))),
    'whose secret is the public key\u2019s coordinate (HS256)': () =>
      new SignJWT(payload())
        .setProtectedHeader({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' })
        .sign(Buffer.from(String(published.x), 'base64url')),
    'that another key signed': () => sign({}, 'k1', stranger.privateKey),
    'whose key is not published': () => sign({}, 'k2'),
    'that is of another kind': () => sign({}, 'k1', pair.privateKey, 'JWT'),
    'that does not say its kind': () => sign({}, 'k1', pair.privateKey, ''),
    'of another issuer': () => sign({ iss: 'somebody' }),
    'for another audience': () => sign({ aud: 'another' }),
    'that has expired': () => sign({ exp: nowSeconds() - 1 }),
    'that is not valid yet': () => sign({ nbf: nowSeconds() + 60 }),
    'that never expires': () => sign({ exp: undefined }),
    'of no school': () => sign({ org: undefined }),
    'whose subject is no id': () => sign({ sub: 'admin' }),
    'with a role that there is not': () => sign({ roles: ['owner'] }),
    'that is too large': () => sign({ more: 'x'.repeat(4096) }),
    'that is none': () => 'abc',
    'that is empty': () => '',
  }
  for (const [what, make] of Object.entries(forged)) {
    test(`${what}.`, async () => {
      await assert.rejects(identity().verify(await make()), failsWith('unauthenticated'))
    })
  }
  test('whose claims were changed, though the right one was seen before.', async () => {
    const seen = identity()
    const token = await sign()
    await seen.verify(token)
    const [header, , signature] = token.split('.')
    const claims = Buffer.from(JSON.stringify({ ...payload(), roles: ['admin'] })).toString('base64url')
    await assert.rejects(seen.verify([header, claims, signature].join('.')), failsWith('unauthenticated'))
  })
})

test('A token that is remembered is forgotten when it expires.', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() })
  try {
    const seen = identity()
    const token = await sign({ exp: nowSeconds() + 60 })
    await seen.verify(token)
    mock.timers.tick(59_000)
    await seen.verify(token)
    mock.timers.tick(2000)
    await assert.rejects(seen.verify(token), failsWith('unauthenticated'))
  } finally {
    mock.timers.reset()
  }
})

describe('The published keys', () => {
  test('are fetched once for all who come together, and not again for who comes later.', async () => {
    let fetches = 0
    const counted = createIdentity(async () => {
      fetches += 1
      return { keys: [published] }
    })
    const tokens = await Promise.all(Array.from({ length: 10 }, () => sign({ jti: randomUUID() })))
    await Promise.all(tokens.map(token => counted.verify(token)))
    await counted.verify(await sign({ jti: randomUUID() }))
    assert.equal(fetches, 1)
  })

  test('are fetched anew for a key that is not known, once in ten seconds however many are forged.', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    try {
      let fetches = 0
      const keys: Record<string, unknown>[] = [published]
      const counted = createIdentity(async () => {
        fetches += 1
        return { keys }
      })
      await counted.verify(await sign())
      keys.push({ ...(await exportJWK(stranger.publicKey)), kid: 'k2', alg: 'EdDSA' })
      for (let at = 0; at < 20; at++) {
        await assert.rejects(counted.verify(await sign({}, `forged-${at}`)), failsWith('unauthenticated'))
      }
      assert.equal(fetches, 1)
      mock.timers.tick(10_001)
      const rotated = await counted.verify(await sign({}, 'k2', stranger.privateKey))
      assert.equal(rotated.userId, actor.userId)
      assert.equal(fetches, 2)
    } finally {
      mock.timers.reset()
    }
  })

  test('that cannot be fetched make nobody signed out: the answer is unavailable, and later it goes on.', async () => {
    let away = true
    const shaky = createIdentity(async () => {
      if (away) throw new Error('connect ECONNREFUSED')
      return { keys: [published] }
    })
    await assert.rejects(shaky.verify(await sign()), failsWith('unavailable'))
    away = false
    assert.equal((await shaky.verify(await sign())).userId, actor.userId)
  })

  test('of another kind are passed over.', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true })
    const other = { ...(await exportJWK(publicKey)), kid: 'ec' }
    const mixed = createIdentity(async () => ({ keys: [other, published] }))
    assert.equal((await mixed.verify(await sign())).userId, actor.userId)
  })
})

test('A token that was revoked is refused at once, also one that was seen before.', async () => {
  let revoked = false
  const asked: unknown[] = []
  const watching = createIdentity(async () => ({ keys: [published] }), {
    ...noRevocations,
    cover(token) {
      asked.push(token.sessionId, token.userId)
      return revoked
    },
  })
  const token = await sign()
  await watching.verify(token)
  assert.deepEqual(asked, [actor.sessionId, actor.userId])
  revoked = true
  await assert.rejects(watching.verify(token), failsWith('unauthenticated'))
})

test('A token of a clock that runs ahead by more than a minute is refused.', async () => {
  const madeIn = (seconds: number) => sign({ iat: nowSeconds() + seconds, exp: nowSeconds() + 900 })
  await identity().verify(await madeIn(50))
  await assert.rejects(identity().verify(await madeIn(90)), failsWith('unauthenticated'))
})
