import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { assessment } from '../service.ts'
import { submitAttempt } from '../submissions/attempt.ts'
import { startAttempt } from '../submissions/start-attempt.ts'
import { createCodeFixture, doubling, playedPrograms, withoutWall } from './code-fixture.ts'
import { previewProgram, runProgram, tryProgram } from './practice.ts'

let kit: TestKit
let fixture: ReturnType<typeof createCodeFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createCodeFixture(kit)
})
after(() => kit.dispose())

const { signal } = new AbortController()
const toolsWith = (programs = playedPrograms()) => ({ ...fixture.tools, programs })

async function writing(body = doubling()) {
  const quiz = await fixture.codeQuiz({}, body)
  const learner = fixture.person()
  const { id } = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  return { quiz, learner, submissionId: id, questionId: quiz.codeId }
}

type Results = Awaited<ReturnType<typeof runProgram>>
const told = async (results: Promise<Results>) =>
  (await Array.fromAsync(await results)).map(({ data }) => data)

test('A learner runs a program with the tests that they see, and is told nothing of the hidden ones.', async () => {
  const { learner, ...ids } = await writing()
  const programs = playedPrograms()
  const results = await told(runProgram(toolsWith(programs), learner, { ...ids, files: ['echo'] }, signal))
  assert.deepEqual(
    results.map(({ testId, outcome, difference }) => [
      testId,
      outcome,
      difference?.given,
      difference?.expected,
    ]),
    [['a', 'wrong', '2', '4']],
  )
  assert.deepEqual(
    programs.seen.map(({ stdin, limits }) => [stdin, limits?.processorMs, limits?.memoryBytes]),
    [['2', 5_000, 128 * 2 ** 20]],
  )
})

test('A program that a learner sees the output of never has the hidden files.', async () => {
  const { learner, ...ids } = await writing()
  const run = (own?: { stdin: string; arguments: string[] }) =>
    told(runProgram(toolsWith(), learner, { ...ids, files: ['list'], own }, signal))
  const text = JSON.stringify([await run(), await run({ stdin: '', arguments: [] })])
  assert.match(text, /main\.py: list/)
  assert.ok(!text.includes('secret'), text)
})

test('With an input of one’s own the program is run once, and its output told up to a length.', async () => {
  const { learner, ...ids } = await writing()
  const own = { stdin: 'x'.repeat(9_000), arguments: ['--all'] }
  const programs = playedPrograms()
  const [result, ...more] = await told(
    runProgram(toolsWith(programs), learner, { ...ids, files: ['echo'], own }, signal),
  )
  assert.deepEqual([result?.testId, result?.outcome, more.length], [null, 'finished', 0])
  assert.deepEqual([result?.stdout.length, result?.cut], [8_000, true])
  assert.deepEqual(programs.seen[0]?.arguments, ['--all'])
})

test('Only in one’s own attempt, while it is open, and at a question that asks for a program.', async () => {
  const { quiz, learner, ...ids } = await writing()
  const tools = toolsWith()
  const wish = { ...ids, files: ['double'] }
  await assert.rejects(runProgram(tools, fixture.person(), wish, signal), { code: 'not_found' })
  const elsewhere = { ...learner, actor: { ...learner.actor, organizationId: quiz.id } }
  await assert.rejects(runProgram(tools, elsewhere, wish, signal), { code: 'not_found' })
  await assert.rejects(runProgram(tools, learner, { ...wish, questionId: quiz.choiceId }, signal), {
    code: 'not_found',
  })
  await submitAttempt(fixture.tools, learner, ids.submissionId, {})
  await assert.rejects(runProgram(tools, learner, wish, signal), { code: 'attempt_closed' })
})

test('Where there is no way back, only the program that is asked now can be run.', async () => {
  const quiz = await fixture.codeQuiz({ layout: 'forward_only' })
  const learner = fixture.person()
  const { id } = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  const wish = { submissionId: id, questionId: quiz.codeId, files: ['double'] }
  await assert.rejects(runProgram(toolsWith(), learner, wish, signal), { code: 'not_found' })
})

test('Where programs of its language cannot be run, it says so before anything is run.', async () => {
  const { learner, ...ids } = await writing()
  const wish = { ...ids, files: ['double'] }
  for (const programs of [withoutWall, playedPrograms(undefined, ['c'])])
    await assert.rejects(runProgram({ ...fixture.tools, programs }, learner, wish, signal), {
      code: 'programs_not_run',
    })
})

test('Only the first of several tests asks to be let in; the others go on in its place.', async () => {
  const tests = ['a', 'b', 'c'].map(id => ({ id, title: id, stdin: '1', expected: '2' }))
  const { learner, ...ids } = await writing(doubling({ tests }))
  const begun: (boolean | undefined)[] = []
  const played = playedPrograms()
  const programs: typeof played = {
    ...played,
    async run(program, share) {
      begun.push(share.begun)
      return played.run(program, share)
    },
  }
  await told(runProgram(toolsWith(programs), learner, { ...ids, files: ['double'] }, signal))
  assert.deepEqual(begun, [false, true, true])
})

test('Nothing more is run once nobody reads the results.', async () => {
  const tests = ['a', 'b', 'c'].map(id => ({ id, title: id, stdin: '1', expected: '2' }))
  const { learner, ...ids } = await writing(doubling({ tests }))
  const leaving = new AbortController()
  const programs = playedPrograms()
  const results = await runProgram(
    toolsWith(programs),
    learner,
    { ...ids, files: ['double'] },
    leaving.signal,
  )
  assert.equal((await results.next()).value?.data.outcome, 'right')
  leaving.abort(new Error('They left.'))
  await assert.rejects(results.next(), /They left/)
  assert.equal(programs.seen.length, 1)
})

test('An author tries the solution with all tests, before it is saved; hidden tests have the hidden files.', async () => {
  const { id } = await fixture.codeQuiz()
  const teacher = fixture.teacher()
  const programs = playedPrograms()
  const tools = toolsWith(programs)
  const results = await told(tryProgram(tools, teacher, { courseId: id, body: doubling() }, signal))
  assert.deepEqual(
    results.map(({ testId, outcome }) => [testId, outcome]),
    [
      ['a', 'right'],
      ['b', 'right'],
      ['c', 'right'],
    ],
  )
  assert.deepEqual(
    programs.seen.map(({ files }) => files.length),
    [1, 2, 2],
  )
  const broken = { courseId: id, body: doubling({ files: [] }) }
  await assert.rejects(tryProgram(tools, teacher, broken, signal), { code: 'invalid_input' })
  await assert.rejects(tryProgram(tools, fixture.person(), { courseId: id, body: doubling() }, signal), {
    code: 'forbidden',
  })
})

test('An author who looks at the quiz as a learner runs what a learner could; nobody else can.', async () => {
  const quiz = await fixture.codeQuiz()
  const wish = { quizId: quiz.id, questionId: quiz.codeId, files: ['double'] }
  const results = await told(previewProgram(toolsWith(), fixture.teacher(), wish, signal))
  assert.deepEqual(
    results.map(({ testId, outcome }) => [testId, outcome]),
    [['a', 'right']],
  )
  await assert.rejects(previewProgram(toolsWith(), fixture.person(), wish, signal), { code: 'forbidden' })
})
