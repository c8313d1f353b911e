import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAddresses } from './addresses.ts'

test('addresses are found one a line and apart by commas, semicolons and spaces', () => {
  const { found, unread } = readAddresses('a@x.example\nb@x.example, c@x.example; d@x.example e@x.example')
  assert.deepEqual(
    found.map(one => one.email),
    ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example', 'e@x.example'],
  )
  assert.deepEqual(unread, [])
})

test('a name before the address in angle brackets is kept', () => {
  const { found } = readAddresses('"Sipho Ndlovu" <sipho@x.example>\nZanele Mthembu <zanele@x.example>')
  assert.deepEqual(found, [
    { email: 'sipho@x.example', name: 'Sipho Ndlovu' },
    { email: 'zanele@x.example', name: 'Zanele Mthembu' },
  ])
})

test('an address that was pasted twice is invited once, whatever its letters’ case', () => {
  assert.equal(readAddresses('Sipho@X.example sipho@x.example').found.length, 1)
})

test('what is no address is given back and not sent to', () => {
  const { found, unread } = readAddresses('sipho@x.example, zanele(at)x.example, @, <none@x.example')
  assert.deepEqual(
    found.map(one => one.email),
    ['sipho@x.example'],
  )
  assert.deepEqual(unread, ['zanele(at)x.example', '@', '<none@x.example'])
})
