import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { createEssayFixture } from '../marking/essay-fixture.ts'
import { listAnswersToMark } from '../marking/mark-answers.ts'
import { saveMark } from '../marking/save-mark.ts'
import type { Question } from '../questions/question.ts'
import { changeQuestions } from '../quizzes/change-questions.ts'
import { lockQuiz, type QuizSettings, selectQuestions } from '../quizzes/quizzes.store.ts'
import { getReview } from '../results/review.ts'
import { assessment } from '../service.ts'
import { createAskedQuestions } from '../submissions/asked-questions.ts'
import { readAttempt, submitAttempt } from '../submissions/attempt.ts'
import { startAttempt } from '../submissions/start-attempt.ts'
import { lockOptionalAttempt, type RegradeRule } from '../submissions/submissions.store.ts'
import { overrideMark, takeBackOverride } from './override.ts'
import { getRegrade, previewRegrade, startRegrade } from './regrade.ts'
import { runRegrade, sweepRegrades } from './run-regrade.ts'
import { requestAgo, selectScoreEvents, spoil } from './testing.store.ts'

/** Marking anew after a key was changed. A quiz of the fixture has a choice worth 1, of which `a` is right. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const lastTry = { lastAttempt: true }

/** A quiz with attempts, whose key a teacher then changes and regrades. */
async function quizWith(chosen: string[], settings: Partial<QuizSettings> = {}) {
  const quiz = await fixture.quiz(settings)
  const take = async (option: string, learner = fixture.person()) => {
    const { id } = await startAttempt(fixture.tools, learner, quiz.id, undefined)
    await submitAttempt(fixture.tools, learner, id, { [quiz.questionId]: [option] })
    const read = () => readAttempt({ ...fixture.tools, questionsOf: createAskedQuestions() }, learner, id)
    const score = async () => (await read()).result?.scorePercent
    return { id, learner, read, score }
  }
  const attempts: Awaited<ReturnType<typeof take>>[] = []
  for (const option of chosen) attempts.push(await take(option))
  const change = (part: Partial<Question>, without = false) =>
    fixture.school.transaction(async tx => {
      await lockQuiz(tx, quiz.id, 'update')
      const before = await selectQuestions(tx, quiz.id)
      const after = before.map(question => ({ ...question, ...part }) as Question)
      await changeQuestions(tx, quiz.id, before, without ? [] : after)
    })
  const choices = (rule: RegradeRule, neverLower = false) => ({
    questions: [{ questionId: quiz.questionId, rule }],
    neverLower,
  })
  const preview = (rule: RegradeRule = 'key', neverLower = false) =>
    previewRegrade(fixture.tools, fixture.teacher(), quiz.id, choices(rule, neverLower))
  type Start = { neverLower?: boolean; tellLearners?: boolean; version?: string; by?: AskingCaller }
  const start = async (rule: RegradeRule = 'key', given: Start = {}) => {
    const { neverLower = false, tellLearners = false, by = fixture.teacher() } = given
    const version = given.version ?? (await preview(rule, neverLower)).version
    const input = { ...choices(rule, neverLower), tellLearners, version }
    return (await startRegrade(fixture.tools, by, quiz.id, input)).regradeId
  }
  const run = (regradeId: string, tools: Parameters<typeof runRegrade>[0] = fixture.tools, by = lastTry) =>
    runRegrade(tools, { organizationId: fixture.organizationId, regradeId }, by)
  const regrade = async (rule: RegradeRule = 'key', given: Start = {}) => run(await start(rule, given))
  const latest = async () => (await getRegrade(fixture.tools, fixture.teacher(), quiz.id)).latest
  const override = (submissionId: string, awarded: number, revision = 0) =>
    overrideMark(fixture.tools, fixture.teacher(), {
      ...{ submissionId, questionId: quiz.questionId, revision, awarded, reason: 'By hand.', comment: '' },
    })
  const scores = () => Promise.all(attempts.map(({ score }) => score()))
  return { quiz, attempts, take, change, preview, start, run, regrade, latest, override, scores }
}

/** With the key changed from `a` to `b`. */
async function rekeyed(chosen: string[], settings: Partial<QuizSettings> = {}) {
  const made = await quizWith(chosen, settings)
  await made.change({ correctAnswer: ['b'] })
  return made
}

