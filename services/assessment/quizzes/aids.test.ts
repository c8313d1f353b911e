import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { assessment } from '../service.ts'
import { submitAttempt } from '../submissions/attempt.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import { startAttempt } from '../submissions/start-attempt.ts'
import { createQuiz, duplicateQuiz, saveQuiz } from './author-quiz.ts'

/** What an author allows beside the questions. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const plain = {
  title: 'Speed',
  description: '',
  passingScore: 60,
  timeLimitMinutes: null,
  maxAttempts: null,
  shuffle: false,
  questions: [
    questionInput.parse({
      type: 'true_false',
      content: 'Light is faster than sound.',
      options: [
        { id: 'a', content: 'True', correct: true },
        { id: 'b', content: 'False', correct: false },
      ],
    }),
  ],
}

async function allowed() {
  const teacher = fixture.person({ author: true })
  const quiz = await createQuiz(fixture.tools, teacher, {
    ...plain,
    courseId: uuidv7(),
    calculator: true,
    formulaSheet: '<p onclick="steal()">v = s / t</p><script>steal()</script>',
  })
  return { teacher, quiz }
}

test('An open attempt has the calculator and the cleaned formulas; one that is over has no formulas.', async () => {
  const { quiz } = await allowed()
  const learner = fixture.person()
  const attempt = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  assert.deepEqual([attempt.calculator, attempt.formulaSheet], [true, '<p>v = s / t</p>'])
  const over = await submitAttempt(fixture.tools, learner, attempt.id, {})
  assert.equal(over.formulaSheet, '')
})

test('A save that does not name them keeps them, one that does replaces them, and a copy has them.', async () => {
  const { quiz, teacher } = await allowed()
  const kept = await saveQuiz(fixture.tools, teacher, { ...plain, quizId: quiz.id })
  const copy = await duplicateQuiz(fixture.tools, teacher, quiz.id, undefined)
  for (const one of [kept, copy])
    assert.deepEqual([one.calculator, one.formulaSheet], [true, '<p>v = s / t</p>'])
  const without = { ...plain, quizId: quiz.id, calculator: false, formulaSheet: '' }
  const saved = await saveQuiz(fixture.tools, teacher, without)
  assert.deepEqual([saved.calculator, saved.formulaSheet], [false, ''])
})
