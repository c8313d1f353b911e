import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { deleteLearningOf, selectJudgedLevelsOf } from '../privacy/privacy.store.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import { updateQuiz } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { judgeLevel } from './judge-level.ts'
import { getMyStandards } from './read-levels.ts'
import { defaultLevels, getStandards, saveStandards } from './standards.ts'
import { createStandardsFixture, setupWith } from './standards-fixture.ts'

/** What learners see of their levels, and when. */

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

async function taken() {
  const fixture = await createStandardsFixture(kit)
  const { quizId, questions } = await fixture.quizOf([4])
  await fixture.align(quizId, [[questions[0], fixture.one]])
  await fixture.take(quizId, { [questions[0]]: 3 })
  const standing = async () => (await fixture.mine()).standards.map(({ percent }) => percent)
  return { ...fixture, quizId, standing }
}

test('A learner sees each standard with its level and what it rests on, also what nothing shows yet.', async () => {
  const { mine, one, two, quizId } = await taken()
  const { standards, levels } = await mine()
  assert.deepEqual(levels, defaultLevels)
  assert.deepEqual(
    standards.map(({ id, levelId, percent, evidence }) => [id, levelId, percent, evidence.length]),
    [
      [one, defaultLevels[2]?.id, 75, 1],
      [two, null, null, 0],
    ],
  )
  assert.deepEqual(
    standards[0]?.evidence.map(({ quizId: of, quizTitle, percent }) => [of, quizTitle, percent]),
    [[quizId, 'How rivers flow', 75]],
  )
})

test('Until the teacher shows it, a learner is told of no standard and no level.', async () => {
  const { mine, standards, courseId, teacher } = await taken()
  const setup = setupWith(standards, { standardsShown: false })
  await saveStandards(kit, teacher, { ...setup, courseId, standardsRevision: 1 })
  const told = await mine()
  assert.deepEqual([told.standardsShown, told.standards, told.levels], [false, [], []])
  assert.ok(!JSON.stringify(told).includes('GEO 1'))
})

test('Only results whose marks a learner is shown count for them; the teacher sees all.', async () => {
  const { quizId, standing, school, percents, mine } = await taken()
  const title = 'How rivers flow'
  const set = (more: object) => updateQuiz(school, quizId, { ...plainSettings, title, ...more })
  const hour = 3_600_000
  const hidden = [
    { resultsShown: 'score' },
    { resultsShown: 'none' },
    { answerRelease: 'never' },
    { answerRelease: 'after_due', dueAt: new Date(Date.now() + hour).toISOString() },
  ]
  for (const settings of hidden) {
    await set(settings)
    assert.deepEqual(await standing(), [null, null], JSON.stringify(settings))
    assert.ok(!JSON.stringify(await mine()).includes(title))
    assert.deepEqual(await percents(), [75, null])
  }
  await set({ answerRelease: 'after_due', dueAt: new Date(Date.now() - hour).toISOString() })
  assert.deepEqual(await standing(), [75, null])
})

test('What a teacher decided is told with its reason, also where the marks are not.', async () => {
  const { one, teacher, courseId, learner, mine, quizId, school } = await taken()
  await updateQuiz(school, quizId, { ...plainSettings, title: 'Q', resultsShown: 'none' })
  const levelId = defaultLevels[3]?.id ?? ''
  const cell = { courseId, standardId: one, userId: learner.userId }
  const reason = 'Explained it in class.'
  await judgeLevel(kit, teacher, { ...cell, levelId, reason, judgementRevision: 0 })
  const [first] = (await mine()).standards
  assert.deepEqual(
    [first?.levelId, first?.judged, first?.reason, first?.percent],
    [levelId, true, reason, null],
  )
})

test('Who does not learn in the course is told nothing, and a learner reads and changes none of it.', async () => {
  const { teacher, learner, courseId } = await taken()
  await assert.rejects(getMyStandards(kit, teacher, courseId), { code: 'not_enrolled' })
  await assert.rejects(getStandards(kit, learner, courseId), { code: 'forbidden' })
})

test('A download tells of the levels that were set once learners see theirs, and they go with the account.', async () => {
  const { one, teacher, courseId, learner, school, standards } = await taken()
  const [cell, levelId] = [{ courseId, standardId: one, userId: learner.userId }, defaultLevels[3]?.id ?? '']
  const judge = (judgementRevision: number, reason: string) =>
    judgeLevel(kit, teacher, { ...cell, levelId, reason, judgementRevision })
  await judge(0, 'Seen once.')
  await judge(1, 'Seen twice.')
  const told = async () =>
    (await selectJudgedLevelsOf(school, learner.userId)).map(({ code, level, reason }) => [
      code,
      level,
      reason,
    ])
  assert.deepEqual(await told(), [['GEO 1', 'Advanced', 'Seen twice.']])
  const setup = setupWith(standards, { standardsShown: false })
  await saveStandards(kit, teacher, { ...setup, courseId, standardsRevision: 1 })
  assert.deepEqual(await told(), [])
  await saveStandards(kit, teacher, { ...setupWith(standards), courseId, standardsRevision: 2 })
  await school.transaction(tx => deleteLearningOf(tx, learner.userId))
  assert.deepEqual(await told(), [])
})
