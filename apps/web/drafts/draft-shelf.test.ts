import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftKey, forgetDraft, keepDraft, keptDrafts } from './draft-shelf.ts'

function shelf() {
  const held = new Map<string, string>()
  return {
    held,
    get length() {
      return held.size
    },
    key: (at: number) => [...held.keys()][at] ?? null,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  }
}
const isText = (value: unknown): value is string => typeof value === 'string'
const nobody = () => false
const now = Date.parse('2026-05-02T12:00:00Z')
const draft = (at: string, value: unknown) => ({ at, base: 'b', value })
const valuesOf = (storage: ReturnType<typeof shelf>, owner = 'ann', thing = 'quiz:1', isOpen = nobody) =>
  keptDrafts(storage, owner, thing, isText, isOpen, now).map(({ value }) => value)

test('a draft comes back to its account and thing alone, until it is forgotten', () => {
  const storage = shelf()
  const key = draftKey('ann', 'quiz:1', 'x')
  assert.equal(keepDraft(storage, key, draft('2026-05-02T11:00:00Z', 'written')), true)
  assert.deepEqual(valuesOf(storage), ['written'])
  assert.deepEqual(valuesOf(storage, 'bob'), [])
  assert.deepEqual(valuesOf(storage, 'ann', 'quiz:11'), [])
  forgetDraft(storage, key)
  assert.deepEqual(valuesOf(storage), [])
})

test('two tabs keep a draft each: both come back, newest first, and neither while its tab is open', () => {
  const storage = shelf()
  const [one, two] = [draftKey('ann', 'quiz:1', 'one'), draftKey('ann', 'quiz:1', 'two')]
  keepDraft(storage, one, draft('2026-05-02T11:00:00Z', 'first'))
  keepDraft(storage, two, draft('2026-05-02T11:30:00Z', 'second'))
  assert.deepEqual(valuesOf(storage), ['second', 'first'])
  assert.deepEqual(
    keptDrafts(storage, 'ann', 'quiz:1', isText, key => key === two, now).map(kept => kept.value),
    ['first'],
  )
  assert.equal(storage.held.size, 2)
})

test('what cannot be read or is a month old is thrown away', () => {
  const old = JSON.stringify(draft('2026-03-02T11:00:00Z', 'old'))
  const unknown = JSON.stringify(draft('2026-05-02T11:00:00Z', 5))
  for (const broken of ['{', '{}', 'null', '{"base":1}', '{"base":"b","at":"x","value":"v"}', unknown, old]) {
    const storage = shelf()
    storage.held.set(draftKey('ann', 'quiz:1', 'x'), broken)
    assert.deepEqual(valuesOf(storage), [], broken)
    assert.equal(storage.held.size, 0)
  }
})

test('a full storage is told, not hidden', () => {
  const storage = shelf()
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  assert.equal(keepDraft(storage, 'a', draft('2026-05-02T11:00:00Z', '')), false)
})
