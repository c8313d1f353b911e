import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, statementsOf, type TestKit } from '@azora/kit/testing.ts'
import { duplicateQuiz } from '../quizzes/author-quiz.ts'
import { assessment } from '../service.ts'
import { readStandardLevels } from './read-levels.ts'
import { selectQuizAlignments } from './standards.store.ts'
import { getStandards, saveStandards } from './standards.ts'
import { createStandardsFixture, setupWith } from './standards-fixture.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

test('The questions of one quiz that show a standard are one piece of evidence, by their points.', async () => {
  const { quizOf, align, take, percents, one, two, evidence } = await createStandardsFixture(kit)
  const { quizId, questions } = await quizOf([1, 3, 4])
  const [first, second, third] = questions as [string, string, string]
  await align(quizId, [
    [first, one],
    [second, one],
    [second, two],
  ])
  const submissionId = await take(quizId, { [first]: 1, [second]: 1.5, [third]: 0 })
  assert.deepEqual(await percents(), [62.5, 50])
  const { evidence: pieces, ...standing } = await evidence(one)
  assert.deepEqual([standing.pieceCount, standing.percent, pieces.length], [1, 62.5, 1])
  assert.deepEqual(
    pieces[0]?.questions.map(({ questionId, awarded, points, submissionId: of }) => [
      questionId,
      awarded,
      points,
      of,
    ]),
    [
      [first, 1, 1, submissionId],
      [second, 1.5, 3, submissionId],
    ],
  )
})

test('Of each quiz the attempts that count are evidence: the best, the last, the first, or their average.', async () => {
  const expected = { best: 75, last: 25, first: 0, average: 33.3333 }
  for (const [countedAttempt, percent] of Object.entries(expected)) {
    const { quizOf, align, take, percents, one } = await createStandardsFixture(kit)
    const settings = { countedAttempt: countedAttempt as keyof typeof expected }
    const { quizId, questions } = await quizOf([4], settings)
    await align(quizId, [[questions[0], one]])
    await take(quizId, { [questions[0]]: 0 }, { attemptNumber: 1, scorePercent: 10 })
    await take(quizId, { [questions[0]]: 3 }, { attemptNumber: 2, scorePercent: 90 })
    await take(quizId, { [questions[0]]: 1 }, { attemptNumber: 3, scorePercent: 20 })
    assert.deepEqual(await percents(), [percent, null], countedAttempt)
  }
})

test('Evidence counts in the order of submission, by the rule of the course.', async () => {
  const { quizOf, align, take, percents, one } = await createStandardsFixture(kit, {
    evidenceRule: 'decaying',
  })
  const [early, late] = [await quizOf([10]), await quizOf([10])]
  for (const { quizId, questions } of [early, late]) await align(quizId, [[questions[0], one]])
  // The quiz that was made later is taken first.
  await take(late.quizId, { [late.questions[0]]: 0 })
  await take(early.quizId, { [early.questions[0]]: 10 })
  assert.deepEqual(await percents(), [65, null])
})

test('What is not graded yet, surveys, practice and banks are no evidence.', async () => {
  const { quizOf, align, take, percents, one, school } = await createStandardsFixture(kit)
  const { quizId, questions } = await quizOf([1])
  await align(quizId, [[questions[0], one]])
  const id = await take(quizId, { [questions[0]]: 1 })
  assert.deepEqual(await percents(), [100, null])
  const set = (change: ReturnType<typeof sql>) => school.run(change)
  for (const [no, yes] of [
    [sql`kind = 'survey'`, sql`kind = 'quiz'`],
    [sql`practice = true`, sql`practice = false`],
    [sql`bank = true`, sql`bank = false`],
  ] as const) {
    await set(sql`update quizzes set ${no} where id = ${quizId}`)
    assert.deepEqual(await percents(), [null, null])
    await set(sql`update quizzes set ${yes} where id = ${quizId}`)
  }
  await set(sql`
    update submissions set state = 'submitted', score = null, graded_at = null, grading = null where id = ${id}`)
  assert.deepEqual(await percents(), [null, null])
})

test('A question that a regrade left out shows nothing, unless points were given by hand since.', async () => {
  const { quizOf, align, take, percents, one } = await createStandardsFixture(kit)
  const { quizId, questions } = await quizOf([1, 1])
  const [first, second] = questions as [string, string]
  await align(quizId, [
    [first, one],
    [second, one],
  ])
  const awarded = { [first]: 0, [second]: 1 }
  const regraded = { [first]: { rule: 'left_out', base: 0 } }
  await take(quizId, awarded, { attemptNumber: 1, regraded })
  assert.deepEqual(await percents(), [100, null])
  const overridden = { [first]: { base: 0, reason: 'Seen', comment: null } }
  await take(quizId, awarded, { attemptNumber: 2, regraded, overridden })
  assert.deepEqual(await percents(), [50, null])
})

