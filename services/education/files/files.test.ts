import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fileUrl } from './file-url.ts'
import { mediaTypeOf, safeFileName } from './receive-file.ts'
import { parseRange } from './serve-file.ts'

test('A range lies within the file, whatever is asked for.', () => {
  const header = fc.oneof(
    fc.tuple(fc.option(fc.nat()), fc.option(fc.nat())).map(([from, to]) => `bytes=${from ?? ''}-${to ?? ''}`),
    fc.string(),
  )
  fc.assert(
    fc.property(header, fc.nat({ max: 5000 }), (text, size) => {
      const range = parseRange(text, size)
      if (range === null || range === 'unsatisfiable') return
      assert.ok(
        range.start >= 0 && range.start <= range.end && range.end < size,
        JSON.stringify({ text, size, range }),
      )
    }),
  )
})

test('Ranges are read as RFC 9110 says.', () => {
  const cases: [string | undefined, unknown][] = [
    [undefined, null],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=2-', { start: 2, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=5-100', { start: 5, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-3', null],
    ['bytes=-', null],
    ['bytes=0-1,4-5', null],
    ['lines=1-2', null],
  ]
  for (const [header, expected] of cases) assert.deepEqual(parseRange(header, 10), expected, header)
})

test('A file name is kept as a person gave it, without path or invisible characters.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), name => {
      const safe = safeFileName(name)
      assert.doesNotMatch(safe, /[\\/\p{Cc}\p{Cf}]/u)
      assert.ok(safe.length > 0 && safe.length <= 180 && safe !== '.' && safe !== '..')
      assert.equal(safeFileName(safe), safe)
      assert.equal(decodeURIComponent(fileUrl('id', safe).split('/').at(-1) ?? ''), safe)
    }),
  )
  assert.equal(safeFileName('C:\\plans\\Über uns.pdf'), 'Über uns.pdf')
  assert.equal(safeFileName('../../etc/passwd'), 'passwd')
})

test('A media type follows from the name alone, and what is not known is just bytes.', () => {
  assert.equal(mediaTypeOf('a.PDF'), 'application/pdf')
  assert.equal(mediaTypeOf('a.vtt'), 'text/vtt')
  for (const name of ['a', 'a.', 'a.unheard-of']) assert.equal(mediaTypeOf(name), 'application/octet-stream')
})
