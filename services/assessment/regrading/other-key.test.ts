import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Question } from '../questions/question.ts'
import { allOrNothing } from '../questions/score.ts'
import { keyFits } from './other-key.ts'

const asked = (part: object) =>
  ({
    id: 'q',
    version: 1,
    content: '',
    points: 1,
    options: [],
    correctAnswer: [],
    body: null,
    scoring: allOrNothing,
    feedback: { general: null, correct: null, incorrect: null },
    ...part,
  }) as unknown as Question

const choice = (ids: string[], correctAnswer: string[], type = 'single_choice') =>
  asked({ type, options: ids.map(id => ({ id, content: id, feedback: null })), correctAnswer })
const order = (ids: string[]) =>
  asked({ type: 'ordering', body: { items: ids.map(id => ({ id, content: id })) } })

test('A key fits a choice where all that is right was offered, and the type is the same.', () => {
  const first = choice(['a', 'b'], ['a'])
  assert.ok(keyFits(first, choice(['a', 'b'], ['b'])))
  assert.ok(keyFits(first, choice(['a', 'b', 'c'], ['b'])))
  assert.ok(!keyFits(first, choice(['a', 'b', 'c'], ['c'])))
  assert.ok(!keyFits(first, choice(['a', 'b'], ['b'], 'multiple_choice')))
})

test('A key of parts fits where they are the same ones, in whatever order they are right.', () => {
  assert.ok(keyFits(order(['x', 'y']), order(['y', 'x'])))
  assert.ok(!keyFits(order(['x', 'y']), order(['x', 'y', 'z'])))
})

test('No other key judges what a person or a program marks, or what is drawn by chance.', () => {
  for (const type of ['essay', 'code', 'item'])
    assert.ok(!keyFits(asked({ type, body: {} }), asked({ type, body: {} })), type)
})
