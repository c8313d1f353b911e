import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOf } from './places.ts'

test('A public address has a country, in either version of the protocol and in the one within the other.', async () => {
  for (const ip of ['41.13.0.1', '::ffff:41.13.0.1', '2001:4200::1']) {
    assert.equal(await placeOf(ip), 'South Africa', ip)
  }
})

test('A private, local or malformed address has none.', async () => {
  const nowhere = [
    '10.0.0.1',
    '192.168.1.1',
    '127.0.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '0.0.0.0',
    '',
    'nowhere',
    '1.2.3.4.5',
  ]
  for (const ip of nowhere) assert.equal(await placeOf(ip), null, ip)
})
