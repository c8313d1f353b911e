import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { assessmentPersonalData } from '../privacy/personal-data.ts'
import { storable } from '../quizzes/grade.ts'
import { assessment } from '../service.ts'
import { category, createGradebookFixture, item, setupOf } from './gradebook-fixture.ts'
import { getGrade, readGrades, readMyGrades } from './read-grades.ts'
import { readGradebook, saveGradebook } from './save-gradebook.ts'
import { type GradeInput, setGrade } from './set-grade.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

const grade = (
  userId: string,
  itemId: string | null,
  score: number | null,
  more: Partial<GradeInput> = {},
) => ({
  userId,
  itemId,
  score,
  excused: false,
  comment: null,
  reason: null,
  ...more,
})
const all = { userIds: undefined, after: undefined, limit: 100 }

/** A course with a quiz and a journal, half of the grade each, saved. */
async function halves(more: Parameters<typeof setupOf>[0] = {}) {
  const fixture = await createGradebookFixture(kit)
  const quizId = await fixture.quiz()
  const [quizzes, journals] = [category('Quizzes'), category('Journals')]
  const items = [item(quizzes.id, { quizId, points: 10 }), item(journals.id)]
  const setup = setupOf({ categories: [quizzes, journals], items, ...more })
  const { courseId, teacher } = fixture
  await saveGradebook(kit, teacher, { ...setup, courseId, setupRevision: 0 })
  const [quiz, journal] = items.map(({ id }) => id) as [string, string]
  return { ...fixture, quizId, quiz, journal, setup }
}

test('Before anything is saved, each quiz counts by its points, and learners are told no course grade.', async () => {
  const { courseId, teacher, quiz, learner, attempt } = await createGradebookFixture(kit)
  const [one, two] = [await quiz({ points: 30 }), await quiz({ points: 10 })]
  await quiz({ kind: 'survey' })
  const { userId, ...lwazi } = await learner()
  await attempt(userId, one, 30, 30)
  await attempt(userId, two, 0, 10)
  const book = await readGradebook(kit, teacher, courseId)
  assert.deepEqual([book.setupRevision, book.items.map(({ quizId }) => quizId)], [0, [one, two]])
  const { items } = await readGrades(kit, teacher, courseId, all)
  assert.deepEqual([items[0]?.scores, items[0]?.percent], [[30, 0], 75])
  assert.equal((await readMyGrades(kit, lwazi, courseId)).percent, null)
  // What the page sends back is what is saved.
  const { setupRevision, courseTitle: _, otherQuizzes: __, revision: ___, ...setup } = book
  await saveGradebook(kit, teacher, { ...setup, courseId, setupRevision })
  assert.equal((await readGrades(kit, teacher, courseId, all)).items[0]?.percent, 75)
})

test('Of two who save the set-up at once, the second is told that it changed.', async () => {
  const { courseId, teacher, setup } = await halves()
  const save = (decimals: number) =>
    saveGradebook(kit, teacher, { ...setup, decimals, courseId, setupRevision: 1 })
  const results = await Promise.allSettled([save(0), save(2)])
  const refused = results.flatMap(result => (result.status === 'rejected' ? [result.reason.code] : []))
  assert.deepEqual(refused, ['conflict'])
  assert.equal((await readGradebook(kit, teacher, courseId)).setupRevision, 2)
})

test('A set-up that does not hold together is refused at the field.', async () => {
  const { courseId, teacher, setup, quizId } = await halves()
  const refusedAt = async (more: object) => {
    const save = saveGradebook(kit, teacher, { ...setup, ...more, courseId, setupRevision: 1 })
    return save.then(
      () => null,
      ({ data }) => data.fields[0].path,
    )
  }
  const [first, second] = setup.items
  assert.ok(first && second)
  assert.equal(await refusedAt({ items: [first, first] }), 'items.1.id')
  assert.equal(await refusedAt({ items: [first, { ...second, quizId }] }), 'items.1.id')
  assert.equal(await refusedAt({ items: [{ ...first, quizId: uuidv7() }] }), 'items.0.quizId')
  assert.equal(await refusedAt({ items: [{ ...first, categoryId: uuidv7() }] }), 'items.0.categoryId')
  assert.equal(await refusedAt({ scale: [...setup.scale, { letter: 'C', from: 50 }] }), 'scale.2.from')
  assert.equal(await refusedAt({ scale: [...setup.scale, { letter: 'A', from: 20 }] }), 'scale.2.letter')
  // What was entered for an item would become a grade in another quiz.
  assert.equal(await refusedAt({ items: [{ ...second, quizId }] }), 'items.0.quizId')
  const onlyExtra = [first, { ...second, extraCredit: true }]
  assert.equal(await refusedAt({ items: onlyExtra }), 'categories.1.extraCredit')
  const weightless = setup.categories.map(one => ({ ...one, weight: 0 }))
  assert.equal(await refusedAt({ categories: weightless }), 'categories')
  assert.equal(await refusedAt({ categories: weightless, calculation: 'points' }), null)
})

