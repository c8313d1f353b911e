import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addUsed, receivedIn, usedToday } from './data-used.ts'

function shelf() {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  }
}

const day = (text: string) => new Date(`${text}T12:00:00`)

test('what was received is added up, and another day begins anew', () => {
  const kept = shelf()
  assert.equal(usedToday(kept, day('2026-03-01')), 0)
  addUsed(kept, 1000, day('2026-03-01'))
  addUsed(kept, 500, day('2026-03-01'))
  assert.equal(usedToday(kept, day('2026-03-01')), 1500)
  assert.equal(usedToday(kept, day('2026-03-02')), 0)
  addUsed(kept, 20, day('2026-03-02'))
  assert.equal(usedToday(kept, day('2026-03-02')), 20)
  addUsed(kept, 0, day('2026-03-03'))
  assert.equal(usedToday(kept, day('2026-03-02')), 20)
})

test('what the service worker fetched is not counted twice', () => {
  const entry = (entryType: string, transferSize: number, workerStart: number) => ({
    entryType,
    transferSize,
    workerStart,
  })
  assert.equal(
    receivedIn([entry('navigation', 500, 12), entry('resource', 0, 3), entry('resource', 70, 4)]),
    70,
  )
  assert.equal(receivedIn([entry('navigation', 500, 0), entry('resource', 70, 0)]), 570)
})
