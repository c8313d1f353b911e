import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writtenAnnotations } from '@azora/contracts/assessment/annotation.ts'
import { quoteOf } from '@azora/contracts/assessment/annotation-quote.ts'
import { limits } from '@azora/contracts/limits.ts'
import { annotationsOf, annotationsOfBoth } from './annotations.ts'
import type { MarkedQuestion } from './desk-question.ts'

const essay = { type: 'essay' } as MarkedQuestion
const upload = { type: 'upload' } as MarkedQuestion
const text = 'Water is lazy 🌊 and bends.'
const passage = (start: number, end: number, quote = text.slice(start, end)) => ({
  on: 'text' as const,
  start,
  end,
  quote,
  comment: 'Why?',
})
const fileId = '01890a5d-ac96-774b-bcce-b302099a8057'
const otherId = '01890a5d-ac96-774b-bcce-b302099a8058'
const answer = [`${fileId} image/jpeg 10 a.jpg`, `${otherId} application/pdf 10 b.pdf`]
const spot = (x: number, y: number, width = 0, height = 0, file = fileId) => ({
  on: 'picture' as const,
  fileId: file,
  x,
  y,
  width,
  height,
  comment: 'Here.',
})
const invalid = { code: 'invalid_input' }

test('Passages are numbered by where they begin, and may overlap.', () => {
  const kept = annotationsOf(essay, [text], [passage(9, 13), passage(0, 8), passage(6, 13)])
  assert.deepEqual(
    kept.map(one => one.on === 'text' && one.start),
    [0, 6, 9],
  )
})

test('A passage outside the text, empty, with other words or in the middle of a character is refused.', () => {
  for (const one of [
    passage(0, text.length + 1),
    passage(5, 5),
    passage(8, 6, 'is'),
    passage(6, 8, 'IS'),
    passage(0, 15),
    passage(15, 18),
  ])
    assert.throws(() => annotationsOf(essay, [text], [one]), invalid, JSON.stringify(one))
  assert.equal(annotationsOf(essay, [text], [passage(0, 16), passage(14, 16)]).length, 2)
  assert.throws(() => annotationsOf(essay, [], [passage(0, 5)]), invalid)
})

test('Of a long passage the first words are kept.', () => {
  const long = 'x'.repeat(1000)
  const first = long.slice(0, limits.quoteLength)
  assert.equal(annotationsOf(essay, [long], [passage(0, 900, first)]).length, 1)
  assert.throws(() => annotationsOf(essay, [long], [passage(0, 900, long.slice(0, 900))]), invalid)
})

test('A quote that would end within a character ends before it.', () => {
  const long = `${'a'.repeat(limits.quoteLength - 1)}😀b`
  const quote = quoteOf(long, 0, long.length)
  assert.equal(quote, 'a'.repeat(limits.quoteLength - 1))
  assert.equal(annotationsOf(essay, [long], [passage(0, long.length, quote)]).length, 1)
  assert.equal(quoteOf(long, 1, long.length - 1), `${'a'.repeat(limits.quoteLength - 2)}😀`)
})

test('A place lies within a picture of the answer, and on no other kind of file or answer.', () => {
  assert.equal(annotationsOf(upload, answer, [spot(0.7, 0.1, 0.3, 0.9), spot(1, 1)]).length, 2)
  for (const one of [spot(0.8, 0, 0.3), spot(0, 0.8, 0, 0.3), spot(0, 0, 0, 0, otherId), passage(0, 5)])
    assert.throws(() => annotationsOf(upload, answer, [one]), invalid, JSON.stringify(one))
  assert.throws(() => annotationsOf(essay, [text], [spot(0, 0)]), invalid)
})

test('What two markers said is numbered as one.', () => {
  const both = annotationsOfBoth([spot(0.5, 0.5), spot(0, 0.9)], [spot(0.1, 0.1)], answer)
  assert.deepEqual(
    both.map(one => one.on === 'picture' && one.y),
    [0.1, 0.5, 0.9],
  )
})

test('Thousands, empty comments, long ones and numbers that are none are refused before anything is read.', () => {
  const accepts = (given: unknown) => writtenAnnotations.safeParse(given).success
  const many = (count: number) => Array.from({ length: count }, () => passage(0, 5))
  assert.ok(accepts(many(limits.annotationsOfMark)))
  assert.ok(!accepts(many(limits.annotationsOfMark + 1)))
  for (const part of [
    { comment: '  ' },
    { comment: 'x'.repeat(limits.annotationLength + 1) },
    { quote: 'x'.repeat(limits.quoteLength + 1) },
    { start: -1 },
    { end: 1.5 },
    { end: Number.NaN },
    { on: 'elsewhere' },
  ])
    assert.ok(!accepts([{ ...passage(0, 5), ...part }]), JSON.stringify(part))
  for (const part of [{ x: -0.1 }, { x: 1.1 }, { width: Number.POSITIVE_INFINITY }, { fileId: '../x' }])
    assert.ok(!accepts([{ ...spot(0, 0), ...part }]), JSON.stringify(part))
})

const onPage = (page: number, y: number, file = otherId) => ({
  ...spot(0.1, y, 0.2, 0.1, file),
  on: 'page' as const,
  page,
})

test('Comments on pages are numbered file by file, page by page and downwards.', () => {
  const kept = annotationsOf(upload, answer, [
    onPage(10, 0.1),
    onPage(2, 0.8),
    onPage(2, 0.3),
    spot(0.5, 0.5),
  ])
  assert.deepEqual(
    kept.map(one => (one.on === 'text' ? null : [one.on, one.on === 'page' && one.page, one.y])),
    [
      ['picture', false, 0.5],
      ['page', 2, 0.3],
      ['page', 2, 0.8],
      ['page', 10, 0.1],
    ],
  )
})

test('A page is of a PDF of this answer, and a place lies on it.', () => {
  for (const one of [
    onPage(1, 0.2, fileId),
    onPage(1, 0.95),
    spot(0.1, 0.1, 0, 0, otherId),
    onPage(1, 0.2, '01890a5d-ac96-774b-bcce-b302099a8059'),
  ])
    assert.throws(() => annotationsOf(upload, answer, [one]), invalid, JSON.stringify(one))
  for (const page of [0, 1.5, limits.pageOfPdf + 1])
    assert.equal(writtenAnnotations.safeParse([onPage(page, 0.2)]).success, false, String(page))
  assert.equal(writtenAnnotations.safeParse([onPage(limits.pageOfPdf, 0.2)]).success, true)
})
