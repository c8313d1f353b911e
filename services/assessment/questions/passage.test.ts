import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inDrawnOrder, type Passage, pageLengthAt, pagesOf, passagesOf, together } from './passage.ts'

const passage = (id: string, shuffle = false): Passage => ({
  id,
  version: 1,
  content: `<p>${id}</p>`,
  shuffle,
})
const asked = (id: string, under?: Passage) => ({ id, passage: under ?? null })
const ids = (questions: { id: string }[]) => questions.map(({ id }) => id).join(' ')
const [rhine, nile] = [passage('rhine'), passage('nile', true)]
const reversed = <T>(items: T[]) => items.toReversed()

test('The questions under a text come together where the first of them stands, and the others keep their order.', () => {
  const apart = [
    asked('1'),
    asked('2', rhine),
    asked('3'),
    asked('4', nile),
    asked('5', rhine),
    asked('6', nile),
  ]
  assert.equal(ids(together(apart)), '1 2 5 3 4 6')
  const without = [asked('1'), asked('2'), asked('3')]
  assert.equal(ids(together(without)), '1 2 3', 'those without a text are not of one text')
})

test('A page holds the questions under one text, or one question without.', () => {
  const questions = [
    asked('1'),
    asked('2'),
    asked('3', rhine),
    asked('4', rhine),
    asked('5', nile),
    asked('6'),
  ]
  assert.deepEqual(pagesOf(questions).map(ids), ['1', '2', '3 4', '5', '6'])
  assert.deepEqual(
    questions.map((_, place) => pageLengthAt(questions, place)),
    [1, 1, 2, 1, 1, 1],
  )
  assert.equal(pageLengthAt(questions, 6), 0, 'after the last there is none')
})

test('What stands under a text is mixed as one, and among itself only where the text says so.', () => {
  const questions = [asked('1'), asked('2', rhine), asked('3', rhine), asked('4', nile), asked('5', nile)]
  assert.equal(ids(inDrawnOrder(questions, true, reversed)), '5 4 2 3 1')
  assert.equal(ids(inDrawnOrder(questions, false, reversed)), '1 2 3 5 4', 'the quiz itself is not mixed')
})

test('What is shown of a text is its content and the questions under it, as they are asked.', () => {
  const questions = [asked('1'), asked('3', rhine), asked('2', rhine)]
  assert.deepEqual(passagesOf(questions), [{ id: 'rhine', content: '<p>rhine</p>', questionIds: ['3', '2'] }])
})