test('A quiz counts by its best attempt until an author replaces its score, with a reason that the history keeps.', async () => {
  const { courseId, teacher, learner, attempt, quizId, quiz } = await halves()
  const { userId } = await learner()
  await attempt(userId, quizId, 2, 3)
  await attempt(userId, quizId, 1, 3, 2)
  const before = (await readGrades(kit, teacher, courseId, all)).items[0]
  assert.deepEqual([before?.scores, before?.percent, before?.letter], [[6.67, null], 66.7, 'B'])
  await assert.rejects(setGrade(kit, teacher, courseId, grade(userId, quiz, 9)), {
    code: 'invalid_input',
  })
  const row = await setGrade(kit, teacher, courseId, grade(userId, quiz, 9, { reason: 'A key was wrong.' }))
  assert.deepEqual([row.scores, row.percent, row.letter], [[9, null], 90, 'A'])
  const { history, categories } = await getGrade(kit, teacher, courseId, userId)
  assert.deepEqual(
    history.map(({ reason, before, after, changedBy }) => [reason, before.score, after.score, changedBy]),
    [['A key was wrong.', null, 9, teacher.actor.userId]],
  )
  assert.equal(categories[0]?.items[0]?.attempts.length, 2)
  // Taken back, the attempts count again.
  assert.equal((await setGrade(kit, teacher, courseId, grade(userId, quiz, null))).percent, 66.7)
})

test('Thirds of points that were stored on the way make a grade on a boundary whole.', async () => {
  const { courseId, teacher, learner, quiz, attempt } = await createGradebookFixture(kit)
  const quizIds = [await quiz(), await quiz(), await quiz(), await quiz()]
  const one = category('All')
  const items = quizIds.map(quizId => item(one.id, { quizId, points: 10 }))
  const setup = setupOf({ decimals: 0, categories: [one], items, scale: [{ letter: 'Pass', from: 50 }] })
  await saveGradebook(kit, teacher, { ...setup, courseId, setupRevision: 0 })
  const { userId } = await learner()
  for (const quizId of quizIds.slice(1)) await attempt(userId, quizId, storable(10 / 3), 10)
  await attempt(userId, quizIds[0] as string, 9.8, 10)
  // 19.8 of 40 is exactly 49.5 %.
  const row = (await readGrades(kit, teacher, courseId, all)).items[0]
  assert.deepEqual([row?.percent, row?.letter], [50, 'Pass'])
})

test('A course grade that an author decides takes the place of the calculated one, which is still told to them.', async () => {
  const { courseId, teacher, learner, journal } = await halves()
  const { userId, ...lwazi } = await learner()
  await setGrade(kit, teacher, courseId, grade(userId, journal, 10))
  const row = await setGrade(kit, teacher, courseId, grade(userId, null, 85, { reason: 'Ill for a month.' }))
  assert.deepEqual([row.percent, row.letter, row.calculatedPercent, row.overridden], [85, 'A', 50, true])
  // It is rounded as the set-up says, and is its letter's by what is read.
  const near = await setGrade(kit, teacher, courseId, { userId, itemId: null, score: 79.96, reason: 'Ill.' })
  assert.deepEqual([near.percent, near.letter], [80, 'A'])
  await assert.rejects(setGrade(kit, teacher, courseId, grade(userId, null, 1001, { reason: 'Points.' })), {
    code: 'invalid_input',
  })
  await setGrade(kit, teacher, courseId, grade(userId, null, 85, { reason: 'Ill for a month.' }))
  const mine = await readMyGrades(kit, lwazi, courseId)
  assert.deepEqual([mine.percent, mine.overridden], [85, true])
  assert.ok(!JSON.stringify(mine).includes('Ill for'), 'the reason is for teachers')
})

