import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { questionType } from '@azora/contracts/assessment/question.ts'
import { appoint, openAuthDatabase, type Person, request, signUp, systemUnderTest } from '../api.ts'
import { makeCourse, uploadFile } from '../courses.ts'
import { keyWords, pictureQuestions, sampleQuestions } from '../question-samples.ts'

/** Every byte that a learner is sent of a quiz with each type of question, before its answers are released and after. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person
let learner: Person
let courseId: string
let quizId: string
const types = questionType.options

const options = [
  { id: 'a', content: '<p>Yes</p>', correct: true, feedback: '<p>secret-option</p>' },
  { id: 'b', content: '<p>No</p>', correct: false, feedback: '<p>secret-option</p>' },
]
const others: typeof sampleQuestions = [
  { type: 'single_choice', content: '<p>One?</p>', options },
  { type: 'multiple_choice', content: '<p>Some?</p>', options },
  { type: 'true_false', content: '<p>True?</p>', options },
  { type: 'essay', content: '<p>Write.</p>', body: { guidance: '<p>secret-guidance</p>' } },
  { type: 'upload', content: '<p>Draw.</p>', body: { guidance: '<p>secret-guidance</p>' } },
  {
    type: 'code',
    content: '<p>Double it.</p>',
    body: {
      language: 'python',
      files: [{ path: 'main.py', content: '' }],
      tests: [{ id: 't', title: 'Two', stdin: '2\n', expected: 'secret-output\n', hidden: true }],
      solution: ['print("secret-program")'],
      keyShown: true,
    },
  },
]

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
  learner = await signUp(url)
  ;({ courseId, quizId } = await makeCourse(url, instructor))
  const stored = await uploadFile(url, instructor, courseId, 'map.png', 'A picture to this test')
  const questions = [
    ...sampleQuestions,
    ...pictureQuestions((stored.body as { url: string }).url),
    ...others,
  ].map(question => ({
    ...question,
    feedback: {
      general: '<p>secret-feedback</p>',
      correct: null,
      incorrect: null,
      solution: `<p>secret-solution-${question.type}.</p>`,
    },
    hints: [{ content: '<p>vague-hint</p>' }, { content: '<p>secret-hint</p>' }],
  }))
  assert.deepEqual(new Set(questions.map(({ type }) => type)), new Set(types), 'each type is here')
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  await instructor.api.assessment.saveQuiz({ ...quiz, quizId, maxAttempts: 1, questions })
  await learner.api.education.enroll({ courseId })
})
after(() => authDb.close())

const hour = 3_600_000
const release = async (closesIn: number, settings = {}) => {
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const closesAt = new Date(Date.now() + closesIn).toISOString()
  await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId,
    closesAt,
    resultsShown: 'all',
    answerRelease: 'after_due',
    ...settings,
  })
}

const ask = (method: string, path: string, json?: object) =>
  request(url, method, path, { token: learner.token, ...(json ? { json } : {}) })

/** All that the service tells a learner of an attempt. */
const toldOf = async (submissionId: string) => {
  const told = await Promise.all([
    ask('GET', `/assessment/submissions/${submissionId}`),
    ask('GET', `/assessment/quizzes/${quizId}`),
    ask('POST', `/assessment/submissions/${submissionId}/submit`, {}),
    ask('GET', `/assessment/courses/${courseId}/grades/mine`),
    ask('GET', `/assessment/quizzes/${quizId}/edit`),
    ask('POST', `/assessment/quizzes/${quizId}/preview`, { answers: {} }),
    ask('GET', `/assessment/quizzes/${quizId}/results`),
    ask('GET', `/assessment/submissions/${submissionId}/review`),
    ask('GET', `/assessment/courses/${courseId}/gradebook/grades`),
    ask('GET', `/education/courses/${courseId}`),
  ])
  return told.map(({ text }) => text).join('\n')
}

const keys = [
  ...keyWords,
  'secret-',
  ...[
    'pairs',
    'correct',
    'tolerance',
    'areas',
    'radius',
    'expression',
    'marks',
    'expected',
    'awarded',
    'hintCost',
  ].map(name => `"${name}"`),
]
const noKeyIn = (text: string, when: string) => {
  for (const word of keys) assert.ok(!text.includes(word), `${when}: ${word}`)
}

test('No byte of a key, of feedback or of a mark reaches a learner before the answers are released.', async () => {
  await release(hour)
  const started = await ask('POST', `/assessment/quizzes/${quizId}/submissions`, {})
  const attempt = JSON.parse(started.text) as { id: string; questions: { id: string; type: string }[] }
  noKeyIn(started.text, 'begun')
  assert.ok(!started.text.includes('vague-hint'), 'no hint is told before it is taken')
  const asked = (type: string) => attempt.questions.find(question => question.type === type)?.id as string
  const saved = await ask('PATCH', `/assessment/submissions/${attempt.id}/answers`, {
    answers: { [asked('single_choice')]: ['a'], [asked('matching')]: ['a x'], [asked('numeric')]: ['3'] },
  })
  assert.equal(saved.status, 200)
  noKeyIn(saved.text, 'saved')
  const hint = { questionId: asked('single_choice'), number: 1 }
  const taken = await ask('POST', `/assessment/submissions/${attempt.id}/hints`, hint)
  assert.ok(taken.text.includes('vague-hint'))
  noKeyIn(taken.text, 'a hint was taken')
  const checked = await ask('POST', `/assessment/submissions/${attempt.id}/check`, {
    questionId: asked('single_choice'),
    answers: {},
  })
  assert.equal(checked.status, 403)
  noKeyIn(checked.text, 'checked')
  const submitted = await ask('POST', `/assessment/submissions/${attempt.id}/submit`, {})
  noKeyIn(submitted.text, 'submitted')
  const { result, answersHeld, resultsShown } = JSON.parse(submitted.text)
  assert.ok(result.score > 0, 'the score does not wait')
  assert.equal(resultsShown, 'score')
  assert.equal(answersHeld.until, 'after_due')
  noKeyIn(await toldOf(attempt.id), 'before')

  await release(-hour)
  const told = await toldOf(attempt.id)
  for (const type of types) assert.ok(told.includes(`secret-solution-${type}.`), type)
  for (const word of ['secret-option', 'secret-feedback', 'secret-program', 'Okavango', '"expected"'])
    assert.ok(told.includes(word), word)
  assert.ok(!told.includes('secret-hint'), 'a hint that was not taken is not told afterwards')
  assert.ok(!told.includes('secret-guidance'), 'what is for markers stays with them')

  await release(hour)
  noKeyIn(await toldOf(attempt.id), 'the closing was moved')
  await release(-hour, { answerRelease: 'never' })
  noKeyIn(await toldOf(attempt.id), 'never')
  await release(-hour, { resultsShown: 'none' })
  const hidden = await toldOf(attempt.id)
  noKeyIn(hidden, 'no results')
  await release(hour, { answerRelease: 'after_all' })
  assert.ok((await toldOf(attempt.id)).includes('secret-solution-cloze'), 'everybody has submitted')
})
