import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asksForLess } from './choice.ts'

test('pages are light by choice, and without one where the browser asks for it', () => {
  const cases: [string | undefined, string | null, boolean][] = [
    ['less', null, true],
    ['device', null, true],
    [undefined, 'on', true],
    [undefined, 'On', true],
    ['full', 'on', false],
    [undefined, null, false],
    [undefined, 'off', false],
    ['nonsense', null, false],
  ]
  for (const [choice, saveData, less] of cases)
    assert.equal(asksForLess(choice, saveData), less, `${choice} ${saveData}`)
})
