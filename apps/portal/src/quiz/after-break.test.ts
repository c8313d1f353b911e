import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterBreak } from './after-break.ts'

test('After a break without a line, a section ends as late as the break moved it', () => {
  const before = { expiresAt: '10:30', currentSection: { number: 1, endsAt: '10:10' } }
  const told = { expiresAt: '10:35', currentSection: { number: 1, endsAt: '10:15' } }
  assert.deepEqual(afterBreak(before, told), told)
  const further = { ...told, currentSection: { number: 2, endsAt: '10:35' } }
  assert.deepEqual(afterBreak(before, further).currentSection, before.currentSection)
})
