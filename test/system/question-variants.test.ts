import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { appoint, openAuthDatabase, type Person, refusal, request, signUp, systemUnderTest } from '../api.ts'
import { makeCourse } from '../courses.ts'

/** Questions whose values change, from their author to learners with numbers of their own. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person
let courseId: string
let quizId: string

const values = {
  items: [
    { name: 'a', kind: 'number' as const, from: 100_000, to: 999_999 },
    { name: 'b', kind: 'number' as const, from: 100_000, to: 999_999, except: [500_000] },
    { name: 'sum', kind: 'computed' as const, expression: 'a + b' },
  ],
  conditions: ['a != b'],
}
const questions = [
  {
    type: 'numeric' as const,
    content: '<p>{{a}} + {{b}}?</p>',
    body: { answers: [{ value: '{{sum}}' }] },
    feedback: {
      general: null,
      correct: null,
      incorrect: '<p>It is {{sum}}.</p>',
      solution: '<p>{{=b+a}}</p>',
    },
    parameters: values,
  },
  {
    type: 'single_choice' as const,
    content: '<p>Half of {{=2*a}}?</p>',
    options: [{ content: '{{a}}', correct: true }, { content: '{{=a+1}}' }],
    parameters: { items: [{ name: 'a', kind: 'number' as const, from: 1, to: 99 }] },
  },
]

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
  ;({ courseId, quizId } = await makeCourse(url, instructor))
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  await instructor.api.assessment.saveQuiz({ ...quiz, quizId, questions })
})
after(() => authDb.close())

async function begin() {
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  const sent = await request(url, 'POST', `/assessment/quizzes/${quizId}/submissions`, {
    token: learner.token,
    json: {},
  })
  const attempt = JSON.parse(sent.text) as Awaited<ReturnType<typeof learner.api.assessment.startSubmission>>
  const [sum, half] = attempt.questions
  assert.ok(sum && half)
  const [, a, b] = /<p>(\d{6}) \+ (\d{6})\?/.exec(sum.content) ?? []
  return { learner, attempt, sum, half, text: sent.text, a: Number(a), b: Number(b) }
}

test('Two learners have other numbers, each is marked by their own, and the result shows them later.', async () => {
  const [one, other] = [await begin(), await begin()]
  assert.notDeepEqual([one.a, one.b], [other.a, other.b])
  for (const { learner, attempt, sum, half, text, a, b } of [one, other]) {
    const right = String(a + b)
    assert.ok(!JSON.stringify(sum).includes(right) && !text.includes('{{'), 'the answer was sent')
    for (const name of ['"parameters"', '"values"', '"expression"']) assert.ok(!text.includes(name), name)
    const twice = Number(/Half of (\d+)/.exec(half.content)?.[1])
    const option = half.options.find(({ content }) => content === String(twice / 2))
    const submissionId = attempt.id
    const answers = { [sum.id]: [right], [half.id]: [option?.id ?? ''] }
    const { result } = await learner.api.assessment.submit({ submissionId, answers })
    assert.equal(result?.scorePercent, 100)
    const later = await learner.api.assessment.getSubmission({ submissionId })
    assert.deepEqual(later.result?.questions[0]?.values, [
      { name: 'a', value: String(a) },
      { name: 'b', value: String(b) },
      { name: 'sum', value: right },
    ])
    assert.equal(later.result?.questions[0]?.solution, `<p>${right}</p>`)
    const review = await instructor.api.assessment.getReview({ submissionId })
    assert.deepEqual(review.questions[0]?.values, later.result?.questions[0]?.values)
  }
  // What the other was asked is wrong here.
  const third = await begin()
  const answers = { [third.sum.id]: [String(one.a + one.b)] }
  const { result } = await third.learner.api.assessment.submit({ submissionId: third.attempt.id, answers })
  assert.equal(result?.questions[0]?.awarded, 0)
  assert.deepEqual(result?.questions[0]?.feedback, [`It is ${third.a + third.b}.`])
})

test('Saving a quiz again, or as a program that does not know of values, keeps them; a copy has them too.', async () => {
  const { editQuiz, saveQuiz, duplicateQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  assert.equal(quiz.questions[0]?.parameters?.algorithm, 1)
  assert.deepEqual((await saveQuiz({ ...quiz, quizId })).questions, quiz.questions)
  const older = quiz.questions.map(({ parameters: _, ...question }) => question)
  assert.deepEqual((await saveQuiz({ ...quiz, quizId, questions: older })).questions, quiz.questions)
  const copy = await duplicateQuiz({ quizId })
  assert.deepEqual(
    copy.questions.map(({ parameters }) => parameters),
    quiz.questions.map(({ parameters }) => parameters),
  )
})

test('An author sees five variants of what is being written, and each again by its number.', async () => {
  const { drawQuestion, editQuiz, previewQuiz, getVariant } = instructor.api.assessment
  const [question] = (await editQuiz({ quizId })).questions
  assert.ok(question)
  const { draws, checkedCount, checkedAll } = await drawQuestion({ courseId, quizId, question, first: 2 })
  assert.deepEqual(
    [draws.map(({ variant }) => variant), checkedCount, checkedAll],
    [[2, 3, 4, 5, 6], 402, false],
  )
  for (const { variant, content, values: told, answers } of draws) {
    assert.equal((await previewQuiz({ quizId, variant })).questions[0]?.content, content)
    const read = await getVariant({ quizId, variant })
    assert.deepEqual(read.values[question.id], told)
    assert.deepEqual(answers, [told[2]?.value])
  }
})

test('A question that would be none for some draw is refused, saved or not.', async () => {
  const { drawQuestion, editQuiz, saveQuiz } = instructor.api.assessment
  const broken = {
    ...questions[0],
    type: 'numeric' as const,
    content: '<p>{{a}}</p>',
    body: { answers: [{ value: '{{=1/(a-b)}}' }] },
    parameters: { ...values, conditions: [] },
  }
  assert.equal(await refusal(drawQuestion({ courseId, question: broken })), 'invalid_input')
  const quiz = await editQuiz({ quizId })
  assert.equal(await refusal(saveQuiz({ ...quiz, quizId, questions: [broken] })), 'invalid_input')
})
