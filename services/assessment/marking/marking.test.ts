import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Transaction } from '@azora/kit/db.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { duplicateQuiz } from '../quizzes/author-quiz.ts'
import { changeQuestions } from '../quizzes/change-questions.ts'
import { selectQuestions } from '../quizzes/quizzes.store.ts'
import { getReview } from '../results/review.ts'
import { assessment } from '../service.ts'
import { readAttempt, submitAttempt } from '../submissions/attempt.ts'
import { finish } from '../submissions/finish-attempt.ts'
import { startAttempt } from '../submissions/start-attempt.ts'
import { lockOptionalAttempt } from '../submissions/submissions.store.ts'
import { completeAttempt } from './complete-attempt.ts'
import { createEssayFixture, rubric } from './essay-fixture.ts'
import { getAnswerToMark, listAnswersToMark, listQuizzesToMark, releaseMarks } from './mark-answers.ts'
import { setMarking } from './marking-settings.ts'
import { saveMark } from './save-mark.ts'

/** The desk on which people mark. An essay of the fixture is worth 3, and the choice beside it, which is right, 1. */

let kit: TestKit
let fixture: ReturnType<typeof createEssayFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createEssayFixture(kit)
})
after(() => kit.dispose())

const blank = { revision: 0, levels: {}, awarded: null, comment: '', done: true }
const all = { reason: 'good', style: 'clear' }

/** The ids of the answers of a quiz that are on the desk. */
async function onDesk(quizId: string): Promise<string[]> {
  const { items } = await listAnswersToMark(fixture.tools, fixture.teacher(), quizId)
  return items.map(({ id }) => id)
}
const onlyOn = async (quizId: string) => (await onDesk(quizId))[0] ?? assert.fail('nothing is to be marked')
const mark = (id: string, part: Partial<typeof blank> & { levels?: Record<string, string> } = {}) =>
  saveMark(fixture.tools, fixture.teacher(), id, { ...blank, ...part })
const points = (awarded: number) => ({ awarded }) as unknown as Partial<typeof blank>

test('With its last mark an attempt is graded, told of once, and shows levels and comment to its learner.', async () => {
  const quiz = await fixture.essayQuiz({}, { rubric, rubricShown: false })
  const { id, learner } = await fixture.written(quiz)
  const answerId = await onlyOn(quiz.id)
  const half = { levels: { reason: 'some', style: 'clear' }, comment: 'Say why.' }
  const saved = await mark(answerId, half)
  assert.deepEqual(saved, { revision: 1, state: 'marked', graded: true, decided: true })
  const [event, ...others] = await fixture.results(id)
  assert.deepEqual([event?.payload.scorePercent, others.length], [75, 0])
  const { awaitsMarking, result } = await readAttempt(fixture.tools, learner, id)
  assert.deepEqual([awaitsMarking, result?.score, result?.maxScore, result?.passed], [false, 3, 4, true])
  const essay = result?.questions[1]
  assert.deepEqual(
    [essay?.awarded, essay?.comment, essay?.marks.map(({ part, given, awarded }) => [part, given, awarded])],
    [
      2,
      'Say why.',
      [
        ['reason', 'some', 1],
        ['style', 'clear', 1],
      ],
    ],
  )
  assert.equal(essay?.type === 'essay' && essay.body.rubric.length, 2, 'the rubric is shown with the result')
  assert.deepEqual(essay?.feedback, ['for all'], 'it is neither right nor wrong')
  assert.ok(!JSON.stringify(result).includes('for markers alone'))
  assert.deepEqual(await onDesk(quiz.id), [])
})

test('A draft keeps what there is of a mark, and grades nothing.', async () => {
  const quiz = await fixture.essayQuiz({}, { rubric })
  const { id } = await fixture.written(quiz)
  const answerId = await onlyOn(quiz.id)
  await mark(answerId, { levels: { reason: 'good', unknown: 'x' }, comment: 'So far', done: false })
  const read = await getAnswerToMark(fixture.tools, fixture.teacher(), answerId)
  assert.deepEqual(
    [read.state, read.revision, read.levels, read.comment, read.text],
    ['draft', 1, { reason: 'good' }, 'So far', 'Water is lazy.\n\nIt bends.'],
  )
  assert.deepEqual(await fixture.results(id), [])
})

