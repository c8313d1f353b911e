import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { limits } from '@azora/contracts/limits.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { createTestKit, inTurn, type TestKit, testContext } from '@azora/kit/testing.ts'
import { createCourse, deleteCourse } from '../courses/author-course.ts'
import { insertEnrollment, selectOptionalCoursePage, selectRoster } from '../enrollments/enrollments.store.ts'
import { upsertPerson } from '../people/people.store.ts'
import { educationPersonalData } from '../privacy/personal-data.ts'
import { education } from '../service.ts'
import {
  assignGroups,
  createGroup,
  deleteGroup,
  listGroups,
  moveLearners,
  renameGroup,
  setGroupsShown,
} from './change-groups.ts'
import { courseHeld, toldGroups } from './testing.store.ts'

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())
const school = () => kit.db.in(organizationId)

const person = (): Caller => {
  const actor = { userId: randomUUID(), organizationId, sessionId: randomUUID() }
  return testContext({ ...actor, roles: ['instructor' as const] })
}

async function courseOf(by: Caller) {
  const { id } = await createCourse(kit.db, by, {
    ...{ title: 'Tides', summary: '', description: '', category: 'Any', level: 'beginner', language: 'en' },
    completionRule: { requireQuizzes: true },
  })
  return id
}

async function enrolIn(courseId: string, name: string) {
  const userId = randomUUID()
  const email = `${name.toLowerCase()}@school.example`
  await upsertPerson(school(), { userId, organizationId, name, email }, '2026-01-01T00:00:00Z')
  const enrolledAt = new Date().toISOString()
  await insertEnrollment(school(), { id: randomUUID(), organizationId, userId, courseId, enrolledAt })
  return userId
}

/** A course with some learners. */
async function course(...names: string[]) {
  const by = person()
  const courseId = await courseOf(by)
  const userIds: string[] = []
  for (const name of names) userIds.push(await enrolIn(courseId, name))
  const add = async (name: string) => {
    const { items } = await createGroup(kit.db, by, courseId, name)
    return items.find(group => group.name === name)?.id ?? assert.fail()
  }
  const move = (ids: string[], addToId: string | null, removeFromIds: string[] = []) =>
    moveLearners(kit.db, by, courseId, { userIds: ids, addToId, removeFromIds })
  const groupsOf = async (userId: string) => {
    const { items } = await selectRoster(school(), courseId, { limit: 100 })
    return items.find(entry => entry.userId === userId)?.groupIds
  }
  return { by, courseId, userIds, add, move, groupsOf }
}

test('A learner may be in several groups, comes into one and leaves others at once, and may be in none.', async () => {
  const { userIds, add, move, groupsOf, by, courseId } = await course('Ayanda', 'Bongani', 'Chipo')
  const [ayanda, bongani] = userIds as [string, string, string]
  const [reds, blues] = [await add('Reds'), await add('Blues')]
  await move([ayanda, bongani], reds)
  await move([ayanda], blues)
  assert.deepEqual(await groupsOf(ayanda), [reds, blues].toSorted())
  const listed = await move([ayanda], blues, [reds, blues])
  assert.deepEqual(await groupsOf(ayanda), [blues])
  assert.deepEqual(
    listed.items.map(({ name, memberCount }) => [name, memberCount]),
    [
      ['Blues', 1],
      ['Reds', 1],
    ],
  )
  assert.equal(listed.ungroupedCount, 1)
  await move([ayanda], null, [blues])
  assert.equal((await listGroups(kit.db, by, courseId)).ungroupedCount, 2)
})

