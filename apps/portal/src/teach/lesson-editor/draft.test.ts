import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetDraft, keepDraft, keptDraft } from './draft.ts'

function shelf() {
  const held = new Map<string, string>()
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  }
}
const isText = (value: unknown): value is string => typeof value === 'string'

test('a draft comes back as it was kept, until it is forgotten', () => {
  const storage = shelf()
  assert.equal(keepDraft(storage, 'a', { base: 'b', value: 'written' }), true)
  assert.deepEqual(keptDraft(storage, 'a', isText), { base: 'b', value: 'written' })
  assert.equal(keptDraft(storage, 'other', isText), null)
  forgetDraft(storage, 'a')
  assert.equal(keptDraft(storage, 'a', isText), null)
})

test('a draft that cannot be read is thrown away', () => {
  for (const broken of ['{', '{}', '{"base":1}', '{"base":"b","value":5}']) {
    const storage = shelf()
    storage.held.set('azora_draft_a', broken)
    assert.equal(keptDraft(storage, 'a', isText), null, broken)
    assert.equal(storage.held.size, 0)
  }
})

test('a full storage is told, not hidden', () => {
  const full = {
    ...shelf(),
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  assert.equal(keepDraft(full, 'a', { base: '', value: '' }), false)
})
