import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { standardsSetup } from '@azora/contracts/assessment/standards.ts'
import { limits } from '@azora/contracts/limits.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, inTurn, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { assessment } from '../service.ts'
import { getQuizStandards } from './align-questions.ts'
import { judgeLevel } from './judge-level.ts'
import { deleteStandards } from './standards.store.ts'
import { defaultLevels, getStandards, saveStandards } from './standards.ts'
import { createStandardsFixture, setupWith, standardOf } from './standards-fixture.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

const reasonIs = (reason: string) => (failure: { data?: { fields?: { reason: string }[] } }) =>
  failure.data?.fields?.[0]?.reason === reason

const [lowest, , , advanced] = defaultLevels.map(({ id }) => id) as [string, string, string, string]

async function fixtureOfCell() {
  const fixture = await createStandardsFixture(kit)
  const { courseId, one, learner, teacher, standards } = fixture
  const cell = { courseId, standardId: one, userId: learner.userId }
  return {
    ...fixture,
    cell,
    judge: (levelId: string | null, judgementRevision: number, reason: string | null = 'Seen in class.') =>
      judgeLevel(kit, teacher, { ...cell, levelId, reason, judgementRevision }),
    save: (kept = standards, more = {}, standardsRevision = 1) =>
      saveStandards(kit, teacher, { ...setupWith(kept, more), courseId, standardsRevision }),
  }
}

test('Standards are saved with their order; one that is renamed keeps what shows it, one that is left out goes with it.', async () => {
  const { save, standards, quizOf, align, teacher, one, two } = await fixtureOfCell()
  const { quizId, questions } = await quizOf([1])
  await align(quizId, [
    [questions[0], one],
    [questions[0], two],
  ])
  const [first, second] = standards as [(typeof standards)[0], (typeof standards)[0]]
  const saved = await save([{ ...second, title: 'Find a place' }, first])
  assert.deepEqual(
    saved.standards.map(({ id, title, questionCount }) => [id, title, questionCount]),
    [
      [two, 'Find a place', 1],
      [one, first.title, 1],
    ],
  )
  await save([first], {}, 2)
  const quiz = await getQuizStandards(kit, teacher, quizId)
  assert.deepEqual(quiz.questions[0]?.standardIds, [one])
})

test('Levels that are out of order, named twice or begin above 0, and codes that are there twice, are refused.', async () => {
  const { save, standards } = await fixtureOfCell()
  const levels = (...given: [string, number][]) => ({
    levels: given.map(([name, from]) => ({ id: uuidv7(), name, from })),
  })
  const faults: [object, string][] = [
    [levels(['A', 0], ['B', 50], ['C', 50]), 'level_order'],
    [levels(['A', 0], ['a', 50]), 'level_twice'],
    [levels(['A', 10], ['B', 50]), 'level_first'],
  ]
  for (const [more, reason] of faults) await assert.rejects(save(standards, more), reasonIs(reason))
  const twice = [standardOf('geo 1'), standardOf('GEO 1')]
  await assert.rejects(save(twice), reasonIs('standard_twice'))
})

test('Of two teachers who save the standards at once, the second is refused, whichever it is.', async () => {
  const { save, courseId, standards } = await fixtureOfCell()
  const [first] = standards as [(typeof standards)[0]]
  const hold = sql`select 1 from standard_rules where course_id = ${courseId} for update`
  const results = await inTurn(
    kit.db,
    hold,
    () => save([first]),
    () => save(standards),
  )
  const codes = results.map(result => (result.status === 'rejected' ? result.reason.code : result.status))
  assert.deepEqual(codes, ['fulfilled', 'conflict'])
})

test('A question that is aligned while its standard is removed shows nothing, in whichever order both come.', async () => {
  for (const alignFirst of [true, false]) {
    const { save, standards, quizOf, align, one, courseId, teacher } = await fixtureOfCell()
    const { quizId, questions } = await quizOf([1])
    const hold = sql`select 1 from standard_rules where course_id = ${courseId} for update`
    const aligning = () => align(quizId, [[questions[0], one]])
    const removing = () => save(standards.slice(1))
    const [a, b] = alignFirst
      ? await inTurn(kit.db, hold, aligning, removing)
      : await inTurn(kit.db, hold, removing, aligning)
    assert.equal(a.status, 'fulfilled')
    if (alignFirst) assert.equal(b.status, 'fulfilled')
    else assert.ok(b.status === 'rejected' && reasonIs('standard_unknown')(b.reason))
    assert.deepEqual((await getQuizStandards(kit, teacher, quizId)).questions[0]?.standardIds, [])
  }
})

