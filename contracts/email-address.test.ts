import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { email } from './auth/shapes.ts'
import { canonicalEmail } from './email-address.ts'

test('Every way to write a mailbox comes to one address.', () => {
  const ways = [
    'Thabo@Bücher.example',
    'thabo@bücher.example',
    ' thabo@bu\u0308cher.example ',
    'thabo@BÜCHER。example',
    'THABO@XN--BCHER-KVA.EXAMPLE',
    'thabo@xn--bcher-kva.example',
  ]
  for (const way of ways) assert.equal(canonicalEmail(way), 'thabo@xn--bcher-kva.example', way)
  assert.equal(canonicalEmail('и@пример.рф'), 'и@xn--e1afmkfd.xn--p1ai')
  assert.equal(canonicalEmail('jose\u0301@school.example'), 'josé@school.example')
  assert.equal(canonicalEmail("o'brien+maths@mail.school.co.za"), "o'brien+maths@mail.school.co.za")
})

test('What is no address is none.', () => {
  for (const text of [
    '',
    '@',
    'a@',
    '@b.example',
    'a@b',
    'a@localhost',
    'a@127.0.0.1',
    'a@0x7f.1',
    'a@b.example:25',
    'a@b.example/x',
    'a@b%2eexample',
    'a@[::1]',
    'a@user@b.example',
    'a b@c.example',
    'a..b@c.example',
    '.a@c.example',
    'a@-b.example',
    'a@b..example',
    'a@b.example\nBcc: x@y.example',
    'a\u202eb@c.example',
    'a\u200bb@c.example',
    `${'a'.repeat(250)}@b.example`,
  ])
    assert.equal(canonicalEmail(text), null, text)
})

test('The form is stable, and the contract accepts just what has one.', () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string(), fc.string({ unit: 'grapheme' })), text => {
      const once = canonicalEmail(text)
      const parsed = email.safeParse(text)
      assert.equal(parsed.success, once !== null)
      if (once !== null) {
        assert.equal(canonicalEmail(once), once)
        assert.equal(parsed.data, once)
      }
    }),
  )
})
