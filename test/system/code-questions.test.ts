import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { appoint, openAuthDatabase, type Person, request, signUp, systemUnderTest } from '../api.ts'
import { makeCourse } from '../courses.ts'
import { until } from '../system.ts'

/**
 * A program on its way from an author to a learner, through the sandbox and back with its marks. Where the machine can
 * make no sandbox, the same answer comes to the desk of a teacher, who is told why.
 */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person
let learner: Person
let quizId: string
let questionId: string
let runs: boolean

// Stand in what is hidden and nowhere else.
const keyWords = ['77001', '154002', 'hidden-table', 'key-solution']

const body = {
  language: 'python' as const,
  files: [
    { path: 'main.py', content: 'n = int(input())\n' },
    { path: 'secret.csv', content: 'hidden-table', hidden: true },
  ],
  tests: [
    { id: 'a', title: 'A small number', stdin: '2\n', expected: '4\n' },
    { id: 'b', title: 'A large number', stdin: '77001\n', expected: '154002\n', worth: 2, hidden: true },
    { id: 'c', title: 'Zero', stdin: '0\n', expected: '0\n', hidden: true },
  ],
  solution: ['print(int(input()) * 2)  # key-solution\n'],
}

/** Right, but for zero, on which it tells what it was given and what is beside it. */
const answer = `
import os
n = int(input())
if n != 2: print(os.listdir(), open('secret.csv').read() if os.path.exists('secret.csv') else '-')
if n == 0: raise ValueError('It was given ' + str(n) + str(os.listdir()))
if n == 2: print(n * 2)
`

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
  learner = await signUp(url)
  const course = await makeCourse(url, instructor)
  quizId = course.quizId
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const saved = await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId,
    questions: [{ type: 'code', content: '<p>Double a number.</p>', points: 4, body }],
  })
  questionId = saved.questions[0]?.id ?? ''
  await learner.api.education.enroll({ courseId: course.courseId })
  const { languages } = await instructor.api.assessment.listProgramLanguages({})
  runs = languages.includes('python')
})
after(() => authDb.close())

/** The events of a stream that was read to its end. */
const resultsIn = (text: string) =>
  text
    .split('\n')
    .filter(row => row.startsWith('data: {"testId"'))
    .map(row => JSON.parse(row.slice(6)) as { testId: string | null; outcome: string; stdout: string })

test('A learner runs a program, submits it, and gets its marks; nothing hidden is ever sent to them.', async () => {
  const { token } = learner
  const sent: string[] = []
  async function call(method: 'GET' | 'POST', path: string, json?: object) {
    const { status, text } = await request(url, method, path, { token, ...(json ? { json } : {}) })
    sent.push(text)
    return { status, text }
  }
  const started = await call('POST', `/assessment/quizzes/${quizId}/submissions`, {})
  const { id } = JSON.parse(started.text) as { id: string }
  const path = `/assessment/submissions/${id}`
  const seen = await call('POST', `${path}/program-runs`, { questionId, files: [answer] })
  const own = await call('POST', `${path}/program-runs`, {
    questionId,
    files: [answer],
    own: { stdin: '5\n' },
  })
  if (runs) {
    assert.deepEqual(
      resultsIn(seen.text).map(({ testId, outcome }) => [testId, outcome]),
      [['a', 'right']],
      seen.text,
    )
    assert.deepEqual(
      resultsIn(own.text).map(({ outcome, stdout }) => [outcome, stdout]),
      [['finished', "['main.py'] -\n"]],
      own.text,
    )
  } else assert.deepEqual([seen.status, own.status], [409, 409])
  const submitted = await call('POST', `${path}/submit`, { answers: { [questionId]: [answer] } })
  assert.equal((JSON.parse(submitted.text) as { awaitsMarking: boolean }).awaitsMarking, true)
  if (!runs) {
    await markByHand()
    return
  }
  const result = await until('The verdict', async () => {
    const { result: found } = await learner.api.assessment.getSubmission({ submissionId: id })
    return found
  })
  assert.deepEqual(
    result.questions[0]?.marks.map(({ part, awarded, reason }) => [part, awarded, reason]),
    [
      ['a', 1, 'test_passed'],
      ['b', 0, 'test_failed'],
      ['c', 0, 'program_failed'],
    ],
  )
  await call('GET', path)
  await call('GET', `/assessment/quizzes/${quizId}`)
  for (const text of sent) for (const word of keyWords) assert.ok(!text.includes(word), `${word} in ${text}`)
})

