import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createReporter } from './progress.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

test('Of what is reported while one is written, the latest is written next, and settling waits for it.', async () => {
  const written: number[] = []
  const first = Promise.withResolvers<void>()
  const reporter = createReporter<number>({
    async write(percent) {
      written.push(percent)
      if (percent === 1) await first.promise
      return true
    },
    unwanted: () => assert.fail('it was wanted'),
    log: silent,
  })
  for (const percent of [1, 2, 3, 4]) reporter.report(percent)
  const settled = reporter.settled()
  first.resolve()
  await settled
  assert.deepEqual(written, [1, 4])
  reporter.report(5)
  await reporter.settled()
  assert.deepEqual(written, [1, 4, 5])
})

test('A write that fails does not end the work; one that finds nobody waiting does.', async () => {
  const outcomes = [() => Promise.reject(new Error('away')), async () => false]
  let unwanted = 0
  const warnings: string[] = []
  const reporter = createReporter<string>({
    write: () => (outcomes.shift() as () => Promise<boolean>)(),
    unwanted() {
      unwanted += 1
    },
    log: { ...silent, warn: message => void warnings.push(message) },
  })
  reporter.report('a')
  await reporter.settled()
  assert.deepEqual([unwanted, warnings.length], [0, 1])
  reporter.report('b')
  await reporter.settled()
  assert.equal(unwanted, 1)
})