test('The roster lists the learners of one group, page by page, and a group of another course has none of them.', async () => {
  const { courseId, userIds, add, move } = await course('Ayanda', 'Bongani', 'Chipo')
  const [first, , third] = userIds as [string, string, string]
  const reds = await add('Reds')
  await move([first, third], reds)
  const listed: string[] = []
  let cursor: string | undefined
  do {
    const page = await selectRoster(school(), courseId, { groupId: reds, cursor, limit: 1 })
    listed.push(...page.items.map(({ userId }) => userId))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  assert.deepEqual(listed.toSorted(), [first, third].toSorted())
  const other = await course()
  const foreign = await other.add('Reds')
  assert.deepEqual((await selectRoster(school(), courseId, { groupId: foreign, limit: 9 })).items, [])
})

test('A name belongs to one group of a course, in whatever letters, also where two are made at once.', async () => {
  const { by, courseId, add } = await course()
  const reds = await add('Reds')
  const blues = await add('Blues')
  const refused = (work: Promise<unknown>) =>
    assert.rejects(work, ({ data }: AppError) => data.fields?.[0]?.reason === 'group_name_taken')
  await refused(createGroup(kit.db, by, courseId, 'REDS'))
  await refused(renameGroup(kit.db, by, blues, 'reds'))
  await renameGroup(kit.db, by, reds, 'REDS')
  const made = await Promise.allSettled(
    ['Greens', 'greens'].map(name => createGroup(kit.db, by, courseId, name)),
  )
  assert.deepEqual(made.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
})

test('Only who teaches a course changes its groups, with its own learners and groups.', async () => {
  const { by, courseId, userIds, add, move } = await course('Ayanda')
  const [ayanda] = userIds as [string]
  const reds = await add('Reds')
  const other = await course('Dineo')
  const foreign = await other.add('Reds')
  await assert.rejects(move(other.userIds, reds), { code: 'not_found' })
  await assert.rejects(move([ayanda], foreign), { code: 'not_found' })
  await assert.rejects(move([ayanda], reds, [foreign]), { code: 'not_found' })
  await assert.rejects(createGroup(kit.db, other.by, courseId, 'Mine'), { code: 'forbidden' })
  await assert.rejects(renameGroup(kit.db, other.by, reds, 'Mine'), { code: 'forbidden' })
  await assert.rejects(deleteGroup(kit.db, other.by, reds), { code: 'forbidden' })
  await assert.rejects(listGroups(kit.db, other.by, courseId), { code: 'forbidden' })
  await deleteGroup(kit.db, by, reds)
  await assert.rejects(deleteGroup(kit.db, by, reds), { code: 'not_found' })
})

test('A plan says what it would do and does nothing; applied, it makes groups and puts learners into them.', async () => {
  const { by, courseId, userIds, add, move, groupsOf } = await course('Ayanda', 'Bongani', 'Chipo')
  const [ayanda, bongani, chipo] = userIds as [string, string, string]
  const reds = await add('Reds')
  await move([ayanda], reds)
  const stranger = randomUUID()
  const groups = [
    { name: 'reds', userIds: [ayanda, bongani, stranger] },
    { name: 'Blues', userIds: [chipo] },
    { name: 'BLUES', userIds: [chipo, ayanda] },
  ]
  const plan = await assignGroups(kit.db, by, courseId, { apply: false, groups })
  assert.deepEqual(plan.groups, [
    { name: 'Reds', isNew: false, addedIds: [bongani], alreadyCount: 1 },
    { name: 'Blues', isNew: true, addedIds: [chipo, ayanda], alreadyCount: 0 },
  ])
  assert.deepEqual(plan.problems, [{ userId: stranger, problem: 'learner_unknown' }])
  assert.deepEqual(await groupsOf(bongani), [])
  const done = await assignGroups(kit.db, by, courseId, { apply: true, revision: plan.revision, groups })
  assert.equal(done.applied, true)
  const listed = await listGroups(kit.db, by, courseId)
  assert.equal(listed.revision, done.revision)
  assert.deepEqual(
    listed.items.map(({ name, memberCount }) => [name, memberCount]),
    [
      ['Blues', 2],
      ['Reds', 2],
    ],
  )
})

test('A plan is refused once the groups are others than it was made on, whichever change comes first.', async () => {
  const outcomes = async (planFirst: boolean) => {
    const { by, courseId, userIds, add } = await course('Ayanda')
    const reds = await add('Reds')
    const groups = [{ name: 'Reds', userIds }]
    const { revision } = await assignGroups(kit.db, by, courseId, { apply: false, groups })
    const apply = () => assignGroups(kit.db, by, courseId, { apply: true, revision, groups })
    const rename = () => renameGroup(kit.db, by, reds, 'Crimson')
    const [first, second] = planFirst ? [apply, rename] : [rename, apply]
    const both = await inTurn<unknown, unknown>(kit.db, courseHeld(school(), courseId), first, second)
    const { items } = await listGroups(kit.db, by, courseId)
    return [both.map(({ status }) => status), items.map(({ name, memberCount }) => [name, memberCount])]
  }
  assert.deepEqual(await outcomes(true), [['fulfilled', 'fulfilled'], [['Crimson', 1]]])
  assert.deepEqual(await outcomes(false), [['fulfilled', 'rejected'], [['Crimson', 0]]])
})

test('What is told is whole and counted, in the order of the changes, also of two at once.', async () => {
  const { userIds, add, move, courseId } = await course('Ayanda', 'Bongani')
  const [ayanda, bongani] = userIds as [string, string]
  const [reds, blues] = [await add('Reds'), await add('Blues')]
  await inTurn(
    kit.db,
    courseHeld(school(), courseId),
    () => move([ayanda], reds),
    () => move([bongani], blues),
  )
  const told = await toldGroups(school(), courseId)
  assert.deepEqual(
    told.map(({ revision }) => revision),
    [1, 2, 3, 4],
  )
  const members = told.map(({ groups }) =>
    [reds, blues].map(id => groups.find(group => group.id === id)?.memberIds),
  )
  assert.deepEqual(members.slice(2), [
    [[ayanda], []],
    [[ayanda], [bongani]],
  ])
})

test('A learner is shown their groups and the names in them where the teacher lets them, and no others.', async () => {
  const { by, courseId, userIds, add, move } = await course('Ayanda', 'Bongani', 'Chipo')
  const [ayanda, bongani, chipo] = userIds as [string, string, string]
  const [reds, blues] = [await add('Reds'), await add('Blues')]
  await move([ayanda, bongani], reds)
  await move([chipo], blues)
  const shown = async (userId: string) => (await selectOptionalCoursePage(school(), userId, courseId))?.groups
  assert.deepEqual(await shown(ayanda), [])
  await setGroupsShown(kit.db, by, courseId, true)
  assert.deepEqual(await shown(ayanda), [{ id: reds, name: 'Reds', memberNames: ['Ayanda', 'Bongani'] }])
  await setGroupsShown(kit.db, by, courseId, false)
  assert.deepEqual(await shown(ayanda), [])
})

test('A learner finds their groups in their download, and leaves them with their account.', async () => {
  const { by, courseId, userIds, add, move } = await course('Ayanda', 'Bongani')
  const [ayanda, bongani] = userIds as [string, string]
  await move([ayanda, bongani], await add('Reds'))
  const { gather, erase } = educationPersonalData(kit)
  const told = (await gather(school(), ayanda)).find(({ name }) => name === 'enrollments.json')
  const [enrolment] = (told?.content ?? []) as { groups: string[] }[]
  assert.deepEqual(enrolment?.groups, ['Reds'])
  await school().transaction(tx => erase(tx, ayanda))
  assert.equal((await listGroups(kit.db, by, courseId)).items[0]?.memberCount, 1)
})

test('A course has so many groups, and is deleted with them.', async () => {
  const { by, courseId } = await course()
  const groups = Array.from({ length: limits.groupsOfCourse }, (_, at) => ({
    name: `Team ${at}`,
    userIds: [randomUUID()],
  }))
  const apply = { apply: true, revision: 0, groups }
  await assignGroups(kit.db, by, courseId, apply)
  await assert.rejects(createGroup(kit.db, by, courseId, 'One more'), { code: 'invalid_input' })
  await deleteCourse(kit.db, by, courseId)
})

test('A plan whose names differ by letters that only the database reads as the same makes one group of them.', async () => {
  const { by, courseId, userIds } = await course('Ayanda', 'Bongani')
  const [ayanda, bongani] = userIds as [string, string]
  const groups = [
    { name: 'İzmir', userIds: [ayanda] },
    { name: 'izmir', userIds: [bongani] },
  ]
  const { revision } = await assignGroups(kit.db, by, courseId, { apply: false, groups })
  await assignGroups(kit.db, by, courseId, { apply: true, revision, groups })
  const { items } = await listGroups(kit.db, by, courseId)
  assert.deepEqual(
    items.map(({ name, memberCount }) => [name, memberCount]),
    [['İzmir', 2]],
  )
})
