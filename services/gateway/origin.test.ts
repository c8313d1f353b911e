import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { createOriginCheck } from './origin.ts'

const publicUrl = 'https://school.example'
const check = createOriginCheck({ publicUrl, corsOrigins: ['https://partner.example'] })
const from = (headers: Record<string, string>) =>
  ({ headers: { host: 'school.example', ...headers } }) as unknown as IncomingMessage
const passes = (headers: Record<string, string>, hasSession = true) => {
  try {
    check(from(headers), hasSession)
    return true
  } catch (failure) {
    assert.equal((failure as { code: string }).code, 'csrf_rejected')
    return false
  }
}

test('Pages of the site write, by whichever of its names it is reached; pages of others do not.', () => {
  assert.equal(passes({ origin: 'https://school.example' }), true)
  assert.equal(passes({ origin: 'https://10.0.0.7:8443', host: '10.0.0.7:8443' }), true)
  for (const origin of [
    'https://evil.example',
    'http://school.example',
    'https://school.example.evil.example',
    'null',
  ])
    assert.equal(passes({ origin }), false, origin)
})

test('A site that may call the API does so as a visitor, and never with a session that the browser adds.', () => {
  assert.equal(passes({ origin: 'https://partner.example' }, false), true)
  assert.equal(passes({ origin: 'https://partner.example' }, true), false)
  assert.equal(passes({ origin: 'https://stranger.example' }, false), false)
})

test('A browser that names no origin still says whether the page is ours; a program says neither.', () => {
  for (const [site, good] of [
    ['same-origin', true],
    ['none', true],
    ['same-site', false],
    ['cross-site', false],
  ] as const)
    assert.equal(passes({ 'sec-fetch-site': site }), good, site)
  assert.equal(passes({}), true)
})