test('What is excused counts nowhere, and a comment alone changes no score.', async () => {
  const { courseId, teacher, learner, attempt, quizId, quiz, journal } = await halves()
  const { userId } = await learner()
  await attempt(userId, quizId, 5, 10)
  await setGrade(kit, teacher, courseId, grade(userId, journal, 20))
  const commented = await setGrade(
    kit,
    teacher,
    courseId,
    grade(userId, quiz, null, { comment: 'Read chapter 2.' }),
  )
  assert.equal(commented.percent, 75)
  const excused = await setGrade(
    kit,
    teacher,
    courseId,
    grade(userId, quiz, null, { excused: true, reason: 'Ill.' }),
  )
  assert.deepEqual([excused.percent, excused.entries[0]?.excused], [100, true])
})

test('Learners see nothing of what is not shown: no score, no title, and no total that it is in.', async () => {
  const { courseId, teacher, learner, quiz, attempt, school } = await createGradebookFixture(kit)
  const [open, secret, draft] = [
    await quiz({ title: 'Open' }),
    await quiz({ title: 'Secret', resultsShown: 'none' }),
    await quiz({ title: 'Draft', draft: true }),
  ]
  const one = category('All')
  const items = [open, secret, draft].map(quizId => item(one.id, { quizId, points: 10 }))
  const column = item(one.id, { title: 'Hidden column', hidden: true, points: 10 })
  const setup = setupOf({ categories: [one, category('Hidden category')], items: [...items, column] })
  await saveGradebook(kit, teacher, { ...setup, courseId, setupRevision: 0 })
  const { userId, ...lwazi } = await learner()
  await attempt(userId, open, 10, 10)
  await attempt(userId, secret, 3, 10)
  await setGrade(kit, teacher, courseId, grade(userId, column.id, 1, { comment: 'Not yet told.' }))
  const mine = await readMyGrades(kit, lwazi, courseId)
  assert.deepEqual([mine.percent, mine.complete], [100, false])
  assert.deepEqual(
    mine.categories.flatMap(({ items }) => items.map(({ title }) => title)),
    ['Open'],
  )
  for (const text of ['Secret', 'Draft', 'Hidden', 'Not yet'])
    assert.ok(!JSON.stringify(mine).includes(text), text)
  const gathered = await assessmentPersonalData.gather(school, userId)
  assert.deepEqual(gathered.find(({ name }) => name === 'grades.json')?.content, [])
  const [row] = (await readGrades(kit, teacher, courseId, all)).items
  assert.equal(row?.percent, 46.7)
})

test('A course grade that is not shown cannot be worked out by rules that are.', async () => {
  const { courseId, teacher, learner, journal, quiz, setup } = await halves()
  const [quizzes, journals] = setup.categories
  assert.ok(quizzes && journals)
  const categories = [quizzes, { ...journals, dropLowest: 1 }]
  const items = [...setup.items, item(journals.id)]
  const saved = { ...setup, categories, items, courseGradeShown: false }
  await saveGradebook(kit, teacher, { ...saved, courseId, setupRevision: 1 })
  const { userId, ...lwazi } = await learner()
  await setGrade(kit, teacher, courseId, grade(userId, journal, 10))
  await setGrade(kit, teacher, courseId, grade(userId, items[2]?.id ?? '', 12))
  await setGrade(kit, teacher, courseId, grade(userId, quiz, null, { excused: true, reason: 'Ill.' }))
  const mine = await readMyGrades(kit, lwazi, courseId)
  assert.deepEqual(mine.scale, [])
  for (const { weight, dropLowest, share } of mine.categories)
    assert.deepEqual([weight, dropLowest, share], [0, 0, 0])
  assert.deepEqual(
    mine.categories.flatMap(({ items }) => items.map(({ outcome }) => outcome)),
    ['excused', 'counted', 'counted'],
  )
})

