import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceOf } from './device-name.ts'

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'

test('A browser is told with its system, a program by its own name.', () => {
  const known: [string, string][] = [
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) ${webkit} Version/17.1 Mobile/15E148 Safari/604.1`,
      'Safari on iOS',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox on Linux'],
    ['curl/8.5.0', 'curl'],
    ['Azora Kiosk 2/1.0', 'Azora Kiosk 2'],
  ]
  for (const [userAgent, device] of known) assert.equal(deviceOf(userAgent), device)
})

test('What tells nothing, or something hostile, is an unknown device.', () => {
  for (const userAgent of [
    '',
    '   ',
    'Mozilla/5.0',
    '<script>alert(1)</script>',
    '\u202eevil',
    '/'.repeat(300),
  ]) {
    assert.equal(deviceOf(userAgent), 'Unknown device')
  }
  assert.ok(deviceOf('x'.repeat(300)).length <= 40)
})
