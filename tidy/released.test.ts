import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenPromises, type Snapshot, snapshot } from '../contracts/released/snapshot.ts'
import { read } from './repository.ts'

test('The API and the events keep what the last release promised.', () => {
  const before: Snapshot = JSON.parse(read('contracts/released/released.json'))
  assert.ok(Object.keys(before.operations).length > 100 && Object.keys(before.events).length > 15)
  const broken = brokenPromises(before, snapshot(), new Date().toISOString().slice(0, 10))
  // A change that breaks callers is an operation of the next version of the API (contracts/v2), or a new version of
  // the event with a step that leads to it (contracts/events.ts).
  assert.deepEqual(broken, [])
})
