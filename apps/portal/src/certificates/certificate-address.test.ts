import assert from 'node:assert/strict'
import { test } from 'node:test'
import { understand } from './certificate-address.ts'

const id = '019f0000-0000-7000-8000-00000000abcd'
const origin = 'https://school.example'
const certificate = { kind: 'certificate', id }

test('the number on a certificate is understood however it was copied', () => {
  for (const typed of [
    id,
    ` ${id.toUpperCase()}\n`,
    id.replaceAll('-', ''),
    id.replaceAll('-', ' '),
    '019f0000-0000-7000-8000-\n00000000abcd',
    `Certificate number: ${id}`,
  ])
    assert.deepEqual(understand(typed, origin), certificate, typed)
})

test('so is the address of its page or file, with or without the protocol', () => {
  for (const typed of [
    `${origin}/certificates/${id}`,
    `school.example/certificates/${id}`,
    `${origin}/certificates/${id}?from=code#top`,
    `${origin}/api/v1/education/certificates/${id}/credential.json`,
  ])
    assert.deepEqual(understand(typed, origin), certificate, typed)
})

test('an address of another site is named, and one that runs something is refused', () => {
  const url = `https://other.example/certificates/${id}`
  assert.deepEqual(understand(url, origin), { kind: 'elsewhere', url, host: 'other.example' })
  assert.deepEqual(understand(`javascript://x/certificates/${id}`, origin), { kind: 'unknown' })
})

test('the text of a credential is taken as it is, and anything else is not guessed at', () => {
  assert.deepEqual(understand(' {"a":1} ', origin), { kind: 'credential', text: '{"a":1}' })
  for (const other of ['', '{"a":', 'hello', '12345', 'https://school.example/courses', `${id}${id}`])
    assert.deepEqual(understand(other, origin), { kind: 'unknown' }, other)
})