test('A preview tells who changes, from what to what, and who passes or fails then; nothing is changed by it.', async () => {
  const { quiz, attempts, preview, scores } = await rekeyed(['a', 'b', 'b'])
  const told = await preview()
  assert.deepEqual([told.attemptCount, told.changedCount, told.raisedCount, told.loweredCount], [3, 3, 2, 1])
  assert.deepEqual([told.nowPassedCount, told.nowFailedCount], [2, 1])
  const [first] = attempts
  const { submissionId: _, ...item } =
    told.items.find(({ submissionId }) => submissionId === first?.id) ?? assert.fail()
  assert.deepEqual(item, {
    ...{ userId: first?.learner.actor.userId, attemptNumber: 1 },
    ...{ before: 100, after: 0, passedBefore: true, passedAfter: false },
  })
  assert.deepEqual(await scores(), [100, 0, 0])
  const { questions } = await getRegrade(fixture.tools, fixture.teacher(), quiz.id)
  assert.deepEqual(
    questions.map(({ id, attemptCount, keyFits }) => [id, attemptCount, keyFits]),
    [[quiz.questionId, 3, true]],
  )
})

test('By the new key scores, passes, the shown answer and what is told follow, once, though the job runs twice.', async () => {
  const { attempts, start, run, latest, scores } = await rekeyed(['a', 'b'])
  const regradeId = await start()
  await Promise.all([run(regradeId), run(regradeId)])
  await run(regradeId)
  assert.deepEqual(await scores(), [0, 100])
  const [, right] = attempts
  const view = (await right?.read())?.result
  assert.deepEqual([view?.passed, view?.questions[0]?.correct], [true, ['b']])
  assert.deepEqual(view?.questions[0]?.adjustment, { kind: 'key', reason: null, comment: null })
  assert.deepEqual(
    (await fixture.results(right?.id ?? '')).map(({ payload }) => payload.scorePercent),
    [0, 100],
  )
  const { changes } = (await getReview(fixture.tools, fixture.teacher(), right?.id ?? '')).questions[0] ?? {}
  assert.deepEqual(
    changes?.map(({ kind, fromPoints, toPoints }) => [kind, fromPoints, toPoints]),
    [['regraded', 0, 1]],
  )
  const done = await latest()
  assert.deepEqual([done?.state, done?.doneCount, done?.changedCount], ['done', 2, 2])
})

test('A score is never lowered where that is asked, and no pass is lost.', async () => {
  const { preview, regrade, scores } = await rekeyed(['a', 'b'])
  assert.equal((await preview('key', true)).loweredCount, 0)
  await regrade('key', { neverLower: true })
  assert.deepEqual(await scores(), [100, 100])
})

test('Full points are for everybody; a question that is left out counts for nobody.', async () => {
  const full = await rekeyed(['a', 'b'])
  await full.regrade('full')
  assert.deepEqual(await full.scores(), [100, 100])
  const out = await rekeyed(['b'])
  await out.regrade('left_out')
  const view = (await out.attempts[0]?.read())?.result
  assert.deepEqual([view?.score, view?.maxScore, view?.questions[0]?.adjustment?.kind], [0, 0, 'left_out'])
})

test('A question that was taken out is given to everybody or left out; no key is left to mark it by.', async () => {
  const { quiz, change, preview, regrade, scores } = await quizWith(['b'])
  await change({}, true)
  const { questions } = await getRegrade(fixture.tools, fixture.teacher(), quiz.id)
  assert.deepEqual([questions[0]?.number, questions[0]?.keyFits], [null, false])
  await assert.rejects(preview('key'), { code: 'invalid_input' })
  await regrade('full')
  assert.deepEqual(await scores(), [100])
})

test('A key that names options no one was offered does not fit, and a question as it was asked is not regraded.', async () => {
  const { quiz, change, preview } = await quizWith(['a'])
  await assert.rejects(preview(), { code: 'invalid_input' })
  const options = ['a', 'b', 'c'].map(id => ({ id, content: id, feedback: null }))
  await change({ options, correctAnswer: ['c'] })
  await assert.rejects(preview(), { code: 'invalid_input' })
  assert.equal((await preview('full')).attemptCount, 1)
  const { questions } = await getRegrade(fixture.tools, fixture.teacher(), quiz.id)
  assert.equal(questions[0]?.keyFits, false)
})

test('Points given by hand stay over a regrade; taken back, they give way to the mark by the new key.', async () => {
  const { quiz, attempts, override, regrade, scores } = await rekeyed(['b'])
  const [attempt] = attempts
  await override(attempt?.id ?? '', 0.5)
  await regrade()
  assert.deepEqual(await scores(), [50])
  await takeBackOverride(fixture.tools, fixture.teacher(), {
    ...{ submissionId: attempt?.id ?? '', questionId: quiz.questionId, revision: 1 },
  })
  assert.deepEqual(await scores(), [100])
})

