import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonPasswords } from './common-passwords.ts'
import { hashPassword, isOutdated, passwordFits } from './password.ts'
import { passwordFault } from './password-rules.ts'

const thandi = { email: 'thandi.mokoena@school.example', name: 'Thandi Mokoena' }
const codeOf = (password: string) => passwordFault(password, thandi)?.code ?? null

test('A password of unrelated words is accepted.', () => {
  assert.equal(codeOf('seven goats on a wall'), null)
})

test('A password that many people use is refused, whatever its capitals.', () => {
  assert.equal(codeOf('Password123'), 'password_common')
  assert.equal(codeOf('qwertyuiop'), 'password_common')
  assert.equal(codeOf('aaaaaaabbbbb'), 'password_common')
})

test('A password that contains the name or the local part of the address is refused, however it is spaced.', () => {
  assert.equal(codeOf('thandi-mokoena-99'), 'password_contains_email')
  assert.equal(codeOf('MOKOENA rules 7'), 'password_contains_name')
})

test('A name of a few letters does not rule out every password that has them in it.', () => {
  assert.equal(passwordFault('about the ocean', { email: 'bo@school.example', name: 'Bo Ng' }), null)
})

test('The list holds about two hundred words, all of a length that is accepted and in small letters.', () => {
  assert.ok(commonPasswords.size >= 200)
  const unreachable = [...commonPasswords].filter(word => word.length < 10 || word !== word.toLowerCase())
  assert.deepEqual(unreachable, [])
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