test('Of two marks made on the same revision one is kept, and the other refused, whichever comes first.', async () => {
  for (const order of [
    [1, 2],
    [2, 1],
  ] as const) {
    const quiz = await fixture.essayQuiz()
    const { id } = await fixture.written(quiz)
    const answerId = await onlyOn(quiz.id)
    const saves = await overlapped(
      kit.db,
      fixture.organizationId,
      tx => lockOptionalAttempt(tx, id),
      () => Promise.allSettled(order.map(given => mark(answerId, { ...points(given), done: false }))),
    )
    const kept = saves.flatMap((save, at) => (save.status === 'fulfilled' ? [order[at]] : []))
    assert.equal(kept.length, 1)
    const refused = saves.find(save => save.status === 'rejected')
    assert.equal(refused?.reason.code, 'mark_changed')
    const read = await getAnswerToMark(fixture.tools, fixture.teacher(), answerId)
    assert.deepEqual([read.awarded, read.revision], [kept[0], 1])
    await assert.rejects(mark(answerId, points(0)), { code: 'mark_changed' })
  }
})

test('Two who give the last two marks of an attempt at once grade it once.', async () => {
  const quiz = await fixture.essayQuiz({}, {}, 2)
  const { id } = await fixture.written(quiz)
  const answers = await onDesk(quiz.id)
  const saves = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => lockOptionalAttempt(tx, id),
    () => Promise.all(answers.map(answerId => mark(answerId, points(3)))),
  )
  assert.deepEqual(saves.map(({ graded }) => graded).sort(), [false, true])
  assert.deepEqual(
    (await fixture.results(id)).map(({ payload }) => payload.scorePercent),
    [100],
  )
})

test('Of an attempt that is marked and a later one that is submitted at once, what is told last counts both.', async () => {
  for (const first of ['marked', 'submitted'] as const) {
    const quiz = await fixture.essayQuiz({ countedAttempt: 'average', passingScore: 50 })
    const learner = fixture.person()
    await setMarking(fixture.tools, fixture.teacher(), quiz.id, { anonymous: false, release: 'together' })
    const { id } = await fixture.written(quiz, learner)
    await mark(await onlyOn(quiz.id), points(3))
    const later = await startAttempt(fixture.tools, learner, quiz.id, undefined)
    const release = (tx: Transaction) => completeAttempt(tx, fixture.tools, id)
    const submit = async (tx: Transaction) => {
      const found = (await lockOptionalAttempt(tx, later.id)) ?? assert.fail()
      await finish(tx, fixture.tools, found, {})
    }
    const [held, waiting] = first === 'marked' ? [release, submit] : [submit, release]
    await overlapped<unknown>(kit.db, fixture.organizationId, held, () =>
      fixture.school.transaction(async tx => void (await waiting(tx))),
    )
    const told = [...(await fixture.results(id)), ...(await fixture.results(later.id))].map(
      event => event.payload,
    )
    const ofBoth = told.filter(
      ({ countedThrough = 0, attemptNumber }) => Math.max(countedThrough, attemptNumber) === 2,
    )
    assert.ok(
      ofBoth.some(({ counted }) => counted?.scorePercent === 50),
      `${first} first: ${JSON.stringify(told)}`,
    )
  }
})

test('Marks that are released together wait for that, and are released once.', async () => {
  const quiz = await fixture.essayQuiz()
  await setMarking(fixture.tools, fixture.teacher(), quiz.id, { release: 'together', anonymous: false })
  const [one, two] = [await fixture.written(quiz), await fixture.written(quiz)]
  const [first, second] = await onDesk(quiz.id)
  assert.equal((await mark(first ?? '', points(3))).graded, false)
  const { courseId } = await listAnswersToMark(fixture.tools, fixture.teacher(), quiz.id)
  const { items } = await listQuizzesToMark(fixture.tools, fixture.teacher(), courseId)
  assert.deepEqual(
    items.map(({ waitingCount, markedCount, readyCount }) => [waitingCount, markedCount, readyCount]),
    [[1, 1, 1]],
  )
  // A mark may still be changed before it is released.
  await mark(first ?? '', { ...points(0), revision: 1 })
  const releases = await Promise.all(
    [1, 2].map(() => releaseMarks(fixture.tools, fixture.teacher(), quiz.id)),
  )
  assert.equal(
    releases.reduce((sum, { releasedCount }) => sum + releasedCount, 0),
    1,
  )
  await assert.rejects(mark(first ?? '', { ...points(3), revision: 2 }), { code: 'not_found' })
  await mark(second ?? '', points(3))
  await releaseMarks(fixture.tools, fixture.teacher(), quiz.id)
  const told = [...(await fixture.results(one.id)), ...(await fixture.results(two.id))]
  assert.deepEqual(told.map(({ payload }) => payload.scorePercent).sort(), [100, 25])
})

