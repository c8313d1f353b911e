import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOperations } from '@azora/contracts/auth/accounts.ts'
import type { z } from 'zod'
import { commonPasswords, ours } from './common-passwords.ts'
import { hashPassword, isOutdated, passwordFits } from './password.ts'
import { passwordFault } from './password-rules.ts'

const thandi = { email: 'thandi.mokoena@school.example', name: 'Thandi Mokoena', schools: ['Ubuntu Academy'] }
const codeOf = (password: string) => passwordFault(password, thandi)

test('A password of unrelated words is accepted.', async () => {
  assert.equal(await codeOf('seven goats on a wall'), null)
})

test('A password that many people use is refused, whatever its capitals.', async () => {
  assert.equal(await codeOf('Password123'), 'password_common')
  assert.equal(await codeOf('qwertyuiop'), 'password_common')
  assert.equal(await codeOf('aaaaaaabbbbb'), 'password_common')
})

test('The name of the product with little to it, and the password of the demo, are refused.', async () => {
  for (const password of [
    'Azora12345',
    'azora-os-2026',
    'azoraazora',
    'learn-with-azora',
    'Learn With Azora',
  ])
    assert.equal(await codeOf(password), 'password_common', password)
  assert.equal(await codeOf('azora has seven goats'), null)
})

test('A password that contains the name or the local part of the address is refused, however it is spaced.', async () => {
  assert.equal(await codeOf('thandi-mokoena-99'), 'password_contains_email')
  assert.equal(await codeOf('MOKOENA rules 7'), 'password_contains_name')
})

test('A name of a few letters does not rule out every password that has them in it.', async () => {
  assert.equal(
    await passwordFault('about the ocean', { email: 'bo@school.example', name: 'Bo Ng', schools: [] }),
    null,
  )
})

test('The name of the school alone, with a year to it, is refused; a sentence that has it in it is not.', async () => {
  assert.equal(await codeOf('Ubuntu-Academy-2026'), 'password_contains_school')
  assert.equal(await codeOf('ubuntu12345'), 'password_contains_school')
  assert.equal(await codeOf('the ubuntu goats sing'), null)
})

test('All of the list can be reached: of a length that is accepted, in small letters.', async () => {
  const list = await commonPasswords()
  assert.ok(list.size > 1500)
  assert.deepEqual(
    [...list].filter(word => word.length < 10 || word !== word.toLowerCase()),
    [],
  )
})

test('Words of our own are only those that the list lacks.', async () => {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const theirs = new Set(dictionary['passwords-common'])
  assert.deepEqual(
    ours.filter(word => theirs.has(word)),
    [],
  )
  assert.equal(await codeOf('johannesburg'), 'password_common')
  assert.equal(await codeOf('soso123aljg'), 'password_common')
})

test('A hash fits its password and no other, however the accents were typed.', async () => {
  const hash = await hashPassword('caf\u00e9 au lait, s\u2019il vous pla\u00eet')
  assert.equal(await passwordFits(hash, 'cafe\u0301 au lait, s\u2019il vous plai\u0302t'), true)
  assert.equal(await passwordFits(hash, 'cafe au lait'), false)
  assert.equal(await passwordFits(null, 'nobody has this password'), false)
})

test('A hash made with weaker parameters is outdated.', async () => {
  assert.equal(isOutdated(await hashPassword('seven goats on a wall')), false)
  assert.equal(isOutdated('$argon2id$v=19$m=4096,t=2,p=1$c2FsdHNhbHQ$aGFzaA'), true)
})

test('Registering, resetting and changing take no password of nine characters, and any of ten to two hundred.', () => {
  const { register, resetPassword, changePassword } = accountOperations
  for (const [operation, field] of [
    [register, 'password'],
    [resetPassword, 'password'],
    [changePassword, 'newPassword'],
  ] as const) {
    const { shape } = operation['~orpc'].inputSchema as unknown as z.ZodObject
    const takes = (password: string) => (shape[field] as z.ZodType).safeParse(password).success
    assert.deepEqual(
      [9, 10, 64, 200, 201].map(length => takes('p'.repeat(length))),
      [false, true, true, true, false],
    )
  }
})

test('A password of 64 characters is compared whole, in the case it was typed.', async () => {
  const long = 'Seven goats, eight walls and nine gates stand in the sun at noon'
  assert.equal(long.length, 64)
  assert.equal(await codeOf(long), null)
  const hash = await hashPassword(long)
  assert.equal(await passwordFits(hash, long), true)
  for (const other of [long.slice(0, -1), `${long.slice(0, -1)}m`, long.toLowerCase(), `${long} `])
    assert.equal(await passwordFits(hash, other), false, other)
})
