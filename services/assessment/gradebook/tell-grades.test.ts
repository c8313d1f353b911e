import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { saveAccommodation } from '../accommodations/accommodations.ts'
import { deleteLearningOf } from '../privacy/privacy.store.ts'
import { createQuiz, editQuiz, saveQuiz } from '../quizzes/author-quiz.ts'
import { deleteQuiz } from '../quizzes/delete-quiz.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import type { QuizSettings } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { category, createGradebookFixture, item, setupOf } from './gradebook-fixture.ts'
import { importGrades } from './import-grades.ts'
import { readGrades } from './read-grades.ts'
import { saveGradebook } from './save-gradebook.ts'
import { setGrade } from './set-grade.ts'
import { tellAllGrades, tellCourse, tellGrades } from './tell-grades.ts'
import { askToTellGrades, selectChecks, settleChecks, spreadOverLearners } from './told-grades.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

type Told = {
  userId: string
  percent: number | null
  letter: string | null
  told: { percent: number | null; letter: string | null }
  revision: number
}

/** A course whose grade is a quiz and a journal, half each; `heard` tells what was published of it. */
async function course(more: Parameters<typeof setupOf>[0] = {}) {
  const fixture = await createGradebookFixture(kit)
  const { courseId, teacher } = fixture
  const quizId = await fixture.quiz({ dueAt: null })
  const [quizzes, journals] = [category('Quizzes'), category('Journals')]
  const items = [item(quizzes.id, { quizId, points: 10 }), item(journals.id)]
  const setup = setupOf({ categories: [quizzes, journals], items, ...more })
  await saveGradebook(kit, teacher, { ...setup, courseId, setupRevision: 0 })
  const [quiz, journal] = items.map(({ id }) => id) as [string, string]
  const heard = async (userId?: string) => {
    const rows = await kit.db.infrastructure.rows<{ payload: Told }>(sql`
      select payload from outbox
      where name = 'grade.changed' and payload ->> 'courseId' = ${courseId}
        and (${userId ?? null}::text is null or payload ->> 'userId' = ${userId ?? null}) order by id`)
    return rows.map(({ payload: { percent, letter, told, revision } }) => ({
      percent,
      letter,
      told: [told.percent, told.letter],
      revision,
    }))
  }
  const enter = (userId: string, itemId: string | null, score: number | null) =>
    setGrade(kit, teacher, courseId, { userId, itemId, score, reason: 'Seen in class' })
  return { ...fixture, quizId, quiz, journal, setup, heard, enter }
}

const told = (percent: number | null, letter: string | null, revision: number) => ({
  percent,
  letter,
  told: [percent, letter],
  revision,
})

test('A course grade is told when it changes, to the letter, and not again while it stays.', async () => {
  const { learner, heard, enter, journal, quiz } = await course()
  const { userId } = await learner()
  await tellGrades(kit)
  assert.deepEqual(await heard(), [], 'that there is no grade yet is no news')
  await enter(userId, journal, 18)
  assert.deepEqual(await heard(), [], 'nobody waits for it')
  await tellGrades(kit)
  assert.deepEqual(await heard(), [told(90, 'A', 1)])
  await enter(userId, quiz, 9)
  await tellGrades(kit)
  await tellGrades(kit)
  assert.deepEqual(await heard(), [told(90, 'A', 1)], 'nine of ten are ninety percent as well')
  await enter(userId, quiz, 2)
  await tellGrades(kit)
  await enter(userId, quiz, null)
  await enter(userId, journal, null)
  await tellGrades(kit)
  assert.deepEqual(await heard(), [told(90, 'A', 1), told(55, 'B', 2), told(null, null, 3)])
})

test('What is hidden from learners is told apart from the grade itself.', async () => {
  const { learner, heard, enter, journal, quiz, setup, teacher, courseId } = await course()
  const { userId } = await learner()
  await enter(userId, journal, 20)
  await enter(userId, quiz, 0)
  await tellGrades(kit)
  const save = (setupRevision: number, more: Partial<typeof setup>) =>
    saveGradebook(kit, teacher, { ...setup, ...more, courseId, setupRevision })
  await save(1, { items: setup.items.map(one => (one.id === journal ? { ...one, hidden: true } : one)) })
  await tellGrades(kit)
  await save(2, { courseGradeShown: false })
  await tellGrades(kit)
  assert.deepEqual(await heard(), [
    told(50, 'B', 1),
    { percent: 50, letter: 'B', told: [0, null], revision: 2 },
    { percent: 50, letter: 'B', told: [null, null], revision: 3 },
  ])
})

