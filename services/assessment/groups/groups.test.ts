import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { deleteCourseQuizzes, upsertCourse } from '../courses/courses.store.ts'
import { assessmentPersonalData } from '../privacy/personal-data.ts'
import { assessment } from '../service.ts'
import { selectIsGroup, selectMemberIds } from './groups.store.ts'
import { takeGroups } from './take-groups.ts'

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())
const school = () => kit.db.in(organizationId)

const [ayanda, bongani, chipo] = [uuidv7(), uuidv7(), uuidv7()].toSorted() as [string, string, string]

function course() {
  const [courseId, reds, blues] = [randomUUID(), uuidv7(), uuidv7()]
  const event = (revision: number, groups: Record<string, string[]>) => ({
    courseId,
    organizationId,
    revision,
    groups: Object.entries(groups).map(([id, memberIds]) => ({ id, memberIds })),
  })
  const hear = (revision: number, groups: Record<string, string[]>) =>
    school().transaction(tx => takeGroups(tx, event(revision, groups)))
  const members = () => Promise.all([reds, blues].map(id => selectMemberIds(school(), id)))
  return { courseId, reds, blues, event, hear, members }
}

test('Groups are taken whole, and an event that comes twice or after a later one changes nothing.', async () => {
  const { courseId, reds, blues, hear, members } = course()
  await hear(1, { [reds]: [ayanda], [blues]: [] })
  await hear(3, { [reds]: [bongani], [blues]: [ayanda, chipo] })
  await hear(2, { [reds]: [ayanda, bongani] })
  await hear(3, {})
  assert.deepEqual(await members(), [[bongani], [ayanda, chipo]])
  await hear(4, { [blues]: [chipo] })
  assert.deepEqual(await members(), [[], [chipo]])
  assert.equal(await selectIsGroup(school(), courseId, reds), false)
})

test('Of two events that are taken at once the later one stays, whichever is first.', async () => {
  for (const [first, second] of [
    [1, 2],
    [2, 1],
  ] as const) {
    const { reds, event, hear, members } = course()
    const state = (revision: number) => ({ [reds]: revision === 2 ? [bongani] : [ayanda] })
    await overlapped(
      kit.db,
      organizationId,
      tx => takeGroups(tx, event(first, state(first))),
      () => hear(second, state(second)),
    )
    assert.deepEqual((await members())[0], [bongani])
  }
})

test('Groups of a course that is deleted are gone, and so is one who is erased from theirs.', async () => {
  const { courseId, reds, blues, hear, members } = course()
  await upsertCourse(
    school(),
    { courseId, organizationId, instructorId: randomUUID(), title: 'Tides', status: 'draft' },
    '2026-03-01T10:00:00.000Z',
  )
  await hear(1, { [reds]: [ayanda, bongani], [blues]: [chipo] })
  const told = (await assessmentPersonalData.gather(school(), ayanda)).find(
    ({ name }) => name === 'groups.json',
  )
  assert.deepEqual(
    ((told?.content ?? []) as { groupId: string }[]).map(({ groupId }) => groupId),
    [reds],
  )
  await school().transaction(tx => assessmentPersonalData.erase(tx, ayanda))
  assert.deepEqual(await members(), [[bongani], [chipo]])
  await school().transaction(tx => deleteCourseQuizzes(tx, courseId))
  assert.deepEqual(await members(), [[], []])
})