test('A missing quiz counts zero once it can be taken and its due date is over, where the set-up says so.', async () => {
  const { courseId, teacher, learner, quiz, attempt } = await createGradebookFixture(kit)
  const quizzes = [
    await quiz(),
    await quiz({ opensAt: '2020-01-01T00:00:00.000Z', dueAt: '2020-01-02T00:00:00.000Z' }),
    await quiz({ draft: true }),
    await quiz({ opensAt: '2098-01-01T00:00:00.000Z' }),
    await quiz({ dueAt: '2098-01-01T00:00:00.000Z' }),
    await quiz({ closesAt: '2098-01-01T00:00:00.000Z' }),
  ]
  const one = category('All')
  const items = quizzes.map(quizId => item(one.id, { quizId, points: 10 }))
  const setup = setupOf({ missing: 'zero', categories: [one], items })
  await saveGradebook(kit, teacher, { ...setup, courseId, setupRevision: 0 })
  const { userId } = await learner()
  await attempt(userId, quizzes[0] as string, 10, 10)
  assert.equal((await readGrades(kit, teacher, courseId, all)).items[0]?.percent, 50)
})

test('An attempt that waits to be marked is not missing.', async () => {
  const { courseId, teacher, learner, attempt, school, quizId, journal, setup } = await halves()
  await saveGradebook(kit, teacher, { ...setup, missing: 'zero', courseId, setupRevision: 1 })
  const { userId } = await learner()
  await setGrade(kit, teacher, courseId, grade(userId, journal, 20))
  const percent = async () => (await readGrades(kit, teacher, courseId, all)).items[0]?.percent
  assert.equal(await percent(), 50)
  await attempt(userId, quizId, 5, 10)
  await school.run(sql`
    update submissions set state = 'submitted', score = null, max_score = null, graded_at = null
    where user_id = ${userId}`)
  assert.equal(await percent(), 100)
})

test('What a learner was given more time for is not missing until then.', async () => {
  const { courseId, teacher, learner, school, organizationId, quizId, journal, setup } = await halves()
  await saveGradebook(kit, teacher, { ...setup, missing: 'zero', courseId, setupRevision: 1 })
  const [given, other] = [await learner(), await learner()]
  for (const { userId } of [given, other]) await setGrade(kit, teacher, courseId, grade(userId, journal, 20))
  const give = (quiz: string | null, dueAt: string) =>
    school.run(sql`
      insert into accommodations (organization_id, course_id, user_id, quiz_id, extra_percent, extra_minutes,
        extra_attempts, due_at)
      values (${organizationId}, ${courseId}, ${given.userId}, ${quiz}, 0, 0, 0, ${dueAt})`)
  const percents = async () => {
    const page = { ...all, userIds: [given.userId, other.userId] }
    return (await readGrades(kit, teacher, courseId, page)).items.map(({ percent }) => percent)
  }
  assert.deepEqual(await percents(), [50, 50])
  await give(null, '2098-01-01T00:00:00.000Z')
  assert.deepEqual(await percents(), [100, 50])
  await give(quizId, '2020-01-01T00:00:00.000Z')
  assert.deepEqual(await percents(), [50, 50])
})

test('Grades are read in pages, or for the learners that are named; others of the school are no rows.', async () => {
  const { courseId, teacher, learner } = await halves()
  const people = [await learner(), await learner(), await learner()].map(({ userId }) => userId)
  const first = await readGrades(kit, teacher, courseId, { ...all, limit: 2 })
  assert.equal(first.items.length, 2)
  const rest = await readGrades(kit, teacher, courseId, { ...all, after: first.nextCursor ?? '', limit: 2 })
  assert.deepEqual(
    [...first.items, ...rest.items].map(({ userId }) => userId),
    people.toSorted(),
  )
  assert.equal(rest.nextCursor, null)
  const named = await readGrades(kit, teacher, courseId, { ...all, userIds: [people[2] ?? '', uuidv7()] })
  assert.deepEqual(
    named.items.map(({ userId }) => userId),
    [people[2]],
  )
})

test('A learner of another course gets no grade here, and nobody but its teacher gives one.', async () => {
  const { courseId, teacher, learner, journal } = await halves()
  const [lwazi, stranger] = [await learner(), uuidv7()]
  await assert.rejects(setGrade(kit, teacher, courseId, grade(stranger, journal, 5)), { code: 'not_found' })
  await assert.rejects(setGrade(kit, lwazi, courseId, grade(lwazi.userId, journal, 20)), {
    code: 'forbidden',
  })
  await assert.rejects(setGrade(kit, teacher, courseId, grade(lwazi.userId, uuidv7(), 5)), {
    code: 'invalid_input',
  })
})

