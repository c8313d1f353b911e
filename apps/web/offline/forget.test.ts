import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetDrafts } from './forget.ts'

test('all drafts go, and nothing else that is kept beside them', () => {
  const held = new Map([
    ['azora_draft_a', '1'],
    ['azora_owner', '2'],
    ['azora_draft_b', '3'],
    ['theme', 'dark'],
    ['azora_draft_c', '4'],
  ])
  forgetDrafts({
    get length() {
      return held.size
    },
    key: at => [...held.keys()][at] ?? null,
    removeItem: key => void held.delete(key),
  })
  assert.deepEqual([...held.keys()], ['azora_owner', 'theme'])
})
