import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeBody } from '@azora/contracts/assessment/question-types/code.ts'
import { questionTypes } from '@azora/contracts/assessment/question-types.ts'
import { runCodeTests } from '@azora/service-assessment/code/run-code.ts'
import { findSandbox } from '@azora/service-assessment/code/sandbox/find-sandbox.ts'
import { ownQuizzes } from './own-quizzes.ts'
import { demoCourses } from './pack-course.ts'

const folders = (await demoCourses()).map(({ folder }) => folder)
const quizzes = (await Promise.all(folders.map(ownQuizzes))).flat()
const questions = quizzes.flatMap(({ quiz }) => quiz.questions ?? [])
const programs = questions
  .filter(question => question.type === 'code')
  .map(({ content, body }) => ({ content, body: codeBody.parse(body) }))
const found = await findSandbox()

test('The demo asks a question of every type.', () => {
  const asked = new Set<string>(questions.map(({ type }) => type))
  const missing = questionTypes.map(({ name }) => name).filter(name => !asked.has(name))
  assert.deepEqual(missing, [])
  assert.ok(programs.length >= 12)
})

test('The solution of each exercise passes its tests, and what learners begin with does not.', {
  skip: found.sandbox?.languages.includes('python') ? false : 'No sandbox for Python on this machine.',
}, async () => {
  assert.ok(found.sandbox)
  const { run } = found.sandbox
  const share = { schoolId: 'demo', courseId: 'demo', learnerId: 'demo', purpose: 'practice' as const }
  const failures = async (body: (typeof programs)[number]['body'], answer: string[]) => {
    const { tests } = body
    const programs = { run }
    const verdicts = await Array.fromAsync(
      runCodeTests({ programs }, body, answer, { tests, share, mostMs: 60_000 }),
    )
    return verdicts.flatMap(({ testId, outcome, stdout }) =>
      outcome === 'right' ? [] : `${testId}: ${stdout}`,
    )
  }
  for (const { content, body } of programs) {
    assert.deepEqual(await failures(body, body.solution), [], content)
    assert.notDeepEqual(await failures(body, []), [], content)
  }
})