test('A level that is judged while it is removed stays or is refused, in whichever order both come.', async () => {
  for (const judgeFirst of [true, false]) {
    const { save, standards, judge, courseId, evidence, one } = await fixtureOfCell()
    const hold = sql`select 1 from standard_rules where course_id = ${courseId} for update`
    const judging = () => judge(advanced, 0)
    const removing = () => save(standards, { levels: defaultLevels.slice(0, 3) })
    const [, later] = judgeFirst
      ? await inTurn(kit.db, hold, judging, removing)
      : await inTurn(kit.db, hold, removing, judging)
    const reason = judgeFirst ? 'level_used' : 'level_unknown'
    assert.ok(later.status === 'rejected' && reasonIs(reason)(later.reason), String(judgeFirst))
    assert.equal((await evidence(one)).levelId, judgeFirst ? advanced : null)
  }
})

test('A level that was judged counts in place of the calculated one until it is taken back, and both are kept.', async () => {
  const { judge, evidence, one, quizOf, align, take } = await fixtureOfCell()
  const { quizId, questions } = await quizOf([1])
  await align(quizId, [[questions[0], one]])
  await take(quizId, { [questions[0]]: 0 })
  const set = await judge(advanced, 0)
  assert.deepEqual([set.levelId, set.judged, set.percent], [advanced, true, 0])
  assert.equal((await evidence(one)).calculatedLevelId, lowest)
  const back = await judge(null, 1, null)
  assert.deepEqual([back.levelId, back.judged], [lowest, false])
  assert.deepEqual(
    (await evidence(one)).judgements.map(({ levelId, reason }) => [levelId, reason]),
    [
      [null, null],
      [advanced, 'Seen in class.'],
    ],
  )
})

test('A judgement takes a reason, a level of the course and a learner of it.', async () => {
  const { judge, cell, teacher } = await fixtureOfCell()
  await assert.rejects(judge(advanced, 0, null), reasonIs('level_reason_needed'))
  await assert.rejects(judge(uuidv7(), 0), reasonIs('level_unknown'))
  const more = { levelId: advanced, reason: 'Seen.', judgementRevision: 0 }
  for (const other of [{ userId: uuidv7() }, { standardId: uuidv7() }])
    await assert.rejects(judgeLevel(kit, teacher, { ...cell, ...more, ...other }), { code: 'not_found' })
})

test('Of two who judge the same at once one counts and the other is refused, in both orders.', async () => {
  for (const levels of [
    [advanced, lowest],
    [lowest, advanced],
  ] as const) {
    const { judge, courseId, evidence, one } = await fixtureOfCell()
    const hold = sql`select 1 from standard_rules where course_id = ${courseId} for update`
    const results = await inTurn(
      kit.db,
      hold,
      () => judge(levels[0], 0),
      () => judge(levels[1], 0),
    )
    const codes = results.map(result => (result.status === 'rejected' ? result.reason.code : result.status))
    assert.deepEqual(codes.toSorted(), ['conflict', 'fulfilled'])
    const winner = results[0].status === 'fulfilled' ? levels[0] : levels[1]
    assert.equal((await evidence(one)).levelId, winner)
    assert.equal((await evidence(one)).judgements.length, 1)
  }
})

test('Two who align different standards take nothing from each other; the same twice is one.', async () => {
  const { quizOf, align, one, two, teacher } = await fixtureOfCell()
  const { quizId, questions } = await quizOf([1])
  await Promise.all([
    align(quizId, [[questions[0], one]]),
    align(quizId, [[questions[0], two]]),
    align(quizId, [[questions[0], one]]),
  ])
  const shown = async () => (await getQuizStandards(kit, teacher, quizId)).questions[0]?.standardIds
  assert.deepEqual(await shown(), [one, two])
  await align(quizId, [[questions[0], one]], false)
  assert.deepEqual(await shown(), [two])
})

