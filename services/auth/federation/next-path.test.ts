import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { safeNext } from './next-path.ts'

const publicUrl = 'https://school.example'
const read = (text: string | undefined) => safeNext(text, publicUrl, '/home')

test('A path of ours keeps its query and fragment.', () => {
  for (const path of ['/', '/courses', '/courses?page=2&q=a%2Fb', '/learn/1#top', '/a/../b'])
    assert.equal(read(path), path === '/a/../b' ? '/b' : path)
})

test('What a browser could take for another site is left out.', () => {
  for (const text of [
    undefined,
    '',
    'courses',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://evil.example',
    'https://school.example@evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/%2f/evil.example',
    '/%5Cevil.example',
    '/.%2f%2fevil.example/..%2f',
    '/\t/evil.example',
    '/\n/evil.example',
    '/courses\r\nset-cookie: a=b',
    'javascript:alert(1)',
    ' /courses',
  ]) {
    const place = read(text)
    assert.ok(place === '/home' || /^\/\.%2f/.test(place), `${text} → ${place}`)
  }
})

test('Whatever somebody writes, the browser stays with us.', () => {
  const piece = fc.oneof(
    fc.constantFrom('/', '\\', '.', '..', '%2f', '%5c', ':', '@', '?', '#', 'evil.example'),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      const place = read(pieces.join(''))
      assert.equal(new URL(place, publicUrl).origin, publicUrl)
      assert.match(place, /^\/(?![/\\])/)
      assert.doesNotMatch(place, /[\r\n\\]/)
    }),
  )
})
