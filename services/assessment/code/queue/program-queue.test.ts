import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '@azora/kit/errors.ts'
import { type Program, type ProgramResult, SandboxFault } from '../sandbox/program.ts'
import type { Purpose, Share } from './fair-queue.ts'
import { createProgramQueue } from './program-queue.ts'

const named = (name: string): Program => ({ language: 'python', files: [{ path: name, content: '' }] })
const nameOf = (program: Program) => program.files[0]?.path ?? ''
const result = { outcome: 'finished' } as ProgramResult
const of = (learnerId: string, purpose: Purpose = 'practice'): Share => ({
  schoolId: 'A',
  courseId: 'x',
  learnerId,
  purpose,
})

/** A sandbox whose runs end when the test says so. */
function heldSandbox() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    end: (name: string) => (ends.get(name) ?? assert.fail(`${name} does not run.`))(),
    run: (program: Program) =>
      new Promise<ProgramResult>(resolve => {
        begun.push(nameOf(program))
        ends.set(nameOf(program), () => resolve(result))
      }),
  }
}

const bounds = { atOnce: 1, mostPractice: 3, mostPracticeOfSchool: 3, mostPracticeOfLearner: 2 }
const refusedAs = (code: string) => (failure: unknown) => failure instanceof AppError && failure.code === code

test('So many run at once as there is room for, and the next begins when one has ended.', async () => {
  const sandbox = heldSandbox()
  const queue = createProgramQueue({ ...bounds, atOnce: 2, run: sandbox.run })
  const runs = ['a', 'b', 'c'].map((name, at) => queue.run(named(name), of(String(at))))
  await Promise.resolve()
  assert.deepEqual(sandbox.begun, ['a', 'b'])
  sandbox.end('b')
  await runs[1]
  await new Promise(setImmediate)
  assert.deepEqual(sandbox.begun, ['a', 'b', 'c'])
  sandbox.end('a')
  sandbox.end('c')
  assert.equal((await Promise.all(runs)).length, 3)
})

test('A learner who has too many waiting is refused, and so is everyone once all together have; what was submitted is not.', async () => {
  const sandbox = heldSandbox()
  const queue = createProgramQueue({ ...bounds, run: sandbox.run })
  const first = queue.run(named('runs'), of('1'))
  const runs = [queue.run(named('1a'), of('1')), queue.run(named('1b'), of('1'))]
  await assert.rejects(queue.run(named('1c'), of('1')), refusedAs('rate_limited'))
  runs.push(queue.run(named('2a'), of('2')))
  await assert.rejects(queue.run(named('2b'), of('2')), refusedAs('unavailable'))
  runs.push(queue.run(named('graded'), of('1', 'graded')))
  assert.equal(queue.waiting(), 4)
  for (const name of ['runs', 'graded', '1a', '2a', '1b']) {
    sandbox.end(name)
    await new Promise(setImmediate)
  }
  await Promise.all([first, ...runs])
  assert.deepEqual(sandbox.begun, ['runs', 'graded', '1a', '2a', '1b'])
})

test('A school that has filled its part is refused, and another still has room.', async () => {
  const sandbox = heldSandbox()
  const queue = createProgramQueue({ ...bounds, mostPracticeOfSchool: 2, run: sandbox.run })
  const elsewhere = { ...of('9'), schoolId: 'B' }
  const runs = [queue.run(named('runs'), of('1'))]
  runs.push(queue.run(named('2'), of('2')), queue.run(named('3'), of('3')))
  await assert.rejects(queue.run(named('4'), of('4')), refusedAs('unavailable'))
  runs.push(queue.run(named('other'), elsewhere))
  await assert.rejects(queue.run(named('5'), { ...elsewhere, learnerId: '8' }), refusedAs('unavailable'))
  for (const name of ['runs', '2', 'other', '3']) {
    sandbox.end(name)
    await new Promise(setImmediate)
  }
  await Promise.all(runs)
})

test('Who has begun is not refused before the end, however many came in between.', async () => {
  const sandbox = heldSandbox()
  const queue = createProgramQueue({ ...bounds, mostPractice: 2, run: sandbox.run })
  const runs = [queue.run(named('test 1'), of('1')), queue.run(named('2'), of('2'))]
  runs.push(queue.run(named('3'), of('3')))
  await assert.rejects(queue.run(named('4'), of('4')), refusedAs('unavailable'))
  runs.push(queue.run(named('test 2'), { ...of('1'), begun: true }))
  for (const name of ['test 1', '2', '3', 'test 2']) {
    sandbox.end(name)
    await new Promise(setImmediate)
  }
  await Promise.all(runs)
})

test('One that is no longer wanted while it waits is not run, and holds up none.', async () => {
  const sandbox = heldSandbox()
  const queue = createProgramQueue({ ...bounds, run: sandbox.run })
  const leaving = new AbortController()
  const first = queue.run(named('runs'), of('1'))
  const left = queue.run(named('left'), of('2'), leaving.signal)
  const last = queue.run(named('last'), of('3'))
  leaving.abort(new Error('They left.'))
  await assert.rejects(left, /They left/)
  sandbox.end('runs')
  await first
  await new Promise(setImmediate)
  sandbox.end('last')
  await last
  assert.deepEqual(sandbox.begun, ['runs', 'last'])
})

test('A sandbox that fails costs one more try, a second time an error; the queue goes on.', async () => {
  let faults = 1
  const tried: string[] = []
  const queue = createProgramQueue({
    ...bounds,
    async run(program) {
      tried.push(nameOf(program))
      if (faults-- > 0) throw new SandboxFault('It died.')
      return result
    },
  })
  assert.equal((await queue.run(named('once'), of('1'))).outcome, 'finished')
  faults = 2
  await assert.rejects(queue.run(named('twice'), of('1')), SandboxFault)
  assert.equal((await queue.run(named('after'), of('1'))).outcome, 'finished')
  assert.deepEqual(tried, ['once', 'once', 'twice', 'twice', 'after'])
})
