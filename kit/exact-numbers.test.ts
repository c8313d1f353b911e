import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { parseDecimal, parseInteger } from './exact-numbers.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
})
after(() => kit.dispose())

test('A whole number that a double cannot hold is refused, not changed.', () => {
  assert.equal(parseInteger('9007199254740991'), 9_007_199_254_740_991)
  for (const text of ['9007199254740993', '-9007199254740992', '9223372036854775807'])
    assert.throws(() => parseInteger(text), RangeError, text)
})

test('A decimal of fifteen digits comes through, and one whose digits would be lost does not.', () => {
  for (const [text, value] of [
    ['0', 0],
    ['-0.10', -0.1],
    ['66.67', 66.67],
    ['123456789012345', 123_456_789_012_345],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740991.00', 9_007_199_254_740_991],
    ['33.300000000000000000', 33.3],
    ['0.000000000000001', 1e-15],
  ] as const)
    assert.equal(parseDecimal(text), value, text)
  for (const text of [
    '33.3333333333333333',
    '9007199254740993',
    '0.1234567890123456',
    'NaN',
    'Infinity',
    '-Infinity',
  ])
    assert.throws(() => parseDecimal(text), RangeError, text)
})

test('Whatever comes through is written as it was read.', () => {
  const decimals = fc
    .tuple(fc.boolean(), fc.nat(9_999_999), fc.stringMatching(/^\d{0,8}$/))
    .map(([minus, whole, fraction]) => `${minus ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`)
  fc.assert(
    fc.property(decimals, text => {
      const places = text.split('.')[1]?.length ?? 0
      assert.equal(
        parseDecimal(text)
          .toFixed(places)
          .replace(/^-(0(?:\.0*)?)$/, '$1'),
        text.replace(/^-(0(?:\.0*)?)$/, '$1'),
      )
    }),
  )
})

test('A statement whose answer cannot be held exactly fails, and its connection goes on.', async () => {
  const db = kit.db.across
  await assert.rejects(db.rows(sql`select 9007199254740993::int8 as amount`), RangeError)
  await assert.rejects(db.rows(sql`select 1::numeric / 3 as share`), RangeError)
  assert.deepEqual(await db.rows(sql`select 5::int8 as whole, 1.50::numeric as part`), [
    { whole: 5, part: 1.5 },
  ])
})
