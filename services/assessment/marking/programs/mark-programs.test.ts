import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import pg from 'pg'
import {
  createCodeFixture,
  doubling,
  playedPrograms,
  playProgram,
  withoutWall,
} from '../../code/code-fixture.ts'
import type { Programs } from '../../code/programs.ts'
import { SandboxFault } from '../../code/sandbox/program.ts'
import { assessment } from '../../service.ts'
import { readAttempt, submitAttempt } from '../../submissions/attempt.ts'
import { startAttempt } from '../../submissions/start-attempt.ts'
import { submitAgo } from '../../submissions/testing.store.ts'
import { getAnswerToMark, listAnswersToMark, listQuizzesToMark, releaseMarks } from '../mark-answers.ts'
import { setMarking } from '../marking-settings.ts'
import { saveMark } from '../save-mark.ts'
import { markPrograms, sweepPrograms } from './mark-programs.ts'

let kit: TestKit
let fixture: ReturnType<typeof createCodeFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createCodeFixture(kit)
})
after(() => kit.dispose())

type Quiz = Awaited<ReturnType<typeof fixture.codeQuiz>>

/** An attempt that was submitted with the choice right and a program. */
async function submitted(quiz: Quiz, files = ['double']) {
  const learner = fixture.person()
  const { id } = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  const programs = Object.fromEntries(quiz.codeIds.map(codeId => [codeId, files]))
  await submitAttempt(fixture.tools, learner, id, { [quiz.choiceId]: ['a'], ...programs })
  const read = () => readAttempt(fixture.tools, learner, id)
  const mark = (programs: Programs = playedPrograms(), lastAttempt = false) =>
    markPrograms(
      { ...fixture.tools, programs },
      { organizationId: fixture.organizationId, submissionId: id },
      { lastAttempt },
    )
  return { id, learner, read, mark }
}

const failing = (times: number) => {
  let left = times
  return playedPrograms(async program => {
    if (left-- > 0) throw new SandboxFault('It died.')
    return playProgram(program)
  })
}

test('A program waits for its tests, and the attempt is then graded and told of once, though the job runs twice.', async () => {
  const quiz = await fixture.codeQuiz()
  const { id, read, mark } = await submitted(quiz)
  const waiting = await read()
  assert.deepEqual([waiting.awaitsMarking, waiting.result], [true, null])
  const programs = playedPrograms()
  await Promise.all([mark(programs), mark(programs)])
  await mark(programs)
  const { awaitsMarking, result } = await read()
  assert.deepEqual([awaitsMarking, result?.score, result?.maxScore], [false, 5, 5])
  assert.equal((await fixture.results(id)).length, 1)
})

test('Each test earns its worth; a seen one says where it went wrong, a hidden one no more than that it did.', async () => {
  const quiz = await fixture.codeQuiz()
  const { read, mark } = await submitted(quiz, ['fail'])
  await mark()
  const view = await read()
  const question = view.result?.questions.find(({ id }) => id === quiz.codeId)
  assert.deepEqual(question?.marks, [
    {
      part: 'a',
      given: null,
      expected: null,
      awarded: 0,
      points: 1,
      reason: 'program_failed',
      place: { path: 'main.py', line: 3, message: 'ValueError: 2', only: null },
    },
    { part: 'b', given: null, expected: null, awarded: 0, points: 1, reason: 'program_failed' },
    { part: 'c', given: null, expected: null, awarded: 0, points: 2, reason: 'program_failed' },
  ])
  const text = JSON.stringify(view)
  for (const key of ['3502', '7004', '2804', '5608', 'secret', '"double"'])
    assert.ok(!text.includes(key), key)
})

for (const [what, printed, told] of [
  ['a zero character', 'a\0b', 'a\ufffdb'],
  ['a character of two halves where it is cut', `${'x'.repeat(199)}\u{1f600}`, `${'x'.repeat(199)}\ufffd`],
] as const) {
  test(`A program that prints ${what} is marked, as any other, by its tests.`, async () => {
    const quiz = await fixture.codeQuiz()
    const { read, mark } = await submitted(quiz)
    await mark(playedPrograms(async program => ({ ...(await playProgram(program)), stdout: printed })))
    const question = (await read()).result?.questions.find(({ id }) => id === quiz.codeId)
    assert.deepEqual([question?.marks[0]?.reason, question?.marks[0]?.given], ['test_failed', told])
  })
}

