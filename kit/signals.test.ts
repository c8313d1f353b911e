import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Logger } from './log.ts'
import { createSignals } from './signals.ts'
import { watch } from './watch.ts'

const log: Logger = { debug() {}, info() {}, warn() {}, error() {} }

test('A signal reaches those who wait for its topic, and nobody who has stopped waiting.', () => {
  const signals = createSignals(null, log)
  const heard: string[] = []
  const stop = signals.hear('a', () => heard.push('one'))
  signals.hear('a', () => heard.push('two'))
  signals.hear('b', () => assert.fail('The topic was another.'))
  signals.send('a')
  stop()
  signals.send('a')
  assert.deepEqual(heard, ['one', 'two', 'two'])
})

test('What changes while it is read is read again; signals that come together are answered by one reading.', async () => {
  const signals = createSignals(null, log)
  const leaving = new AbortController()
  let value = 0
  const read = async () => {
    const found = value
    // It changes, three times, after it was read and before that is told.
    if (found === 0) for (value = 1; value < 3; value++) signals.send('topic')
    return found
  }
  const seen = watch({ signals, topic: 'topic', read, signal: leaving.signal })
  assert.equal((await seen.next()).value, 0)
  assert.equal((await seen.next()).value, 3)
  const waiting = seen.next()
  leaving.abort()
  assert.equal((await waiting).done, true)
})