for (const first of ['override', 'regrade'] as const) {
  test(`Points given by hand during a regrade stay, the ${first} first.`, async () => {
    const { attempts, override, start, run, scores } = await rekeyed(['b'])
    const id = attempts[0]?.id ?? ''
    const regradeId = await start()
    const both = [() => override(id, 0.5), () => run(regradeId)]
    const [hold, wait] = first === 'override' ? both : both.reverse()
    const settled = await overlapped(
      kit.db,
      fixture.organizationId,
      tx => lockOptionalAttempt(tx, id),
      () => Promise.allSettled([hold?.(), wait?.()]),
    )
    const refused = settled.find(one => one.status === 'rejected')
    // Seen before the regrade, the mark was another: then it is given again.
    if (refused) {
      assert.equal(refused.reason.code, 'mark_changed')
      await override(id, 0.5, 1)
    }
    assert.deepEqual(await scores(), [50])
    await run(regradeId)
    assert.deepEqual(await scores(), [50])
  })
}

test('Of two who begin a regrade at once one is refused, and each attempt is marked once.', async () => {
  const { quiz, preview, start, run, attempts } = await rekeyed(['b'])
  const { version } = await preview()
  const both = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => lockQuiz(tx, quiz.id, 'update'),
    () => Promise.allSettled([start('key', { version }), start('key', { version })]),
  )
  const [begun, ...more] = both.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
  assert.equal(more.length, 0)
  assert.equal(both.find(one => one.status === 'rejected')?.reason.code, 'regrade_running')
  await run(begun ?? '')
  assert.equal((await fixture.results(attempts[0]?.id ?? '')).length, 2)
  await assert.rejects(start('key', { version }), { code: 'preview_outdated' })
})

test('A preview that no longer holds is refused: after another change of the key, a mark by hand, or an older attempt that ends.', async () => {
  const made = await quizWith(['b'])
  const learner = fixture.person()
  const open = await startAttempt(fixture.tools, learner, made.quiz.id, undefined)
  await made.change({ correctAnswer: ['b'] })
  const id = made.attempts[0]?.id ?? ''
  const cases = [
    () => made.change({ content: 'Which is longer, really?' }),
    () => made.override(id, 0.5),
    () => submitAttempt(fixture.tools, learner, open.id, {}),
    () => made.change({ correctAnswer: ['a'], content: 'Which river is longer?' }),
  ]
  for (const change of cases) {
    const { version } = await made.preview('full')
    await change()
    await assert.rejects(made.start('full', { version }), { code: 'preview_outdated' })
  }
  const { version } = await made.preview('full')
  await assert.rejects(made.start('full', { version, neverLower: true }), { code: 'preview_outdated' })
  assert.equal(await made.latest(), null)
  // One that was asked the newest version is no part of it.
  await made.take('a')
  await made.start('full', { version })
})

test('A job that dies in the middle is continued by the next run, and tells of each attempt once.', async () => {
  const { attempts, start, run, latest, scores } = await rekeyed(['b', 'b', 'b'])
  const regradeId = await start()
  const { db } = fixture.tools
  let begun = 0
  const dying = {
    ...fixture.tools,
    db: {
      ...db,
      in: (organizationId: string) => {
        const school = db.in(organizationId)
        return new Proxy(school, {
          get: (target, name) => {
            if (name === 'transaction' && ++begun > 1) throw new Error('It died.')
            const found = Reflect.get(target, name)
            return typeof found === 'function' ? found.bind(target) : found
          },
        })
      },
    },
  } as unknown as Parameters<typeof runRegrade>[0]
  await assert.rejects(run(regradeId, dying), /died/)
  const half = await latest()
  assert.deepEqual([half?.state, half?.doneCount, half?.totalCount], ['running', 1, 3])
  await run(regradeId)
  assert.deepEqual(await scores(), [100, 100, 100])
  for (const { id } of attempts) assert.equal((await fixture.results(id)).length, 2)
})

test('An attempt that fails holds up no other, is tried again, and is told of at last.', async () => {
  const { attempts, start, run, latest } = await rekeyed(['b', 'b'])
  const regradeId = await start()
  await spoil(fixture.school, attempts[0]?.id ?? '')
  await assert.rejects(run(regradeId, fixture.tools, { lastAttempt: false }), /not regraded/)
  assert.equal(await attempts[1]?.score(), 100)
  assert.equal((await latest())?.state, 'running')
  const log = mock.method(kit.log, 'error', () => {})
  await run(regradeId)
  assert.equal(log.mock.callCount(), 1)
  log.mock.restore()
  const end = await latest()
  assert.deepEqual([end?.state, end?.failedCount, end?.changedCount], ['done', 1, 1])
})

test('An open attempt is not part of a regrade, and is marked by what it was asked when it is submitted.', async () => {
  const { quiz, start, run, take, change } = await quizWith(['b'])
  const learner = fixture.person()
  const open = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  await change({ correctAnswer: ['b'] })
  const regradeId = await start()
  const submitted = await submitAttempt(fixture.tools, learner, open.id, { [quiz.questionId]: ['a'] })
  await run(regradeId)
  assert.equal(submitted.result?.scorePercent, 100)
  assert.equal((await readAttempt(fixture.tools, learner, open.id)).result?.scorePercent, 100)
  assert.equal(await (await take('b')).score(), 100)
})

