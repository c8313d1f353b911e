import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { assessment } from '../service.ts'
import { readAttempt, saveAnswers, submitAttempt } from '../submissions/attempt.ts'
import { sweepExpired } from '../submissions/finish-attempt.ts'
import { graceSeconds } from '../submissions/grace.ts'
import { readQuiz, startAttempt } from '../submissions/start-attempt.ts'
import { selectToMarkOf } from '../submissions/testing.store.ts'
import { createEssayFixture } from './essay-fixture.ts'

/** Attempts with answers that a person has to mark. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

test('An attempt with an essay waits: it is over, has no score, and no other service is told.', async () => {
  const quiz = await fixture.essayQuiz()
  const { id, learner, submission } = await fixture.written(quiz)
  assert.deepEqual([submission.state, submission.awaitsMarking, submission.result], ['graded', true, null])
  assert.deepEqual(await fixture.results(id), [])
  const { attempts, bestScorePercent, passed } = await readQuiz(fixture.tools, learner, quiz.id)
  assert.deepEqual([bestScorePercent, passed], [null, false])
  assert.deepEqual(
    attempts.map(({ awaitsMarking, scorePercent, passed: one }) => [awaitsMarking, scorePercent, one]),
    [[true, null, null]],
  )
  assert.deepEqual(await selectToMarkOf(fixture.school, id), [
    { questionId: quiz.essayId, marker: 'person', state: 'waiting', soFar: { [quiz.choiceId]: 1 } },
  ])
})

test('Submitting it again, or reading it, leaves it waiting with what was submitted.', async () => {
  const quiz = await fixture.essayQuiz()
  const { id, learner, submission } = await fixture.written(quiz)
  const again = await submitAttempt(fixture.tools, learner, id, { [quiz.essayId]: ['Another text.'] })
  assert.deepEqual(again.answers, submission.answers)
  assert.equal((await readAttempt(fixture.tools, learner, id)).awaitsMarking, true)
  assert.equal((await selectToMarkOf(fixture.school, id)).length, 1)
  await assert.rejects(saveAnswers(fixture.tools, learner, id, {}), { code: 'attempt_closed' })
})

test('An essay that was not written, or holds nothing but spaces, earns nothing at once.', async () => {
  const quiz = await fixture.essayQuiz()
  for (const answers of [{}, { [quiz.essayId]: [' \n '] }]) {
    const learner = fixture.person()
    const { id } = await startAttempt(fixture.tools, learner, quiz.id, undefined)
    const sent = { [quiz.choiceId]: ['a'], ...answers }
    const { awaitsMarking, result } = await submitAttempt(fixture.tools, learner, id, sent)
    assert.deepEqual([awaitsMarking, result?.score, result?.maxScore], [false, 1, 4])
    assert.deepEqual(result?.questions[1]?.marks[0]?.reason, 'unanswered')
    assert.equal((await fixture.results(id)).length, 1)
  }
})

test('The sweep takes an attempt whose time is up the same way.', async () => {
  const quiz = await fixture.essayQuiz({ timeLimitMinutes: 10 })
  const learner = fixture.person()
  const { id } = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  await saveAnswers(fixture.tools, learner, id, { [quiz.essayId]: ['Water is lazy.'] })
  await fixture.endedAgo(id, graceSeconds + 1)
  await sweepExpired(fixture.tools)
  assert.deepEqual(await fixture.results(id), [])
  assert.equal((await readAttempt(fixture.tools, learner, id)).awaitsMarking, true)
  assert.equal((await selectToMarkOf(fixture.school, id))[0]?.state, 'waiting')
})

test('A learner never sees what is meant for markers, nor the rubric where it is not shown.', async () => {
  for (const [rubricShown, criteria] of [
    [true, 1],
    [false, 0],
  ] as const) {
    const levels = [{ id: 'a', title: 'All', description: '', points: 1 }]
    const rubric = [{ id: 'c', title: 'Argument', description: '', levels }]
    const quiz = await fixture.essayQuiz({}, { rubric, rubricShown })
    const { submission } = await fixture.written(quiz)
    const essay = submission.questions.find(({ type }) => type === 'essay')
    assert.equal(essay?.type === 'essay' && essay.body.rubric.length, criteria)
    assert.ok(!JSON.stringify(submission).includes('for markers alone'))
  }
})

test('A long text is kept of an essay and of nothing else.', async () => {
  const quiz = await fixture.essayQuiz()
  const learner = fixture.person()
  const { id } = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  const save = (questionId: string, length: number) =>
    saveAnswers(fixture.tools, learner, id, { [questionId]: ['x'.repeat(length)] })
  await save(quiz.essayId, 50_000)
  const tooLong = (most: string) => ({
    code: 'invalid_input',
    data: { fields: [{ reason: 'answer_too_long', values: { most } }] },
  })
  for (const [questionId, length, most] of [
    [quiz.essayId, 50_001, '50000'],
    [quiz.choiceId, 501, '500'],
  ] as const) {
    const failure = await save(questionId, length).catch((refused: object) => refused)
    assert.partialDeepStrictEqual({ ...failure }, tooLong(most))
  }
})
