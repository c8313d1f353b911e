import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkShape } from '@azora/kit/json-body.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, inTurn, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { insertLearners } from '../courses/courses.store.ts'
import { assessment } from '../service.ts'
import { category, createGradebookFixture, item, setupOf } from './gradebook-fixture.ts'
import { importGrades, mostCells } from './import-grades.ts'
import { readGrades } from './read-grades.ts'
import { readGradebook, saveGradebook } from './save-gradebook.ts'
import { setGrade } from './set-grade.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

async function journals() {
  const fixture = await createGradebookFixture(kit)
  const { courseId, teacher, quiz, learner } = fixture
  const one = category('All')
  const [first, second] = [item(one.id), item(one.id, { title: 'Essay', points: 10 })]
  const fromQuiz = item(one.id, { quizId: await quiz() })
  const setup = setupOf({ categories: [one], items: [first, second, fromQuiz] })
  await saveGradebook(kit, teacher, { ...setup, courseId, setupRevision: 0 })
  const people = [(await learner()).userId, (await learner()).userId] as [string, string]
  const scores = async () => {
    const page = { userIds: people, after: undefined, limit: 100 }
    return (await readGrades(kit, teacher, courseId, page)).items.map(row => row.scores.slice(0, 2))
  }
  return { ...fixture, people, first: first.id, second: second.id, fromQuiz: fromQuiz.id, scores }
}

test('A dry run says what would change and what is not understood, and writes nothing; applied, it is written.', async () => {
  const { courseId, teacher, people, first, second, fromQuiz, scores } = await journals()
  const [stranger, noItem] = [uuidv7(), uuidv7()]
  const given = {
    itemIds: [first, second, fromQuiz, noItem],
    rows: [
      { userId: people[0], scores: [18, 12, 5, 1] },
      { userId: people[1], scores: ['excused' as const, null, null, null] },
      { userId: stranger, scores: [1, 1, 1, 1] },
    ],
  }
  const dry = await importGrades(kit, teacher, courseId, { ...given, apply: false })
  assert.deepEqual([dry.applied, dry.changeCount], [false, 3])
  assert.deepEqual(dry.problems, [
    { userId: null, itemId: fromQuiz, problem: 'item_is_quiz' },
    { userId: null, itemId: noItem, problem: 'item_unknown' },
    { userId: people[0], itemId: second, problem: 'above_points' },
    { userId: stranger, itemId: null, problem: 'learner_unknown' },
  ])
  assert.deepEqual(await scores(), [
    [null, null],
    [null, null],
  ])
  const done = await importGrades(kit, teacher, courseId, { ...given, apply: true, revision: dry.revision })
  assert.deepEqual(done.changes, dry.changes)
  assert.deepEqual(await scores(), [
    [18, 12],
    [null, null],
  ])
  const again = await importGrades(kit, teacher, courseId, { ...given, apply: false })
  assert.deepEqual([again.changeCount, again.revision], [0, done.revision])
})

test('A gradebook that was changed since the dry run is not written to.', async () => {
  const { courseId, teacher, people, first, scores } = await journals()
  const given = { itemIds: [first], rows: [{ userId: people[0], scores: [18] }] }
  const { revision } = await importGrades(kit, teacher, courseId, { ...given, apply: false })
  const meanwhile = {
    userId: people[1],
    itemId: first,
    score: 7,
    excused: false,
    comment: null,
    reason: null,
  }
  await setGrade(kit, teacher, courseId, meanwhile)
  await assert.rejects(importGrades(kit, teacher, courseId, { ...given, apply: true, revision }), {
    code: 'conflict',
  })
  await assert.rejects(importGrades(kit, teacher, courseId, { ...given, apply: true }), { code: 'conflict' })
  assert.deepEqual(await scores(), [
    [null, null],
    [7, null],
  ])
})

