import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Submission } from '../offline/answers.ts'
import { waitsForTests } from './waits-for-tests.ts'

const attempt = (part: object) =>
  ({
    awaitsMarking: true,
    resultsShown: 'all',
    questions: [
      { id: 'p', type: 'code' },
      { id: 'e', type: 'essay' },
    ],
    answers: { p: ['print(1)'] },
    ...part,
  }) as unknown as Submission

it('an attempt waits for its tests when a program was given and no essay', () => {
  assert.equal(waitsForTests(attempt({})), true)
  assert.equal(waitsForTests(attempt({ answers: { p: ['print(1)'], e: ['A text.'] } })), false)
  assert.equal(waitsForTests(attempt({ answers: { p: [' '] } })), false)
})

it('nothing is waited for that is there, or that is not shown', () => {
  assert.equal(waitsForTests(attempt({ awaitsMarking: false })), false)
  assert.equal(waitsForTests(attempt({ resultsShown: 'none' })), false)
})
