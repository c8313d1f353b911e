import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createSealing } from '@azora/kit/sealing.ts'
import { createKeyRing } from '@azora/service-auth/tokens/signing-keys.ts'
import { SignJWT } from 'jose'
import { appoint, openAuthDatabase, type Person, request, signUp, systemUnderTest } from '../../api.ts'

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let stranger: Person
let admin: Person

before(async () => {
  stranger = await signUp(url)
  admin = await appoint(url, authDb, { role: 'admin', organizationId: stranger.organizationId })
})
after(() => authDb.close())

describe('A token that auth did not issue, or that has run out, is refused with 401:', () => {
  const me = (token: string) => request(url, 'GET', '/auth/me', { token })
  const publicly = (token: string) => request(url, 'GET', '/education/courses', { token })
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

  async function refused(token: string): Promise<void> {
    for (const answer of [await me(token), await publicly(token)]) {
      assert.equal(answer.status, 401, answer.text)
      assert.equal((answer.body as { code: string }).code, 'unauthenticated')
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
    }
  }

  async function signed(changes: {
    expiresIn?: number
    issuer?: string
    audience?: string
    typ?: string
  }): Promise<string> {
    const { kid, key } = await createKeyRing(authDb, createSealing([system.secret]))()
    const { userId, organizationId } = admin
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ org: organizationId, sid: userId, roles: ['admin'] })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: changes.typ ?? 'at+jwt' })
      .setSubject(userId)
      .setIssuer(changes.issuer ?? 'azora-auth')
      .setAudience(changes.audience ?? 'azora')
      .setIssuedAt(now - 900)
      .setExpirationTime(now + (changes.expiresIn ?? 60))
      .sign(key)
  }

  test('one signed by our key is accepted, so that the refusals below have the reason they name;', async () => {
    assert.equal((await me(await signed({}))).status, 200)
  })
  test('one that expired a second ago;', async () => refused(await signed({ expiresIn: -1 })))
  test('one of another issuer;', async () => refused(await signed({ issuer: 'elsewhere' })))
  test('one for another audience;', async () => refused(await signed({ audience: 'elsewhere' })))
  test('one of another kind;', async () => refused(await signed({ typ: 'JWT' })))
  test('one whose roles were changed;', async () => {
    const [head, body, seal] = stranger.token.split('.') as [string, string, string]
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    await refused(`${head}.${part({ ...claims, roles: ['admin'] })}.${seal}`)
  })
  test('one whose signature was changed;', async () => {
    const [head, body, seal] = stranger.token.split('.') as [string, string, string]
    await refused(`${head}.${body}.${seal.startsWith('A') ? 'B' : 'A'}${seal.slice(1)}`)
  })
  test('one that says `alg: none`;', async () => {
    const claims = admin.token.split('.')[1]
    await refused(`${part({ alg: 'none', typ: 'at+jwt' })}.${claims}.`)
    await refused(`${part({ alg: 'none', typ: 'at+jwt' })}.${claims}.AA`)
  })
  test('one signed with the public key as if it were a shared secret;', async () => {
    const { keys } = (await request(url, 'GET', '/auth/jwks')).body as { keys: { x: string; kid: string }[] }
    const key = Buffer.from(keys[0]?.x ?? '', 'base64url')
    const claims = JSON.parse(Buffer.from(admin.token.split('.')[1] ?? '', 'base64url').toString())
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: keys[0]?.kid ?? '', typ: 'at+jwt' })
      .sign(key)
    await refused(forged)
  })
  test('and what is no token at all.', async () => {
    for (const text of ['x', 'a.b.c', 'null']) await refused(text)
    const basic = await request(url, 'GET', '/auth/me', { headers: { authorization: 'Basic YTpi' } })
    assert.equal(basic.status, 401)
  })
})