test('A question of another quiz, more than ten standards, and a survey are refused.', async () => {
  const { quizOf, align, save, one, standards } = await fixtureOfCell()
  const [quiz, other] = [await quizOf([1]), await quizOf([1])]
  await assert.rejects(align(quiz.quizId, [[other.questions[0], one]]), reasonIs('standard_question_unknown'))
  const many = [...standards, ...Array.from({ length: 9 }, (_, at) => standardOf(`MAT ${at}`))]
  await save(many)
  const pairs = many.map(({ id }) => [quiz.questions[0], id] as [string, string])
  await assert.rejects(align(quiz.quizId, pairs), reasonIs('standard_too_many'))
  await align(quiz.quizId, pairs.slice(0, 10))
  const survey = await quizOf([1], { kind: 'survey' })
  await assert.rejects(align(survey.quizId, [[survey.questions[0], one]]), reasonIs('standard_no_evidence'))
})

test('The standards of a course go with it, with all that is of them.', async () => {
  const { quizOf, align, one, judge, school, courseId, teacher } = await fixtureOfCell()
  const { quizId, questions } = await quizOf([1])
  await align(quizId, [[questions[0], one]])
  await judge(advanced, 0)
  await school.transaction(tx => deleteStandards(tx, courseId))
  const left = await school.one<{ count: number }>(sql`
    select (select count(*) from standard_alignments where course_id = ${courseId})
      + (select count(*) from standard_judgements where course_id = ${courseId}) as count`)
  assert.equal(left.count, 0)
  const { standards, standardsRevision } = await getStandards(kit, teacher, courseId)
  assert.deepEqual([standards, standardsRevision], [[], 0])
})

test('No other school reads any of it.', async () => {
  const { courseId } = await fixtureOfCell()
  for (const table of [sql`standards`, sql`standard_rules`]) {
    const found = await kit.db.in(uuidv7()).rows(sql`select 1 from ${table} where course_id = ${courseId}`)
    assert.deepEqual(found, [])
  }
})

test('Two who add standards to a question at once add no more than it can show.', async () => {
  const { quizOf, align, courseId, teacher } = await createStandardsFixture(kit)
  const many = Array.from({ length: limits.standardsOfQuestion * 2 }, (_, at) => standardOf(`MAT ${at}`))
  await saveStandards(kit, teacher, { ...setupWith(many), courseId, standardsRevision: 1 })
  const halves = [many.slice(0, limits.standardsOfQuestion), many.slice(limits.standardsOfQuestion)]
  const { quizId, questions } = await quizOf([1])
  for (let round = 0; round < 20; round += 1) {
    const pairs = (some: typeof many) => some.map(({ id }): [string, string] => [questions[0], id])
    await Promise.allSettled(halves.map(half => align(quizId, pairs(half))))
    const { standards } = await getStandards(kit, teacher, courseId)
    const shown = standards.filter(({ questionCount }) => questionCount > 0)
    assert.equal(shown.length, limits.standardsOfQuestion)
    await align(quizId, pairs(many), false)
  }
})

test('An id in capitals is the same id: a level that was set stays, and a standard is there once.', async () => {
  const { cell, courseId, teacher, standards } = await fixtureOfCell()
  const inCapitals = <T extends { id: string }>(one: T) => ({ ...one, id: one.id.toUpperCase() })
  const levels = defaultLevels.map(inCapitals)
  const save = (setup: ReturnType<typeof setupWith>, standardsRevision: number) =>
    saveStandards(kit, teacher, { ...standardsSetup.parse(setup), courseId, standardsRevision })
  const twice = [...standards, { ...inCapitals(standards[0] ?? standardOf('A')), code: 'GEO 9' }]
  await assert.rejects(save(setupWith(twice), 1), reasonIs('standard_twice'))
  await save(setupWith(standards, { levels }), 1)
  await judgeLevel(kit, teacher, { ...cell, levelId: advanced, reason: 'Seen.', judgementRevision: 0 })
  await assert.rejects(save(setupWith(standards, { levels: levels.slice(0, 2) }), 2), reasonIs('level_used'))
})
