import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createSealing } from '@azora/kit/sealing.ts'
import { createKeyRing } from '@azora/service-auth/tokens/signing-keys.ts'
import { onePage, zipOf } from '@azora/service-education/cartridges/cartridge-fixture.ts'
import { SignJWT } from 'jose'
import { appoint, openAuthDatabase, openSchool, request, signUp, systemUnderTest } from '../api.ts'
import { complete, importCartridge, makeCourse, takeQuiz } from '../courses.ts'
import { addressed, operations } from '../operations.ts'
import { type Caller, callers, table, type World } from './authorisation-table.ts'

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let world: World

async function makeWorld(): Promise<World> {
  const learner = await signUp(url)
  const ours = learner.organizationId
  const theirs = await openSchool(url, authDb)
  const people = {
    stranger: await signUp(url),
    learner,
    instructor: await appoint(url, authDb, { role: 'instructor', organizationId: ours }),
    colleague: await appoint(url, authDb, { role: 'instructor', organizationId: ours }),
    admin: await appoint(url, authDb, { role: 'admin', organizationId: ours }),
    foreignLearner: await appoint(url, authDb, { role: 'learner', organizationId: theirs }),
    foreignInstructor: await appoint(url, authDb, { role: 'instructor', organizationId: theirs }),
    foreignAdmin: await appoint(url, authDb, { role: 'admin', organizationId: theirs }),
  }
  const course = await makeCourse(url, people.instructor)
  const certificateId = await complete(learner, course)
  const { credential } = await learner.api.education.getCertificate({ certificateId })
  const cartridge = await zipOf(onePage('<p>Water</p>'))
  const { id: importId } = await importCartridge(url, people.instructor, cartridge)
  const gradedId = (await takeQuiz(learner, course.quizId)).id
  return { url, people, course, certificateId, credential, gradedId, importId, cartridge }
}

before(async () => {
  world = await makeWorld()
})
after(() => authDb.close())

test('The table has a row for every operation of the contracts, and none for anything else.', () => {
  assert.deepEqual(Object.keys(table).sort(), operations.map(operation => operation.name).sort())
  for (const [name, row] of Object.entries(table)) assert.equal(row.expect.length, callers.length, name)
})

/** What of our school must never be in an answer to somebody of another one. */
function ourMarks({ people, course }: World): string[] {
  const { foreignLearner, foreignInstructor, foreignAdmin, ...ours } = people
  return [
    ...Object.values(ours).flatMap(person => [person.userId, person.email, person.organizationId]),
    ...Object.values(course),
  ]
}

describe('Every operation answers each caller as the table says:', () => {
  for (const operation of operations) {
    const row = table[operation.name]
    test(`${operation.name}.`, async () => {
      assert.ok(row, `Add a row for ${operation.name} to authorisation-table.ts.`)
      const found: Partial<Record<Caller, number>> = {}
      for (const caller of callers) {
        const { path, json } = addressed(operation, await row.input(world))
        const token = caller === 'anonymous' ? null : world.people[caller].token
        const answer = await request(url, operation.method, path, {
          token,
          ...(operation.method !== 'GET' && json ? { json } : {}),
          ...(row.upload ? { body: row.upload(world) } : {}),
        })
        found[caller] = answer.status
        if (answer.status < 300 && caller.startsWith('foreign') && !row.openToOtherSchools) {
          const leaked = ourMarks(world).filter(mark => answer.text.includes(mark))
          assert.deepEqual(leaked, [], `${caller} is shown what belongs to another school`)
        }
        if (answer.status >= 400) {
          const { code } = answer.body as { code: string }
          assert.notEqual(code, 'internal', answer.text)
        }
      }
      assert.deepEqual(found, Object.fromEntries(callers.map((caller, at) => [caller, row.expect[at]])))
    })
  }
})

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
  }): Promise<string> {
    const { kid, key } = await createKeyRing(authDb, createSealing([system.secret]))()
    const { userId, organizationId } = world.people.admin
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ org: organizationId, sid: userId, roles: ['admin'] })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
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
  test('one whose roles were changed;', async () => {
    const [head, body, seal] = world.people.stranger.token.split('.') as [string, string, string]
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    await refused(`${head}.${part({ ...claims, roles: ['admin'] })}.${seal}`)
  })
  test('one whose signature was changed;', async () => {
    const [head, body, seal] = world.people.stranger.token.split('.') as [string, string, string]
    await refused(`${head}.${body}.${seal.startsWith('A') ? 'B' : 'A'}${seal.slice(1)}`)
  })
  test('one that says `alg: none`;', async () => {
    const claims = world.people.admin.token.split('.')[1]
    await refused(`${part({ alg: 'none', typ: 'JWT' })}.${claims}.`)
    await refused(`${part({ alg: 'none', typ: 'JWT' })}.${claims}.AA`)
  })
  test('one signed with the public key as if it were a shared secret;', async () => {
    const { keys } = (await request(url, 'GET', '/auth/jwks')).body as { keys: { x: string; kid: string }[] }
    const key = Buffer.from(keys[0]?.x ?? '', 'base64url')
    const claims = JSON.parse(
      Buffer.from(world.people.admin.token.split('.')[1] ?? '', 'base64url').toString(),
    )
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: keys[0]?.kid ?? '' })
      .sign(key)
    await refused(forged)
  })
  test('and what is no token at all.', async () => {
    for (const text of ['x', 'a.b.c', 'null']) await refused(text)
    const basic = await request(url, 'GET', '/auth/me', { headers: { authorization: 'Basic YTpi' } })
    assert.equal(basic.status, 401)
  })
})