test('A program whose error holds a zero character is marked, as any other, by its tests.', async () => {
  const quiz = await fixture.codeQuiz()
  const { read, mark } = await submitted(quiz, ['fail'])
  const stderr = 'File "/program/main.py", line 3\nValueError: a\0b'
  await mark(playedPrograms(async program => ({ ...(await playProgram(program)), stderr })))
  const question = (await read()).result?.questions.find(({ id }) => id === quiz.codeId)
  assert.equal(question?.marks[0]?.place?.message, 'ValueError: a\ufffdb')
})

test('Only where the author says so are the hidden tests and the solution told with the right answers.', async () => {
  const quiz = await fixture.codeQuiz({}, doubling({ keyShown: true }))
  const { read, mark } = await submitted(quiz, ['echo'])
  assert.ok(!JSON.stringify(await read()).includes('7004'))
  await mark()
  const question = (await read()).result?.questions.find(({ id }) => id === quiz.codeId)
  assert.deepEqual(question?.correct, ['double'])
  assert.ok(JSON.stringify(question).includes('7004'))
  assert.ok(!JSON.stringify(question).includes('secret-file'))
})

test('A sandbox that fails leaves the job to be tried again, and nothing is lost.', async () => {
  const quiz = await fixture.codeQuiz()
  const { read, mark } = await submitted(quiz)
  await assert.rejects(mark(failing(1)), /not run/)
  assert.equal((await read()).awaitsMarking, true)
  await mark()
  assert.equal((await read()).result?.score, 5)
})

test('After the last try a person marks it, sees why, and the attempt is graded with their mark.', async () => {
  const log = mock.method(kit.log, 'error', () => {})
  const quiz = await fixture.codeQuiz()
  const { read, mark } = await submitted(quiz)
  await mark(failing(9), true)
  assert.equal(log.mock.callCount(), 1)
  log.mock.restore()
  const teacher = fixture.teacher()
  const { items, waitingCount } = await listAnswersToMark(fixture.tools, teacher, quiz.id)
  assert.equal(waitingCount, 1)
  const answerId = items[0]?.id ?? ''
  const answer = await getAnswerToMark(fixture.tools, teacher, answerId)
  assert.equal(answer.program?.notRun, 'could_not_run')
  assert.deepEqual(
    answer.program?.files.map(({ path, content }) => [path, content]),
    [
      ['main.py', 'double'],
      ['secret.csv', 'secret-file'],
    ],
  )
  await mark()
  const mine = { revision: answer.revision, levels: {}, awarded: 3, comment: 'Nearly.', done: true }
  assert.equal((await saveMark(fixture.tools, teacher, answerId, mine)).graded, true)
  const { result } = await read()
  assert.equal(result?.score, 4)
  assert.equal(result?.questions.find(({ id }) => id === quiz.codeId)?.comment, 'Nearly.')
})

for (const [why, programs] of [
  ['programs_off', withoutWall],
  ['language_missing', playedPrograms(undefined, ['c'])],
] as const) {
  test(`Where it cannot be run at all a person marks it at once: ${why}.`, async () => {
    const quiz = await fixture.codeQuiz()
    const { mark } = await submitted(quiz)
    await mark(programs)
    const teacher = fixture.teacher()
    const { items } = await listAnswersToMark(fixture.tools, teacher, quiz.id)
    const { program } = await getAnswerToMark(fixture.tools, teacher, items[0]?.id ?? '')
    assert.equal(program?.notRun, why)
  })
}

test('An answer that takes the process with it each time is left to a person.', async () => {
  const quiz = await fixture.codeQuiz()
  const { mark } = await submitted(quiz)
  for (let tries = 1; tries <= 6; tries++) await assert.rejects(mark(failing(9)))
  const programs = playedPrograms()
  await mark(programs)
  assert.equal(programs.seen.length, 0)
  const { items } = await listAnswersToMark(fixture.tools, fixture.teacher(), quiz.id)
  assert.equal(items.length, 1)
})

test('What waits for its tests is on no desk, and is not held back where marks are released together.', async () => {
  const quiz = await fixture.codeQuiz()
  const teacher = fixture.teacher()
  await setMarking(fixture.tools, teacher, quiz.id, { release: 'together', anonymous: false })
  const { read, mark } = await submitted(quiz)
  const desk = await listAnswersToMark(fixture.tools, teacher, quiz.id)
  assert.deepEqual([desk.items, desk.waitingCount, desk.readyCount], [[], 0, 0])
  await mark()
  assert.equal((await read()).result?.score, 5)
  // Left to a person, it is held back with the others.
  const { read: readOther, mark: markOther } = await submitted(quiz)
  await markOther(withoutWall)
  const [item] = (await listAnswersToMark(fixture.tools, teacher, quiz.id)).items
  const mine = { revision: 0, levels: {}, awarded: 4, comment: '', done: true }
  assert.equal((await saveMark(fixture.tools, teacher, item?.id ?? '', mine)).graded, false)
  assert.equal((await readOther()).awaitsMarking, true)
  await releaseMarks({ ...fixture.tools, log: kit.log }, teacher, quiz.id)
  assert.equal((await readOther()).result?.score, 5)
})

