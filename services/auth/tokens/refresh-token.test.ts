import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { createRefreshToken, readRefreshToken } from './refresh-token.ts'

const secret = randomBytes(32)
const claim = { sessionId: '019f0000-0000-7000-8000-000000000001', generation: 7 }

test('A refresh token reads back as what it claims, and is the same each time it is made.', () => {
  const token = createRefreshToken(secret, claim)
  assert.deepEqual(readRefreshToken(secret, token), claim)
  assert.equal(createRefreshToken(secret, claim), token)
})

test('A refresh token with any one character changed is not ours.', () => {
  const token = createRefreshToken(secret, claim)
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === '1' ? '2' : '1'
    assert.equal(readRefreshToken(secret, token.slice(0, at) + other + token.slice(at + 1)), null, `at ${at}`)
  }
})

test('A refresh token made with another secret, or no token at all, is not ours.', () => {
  assert.equal(readRefreshToken(randomBytes(32), createRefreshToken(secret, claim)), null)
  for (const text of ['', '..', 'a.b.c', `${claim.sessionId}.1.`, 'x'.repeat(400)]) {
    assert.equal(readRefreshToken(secret, text), null)
  }
})
