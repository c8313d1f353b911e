import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSealing } from './sealing.ts'

const old = 'the first secret of this installation, long enough'
const current = 'the second secret of this installation, long too'
const sealing = createSealing([current])

test('Whatever is sealed opens as it was, and no two seals are alike.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (plain, context) => {
      const sealed = sealing.seal(plain, context)
      assert.equal(sealing.open(sealed, context), plain.toWellFormed())
      assert.notEqual(sealing.seal(plain, context), sealed)
    }),
  )
})

test('A sealed text does not open in another row, nor after any change.', () => {
  const sealed = sealing.seal('12 3456 7890', 'payouts.account/1')
  assert.throws(() => sealing.open(sealed, 'payouts.account/2'))
  const parts = sealed.split('.')
  for (let at = 0; at < parts.length; at++) {
    const changed = parts
      .with(at, `${parts[at]?.startsWith('A') ? 'B' : 'A'}${parts[at]?.slice(1)}`)
      .join('.')
    assert.throws(() => sealing.open(changed, 'payouts.account/1'), `part ${at}`)
  }
  for (const text of ['', 'v1', 'v1...', sealed.slice(0, -4), `v2${sealed.slice(2)}`]) {
    assert.throws(() => sealing.open(text, 'payouts.account/1'), text)
  }
})

test('After a rotation old values still open, new ones are sealed under the new secret alone.', () => {
  const before = createSealing([old]).seal('kept', 'c')
  const rotated = createSealing([current, old])
  assert.equal(rotated.open(before, 'c'), 'kept')
  assert.equal(createSealing([current]).open(rotated.seal('new', 'c'), 'c'), 'new')
  assert.throws(() => createSealing([current]).open(before, 'c'), /not configured/)
})

test('A seal cut short is refused, or its few remaining bytes could be guessed.', () => {
  const parts = sealing.seal('12 3456 7890', 'c').split('.')
  const tag = Buffer.from(parts[3] ?? '', 'base64url')
  for (const length of [0, 4, 8, 12, 15]) {
    const cut = parts.with(3, tag.subarray(0, length).toString('base64url')).join('.')
    assert.throws(() => sealing.open(cut, 'c'), `${length} bytes`)
  }
})