test('Two grades entered at once are both kept, and both are in the history.', async () => {
  const { courseId, teacher, learner, journal } = await halves()
  const { userId } = await learner()
  await Promise.all([11, 12].map(score => setGrade(kit, teacher, courseId, grade(userId, journal, score))))
  const { history, categories } = await getGrade(kit, teacher, courseId, userId)
  const [last, first] = history
  assert.deepEqual(history.map(({ after }) => after.score).sort(), [11, 12])
  assert.equal(last?.before.score, first?.after.score)
  assert.equal(categories[1]?.items[0]?.score, last?.after.score)
})

test('A comment and a score that are saved at once are both kept, whichever comes first.', async () => {
  for (const commentFirst of [true, false]) {
    const { courseId, teacher, learner, quiz } = await halves()
    const { userId } = await learner()
    await setGrade(kit, teacher, courseId, grade(userId, quiz, 5, { reason: 'Answered aloud.' }))
    const changes = [{ comment: 'Well argued.' }, { score: 9, reason: 'A key was wrong.' }]
    const ordered = commentFirst ? changes : changes.toReversed()
    for (const change of ordered) await setGrade(kit, teacher, courseId, { userId, itemId: quiz, ...change })
    const { categories, history } = await getGrade(kit, teacher, courseId, userId)
    const [told] = categories[0]?.items ?? []
    assert.deepEqual([told?.score, told?.comment], [9, 'Well argued.'])
    // A comment needs no reason, and takes none away.
    const commented = history.find(({ before, after }) => before.comment === null && after.comment !== null)
    assert.equal(commented?.reason, commentFirst ? 'Answered aloud.' : 'A key was wrong.')
  }
})

test('What changes nothing is in no history, and a comment is no override to the audit log.', async () => {
  const { courseId, teacher, learner, quiz, school } = await halves()
  const { userId } = await learner()
  const audited = async () =>
    (
      await school.rows(sql`select 1 from outbox where payload->>'action' = 'grade.overridden'
      and payload->'details'->>'learnerId' = ${userId}`)
    ).length
  await setGrade(kit, teacher, courseId, { userId, itemId: quiz, score: null, reason: 'No reason.' })
  assert.equal((await getGrade(kit, teacher, courseId, userId)).history.length, 0)
  await setGrade(kit, teacher, courseId, { userId, itemId: quiz, comment: 'Read chapter 2.' })
  assert.equal(await audited(), 0)
  await setGrade(kit, teacher, courseId, { userId, itemId: quiz, score: 9, reason: 'A key was wrong.' })
  assert.equal(await audited(), 1)
})

test('With a learner go the grades that were entered for them, and their history.', async () => {
  const { courseId, teacher, learner, journal, school, setup } = await halves()
  const [gone, other] = [await learner(), await learner()]
  for (const { userId } of [gone, other])
    await setGrade(kit, teacher, courseId, grade(userId, journal, 15, { comment: 'Good.' }))
  const file = (await assessmentPersonalData.gather(school, gone.userId)).find(
    ({ name }) => name === 'grades.json',
  )
  assert.deepEqual(file?.content, [
    { courseId, item: 'River journal', score: 15, excused: false, comment: 'Good.' },
  ])
  // What is kept is told, also once its item was removed.
  const without = setup.items.filter(({ id }) => id !== journal)
  await saveGradebook(kit, teacher, { ...setup, items: without, courseId, setupRevision: 1 })
  const later = (await assessmentPersonalData.gather(school, gone.userId)).find(
    ({ name }) => name === 'grades.json',
  )
  assert.deepEqual(later?.content, [
    { courseId, item: 'A removed item', score: 15, excused: false, comment: 'Good.' },
  ])
  await school.transaction(tx => assessmentPersonalData.erase(tx, gone.userId))
  await assert.rejects(getGrade(kit, teacher, courseId, gone.userId), { code: 'not_found' })
  assert.equal((await getGrade(kit, teacher, courseId, other.userId)).history.length, 1)
})
