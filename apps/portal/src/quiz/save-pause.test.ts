import assert from 'node:assert/strict'
import { test } from 'node:test'
import { savePause } from './save-pause.ts'

test('A short answer is sent soon after the last key; a long text at most about a kilobyte a second, and within ten seconds.', () => {
  assert.equal(savePause(1, 0), 700)
  assert.equal(savePause(500, 60_000), 700)
  assert.equal(savePause(6000, 0), 6000)
  assert.equal(savePause(50_000, 0), 10_000)
  // The clock began with the first change: typing on does not put it off.
  assert.equal(savePause(6000, 4000), 2000)
  assert.equal(savePause(6000, 9000), 700)
})

test('Where data is costly what is answered within twelve seconds, less than the grace after an end, goes together, and never later.', () => {
  assert.equal(savePause(1, 0, true), 12_000)
  assert.equal(savePause(50_000, 5000, true), 7_000)
  assert.equal(savePause(1, 60_000, true), 700)
})