test('Learners whose score changed are told where the teacher asks for it, once, and only of scores that are shown.', async () => {
  const { attempts, start, run } = await rekeyed(['a', 'b'])
  const regradeId = await start('full', { tellLearners: true })
  await run(regradeId)
  await run(regradeId)
  const told = await Promise.all(attempts.map(({ id }) => selectScoreEvents(kit.db.infrastructure, id)))
  assert.deepEqual(
    told.map(events => events.map(({ payload }) => [payload.before, payload.after, payload.quizTitle])),
    [[], [[0, 100, 'Rivers']]],
  )
  for (const given of [
    { resultsShown: 'none' as const, tell: true },
    { resultsShown: 'all' as const, tell: false },
  ]) {
    const silent = await rekeyed(['b'], { resultsShown: given.resultsShown })
    await silent.regrade('key', { tellLearners: given.tell })
    assert.deepEqual(await selectScoreEvents(kit.db.infrastructure, silent.attempts[0]?.id ?? ''), [])
  }
})

test('What a person marks stays as it is, and its attempt is marked anew in the rest.', async () => {
  const quiz = await fixture.essayQuiz()
  const { id } = await fixture.written(quiz)
  const teacher = fixture.teacher()
  const change = () =>
    fixture.school.transaction(async tx => {
      const before = await selectQuestions(tx, quiz.id)
      const after = before.map(
        one => ({ ...one, correctAnswer: one.body ? [] : ['b'], content: 'Anew.' }) as Question,
      )
      await changeQuestions(tx, quiz.id, before, after)
    })
  await change()
  // It waits for its mark: it has no result that could change.
  assert.deepEqual((await getRegrade(fixture.tools, teacher, quiz.id)).questions, [])
  const [item] = (await listAnswersToMark(fixture.tools, teacher, quiz.id)).items
  const mark = { revision: 0, levels: {}, awarded: 3, comment: 'Good.', done: true }
  await saveMark(fixture.tools, teacher, item?.id ?? '', mark)
  const { questions } = await getRegrade(fixture.tools, teacher, quiz.id)
  assert.deepEqual(
    questions.map(one => one.id),
    [quiz.choiceId],
  )
  const choices = { questions: [{ questionId: quiz.choiceId, rule: 'key' as const }], neverLower: false }
  const { version } = await previewRegrade(fixture.tools, teacher, quiz.id, choices)
  const { regradeId } = await startRegrade(fixture.tools, teacher, quiz.id, {
    ...choices,
    ...{ version, tellLearners: false },
  })
  await runRegrade(fixture.tools, { organizationId: fixture.organizationId, regradeId }, lastTry)
  const review = await getReview(fixture.tools, teacher, id)
  assert.deepEqual(
    [review.score, review.questions[1]?.awarded, review.questions[1]?.comment],
    [3, 3, 'Good.'],
  )
})

test('Neither a learner, a teacher of another course nor one of another school sees or begins a regrade.', async () => {
  const { quiz, attempts, preview, start } = await rekeyed(['b'])
  const { version } = await preview()
  const choices = { questions: [{ questionId: quiz.questionId, rule: 'key' as const }], neverLower: false }
  const teacher = fixture.teacher()
  const elsewhere = { ...teacher, actor: { ...teacher.actor, organizationId: uuidv7() } }
  const callers = [
    [attempts[0]?.learner ?? assert.fail(), 'forbidden'],
    [fixture.person(), 'forbidden'],
    [elsewhere, 'not_found'],
  ] as const
  for (const [by, code] of callers) {
    await assert.rejects(getRegrade(fixture.tools, by, quiz.id), { code })
    await assert.rejects(previewRegrade(fixture.tools, by, quiz.id, choices), { code })
    await assert.rejects(start('key', { version, by }), { code })
  }
})

/** Its job is lost. @returns how many there are for it after the hourly look */
async function jobsAfterLook(regradeId: string, minutes: number): Promise<number | null> {
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  const jobs = 'from azora_jobs._private_jobs where payload::jsonb @> $1::jsonb'
  const its = [JSON.stringify({ regradeId })]
  try {
    await admin.query(`delete ${jobs}`, its)
    await requestAgo(fixture.school, regradeId, minutes)
    await sweepRegrades(kit)
    return (await admin.query(`select ${jobs}`, its)).rowCount
  } finally {
    await admin.end()
  }
}

test('A regrade whose job is gone is asked for anew after an hour.', async () => {
  const { start } = await rekeyed(['b'])
  const regradeId = await start()
  assert.equal(await jobsAfterLook(regradeId, 59), 0)
  assert.equal(await jobsAfterLook(regradeId, 61), 1)
})
