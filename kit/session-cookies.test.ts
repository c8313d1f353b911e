import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clearedSessionCookies, createCsrfToken, csrfTokenFits, sessionCookies } from './session-cookies.ts'

const tokens = {
  accessToken: 'access',
  accessExpiresAt: new Date(Date.now() + 900_000).toISOString(),
  refreshToken: 'refresh',
  refreshExpiresAt: new Date(Date.now() + 86_400_000).toISOString(),
}

test('A CSRF token fits the access token it was made for, and no other; two are never alike.', () => {
  const token = createCsrfToken('one')
  assert.equal(csrfTokenFits(token, 'one'), true)
  assert.equal(csrfTokenFits(token, 'two'), false)
  assert.notEqual(createCsrfToken('one'), token)
  for (const text of ['', '.', 'a.b', `${token}x`]) assert.equal(csrfTokenFits(text, 'one'), false, text)
})

test('Scripts read the CSRF cookie alone, and over https all travel by https only.', () => {
  const texts = sessionCookies(tokens, 'csrf', true)
  assert.deepEqual(
    texts.map(text => [text.split('=')[0], text.includes('; HttpOnly'), text.endsWith('; Secure')]),
    [
      ['__Host-azora_access', true, true],
      ['__Host-azora_refresh', true, true],
      ['__Host-azora_csrf', false, true],
    ],
  )
  assert.ok(sessionCookies(tokens, 'csrf', false).every(text => !text.includes('Secure')))
})

test('Clearing names every cookie that a session sets.', () => {
  const names = (texts: string[]) => texts.map(text => text.split('=')[0])
  assert.deepEqual(names(clearedSessionCookies(false)), names(sessionCookies(tokens, 'csrf', false)))
})
