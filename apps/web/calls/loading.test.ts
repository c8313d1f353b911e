import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectionLost } from './failures.ts'
import { createLoading } from './loading.ts'

/** An answer that comes when it is let. */
function later<T>() {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  let signal: AbortSignal | undefined
  const load = (given: AbortSignal) => {
    signal = given
    return promise
  }
  return { load, resolve, reject, promise, aborted: () => signal?.aborted }
}

/** Lets everything that is settled be told. */
const told = () => new Promise(resolve => setImmediate(resolve))

test('what is loaded is shown, and what is loaded again stays until it comes, or when that fails', async () => {
  const loading = createLoading<string>()
  loading.start('a', async () => 'first')
  assert.deepEqual(loading.state(), { about: 'a', value: null, failure: null, loading: true })
  await told()
  assert.deepEqual(loading.state(), { about: 'a', value: 'first', failure: null, loading: false })
  const again = later<string>()
  loading.start('a', again.load)
  assert.deepEqual(loading.state(), { about: 'a', value: 'first', failure: null, loading: true })
  const failure = new ConnectionLost()
  again.reject(failure)
  await told()
  assert.deepEqual(loading.state(), { about: 'a', value: 'first', failure, loading: false })
})

for (const late of ['answer', 'failure'] as const) {
  test(`nothing of a former thing is shown for a new one, nor does its late ${late} change anything`, async () => {
    const loading = createLoading<string>()
    loading.start('a', async () => 'first')
    await told()
    const former = later<string>()
    loading.start('a', former.load)
    const next = later<string>()
    loading.start('b', next.load)
    assert.equal(former.aborted(), true)
    assert.deepEqual(loading.state(), { about: 'b', value: null, failure: null, loading: true })
    next.resolve('second')
    await told()
    if (late === 'answer') former.resolve('late')
    else former.reject(new ConnectionLost())
    await told()
    assert.deepEqual(loading.state(), { about: 'b', value: 'second', failure: null, loading: false })
  })
}

test('leaving breaks off what is on its way, and tells nobody of it', async () => {
  const loading = createLoading<string>()
  const slow = later<string>()
  loading.start('a', slow.load)
  let heard = 0
  loading.subscribe(() => heard++)
  loading.leave()
  slow.resolve('late')
  await told()
  assert.equal(slow.aborted(), true)
  assert.equal(heard, 0)
})

test('what is superseded within its pause is never asked for', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const loading = createLoading<string>()
  const asked: string[] = []
  const load = (name: string) => async () => {
    asked.push(name)
    return name
  }
  loading.start('a', load('one'), 250)
  t.mock.timers.tick(200)
  loading.start('a', load('two'), 250)
  t.mock.timers.tick(250)
  await told()
  assert.deepEqual(asked, ['two'])
  assert.equal(loading.state().value, 'two')
})

test('a next page is added to what is shown, unless something else is shown by then', async () => {
  const loading = createLoading<string[]>()
  loading.start('a', async () => ['1'])
  await told()
  await loading.extend(async shown => [...shown, '2'])
  assert.deepEqual(loading.state().value, ['1', '2'])
  const page = later<string[]>()
  const extended = loading.extend((_, signal) => page.load(signal))
  loading.start('a', async () => ['other'])
  page.resolve(['1', '2', '3'])
  await extended
  await told()
  assert.deepEqual(loading.state().value, ['other'])
})
