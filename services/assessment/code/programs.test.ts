import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { programLanguages } from '@azora/contracts/assessment/question-types/code.ts'
import { playedPrograms, withoutWall } from './code-fixture.ts'
import { languagesHere } from './languages-here.ts'
import { createPrograms } from './programs.ts'
import type { Found } from './sandbox/find-sandbox.ts'
import { languages } from './sandbox/languages.ts'
import { SandboxFault } from './sandbox/program.ts'

const share = { schoolId: 'A', courseId: 'x', learnerId: '1', purpose: 'graded' as const }
const program = { language: 'python', files: [] }

test('Every language that a question can ask for is one that the sandbox knows, and no other.', () => {
  assert.deepEqual(
    Object.keys(languages).filter(name => !name.includes(':')),
    [...programLanguages],
  )
})

test('Where it is set to off, nothing is looked for and nothing is run.', async () => {
  const look = mock.fn(async (): Promise<Found> => assert.fail('It has looked.'))
  const programs = createPrograms('off', look)
  const found = await programs.find()
  assert.equal(found.sandbox, null)
  await assert.rejects(programs.run(program, share), SandboxFault)
})

test('A wall is looked for once; one that was not found is looked for again after a minute.', async () => {
  const answers: Found[] = [
    { sandbox: null, reason: 'Not yet.' },
    { sandbox: { languages: ['python'], run: async () => ({ outcome: 'finished' }) as never } },
  ]
  const look = mock.fn(async () => answers.shift() ?? assert.fail('It has looked too often.'))
  const programs = createPrograms('auto', look)
  const [one, other] = await Promise.all([programs.find(), programs.find()])
  assert.deepEqual([one.sandbox, other.sandbox, look.mock.callCount()], [null, null, 1])
  const { now } = performance
  const clock = mock.method(performance, 'now', () => now.call(performance) + 61_000)
  const found = await programs.find()
  clock.mock.restore()
  assert.deepEqual(found.sandbox?.languages, ['python'])
  assert.equal((await programs.run(program, share)).outcome, 'finished')
  assert.equal(look.mock.callCount(), 2)
})

test('Which languages programs are run in is told to everyone; why none are, to who looks after it.', async () => {
  const actor = { userId: '1', organizationId: '1', sessionId: '1', roles: [], authenticatedAt: 0 }
  const admin = { ...actor, roles: ['admin' as const] }
  assert.deepEqual(await languagesHere(withoutWall, actor), { languages: [], reason: null })
  assert.deepEqual(await languagesHere(withoutWall, admin), { languages: [], reason: 'There is none.' })
  assert.deepEqual(await languagesHere(playedPrograms(undefined, ['c', 'cobol']), admin), {
    languages: ['c'],
    reason: null,
  })
})

test('A look that fails is a wall that is not there, with the reason.', async () => {
  const programs = createPrograms('auto', () => Promise.reject(new Error('No more descriptors.')))
  const found = await programs.find()
  assert.match(found.sandbox === null ? found.reason : '', /No more descriptors/)
})
