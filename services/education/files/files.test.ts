import assert from 'node:assert/strict'
import { test } from 'node:test'
import { courseFiles } from '@azora/contracts/education/file.ts'
import { importFiles } from '@azora/contracts/education/import.ts'
import { mediaTypeOf, safeFileName } from '@azora/kit/receive-file.ts'
import { fileHeaders, parseRange } from '@azora/kit/send-file.ts'
import fc from 'fast-check'
import { fileUrl } from './file-url.ts'

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
  assert.equal(safeFileName(`${'long'.repeat(60)}.pdf`), `${'long'.repeat(44)}.pdf`)
})

test('The name of an upload is cleaned, not refused: it comes from a disk.', () => {
  const { uploadFile } = courseFiles
  const { importCartridge } = importFiles
  const courseId = '01890000-0000-7000-8000-000000000000'
  for (const [name, kept] of [
    ['\u202egpj.exe', 'gpj.exe'],
    ['a\nb.pdf', 'a b.pdf'],
    ['\u200b', 'file'],
    [`${'n'.repeat(600)}.mp4`, `${'n'.repeat(176)}.mp4`],
  ] as const) {
    for (const operation of [uploadFile, importCartridge]) {
      const parsed = operation['~orpc'].inputSchema?.safeParse({ courseId, name })
      assert.ok(parsed?.success, JSON.stringify(name))
      assert.equal(safeFileName(parsed.data.name), kept)
    }
  }
})

test('A media type follows from the name alone, and what is not known is just bytes.', () => {
  assert.equal(mediaTypeOf('a.PDF'), 'application/pdf')
  assert.equal(mediaTypeOf('a.vtt'), 'text/vtt')
  for (const name of ['a', 'a.', 'a.unheard-of']) assert.equal(mediaTypeOf(name), 'application/octet-stream')
})

test('What a browser might run is saved, or shown in a sandbox, and nothing is guessed about it.', () => {
  const inline = [
    'photo.png',
    'drawing.svg',
    'talk.mp4',
    'talk.mp3',
    'notes.txt',
    'subtitles.vtt',
    'book.pdf',
  ]
  const saved = [
    'page.html',
    'page.xhtml',
    'feed.xml',
    'script.js',
    'style.css',
    'table.csv',
    'archive.zip',
    'unknown',
  ]
  for (const name of [...inline, ...saved]) {
    const headers = fileHeaders({ name, mediaType: mediaTypeOf(name) })
    assert.equal(headers['X-Content-Type-Options'], 'nosniff', name)
    assert.equal(
      headers['Content-Disposition'],
      `${inline.includes(name) ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    )
    const policy = (headers['Content-Security-Policy'] ?? '').split('; ')
    const wanted = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"]
    for (const directive of wanted) assert.ok(policy.includes(directive), `${name}: ${directive}`)
    assert.ok(!policy.some(directive => directive.startsWith('script-src')), name)
    assert.equal(policy.includes('sandbox'), name !== 'book.pdf', name)
  }
})

test('Text says how it is encoded, and the rest does not.', () => {
  const typeOf = (name: string) => fileHeaders({ name, mediaType: mediaTypeOf(name) })['Content-Type']
  assert.equal(typeOf('notes.txt'), 'text/plain; charset=utf-8')
  assert.equal(typeOf('subtitles.vtt'), 'text/vtt; charset=utf-8')
  assert.equal(typeOf('photo.png'), 'image/png')
})

test('Whatever a file is called, its name stands in the header as one encoded value.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), given => {
      const name = safeFileName(given)
      const header = fileHeaders({ name, mediaType: 'text/html' })['Content-Disposition'] ?? ''
      const value = /^attachment; filename\*=UTF-8''([\w.!#$&+^`|~%-]+)$/.exec(header)?.[1]
      assert.equal(decodeURIComponent(value ?? ''), name)
    }),
  )
})