async function markByHand(): Promise<void> {
  const { listAnswersToMark, getAnswerToMark, saveMark } = instructor.api.assessment
  const answerId = await until('The answer on the desk', async () => {
    const { items } = await listAnswersToMark({ quizId })
    return items[0]?.id
  })
  const { program, revision } = await getAnswerToMark({ answerId })
  assert.ok(['programs_off', 'language_missing'].includes(program?.notRun ?? ''), program?.notRun ?? 'none')
  assert.equal((await saveMark({ answerId, revision, awarded: 3, done: true })).graded, true)
}

test('An author tries the solution with all tests, the hidden ones too, before it is saved.', async () => {
  const { courseId } = await instructor.api.assessment.editQuiz({ quizId })
  const { status, text } = await request(url, 'POST', `/assessment/courses/${courseId}/program-runs`, {
    token: instructor.token,
    json: { courseId, body },
  })
  if (!runs) return assert.equal(status, 409)
  assert.deepEqual(
    resultsIn(text).map(({ testId, outcome }) => [testId, outcome]),
    [
      ['a', 'right'],
      ['b', 'right'],
      ['c', 'right'],
    ],
  )
})

test('Unit tests and rules of style mark a program; learners get neither the tests nor what hidden ones say.', async t => {
  if (!runs) return t.skip('This machine runs no programs.')
  const unitTests = `
import unittest
from main import double
class Doubling(unittest.TestCase):
    def test_small(self): self.assertEqual(double(2), 4, 'Twice.')
    def test_hidden(self): self.assertEqual(double('key-input'), 'key-inputkey-input')
`
  const course = await makeCourse(url, instructor)
  const quiz = await instructor.api.assessment.editQuiz({ quizId: course.quizId })
  const saved = await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId: course.quizId,
    questions: [
      {
        type: 'code',
        content: '<p>Write double.</p>',
        points: 4,
        body: {
          language: 'python',
          files: [{ path: 'main.py', content: '' }],
          unitTests,
          tests: [
            { id: 'a', title: 'Small', expected: '', unit: 'Doubling.test_small' },
            { id: 'b', title: 'Unseen', expected: '', unit: 'Doubling.test_hidden', hidden: true },
          ],
          style: [
            { id: 's', rule: 'must_not_use', value: 'for', worth: 2 },
            { id: 'r', rule: 'docstrings', worth: 0 },
          ],
        },
      },
    ],
  })
  const id = saved.questions[0]?.id ?? ''
  await learner.api.education.enroll({ courseId: course.courseId })
  const attempt = await learner.api.assessment.startSubmission({ quizId: course.quizId })
  const program = 'def double(number):\n    return number + 1\n'
  const path = `/assessment/submissions/${attempt.id}`
  const ran = await request(url, 'POST', `${path}/program-runs`, {
    token: learner.token,
    json: { questionId: id, files: [program] },
  })
  assert.deepEqual(
    resultsIn(ran.text).map(({ testId, outcome }) => [testId, outcome]),
    [
      ['a', 'wrong'],
      ['s', 'right'],
      ['r', 'wrong'],
    ],
    ran.text,
  )
  await learner.api.assessment.submit({ submissionId: attempt.id, answers: { [id]: [program] } })
  const result = await until('The verdict', async () => {
    const found = await learner.api.assessment.getSubmission({ submissionId: attempt.id })
    return found.result
  })
  const marks = result.questions[0]?.marks ?? []
  assert.deepEqual(
    marks.map(({ part, awarded, reason, given, assertion }) => [
      part,
      awarded,
      reason,
      given,
      assertion ?? null,
    ]),
    [
      ['a', 0, 'test_failed', '3', { call: 'double(2)', message: 'Twice.' }],
      ['b', 0, 'program_failed', null, null],
      ['s', 2, 'style_kept', null, null],
      ['r', 0, 'style_broken', null, null],
    ],
  )
  const sent =
    ran.text + JSON.stringify(await learner.api.assessment.getSubmission({ submissionId: attempt.id }))
  assert.ok(!sent.includes('key-input') && !sent.includes('assertEqual'), sent)
})
