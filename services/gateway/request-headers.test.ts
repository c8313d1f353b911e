import assert from 'node:assert/strict'
import { it } from 'node:test'
import { schoolOfHost } from './request-headers.ts'

it('reads the school from the first label below the installation’s own host', () => {
  assert.equal(schoolOfHost('evening.school.example', 'school.example'), 'evening')
  assert.equal(schoolOfHost('Evening.localhost:8080', 'localhost'), 'evening')
})

it('names no school at the installation’s own host, at www, or at a stranger’s', () => {
  for (const host of [
    'school.example',
    'www.school.example',
    'evening.elsewhere.example',
    'notschool.example',
    undefined,
  ]) {
    assert.equal(schoolOfHost(host, 'school.example'), null)
  }
})

it('takes no label that could not be a slug', () => {
  for (const host of ['a.b.school.example', '-x.school.example', '.school.example', 'a_b.school.example']) {
    assert.equal(schoolOfHost(host, 'school.example'), null)
  }
})
