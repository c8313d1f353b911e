import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LifeCycle, startInSteps } from './life-cycle.ts'
import type { Logger } from './log.ts'

/** Steps whose undoing is noted, and the log's errors. */
function observed() {
  const undone: string[] = []
  const told: unknown[] = []
  const log = { debug() {}, info() {}, warn() {}, error: (_, about) => told.push(about) } as Logger
  const step = (life: LifeCycle, name: string) => life.onStop(name, () => undone.push(name))
  return { undone, told, log, step }
}

test('Steps are undone last first, once, and the states have names.', async () => {
  const { undone, log, step } = observed()
  const states: string[] = []
  const life = await startInSteps('a part', log, async life => {
    states.push(life.state())
    await step(life, 'first')
    await life.onStop('second', () => states.push(life.state()))
    await step(life, 'third')
    return life
  })
  states.push(life.state())
  await Promise.all([life.stop(), life.stop()])
  assert.deepEqual(undone, ['third', 'first'])
  assert.deepEqual([...states, life.state()], ['starting', 'running', 'stopping', 'stopped'])
})

test('When a step fails, those before it are undone, and its failure is what is told.', async () => {
  const { undone, log, step } = observed()
  const failing = startInSteps('a part', log, async life => {
    await step(life, 'first')
    await step(life, 'second')
    throw new Error('the port is taken')
  })
  await assert.rejects(failing, { message: 'the port is taken' })
  assert.deepEqual(undone, ['second', 'first'])
})

test('One step that cannot be undone leaves none of the others standing.', async () => {
  const { undone, told, log, step } = observed()
  const start = async (life: LifeCycle) => {
    await step(life, 'first')
    await life.onStop('second', () => Promise.reject(new Error('no connection')))
    await step(life, 'third')
    return life
  }
  const life = await startInSteps('a part', log, start)
  await assert.rejects(life.stop(), AggregateError)
  assert.deepEqual(undone, ['third', 'first'])
  assert.deepEqual(told, [{ of: 'a part', step: 'second', failure: new Error('no connection') }])
  assert.equal(life.state(), 'stopped')

  const failing = startInSteps('a part', log, async life => {
    await start(life)
    throw new Error('the port is taken')
  })
  await assert.rejects(failing, { message: 'the port is taken' })
  assert.deepEqual(undone, ['third', 'first', 'third', 'first'])
})

test('What starts while all is stopped is undone as well, and does not count as started.', async () => {
  const { undone, log, step } = observed()
  const failing = startInSteps('a part', log, async life => {
    await step(life, 'first')
    await life.onStop('second', () => step(life, 'while it stops'))
    await life.stop()
    await step(life, 'late')
  })
  await assert.rejects(failing, /stopped while it was starting: late/)
  assert.deepEqual(undone, ['while it stops', 'first', 'late'])
  await assert.rejects(
    startInSteps('a part', log, life => life.stop()),
    /stopped while it was starting/,
  )
})
