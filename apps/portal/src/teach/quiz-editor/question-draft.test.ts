import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  draftOf,
  duplicateOf,
  htmlOf,
  inlineHtmlOf,
  inputOf,
  missingPart,
  newQuestion,
  typedText,
} from './question-draft.ts'

const words = { true: 'True', false: 'False' }

test('plain text becomes paragraphs and comes back as it was typed', () => {
  for (const typed of ['One line', 'a < b & c', 'First\nwith a break\n\nSecond', 'Is "this" 5 > 4?'])
    assert.equal(typedText(htmlOf(typed)), typed)
  assert.equal(htmlOf('First\n\nSecond\nline'), '<p>First</p><p>Second<br>line</p>')
})

test('an answer of one paragraph stands within the line', () => {
  assert.equal(inlineHtmlOf('4 & 5'), '4 &amp; 5')
  assert.equal(inlineHtmlOf('a\n\nb'), '<p>a</p><p>b</p>')
  assert.equal(typedText('4 &amp; 5'), '4 & 5')
})

test('markup that is more than paragraphs stays as HTML and is not escaped', () => {
  const formula = '<p>What is <math><mi>x</mi></math>?</p>'
  assert.equal(typedText(formula), formula)
  assert.equal(htmlOf(formula), formula)
})

test('text that looks like a tag is never turned into one', () => {
  const stored = '<p>&lt;b&gt; makes text bold</p>'
  assert.equal(htmlOf(typedText(stored)), stored)
})

test('a stored question comes back unchanged when nothing was edited', () => {
  const stored = {
    id: '0190a000-0000-7000-8000-000000000001',
    type: 'single_choice' as const,
    content: '<p>Which?</p>',
    points: 2,
    options: [
      { id: 'a', content: 'this', correct: true, feedback: '<p>Yes.</p>' },
      { id: 'b', content: '<code>that</code>', correct: false, feedback: null },
    ],
    feedback: { general: null, correct: '<p>Good.</p>', incorrect: null },
  }
  assert.deepEqual(inputOf(draftOf(stored)), stored)
})

test('a question says what it still lacks', () => {
  const question = newQuestion('single_choice', words)
  assert.equal(missingPart(question, 'quiz'), 'content')
  question.content = 'Which?'
  assert.equal(missingPart(question, 'quiz'), 'few')
  for (const option of question.options) option.content = 'x'
  assert.equal(missingPart(question, 'quiz'), null)
  for (const option of question.options) option.correct = true
  assert.equal(missingPart(question, 'quiz'), 'correct')
  assert.equal(missingPart({ ...question, type: 'multiple_choice' }, 'quiz'), null)
})

test('a question of a survey needs answers, and none of them right', () => {
  const question = newQuestion('single_choice', words)
  question.content = 'Which do you like?'
  for (const option of question.options) option.correct = false
  assert.equal(missingPart(question, 'survey'), 'few')
  for (const option of question.options) option.content = 'x'
  assert.equal(missingPart(question, 'survey'), null)
  assert.equal(missingPart(question, 'quiz'), 'correct')
})

test('rows that nobody filled in are neither asked for nor saved', () => {
  const question = newQuestion('single_choice', words)
  question.content = 'Which?'
  const [first, second, third] = question.options
  first!.content = 'Orange'
  second!.content = 'Vaal'
  assert.equal(missingPart(question, 'quiz'), null)
  assert.deepEqual(
    inputOf(question).options.map(option => option.content),
    ['Orange', 'Vaal'],
  )
  third!.feedback = 'Not a river.'
  assert.equal(missingPart(question, 'quiz'), 'option')
  third!.feedback = ''
  first!.correct = false
  third!.correct = true
  assert.equal(missingPart(question, 'quiz'), 'correct', 'an empty row cannot be the right answer')
})

test('a duplicate is a question of its own', () => {
  const first = { ...newQuestion('true_false', words), id: '0190a000-0000-7000-8000-000000000001' }
  const second = duplicateOf(first)
  assert.equal(second.id, undefined)
  assert.notEqual(second.key, first.key)
  assert.notEqual(second.options[0]?.key, first.options[0]?.key)
})
