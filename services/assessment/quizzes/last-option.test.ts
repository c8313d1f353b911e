import assert from 'node:assert/strict'
import { test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { versionsAfter } from './change-questions.ts'
import { firstVersion, questionOf } from './written-question.ts'

const written = (last: boolean) =>
  questionOf(
    questionInput.parse({
      id: '0190a000-0000-7000-8000-000000000001',
      type: 'single_choice',
      content: '<p>Which?</p>',
      options: [
        { id: 'a', content: 'This', correct: false },
        { id: 'b', content: 'None of these', correct: true, ...(last ? { last } : {}) },
      ],
    }),
  )

test('That an option stands last is stored with it, and to change it is to change the question.', () => {
  assert.deepEqual(
    written(true).options.map(({ last }) => last),
    [undefined, true],
  )
  const before = [firstVersion(written(true))]
  assert.deepEqual(versionsAfter(before, [written(true)]).outdated, [])
  assert.deepEqual(versionsAfter(before, [written(false)]).outdated, [before[0]?.id])
})
