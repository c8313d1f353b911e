import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blank, inQuiz, ofLearner } from './chosen.ts'

const given = { ...blank, userId: 'ann', extraMinutes: 30 }
const bens = { ...blank, userId: 'ben', quizId: 'tides', extraAttempts: 1 }

test('Another learner has what they were given, or nothing; never what the one before has.', () => {
  assert.deepEqual(ofLearner([given, bens], { userId: 'ben', quizId: 'tides' }), bens)
  assert.deepEqual(ofLearner([given, bens], { userId: 'ben', quizId: null }), { ...blank, userId: 'ben' })
})

test('Another quiz shows what the learner has there, or keeps what was entered.', () => {
  assert.deepEqual(inQuiz([given, bens], { ...given, userId: 'ben' }, 'tides'), bens)
  assert.deepEqual(inQuiz([given, bens], given, 'tides'), { ...given, quizId: 'tides' })
})
