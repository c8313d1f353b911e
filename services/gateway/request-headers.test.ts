import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { it } from 'node:test'
import { isAmbiguous, schoolOfHost } from './request-headers.ts'

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

it('lets a request through only if its end and its host can be read in one way', () => {
  const ambiguous = (headers: Record<string, string>, rawHeaders: string[] = ['Host', 'a.example']) =>
    isAmbiguous({ headers, rawHeaders } as unknown as IncomingMessage)
  assert.equal(ambiguous({}), false)
  assert.equal(ambiguous({ 'transfer-encoding': 'Chunked' }), false)
  for (const coding of ['gzip', 'gzip, chunked', 'chunked, identity', 'identity'])
    assert.equal(ambiguous({ 'transfer-encoding': coding }), true, coding)
  assert.equal(ambiguous({}, ['Host', 'a.example', 'Accept', '*/*', 'host', 'b.example']), true)
  assert.equal(ambiguous({}, ['Host', 'a.example', 'X-Host', 'host']), false)
})
