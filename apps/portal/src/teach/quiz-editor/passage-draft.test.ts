import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addUnder, moveQuestion, passageDraftsOf, passageInput, putUnder, takeOut } from './passage-draft.ts'
import { moveUnit } from './section-draft.ts'

const one = (id: string, passage: string | null = null) => ({ id, passage })
/** A question alone, two under a text, and another alone. */
const quiz = [one('1'), one('2', 'p'), one('3', 'p'), one('4')]
const shown = (questions: { id: string; passage: string | null }[]) =>
  questions.map(({ id, passage }) => `${id}${passage ?? ''}`).join(' ')

test('A question moves among those under its text, and one without moves past a whole text.', () => {
  assert.equal(shown(moveQuestion(quiz, 1, 1)), '1 3p 2p 4')
  assert.equal(shown(moveQuestion(quiz, 2, 1)), '1 2p 3p 4', 'not out of its text')
  assert.equal(shown(moveQuestion(quiz, 0, 1)), '2p 3p 1 4')
  assert.equal(shown(moveQuestion(quiz, 3, -1)), '1 4 2p 3p')
  assert.equal(shown(moveQuestion(quiz, 3, 1)), '1 2p 3p 4')
})

test('A text moves with all of its questions.', () => {
  assert.equal(shown(moveUnit(quiz, [], 1, -1)), '2p 3p 1 4')
  assert.equal(shown(moveUnit(quiz, [], 1, 1)), '1 4 2p 3p')
})

test('A question goes under a text as its last, and comes out of it behind the others.', () => {
  assert.equal(shown(putUnder(quiz, 0, 'p')), '2p 3p 1p 4')
  assert.equal(shown(putUnder(quiz, 3, 'p')), '1 2p 3p 4p')
  assert.equal(shown(takeOut(quiz, 1)), '1 3p 2 4')
  assert.equal(shown(takeOut(quiz, 2)), '1 2p 3 4')
})

test('A new question stands at the end of its text, or of the quiz where its text has none yet.', () => {
  assert.equal(shown(addUnder(quiz, one('5', 'p'))), '1 2p 3p 5p 4')
  assert.equal(shown(addUnder(quiz, one('5', 'q'))), '1 2p 3p 4 5q')
})

test('A text is typed as plain text, and saved as HTML.', () => {
  const [draft] = passageDraftsOf({
    passages: [{ id: 'p', content: '<p>One.</p><p>Two.</p>', shuffle: true }],
  })
  assert.deepEqual(draft, { key: 'p', content: 'One.\n\nTwo.', shuffle: true })
  assert.ok(draft)
  assert.deepEqual(passageInput(draft), { id: 'p', content: '<p>One.</p><p>Two.</p>', shuffle: true })
})
