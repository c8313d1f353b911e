import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanSeatCode, formatSeatCode, isSeatCode, seatCodeOf } from './seat-code.ts'

const code = fc.uint8Array({ minLength: 15, maxLength: 15 }).map(seatCodeOf)

test('A code survives being read in fours, typed in small letters, and with O and L for digits.', () => {
  fc.assert(
    fc.property(code, one => {
      const typed = ` ${formatSeatCode(one).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `
      assert.equal(cleanSeatCode(typed), one)
      assert.ok(isSeatCode(one))
      assert.equal(formatSeatCode(one).length, 19)
    }),
  )
})

test('No code stays one with another character in one place.', () => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  fc.assert(
    fc.property(code, fc.nat({ max: 15 }), fc.constantFrom(...alphabet), (one, at, other) => {
      fc.pre(one[at] !== other)
      assert.ok(!isSeatCode(one.slice(0, at) + other + one.slice(at + 1)))
    }),
  )
})

test('Two neighbours that were swapped are noticed, but for the two that the rule cannot tell apart.', () => {
  fc.assert(
    fc.property(code, fc.nat({ max: 14 }), (one, at) => {
      const [left, right] = [one[at] ?? '', one[at + 1] ?? '']
      fc.pre(left !== right && !['0Z', 'Z0'].includes(left + right))
      assert.ok(!isSeatCode(one.slice(0, at) + right + left + one.slice(at + 2)))
    }),
  )
})

test('What is too short or has a strange character is no code.', () => {
  for (const typed of ['', '0', 'ABCD-EFGH', 'UUUU-UUUU-UUUU-UUUU', '0000-0000-0000-00000'])
    assert.ok(!isSeatCode(cleanSeatCode(typed)), typed)
})
