import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Office } from '@azora/contracts/offices.ts'
import type { Role } from '@azora/contracts/permissions.ts'
import { appoint, openAuthDatabase, request, signIn, systemUnderTest } from '../../api.ts'
import { addressed, operations } from '../../operations.ts'
import { type Caller, callers, expected, type Row, type World } from './callers.ts'
import { table } from './table.ts'
import { makeWorld } from './world.ts'

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let world: World

before(async () => {
  world = await makeWorld(url, authDb)
})
after(() => authDb.close())

test('The table has a row for every operation of the contracts, and none for anything else.', () => {
  assert.deepEqual(Object.keys(table).sort(), operations.map(operation => operation.name).sort())
  for (const [name, row] of Object.entries(table)) assert.equal(row.expect.length, 9, name)
})

/** What of our school must never be in an answer to someone of another one. */
function ourMarks({ people, course }: World): string[] {
  const { foreignLearner, foreignInstructor, foreignAdmin, ...ours } = people
  return [
    ...Object.values(ours).flatMap(person => [person.userId, person.email, person.organizationId]),
    ...Object.values(course),
  ]
}

const roleOf: Record<Exclude<Caller, 'anonymous'>, Role> = {
  stranger: 'learner',
  learner: 'learner',
  instructor: 'instructor',
  colleague: 'instructor',
  admin: 'admin',
  foreignLearner: 'learner',
  foreignInstructor: 'instructor',
  foreignAdmin: 'admin',
  auditor: 'auditor',
  operator: 'operator',
  support: 'learner',
  compliance: 'learner',
  finance: 'learner',
}
const officesOf: Partial<Record<Caller, Office[]>> = {
  support: ['support'],
  compliance: ['compliance'],
  finance: ['finance'],
}

async function tokenOf(caller: Caller, { usesUp }: Row): Promise<string | null> {
  if (caller === 'anonymous') return null
  const { email, organizationId, token } = world.people[caller]
  if (usesUp === 'session') return (await signIn(url, email)).token
  if (usesUp === 'account')
    return (
      await appoint(url, authDb, { role: roleOf[caller], offices: officesOf[caller] ?? [], organizationId })
    ).token
  return token
}

/** Callers who ask at the same time. As many as one address may sign in with, or have credentials checked, at once. */
const atOnce = 4

describe('Every operation answers each caller as the table says:', () => {
  for (const operation of operations) {
    const row = table[operation.name]
    test(`${operation.name}.`, async () => {
      assert.ok(row, `Add a row for ${operation.name} to the rows of its service.`)
      const wanted = expected(row)
      // A call that is refused uses nothing up, so all of those are about the same.
      const refusedInput = await row.input(world)
      const ask = async (caller: Caller) => {
        const input = wanted[caller] < 400 ? await row.input(world) : refusedInput
        const { path, json } = addressed(operation, input)
        const answer = await request(url, operation.method, path, {
          token: await tokenOf(caller, row),
          ...(operation.method !== 'GET' && json ? { json } : {}),
          redirect: 'manual',
          ...(row.upload ? { body: row.upload(world) } : {}),
        })
        if (answer.status < 300 && caller.startsWith('foreign') && !row.openToOtherSchools) {
          const leaked = ourMarks(world).filter(mark => answer.text.includes(mark))
          assert.deepEqual(leaked, [], `${caller} is shown what belongs to another school`)
        }
        if (answer.status >= 400) {
          const { code } = answer.body as { code: string }
          assert.notEqual(code, 'internal', answer.text)
        }
        return [caller, answer.status]
      }
      const found: unknown[][] = []
      for (let at = 0; at < callers.length; at += atOnce)
        found.push(...(await Promise.all(callers.slice(at, at + atOnce).map(ask))))
      assert.deepEqual(Object.fromEntries(found), wanted)
    })
  }
})