for (const first of ['person', 'program'] as const) {
  test(`A person and a program give the last two marks of an attempt, the ${first} first: it is graded once.`, async () => {
    const quiz = await fixture.codeQuiz({}, doubling({ language: 'c' }), doubling())
    const { id, read, mark } = await submitted(quiz)
    await assert.rejects(mark(failing(9)), /not run/)
    const teacher = fixture.teacher()
    const [item] = (await listAnswersToMark(fixture.tools, teacher, quiz.id)).items
    const mine = { revision: 0, levels: {}, awarded: 4, comment: '', done: true }
    const save = () => saveMark(fixture.tools, teacher, item?.id ?? '', mine)
    const both = first === 'person' ? [save, () => mark()] : [() => mark(), save]
    await Promise.all(both.map(give => give()))
    assert.equal((await read()).result?.score, 9)
    assert.equal((await fixture.results(id)).length, 1)
  })
}

test('Quizzes whose programs are all run are not among those with answers to mark.', async () => {
  const quiz = await fixture.codeQuiz()
  const { read, mark } = await submitted(quiz)
  const { courseId } = await read()
  const listed = async () => (await listQuizzesToMark(fixture.tools, fixture.teacher(), courseId)).items
  assert.deepEqual(await listed(), [])
  await mark(withoutWall)
  assert.deepEqual(
    (await listed()).map(({ quizId, waitingCount }) => [quizId, waitingCount]),
    [[quiz.id, 1]],
  )
})

test('An unanswered program earns nothing at once, and waits for nobody.', async () => {
  const quiz = await fixture.codeQuiz()
  const { read } = await submitted(quiz, [])
  const { awaitsMarking, result } = await read()
  assert.deepEqual([awaitsMarking, result?.score], [false, 1])
})

/** Its job is lost. @returns how many there are for it after the hourly look */
async function jobsAfterLook(submissionId: string, minutes: number): Promise<number | null> {
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  const jobs = 'from azora_jobs._private_jobs where payload::jsonb @> $1::jsonb'
  const its = [JSON.stringify({ submissionId })]
  try {
    await admin.query(`delete ${jobs}`, its)
    await submitAgo(fixture.school, submissionId, minutes)
    await sweepPrograms(kit)
    return (await admin.query(`select ${jobs}`, its)).rowCount
  } finally {
    await admin.end()
  }
}

test('An answer whose job is gone is asked for anew after an hour.', async () => {
  const { id } = await submitted(await fixture.codeQuiz())
  assert.equal(await jobsAfterLook(id, 59), 0)
  assert.equal(await jobsAfterLook(id, 61), 1)
})

test('An attempt whose job gave all marks and died before it was graded is graded after an hour.', async () => {
  const { id, read, mark } = await submitted(await fixture.codeQuiz())
  let asked = 0
  const { questionsOf } = fixture.tools
  const dying: typeof questionsOf = Object.assign(
    async (...given: Parameters<typeof questionsOf>) => {
      if (++asked === 2) throw new Error('It died.')
      return questionsOf(...given)
    },
    { remember: questionsOf.remember },
  )
  const which = { organizationId: fixture.organizationId, submissionId: id }
  const last = { lastAttempt: true }
  const tools = { ...fixture.tools, questionsOf: dying, programs: playedPrograms() }
  await assert.rejects(markPrograms(tools, which, last), /It died/)
  assert.equal((await read()).awaitsMarking, true)
  assert.equal(await jobsAfterLook(id, 61), 1)
  await mark()
  assert.equal((await read()).result?.score, 5)
  assert.equal(await jobsAfterLook(id, 61), 0)
})

test('An attempt whose marks are released together, all given, waits for its teacher and for no job.', async () => {
  const quiz = await fixture.codeQuiz({}, doubling({ language: 'c' }), doubling())
  const teacher = fixture.teacher()
  await setMarking(fixture.tools, teacher, quiz.id, { release: 'together', anonymous: false })
  const { id, mark } = await submitted(quiz)
  await mark()
  const [item] = (await listAnswersToMark(fixture.tools, teacher, quiz.id)).items
  const mine = { revision: 0, levels: {}, awarded: 4, comment: '', done: true }
  await saveMark(fixture.tools, teacher, item?.id ?? '', mine)
  assert.equal(await jobsAfterLook(id, 61), 0)
})
