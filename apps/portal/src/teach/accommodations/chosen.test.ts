import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blank, inQuiz, keyOf, ofWhom, whoseIs } from './chosen.ts'

const given = { ...blank, userId: 'ann', extraMinutes: 30 }
const bens = { ...blank, userId: 'ben', quizId: 'tides', extraAttempts: 1 }

test('Another learner has what they were given, or nothing; never what the one before has.', () => {
  assert.deepEqual(ofWhom([given, bens], { userId: 'ben', groupId: null, quizId: 'tides' }), bens)
  assert.deepEqual(ofWhom([given, bens], { userId: 'ben', groupId: null, quizId: null }), {
    ...blank,
    userId: 'ben',
  })
})

test('Another quiz shows what the learner has there, or keeps what was entered.', () => {
  assert.deepEqual(inQuiz([given, bens], { ...given, userId: 'ben' }, 'tides'), bens)
  assert.deepEqual(inQuiz([given, bens], given, 'tides'), { ...given, quizId: 'tides' })
})

test('A group is another than a learner, and is chosen by its own key.', () => {
  const reds = { ...blank, groupId: 'reds', extraMinutes: 5 }
  assert.deepEqual(ofWhom([given, reds], { userId: null, groupId: 'reds', quizId: null }), reds)
  for (const one of [given, reds]) {
    const { userId, groupId } = one
    assert.deepEqual(whoseIs(keyOf(one)), { userId, groupId })
  }
})
