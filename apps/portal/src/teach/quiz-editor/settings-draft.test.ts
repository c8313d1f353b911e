import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSettingsDraft, settingsOf } from './settings-draft.ts'

test('a quiz that was kept before there was a setting is not thrown away', () => {
  const { layout: _layout, practice: _practice, ...kept } = { ...settingsOf(null), title: 'Rivers' }
  assert.equal(isSettingsDraft(kept), true)
  for (const other of [undefined, null, 5, 'Rivers', {}, { title: 5 }])
    assert.equal(isSettingsDraft(other), false)
})