test('A question that is taken out of its quiz shows nothing, and shows it again when it comes back.', async () => {
  const { quizOf, align, take, percents, one, school, teacher, courseId } = await createStandardsFixture(kit)
  const { quizId, questions } = await quizOf([1])
  await align(quizId, [[questions[0], one]])
  await take(quizId, { [questions[0]]: 1 })
  const counts = async () =>
    (await getStandards(kit, teacher, courseId)).standards.map(({ questionCount }) => questionCount)
  assert.deepEqual(await counts(), [1, 0])
  await school.run(
    sql`update questions set quiz_id = ${(await quizOf([])).quizId} where id = ${questions[0]}`,
  )
  assert.deepEqual(
    [await percents(), await counts()],
    [
      [null, null],
      [0, 0],
    ],
  )
  await school.run(sql`update questions set quiz_id = ${quizId} where id = ${questions[0]}`)
  assert.deepEqual(
    [await percents(), await counts()],
    [
      [100, null],
      [1, 0],
    ],
  )
})

test('A standard belongs to a question in all its versions, each with its own points.', async () => {
  const { quizOf, align, take, percents, one, school } = await createStandardsFixture(kit)
  const { quizId, questions } = await quizOf([2])
  await align(quizId, [[questions[0], one]])
  await take(quizId, { [questions[0]]: 1 })
  await school.run(sql`
    insert into question_versions (organization_id, quiz_id, question_id, version, type, content, options, correct_answer,
      feedback, points, position)
    select organization_id, quiz_id, id, version, type, content, options, correct_answer, feedback, points, position
    from questions where id = ${questions[0]}`)
  await school.run(sql`update questions set version = 2, points = 8 where id = ${questions[0]}`)
  assert.deepEqual(await percents(), [50, null])
})

test('Where wrong answers cost points, evidence is never below nothing.', async () => {
  const { quizOf, align, take, percents, one } = await createStandardsFixture(kit)
  const { quizId, questions } = await quizOf([2])
  await align(quizId, [[questions[0], one]])
  await take(quizId, { [questions[0]]: -1 })
  assert.deepEqual(await percents(), [0, null])
})

test('A copy of a quiz shows what its questions show; its attempts are its own.', async () => {
  const { quizOf, align, take, percents, one, two, teacher, school } = await createStandardsFixture(kit)
  const { quizId, questions } = await quizOf([1, 1])
  await align(quizId, [
    [questions[0], one],
    [questions[0], two],
  ])
  const others = {
    ...teacher.others,
    education: { ...teacher.others.education, holdFiles: async () => ({}) },
  }
  const copy = await duplicateQuiz(kit, { ...teacher, others } as never, quizId, undefined)
  assert.deepEqual(
    (await selectQuizAlignments(school, copy.id)).map(({ standardIds }) => standardIds),
    [[one, two], []],
  )
  await take(copy.id, { [copy.questions[0]?.id ?? '']: 1 })
  assert.deepEqual(await percents(), [100, 100])
})

test('A page of learners takes as many statements as one learner.', async () => {
  const { quizOf, align, take, one, two, teacher, courseId, addLearner, learner } =
    await createStandardsFixture(kit)
  const { quizId, questions } = await quizOf([1, 1])
  await align(quizId, [
    [questions[0], one],
    [questions[1] ?? '', two],
  ])
  const read = (limit: number) =>
    statementsOf(kit.db, async () => {
      const page = { userIds: undefined, after: undefined, limit }
      const { items } = await readStandardLevels(kit, teacher, courseId, page)
      assert.equal(items.length, limit)
    })
  await take(quizId, { [questions[0]]: 1, [questions[1] ?? '']: 0 }, { userId: learner.userId })
  for (let more = 0; more < 5; more += 1) {
    const { userId } = await addLearner()
    await take(quizId, { [questions[0]]: 1, [questions[1] ?? '']: 0 }, { userId })
  }
  const [few, many] = [await read(1), await read(6)]
  assert.equal(many.length, few.length)
  assert.ok(many.length <= 7, many.join('\n'))
})

test('A level is not missed because thirds of points are kept to four decimals.', async () => {
  const { quizOf, align, take, percents, one } = await createStandardsFixture(kit)
  const { quizId, questions } = await quizOf([1, 1, 1, 1, 1])
  await align(
    quizId,
    questions.map((id): [string, string] => [id, one]),
  )
  const given = [0.3333, 0.3333, 0.3333, 1, 1]
  await take(quizId, Object.fromEntries(questions.map((id, at) => [id, given[at] ?? 0])))
  assert.deepEqual(await percents(), [60, null])
})

test('A level says of which standard it is, whatever order they were put into since.', async () => {
  const { quizOf, align, take, one, two, teacher, courseId, learner, standards } =
    await createStandardsFixture(kit)
  const { quizId, questions } = await quizOf([1])
  await align(quizId, [[questions[0], one]])
  await take(quizId, { [questions[0]]: 1 })
  const setup = setupWith(standards.toReversed())
  await saveStandards(kit, teacher, { ...setup, courseId, standardsRevision: 1 })
  const page = { userIds: [learner.userId], after: undefined, limit: 1 }
  const { items } = await readStandardLevels(kit, teacher, courseId, page)
  assert.deepEqual(
    items[0]?.standings.map(({ standardId, percent }) => [standardId, percent]),
    [
      [two, null],
      [one, 100],
    ],
  )
})