test('An import of grades, other points and a new learner are all looked at, as the gradebook has them.', async () => {
  const { learner, heard, journal, teacher, courseId, attempt, quizId } = await course({ missing: 'zero' })
  const [one, two] = [await learner(), await learner()]
  const rows = [
    { userId: one.userId, scores: [10] },
    { userId: two.userId, scores: [20] },
  ]
  const { revision } = await importGrades(kit, teacher, courseId, { apply: false, itemIds: [journal], rows })
  await importGrades(kit, teacher, courseId, { apply: true, revision, itemIds: [journal], rows })
  await attempt(one.userId, quizId, 10, 10)
  await kit.db.in(one.actor.organizationId).transaction(async tx => askToTellGrades(tx, courseId))
  await tellGrades(kit)
  const { items } = await readGrades(kit, teacher, courseId, {
    userIds: undefined,
    after: undefined,
    limit: 9,
  })
  for (const { userId, percent, letter } of items)
    assert.deepEqual(await heard(userId), [told(percent, letter, 1)])
  assert.deepEqual(
    items.map(({ percent }) => percent),
    [75, 50],
  )
})

test('Once a quiz is over, what is missing counts, and for a learner who was given longer not before their own end.', async () => {
  const { learner, heard, enter, journal, school, courseId, organizationId, quizId, teacher } = await course({
    missing: 'zero',
  })
  const [one, later] = [await learner(), await learner()]
  for (const { userId } of [one, later]) await enter(userId, journal, 20)
  await saveAccommodation(kit, teacher, {
    ...{
      courseId,
      quizId,
      userId: later.userId,
      extraPercent: 0,
      extraMinutes: 0,
      extraBreakMinutes: 0,
      extraAttempts: 0,
    },
    ...{ opensAt: null, dueAt: new Date(Date.now() + 3_600_000).toISOString(), closesAt: null },
  })
  await tellGrades(kit)
  const both = async () => [await heard(one.userId), await heard(later.userId)]
  // A quiz without an end is due from the beginning; the one who was given longer has until then.
  assert.deepEqual(await both(), [[told(50, 'B', 1)], [told(100, 'A', 1)]])
  const own = (end: string) => sql`
    update accommodations set due_at = clock_timestamp() ${end === 'past' ? sql`- interval '1 second'` : sql`+ interval '1 hour'`}
    where organization_id = ${organizationId} and user_id = ${later.userId}`
  // As if the hour had passed.
  await school.run(own('past'))
  await school.run(sql`
    update gradebooks set over_seen_at = over_seen_at - interval '1 hour'
    where organization_id = ${organizationId} and course_id = ${courseId}`)
  await tellGrades(kit)
  assert.deepEqual(await both(), [[told(50, 'B', 1)], [told(100, 'A', 1), told(50, 'B', 2)]])
  await tellGrades(kit)
  const asked = await selectChecks(school, courseId, { after: null, limit: 9 })
  assert.deepEqual(asked, [], 'an end is noticed once')
})

test('What changes while a grade is worked out is looked at again, and of two who work it out one tells.', async () => {
  const { learner, heard, enter, journal, school, courseId, organizationId } = await course()
  const { userId } = await learner()
  await enter(userId, journal, 10)
  await school.transaction(tx => spreadOverLearners(tx, courseId))
  const read = await selectChecks(school, courseId, { after: null, limit: 9 })
  await enter(userId, journal, 20)
  assert.deepEqual(
    [...(await school.transaction(tx => settleChecks(tx, courseId, read)))],
    [],
    'what was read before the change settles nothing',
  )
  // Nor does what was read before settle what is asked after another has settled it.
  const one = await selectChecks(school, courseId, { after: null, limit: 9 })
  await school.transaction(tx => settleChecks(tx, courseId, one))
  await enter(userId, journal, 19)
  await enter(userId, journal, 20)
  assert.deepEqual([...(await school.transaction(tx => settleChecks(tx, courseId, one)))], [])
  await Promise.all([tellGrades(kit), tellGrades(kit), tellCourse(kit, { organizationId, courseId })])
  assert.deepEqual(await heard(), [told(100, 'A', 1)])
  // Changes and looks in any order: the last thing that is told is how it is.
  const scores = [4, 8, 12, 16, 2, 6, 10, 14]
  await Promise.all([
    (async () => {
      for (const score of scores) await enter(userId, journal, score)
    })(),
    ...[1, 2].map(async () => {
      for (let at = 0; at < 6; at += 1) await tellGrades(kit)
    }),
  ])
  await tellGrades(kit)
  const all = await heard()
  assert.equal(all.at(-1)?.percent, 70)
  assert.deepEqual(
    all.map(({ revision }) => revision),
    all.map((_, at) => at + 1),
  )
})

