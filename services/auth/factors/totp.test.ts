import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from 'otpauth'
import { newTotpSecret, totpCode, totpStep, totpUri } from './totp.ts'

// RFC 6238, appendix B, for SHA-1. The codes there have eight digits; six are their last six (RFC 4226, 5.3).
const secret = Secret.fromUTF8('12345678901234567890').base32
const vectors: [seconds: number, code: string][] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
]

test('The published vectors of RFC 6238 pass.', () => {
  for (const [seconds, code] of vectors) {
    assert.equal(totpCode(secret, seconds * 1000), code.slice(2))
    assert.equal(totpStep(secret, code.slice(2), seconds * 1000), Math.floor(seconds / 30))
  }
})

test('A code holds one step before and after its time, and is known by its own step; two steps off it is none.', () => {
  const now = 1_234_567_890_000
  const step = Math.floor(now / 30_000)
  for (const offset of [-1, 0, 1]) {
    assert.equal(totpStep(secret, totpCode(secret, now + offset * 30_000), now), step + offset)
  }
  for (const offset of [-2, 2]) {
    assert.equal(totpStep(secret, totpCode(secret, now + offset * 30_000), now), null)
  }
})

test('A code may be typed with a space; what is not six digits is no code.', () => {
  const now = 1_111_111_109_000
  assert.notEqual(totpStep(secret, '081 804', now), null)
  for (const code of ['', '81804', '07081804', '08180४', '081804x', '0x8180', '\u0000', 'NaN']) {
    assert.equal(totpStep(secret, code, now), null)
  }
})

test('Each secret is new and has 160 bits.', () => {
  assert.match(newTotpSecret(), /^[A-Z2-7]{32}$/)
  assert.notEqual(newTotpSecret(), newTotpSecret())
})

test('The address for the app names school and account, whatever characters they have.', () => {
  const uri = new URL(totpUri(secret, { issuer: 'Écoles: A & B', label: 'a+b@school.example' }))
  assert.equal(uri.protocol, 'otpauth:')
  assert.equal(uri.searchParams.get('issuer'), 'Écoles: A & B')
  assert.equal(uri.searchParams.get('secret'), secret)
  assert.match(decodeURIComponent(uri.pathname), /a\+b@school\.example$/)
})
