import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { linesOf } from './lines.ts'
import { type Direction, runsOf } from './runs.ts'

/** Pieces from left to right, with an arrow for their direction. */
const seen = (line: string, document: Direction = 'ltr') =>
  runsOf(line, document).map(({ text, rightToLeft }) => `${rightToLeft ? '←' : '→'}${text}`)

test('A line of one direction is one piece.', () => {
  assert.deepEqual(seen('Tax invoice 417'), ['→Tax invoice 417'])
  assert.deepEqual(seen('חשבונית מס', 'rtl'), ['←חשבונית מס'])
})

test('A number among words from right to left keeps its order, and stands where it is read.', () => {
  // Read from the right: the street, its number, the city.
  assert.deepEqual(seen('רחוב 12 חיפה'), ['← חיפה', '→12', '←רחוב '])
})

test('Words of another direction are seen in their own order.', () => {
  assert.deepEqual(seen('שלום hello world'), ['→hello world', '←שלום '])
  assert.deepEqual(seen('name: שלום', 'ltr'), ['→name: ', '←שלום'])
})

test('Brackets are turned with what they are around.', () => {
  const [piece] = runsOf('(שלום)', 'rtl')
  // In the order of reading, each as its mirror image: the font sets them from right to left.
  assert.equal(piece?.text, ')שלום(')
})

test('Punctuation without letters is turned here, and so are Arabic digits.', () => {
  assert.deepEqual(seen('א 12).', 'rtl'), ['←.(', '→12', '←א '])
  // The font sets these digits from right to left, and gets them the other way round.
  const [digits] = runsOf('١٢٣', 'rtl')
  assert.deepEqual([digits?.text, digits?.rightToLeft], ['٣٢١', false])
})

test('A value that is isolated does not turn the words around it, and marks are not drawn.', () => {
  assert.deepEqual(seen('Logo of \u2068שלום\u2069, 12'), ['→Logo of ', '←שלום', '→, 12'])
  assert.deepEqual(seen('a\u200eb\u200f'), ['→ab'])
})

test('Without a letter the direction is that of the document.', () => {
  assert.deepEqual(seen('12 - 14', 'ltr'), ['→12 - 14'])
  assert.deepEqual(seen('12 - 14', 'rtl'), ['→14', '← - ', '→12'])
})

test('Each script has a font, a word stays in one, and what no font has is marked.', () => {
  const fonts = (text: string) => runsOf(text, 'ltr').map(({ font }) => font)
  assert.deepEqual(fonts('Ωж नई'), [0])
  assert.deepEqual([fonts('سلام'), fonts('שלום'), fonts('ሰላም')], [[1], [2], [3]])
  assert.deepEqual(fonts('ሰላም, ሰላም!'), [3])
  assert.deepEqual(seen('東京'), ['→\ufffd\ufffd'])
})

test('Lines hold all words in order, and none is wider than it may be.', () => {
  const widthOf = (text: string) => text.length
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,30}$/)),
      fc.integer({ min: 1, max: 40 }),
      (words, most) => {
        const lines = linesOf(words.join(' '), widthOf, most)
        assert.ok(lines.every(line => line.length <= most))
        assert.equal(lines.join('').replaceAll(' ', ''), words.join(''))
      },
    ),
  )
})

test('A character of several code points is not broken, and a paragraph begins a line.', () => {
  assert.deepEqual(
    linesOf('e\u0301e\u0301', text => [...text].length, 3),
    ['e\u0301', 'e\u0301'],
  )
  assert.deepEqual(
    linesOf('a\nb\r\n\nc', text => text.length, 9),
    ['a', 'b', '', 'c'],
  )
  assert.deepEqual(
    linesOf('', text => text.length, 9),
    [''],
  )
})
