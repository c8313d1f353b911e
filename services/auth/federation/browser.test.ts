import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testContext } from '@azora/kit/testing.ts'
import { createBrowserMark } from './browser.ts'

test('Over https no sibling domain can plant the mark, and no page can read it.', () => {
  const mark = createBrowserMark('https://school.example')
  const context = testContext()
  const value = mark.give(context)
  const [text = ''] = context.setCookies
  assert.match(
    text,
    /^__Host-azora_federation=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  )
  assert.equal(mark.read(testContext(null, { '__Host-azora_federation': value })), value)
  assert.equal(mark.read(testContext(null, { azora_federation: value })), null)
})

test('The tabs of a browser share a mark; what is none is replaced.', () => {
  const mark = createBrowserMark('http://localhost:8080')
  const value = mark.give(testContext())
  assert.equal(mark.give(testContext(null, { azora_federation: value })), value)
  for (const wrong of ['', 'short', `${value}x`, 'a b'.repeat(14)]) {
    const context = testContext(null, { azora_federation: wrong })
    assert.equal(mark.read(context), null)
    assert.notEqual(mark.give(context), wrong)
  }
})
