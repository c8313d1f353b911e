import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { createInternalKey } from './internal-key.ts'

const key = createInternalKey('a secret that every part of it holds')

test('A mark is believed by who holds the same secret, for what it vouches for alone.', () => {
  const other = createInternalKey('a secret that every part of it holds')
  assert.equal(other.verify(key.sign()), true)
  assert.equal(other.verify(key.sign('192.0.2.1'), '192.0.2.1'), true)
  assert.equal(key.verify(key.sign('192.0.2.1'), '192.0.2.2'), false)
  assert.equal(key.verify(key.sign('192.0.2.1')), false)
  assert.equal(key.verify(key.sign(), '192.0.2.1'), false)
  assert.equal(createInternalKey('another secret').verify(key.sign()), false)
})

test('What is malformed, changed or of another time is no mark.', () => {
  const mark = key.sign()
  const [time = '', seal = ''] = mark.split('.')
  const odd = [
    '',
    time,
    `${time}.`,
    `${time}.${seal}x`,
    `${Number(time) + 1}.${seal}`,
    `0${time}.${seal}`,
    mark.toUpperCase(),
    undefined,
    [mark],
  ]
  for (const text of odd) assert.equal(key.verify(text), false, String(text))
})

test('A mark is good for five minutes, in both directions of the clocks, and no longer.', () => {
  mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 })
  try {
    const mark = key.sign()
    for (const [seconds, good] of [
      [300, true],
      [301, false],
      [-300, true],
      [-301, false],
    ] as const) {
      mock.timers.setTime(1_800_000_000_000 + seconds * 1000)
      assert.equal(key.verify(mark), good, `${seconds} seconds later`)
    }
  } finally {
    mock.timers.reset()
  }
})