test('The night looks at everything, and a course that fails keeps no other from being told.', async () => {
  const [broken, whole] = [await course(), await course()]
  const people = [await broken.learner(), await whole.learner()] as const
  await broken.enter(people[0].userId, broken.journal, 20)
  await whole.enter(people[1].userId, whole.journal, 20)
  await tellGrades(kit)
  const scoreOf = ({ school, organizationId, courseId }: typeof whole, score: number) =>
    school.run(sql`
      update gradebook_entries set score = ${score}
      where organization_id = ${organizationId} and course_id = ${courseId}`)
  await scoreOf(whole, 10)
  await broken.school.run(sql`
    update gradebooks set setup = '{"items": 1}'
    where organization_id = ${broken.organizationId} and course_id = ${broken.courseId}`)
  await tellGrades(kit)
  assert.equal((await whole.heard()).length, 1)
  await tellAllGrades(kit)
  await assert.rejects(tellGrades(kit), AggregateError)
  assert.deepEqual((await whole.heard()).at(-1), told(50, 'B', 2))
  await broken.school.run(sql`delete from gradebooks where organization_id = ${broken.organizationId}`)
})

test('A save of a quiz has grades looked at where they may change by it, and nowhere else.', async () => {
  const { teacher, courseId, organizationId, school, quizId } = await course()
  /** Whether something asked, since it was last seen. */
  const isAsked = async () =>
    (await school.run(sql`
      delete from grade_checks where organization_id = ${organizationId} and course_id = ${courseId}`)) > 0
  const { questions } = await editQuiz(kit, teacher, quizId)
  const save = (settings: Partial<QuizSettings>, part: object = {}) =>
    saveQuiz(kit, teacher, {
      ...plainSettings,
      opensAt: '2031-01-01T10:00:00.000Z',
      dueAt: '2031-02-01T10:00:00.000Z',
      closesAt: '2031-03-01T10:00:00.000Z',
      ...settings,
      quizId,
      questions: questions.map(({ body: _, ...question }) => questionInput.parse({ ...question, ...part })),
    })
  await save({})
  await isAsked()
  const without: Parameters<typeof save>[] = [
    [{ title: 'Long rivers' }],
    [{ description: '<p>Of Africa.</p>', passingScore: 80, shuffle: true, maxAttempts: 2 }],
    [{ latePercentPerDay: 5, layout: 'one_by_one', answerRelease: 'never', confidence: 'counted' }],
    [{ dueAt: '2031-02-01T12:00:00+02:00' }],
    [{}, { content: '<p>Which river?</p>' }],
  ]
  for (const one of without) {
    await save(...one)
    assert.equal(await isAsked(), false, JSON.stringify(one))
  }
  const changing: Parameters<typeof save>[] = [
    [{ kind: 'survey' }],
    [{ practice: true }],
    [{ countedAttempt: 'last' }],
    [{ resultsShown: 'none' }],
    [{ opensAt: null }],
    [{ dueAt: '2031-02-01T10:00:01.000Z' }],
    [{ closesAt: '2031-04-01T10:00:00.000Z' }],
    [{}, { points: 4 }],
  ]
  for (const one of changing) {
    await save({})
    await isAsked()
    await save(...one)
    assert.equal(await isAsked(), true, JSON.stringify(one))
  }
  const { id } = await createQuiz(kit, teacher, { ...plainSettings, courseId, questions: [] })
  assert.equal(await isAsked(), true, 'created')
  const others = { education: { findQuizPlaces: async () => ({ places: [] }) } } as never
  await deleteQuiz(kit, { ...teacher, others }, id)
  assert.equal(await isAsked(), true, 'deleted')
})

test('Of an erased person nothing is kept that was told, and nothing is told again.', async () => {
  const { learner, heard, enter, journal, school, organizationId } = await course()
  const { userId } = await learner()
  await enter(userId, journal, 20)
  await tellGrades(kit)
  await enter(userId, journal, 10)
  await school.transaction(tx => deleteLearningOf(tx, userId))
  await tellAllGrades(kit)
  await tellGrades(kit)
  assert.equal((await heard(userId)).length, 1)
  const left = await school.rows(sql`
    select 1 from told_grades where organization_id = ${organizationId} and user_id = ${userId}`)
  assert.deepEqual(left, [])
})