test('Where names are hidden nothing that leaves the service tells whose answer it is, until it is graded.', async () => {
  const quiz = await fixture.essayQuiz({}, {}, 2)
  await setMarking(fixture.tools, fixture.teacher(), quiz.id, { release: 'at_once', anonymous: true })
  const { id, learner } = await fixture.written(quiz)
  const teacher = fixture.teacher()
  const list = await listAnswersToMark(fixture.tools, teacher, quiz.id)
  const answers = await Promise.all(list.items.map(one => getAnswerToMark(fixture.tools, teacher, one.id)))
  const sent = JSON.stringify([list, answers])
  for (const secret of [id, learner.actor.userId]) assert.ok(!sent.includes(secret))
  assert.equal(new Set(list.items.map(({ alias }) => alias)).size, 1, 'answers of one attempt stay together')
  const refused = { code: 'marked_without_names' }
  await assert.rejects(getReview(fixture.tools, teacher, id), refused)
  await assert.rejects(readAttempt(fixture.tools, teacher, id), refused)
  assert.equal((await readAttempt(fixture.tools, learner, id)).id, id, 'the learner sees it')
  for (const answer of list.items) await mark(answer.id, points(1))
  assert.equal((await getReview(fixture.tools, teacher, id)).userId, learner.actor.userId)
})

test('Where names are hidden an attempt is shown to nobody else while it is written or lies open past its end.', async () => {
  const quiz = await fixture.essayQuiz({ timeLimitMinutes: 10 })
  const [teacher, learner] = [fixture.teacher(), fixture.person()]
  const { id } = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  await setMarking(fixture.tools, teacher, quiz.id, { release: 'at_once', anonymous: true })
  const refused = { code: 'marked_without_names' }
  await assert.rejects(getReview(fixture.tools, teacher, id), refused)
  await assert.rejects(readAttempt(fixture.tools, teacher, id), refused)
  await fixture.endedAgo(id, 3600)
  await assert.rejects(getReview(fixture.tools, teacher, id), refused)
  await assert.rejects(readAttempt(fixture.tools, teacher, id), refused)
  const ruled = await fixture.quiz()
  const open = await startAttempt(fixture.tools, learner, ruled.id, undefined)
  await setMarking(fixture.tools, teacher, ruled.id, { release: 'at_once', anonymous: true })
  assert.equal((await getReview(fixture.tools, teacher, open.id)).id, open.id, 'rules alone mark this one')
})

test('An attempt that cannot be released holds up none after it, and is told of.', async () => {
  const quiz = await fixture.essayQuiz()
  await setMarking(fixture.tools, fixture.teacher(), quiz.id, { release: 'together', anonymous: false })
  const [broken, whole] = [await fixture.written(quiz), await fixture.written(quiz)]
  for (const answerId of await onDesk(quiz.id)) await mark(answerId, points(3))
  const questionsOf = Object.assign(
    async (...[db, attempt]: Parameters<typeof fixture.tools.questionsOf>) => {
      if (attempt.id === broken.id) throw new Error('as a test asks')
      return fixture.tools.questionsOf(db, attempt)
    },
    { remember: fixture.tools.questionsOf.remember },
  )
  const failing = { ...fixture.tools, questionsOf }
  const release = (tools: typeof fixture.tools) => releaseMarks(tools, fixture.teacher(), quiz.id)
  assert.deepEqual(await release(failing), { releasedCount: 1, failedCount: 1, readyCount: 0 })
  assert.equal((await fixture.results(whole.id)).length, 1)
  assert.deepEqual(await fixture.results(broken.id), [])
  assert.deepEqual(await release(fixture.tools), { releasedCount: 1, failedCount: 0, readyCount: 0 })
})

