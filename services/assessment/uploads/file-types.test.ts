import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FileType, fileTypeOf, nameEndingAs } from './file-types.ts'
import { inspectFile } from './inspect-file.ts'
import { samples } from './upload-fixture.ts'

test('What a file is follows from its content.', () => {
  const told = Object.entries(samples).map(([name, content]) => {
    const type = fileTypeOf(content, name)
    assert.ok(type && type !== 'heic', name)
    return [name, type.kind, type.mediaType.split('/')[1]?.slice(-12)]
  })
  assert.deepEqual(told, [
    ['scan.pdf', 'document', 'pdf'],
    ['sketch.png', 'photo', 'png'],
    ['photo.jpg', 'photo', 'jpeg'],
    ['photo.webp', 'photo', 'webp'],
    ['voice.webm', 'audio', 'webm'],
    ['voice.m4a', 'audio', 'mp4'],
    ['voice.mp3', 'audio', 'mpeg'],
    ['frames.mp3', 'audio', 'mpeg'],
    ['voice.aac', 'audio', 'aac'],
    ['voice.ogg', 'audio', 'ogg'],
    ['voice.wav', 'audio', 'wav'],
    ['essay.docx', 'document', 'ml.document'.padStart(12, 'g')],
    ['essay.odt', 'document', 'ocument.text'],
    ['notes.txt', 'document', 'plain'],
  ])
})

test('A name makes nothing of what the content is not.', () => {
  assert.equal(fileTypeOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>'), 'a.png'), null)
  assert.equal(fileTypeOf(Buffer.from('<!doctype html><script>'), 'a.pdf'), null)
  assert.equal(fileTypeOf(Buffer.from(' %PDF-1.7'), 'a.pdf'), null, 'nothing comes before its beginning')
  assert.equal(fileTypeOf(Buffer.from('MZ\x90\0'), 'a.txt'), null)
  assert.equal(fileTypeOf(Buffer.from('PK\x03\x04'), 'a.zip'), null)
  assert.equal(fileTypeOf(Buffer.from('\0\0\0\x20ftypqt  '), 'a.m4a'), null)
  assert.equal(fileTypeOf(Buffer.from('\0\0\0\x20ftypheic....'), 'a.jpg'), 'heic')
  assert.equal(
    (fileTypeOf(Buffer.alloc(0), 'a.txt') as FileType).mediaType,
    'text/plain',
    'emptiness is refused elsewhere',
  )
  const lying = fileTypeOf(samples['sketch.png'], 'page.html')
  assert.deepEqual(lying && lying !== 'heic' && lying.mediaType, 'image/png')
})

test('A file is refused before it is whole, in whichever pieces it comes.', () => {
  const pieces = inspectFile('a.png', ['photo'])
  for (const byte of samples['sketch.png']) pieces.take(Buffer.from([byte]))
  pieces.end()
  assert.equal(pieces.type().mediaType, 'image/png')
  const early = inspectFile('a.png', ['photo'])
  assert.throws(() => early.take(Buffer.alloc(5000, 'x')), { code: 'invalid_input' })
  const other = inspectFile('a.png', ['audio'])
  other.take(samples['sketch.png'])
  assert.throws(() => other.end(), { code: 'invalid_input' }, 'a kind that is not asked for')
  const text = inspectFile('a.txt', ['document'])
  text.take(Buffer.alloc(5000, 'x'))
  assert.throws(() => text.take(Buffer.from('a\0b')), { code: 'invalid_input' }, 'text to the end')
})

test('A name ends as its content does.', () => {
  assert.equal(nameEndingAs('essay.hta', { ending: 'pdf' }), 'essay.hta.pdf')
  assert.equal(nameEndingAs('essay', { ending: 'pdf' }), 'essay.pdf')
  assert.equal(nameEndingAs('Essay.PDF', { ending: 'pdf' }), 'Essay.PDF')
  assert.equal(nameEndingAs('river.jpeg', { ending: 'jpg' }), 'river.jpeg')
  assert.equal(nameEndingAs('river.jpeg', { ending: 'png' }), 'river.jpeg.png')
})
