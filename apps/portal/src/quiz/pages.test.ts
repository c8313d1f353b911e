import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageAt, pagesOf } from './pages.ts'

const questions = ['1', '2', '3', '4', '5'].map(id => ({ id }))
const passages = [
  { id: 'p', content: '', questionIds: ['2', '3'] },
  { id: 'q', content: '', questionIds: ['4'] },
]

test('Questions under one text are one page, and each of the others is one.', () => {
  const pages = pagesOf(questions, passages)
  assert.deepEqual(
    pages.map(({ questions, place, passage }) => [
      questions.map(({ id }) => id).join(' '),
      place,
      passage?.id,
    ]),
    [
      ['1', 0, undefined],
      ['2 3', 1, 'p'],
      ['4', 3, 'q'],
      ['5', 4, undefined],
    ],
  )
  assert.deepEqual(
    questions.map((_, place) => pageAt(pages, place)?.place),
    [0, 1, 1, 3, 4],
  )
})

test('An attempt that was kept by a release without texts has a page for each question.', () => {
  assert.equal(pagesOf(questions).length, 5)
})