test('Of an import and a grade entered at once, the import is refused or comes first: nothing is lost unseen.', async () => {
  for (const importFirst of [true, false]) {
    const { courseId, teacher, people, first, scores } = await journals()
    const userId = people[0]
    const given = { itemIds: [first], rows: [{ userId, scores: [18] }] }
    const { revision } = await importGrades(kit, teacher, courseId, { ...given, apply: false })
    const imported = () => importGrades(kit, teacher, courseId, { ...given, apply: true, revision })
    const entered = () => setGrade(kit, teacher, courseId, { userId, itemId: first, score: 7 })
    const hold = sql`select 1 from gradebooks where course_id = ${courseId} for update`
    const [one, two] = importFirst
      ? await inTurn(kit.db, hold, imported, entered)
      : await inTurn(kit.db, hold, entered, imported)
    assert.equal(one.status, 'fulfilled')
    if (importFirst) assert.equal(two.status, 'fulfilled')
    else assert.equal(two.status === 'rejected' && two.reason.code, 'conflict')
    // Refused, it changed nothing; first, the grade that came after it counts.
    assert.equal((await scores())[0]?.[0], 7)
  }
})

test('Of a learner or a column that is there twice nothing is written, and both are named.', async () => {
  const { courseId, teacher, people, first, second, scores } = await journals()
  const [twice, once] = people
  const given = {
    itemIds: [first, second, first],
    rows: [
      { userId: twice, scores: [1, 2, 3] },
      { userId: once, scores: [4, 5, 6] },
      { userId: twice, scores: [7, 8, 9] },
    ],
  }
  const { revision, ...dry } = await importGrades(kit, teacher, courseId, { ...given, apply: false })
  assert.deepEqual(dry.problems, [
    { userId: null, itemId: first, problem: 'item_twice' },
    { userId: twice, itemId: null, problem: 'learner_twice' },
  ])
  assert.equal(dry.problemCount, 2)
  await importGrades(kit, teacher, courseId, { ...given, apply: true, revision })
  assert.deepEqual(await scores(), [
    [null, null],
    [null, 5],
  ])
})

test('The largest import fits the body of a request.', () => {
  const userId = uuidv7()
  const largest = [
    { rowCount: 2000, columnCount: 25 },
    { rowCount: 250, columnCount: 200 },
  ]
  for (const { rowCount, columnCount } of largest) {
    assert.ok(rowCount * columnCount === mostCells)
    const scores = Array.from({ length: columnCount }, () => 'excused')
    const rows = Array.from({ length: rowCount }, () => ({ userId, scores }))
    const itemIds = scores.map(() => userId)
    const body = Buffer.from(JSON.stringify({ apply: true, revision: 1_000_000, itemIds, rows }))
    assert.doesNotThrow(() => checkShape(body))
    assert.ok(body.length < 1_000_000)
  }
})

test('A thousand grades are imported at once, and far too many are refused.', async () => {
  const { courseId, teacher, people, school } = await journals()
  const more = Array.from({ length: 1100 }, () => uuidv7())
  await insertLearners(
    school,
    more.map(userId => ({ courseId, userId })),
  )
  const { items } = await readGradebook(kit, teacher, courseId)
  const itemIds = items.flatMap(({ id, quizId }) => (quizId ? [] : [id]))
  const rows = [...people, ...more].map(userId => ({ userId, scores: itemIds.map((_, at) => at + 1) }))
  const { revision, changeCount, changes } = await importGrades(kit, teacher, courseId, {
    apply: false,
    itemIds,
    rows,
  })
  assert.deepEqual([changeCount, changes.length], [2204, 1000])
  await importGrades(kit, teacher, courseId, { apply: true, revision, itemIds, rows })
  const last = { userIds: [more.at(-1) ?? ''], after: undefined, limit: 1 }
  assert.deepEqual((await readGrades(kit, teacher, courseId, last)).items[0]?.scores.slice(0, 2), [1, 2])
  const wide = Array.from({ length: 200 }, () => uuidv7())
  const scores = wide.map(() => null)
  const many = { itemIds: wide, rows: Array.from({ length: 251 }, () => ({ userId: uuidv7(), scores })) }
  await assert.rejects(importGrades(kit, teacher, courseId, { apply: false, ...many }), {
    code: 'invalid_input',
  })
})

test('A row that does not fit the columns is refused as a whole.', async () => {
  const { courseId, teacher, people, first } = await journals()
  const rows = [{ userId: people[0], scores: [1, 2] }]
  await assert.rejects(importGrades(kit, teacher, courseId, { apply: false, itemIds: [first], rows }), {
    code: 'invalid_input',
  })
})