test('The desk numbers questions as the quiz does, and one that was taken out of it comes last.', async () => {
  const quiz = await fixture.essayQuiz({}, {}, 3)
  await fixture.written(quiz)
  const [removed, second, third] = quiz.essayIds
  const before = await selectQuestions(fixture.school, quiz.id)
  const after = [quiz.choiceId, third, second].flatMap(id => before.filter(question => question.id === id))
  await fixture.school.transaction(tx => changeQuestions(tx, quiz.id, before, after))
  const { questions } = await listAnswersToMark(fixture.tools, fixture.teacher(), quiz.id)
  assert.deepEqual(
    questions.map(({ id, number }) => [id, number]),
    [
      [third, 2],
      [second, 3],
      [removed, null],
    ],
  )
})

test('Where there are more answers than the desk holds, those to mark come first, and all are counted.', async () => {
  const quiz = await fixture.essayQuiz()
  const teacher = fixture.teacher()
  await setMarking(fixture.tools, teacher, quiz.id, { release: 'together', anonymous: false })
  for (const _ of [1, 2, 3]) await fixture.written(quiz)
  const [first, second, third] = await onDesk(quiz.id)
  await mark(first ?? '', points(1))
  await mark(second ?? '', points(1))
  const { items, ...desk } = await listAnswersToMark(fixture.tools, teacher, quiz.id, {
    mostAnswers: 1,
  })
  assert.deepEqual(
    items.map(({ id }) => id),
    [third],
  )
  assert.deepEqual([desk.waitingCount, desk.markedCount, desk.readyCount], [1, 2, 2])
})

test('A copy of a quiz is marked as the quiz is.', async () => {
  const quiz = await fixture.essayQuiz()
  const teacher = fixture.teacher()
  await setMarking(fixture.tools, teacher, quiz.id, { release: 'together', anonymous: true })
  const copy = await duplicateQuiz(fixture.tools, teacher, quiz.id, undefined)
  const { release, anonymous } = await listAnswersToMark(fixture.tools, teacher, copy.id)
  assert.deepEqual([release, anonymous], ['together', true])
})

test('A mark has the levels of the rubric, or no more points than there are, and is given by who teaches.', async () => {
  const [levels, plain] = [await fixture.essayQuiz({}, { rubric }), await fixture.essayQuiz()]
  for (const quiz of [levels, plain]) await fixture.written(quiz)
  const [byLevels, byPoints] = [await onlyOn(levels.id), await onlyOn(plain.id)]
  const invalid = { code: 'invalid_input' }
  await assert.rejects(mark(byLevels, { levels: { reason: 'good' } }), invalid)
  await assert.rejects(mark(byLevels, { levels: { reason: 'good', style: 'good' } }), invalid)
  await assert.rejects(mark(byPoints), invalid)
  await assert.rejects(mark(byPoints, points(3.5)), invalid)
  const learner = fixture.person()
  await assert.rejects(saveMark(fixture.tools, learner, byPoints, blank), { code: 'forbidden' })
  await assert.rejects(getAnswerToMark(fixture.tools, learner, byPoints), { code: 'forbidden' })
  await assert.rejects(releaseMarks(fixture.tools, learner, plain.id), { code: 'forbidden' })
  assert.equal((await mark(byLevels, { levels: all })).graded, true)
})

test('An attempt that is graded after a later one counts among those of its learner.', async () => {
  const quiz = await fixture.essayQuiz()
  const { id, learner } = await fixture.written(quiz)
  const next = await startAttempt(fixture.tools, learner, quiz.id, undefined)
  await submitAttempt(fixture.tools, learner, next.id, { [quiz.choiceId]: ['a'] })
  await mark(await onlyOn(quiz.id), points(3))
  const [event] = await fixture.results(id)
  assert.deepEqual(
    [event?.payload.counted, event?.payload.countedThrough],
    [{ scorePercent: 100, passed: true }, 2],
  )
})
