import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextPath } from './next-path.ts'

test('a path of this site is followed after signing in', () => {
  assert.equal(nextPath('/learn/a?b=c#d', '/'), '/learn/a?b=c#d')
})

test('an address of another site is never followed after signing in', () => {
  for (const hostile of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '',
  ])
    assert.equal(nextPath(hostile, '/learn'), '/learn', hostile)
})
