import { limits } from '@azora/contracts/limits.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import { lockAuthoredCourse, selectAuthoredCourse } from '../courses/course-access.ts'
import { recordForeignChange } from '../courses/foreign-change.ts'
import {
  countGroups,
  deleteGroupRow,
  deleteMembers,
  foldNames,
  holdEnrollments,
  insertGroup,
  insertMembers,
  renewGroups,
  selectCourseOfGroup,
  selectGroupNamed,
  selectGroups,
  selectMembers,
  updateGroupName,
  updateShown,
} from './groups.store.ts'

/**
 * The groups of a course and who is in them. The course is locked while they change, so that two who change them come
 * one after the other, and what is told of them is in the order of the changes. Each throws AppError `not_found` and
 * `forbidden`.
 */

export async function listGroups(db: Database, by: Caller, courseId: string) {
  const school = db.in(by.actor.organizationId)
  await selectAuthoredCourse(school, by.actor, courseId)
  return selectGroups(school, courseId)
}

/** @throws AppError `invalid_input` for a name that another group has, and for one group too many. */
export function createGroup(db: Database, by: Caller, courseId: string, name: string) {
  return change(db, by, courseId, async tx => {
    await refuseTakenName(tx, courseId, name, null)
    await addGroup(tx, courseId, name)
  })
}

/** @throws AppError `invalid_input` for a name that another group has. */
export async function renameGroup(db: Database, by: Caller, groupId: string, name: string) {
  const courseId = await selectCourseOfGroup(db.in(by.actor.organizationId), groupId)
  return change(db, by, courseId, async tx => {
    await refuseTakenName(tx, courseId, name, groupId)
    if ((await updateGroupName(tx, groupId, name)) === 0) throw new AppError('not_found')
  })
}

export async function deleteGroup(db: Database, by: Caller, groupId: string) {
  const courseId = await selectCourseOfGroup(db.in(by.actor.organizationId), groupId)
  return change(db, by, courseId, async tx => {
    if ((await deleteGroupRow(tx, groupId)) === 0) throw new AppError('not_found')
  })
}

/** @throws AppError `not_found` for a group of another course, and for someone who does not learn in it. */
export function moveLearners(
  db: Database,
  by: Caller,
  courseId: string,
  { addToId, ...moved }: { userIds: string[]; addToId: string | null; removeFromIds: string[] },
) {
  const userIds = [...new Set(moved.userIds)]
  const removeFromIds = [...new Set(moved.removeFromIds)].filter(id => id !== addToId)
  return change(db, by, courseId, async tx => {
    const named = [...removeFromIds, ...(addToId ? [addToId] : [])]
    if ((await countGroups(tx, courseId, named)) !== named.length) throw new AppError('not_found')
    const enrollments = await holdEnrollments(tx, courseId, userIds)
    if (enrollments.size !== userIds.length) throw new AppError('not_found')
    await deleteMembers(tx, removeFromIds, [...enrollments.values()])
    if (addToId) await insertMembers(tx, addToId, [...enrollments.values()])
  })
}

/** Set whether learners see their groups. */
export async function setGroupsShown(db: Database, by: Caller, courseId: string, shown: boolean) {
  return change(db, by, courseId, tx => updateShown(tx, courseId, shown))
}

type Assigned = { name: string; userIds: string[] }

/**
 * Put many learners into groups by name, or say what that would do. Who is in another group stays there as well.
 * @throws AppError `conflict` when the groups changed after the plan was made.
 */
export async function assignGroups(
  db: Database,
  by: Caller,
  courseId: string,
  { apply, revision, groups }: { apply: boolean; revision?: number | undefined; groups: Assigned[] },
) {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const course = await lockAuthoredCourse(tx, by.actor, courseId)
    const before = await selectGroups(tx, courseId)
    if (apply && revision !== before.revision) throw new AppError('conflict')
    const userIds = [...new Set(groups.flatMap(group => group.userIds))]
    const enrollments = await holdEnrollments(tx, courseId, userIds)
    const planned: Planned[] = []
    for (const { name, learnerIds } of await mergedByName(tx, groups)) {
      const known = await selectGroupNamed(tx, courseId, name)
      const members = known ? await selectMembers(tx, known.id) : new Set<string>()
      const learners = learnerIds.filter(userId => enrollments.has(userId))
      const addedIds = learners.filter(userId => !members.has(enrollments.get(userId) ?? ''))
      const alreadyCount = learners.length - addedIds.length
      planned.push({ id: known?.id ?? null, name: known?.name ?? name, addedIds, alreadyCount })
    }
    if (apply) {
      for (const { id, name, addedIds } of planned) {
        const added = addedIds.map(userId => enrollments.get(userId) as string)
        await insertMembers(tx, id ?? (await addGroup(tx, courseId, name)), added)
      }
      await recordForeignChange(tx, by, course, { kind: 'course', id: courseId })
      await announceGroups(tx, courseId)
    }
    return {
      applied: apply,
      revision: apply ? before.revision + 1 : before.revision,
      groups: planned.map(({ id, ...group }) => ({ ...group, isNew: id === null })),
      problems: userIds
        .filter(userId => !enrollments.has(userId))
        .map(userId => ({ userId, problem: 'learner_unknown' as const })),
    }
  })
}

type Planned = { id: string | null; name: string; addedIds: string[]; alreadyCount: number }

/** A file may name a group in several rows, in other letters: those that the database takes for the same. */
async function mergedByName(tx: Transaction, groups: Assigned[]) {
  const merged = new Map<string, { name: string; learnerIds: Set<string> }>()
  const keys = await foldNames(
    tx,
    groups.map(({ name }) => name),
  )
  for (const [at, { name, userIds }] of groups.entries()) {
    const key = keys[at] ?? name
    const one = merged.get(key) ?? { name, learnerIds: new Set() }
    for (const userId of userIds) one.learnerIds.add(userId)
    merged.set(key, one)
  }
  return [...merged.values()].map(({ name, learnerIds }) => ({ name, learnerIds: [...learnerIds] }))
}

async function change(
  db: Database,
  by: Caller,
  courseId: string,
  work: (tx: Transaction) => Promise<void>,
): Promise<Awaited<ReturnType<typeof selectGroups>>> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const course = await lockAuthoredCourse(tx, by.actor, courseId)
    await work(tx)
    await recordForeignChange(tx, by, course, { kind: 'course', id: courseId })
    await announceGroups(tx, courseId)
    return selectGroups(tx, courseId)
  })
}

/** Tell who is in which group. It is told whole, so there is a most. */
async function announceGroups(tx: Transaction, courseId: string): Promise<void> {
  const { revision, groups } = await renewGroups(tx, courseId)
  const places = groups.reduce((sum, { memberIds }) => sum + memberIds.length, 0)
  if (places > limits.membershipsOfCourse) {
    throw invalidField('userIds', 'too_many_memberships', {
      values: { most: String(limits.membershipsOfCourse) },
    })
  }
  await publish(tx, 'education', 'course.groups_changed', {
    courseId,
    organizationId: tx.organizationId,
    revision,
    groups,
  })
}

async function addGroup(tx: Transaction, courseId: string, name: string): Promise<string> {
  if ((await countGroups(tx, courseId)) >= limits.groupsOfCourse) {
    throw invalidField('name', 'too_many_groups', { values: { most: String(limits.groupsOfCourse) } })
  }
  const id = uuidv7()
  await insertGroup(tx, { id, courseId, name })
  return id
}

async function refuseTakenName(tx: Transaction, courseId: string, name: string, groupId: string | null) {
  const known = await selectGroupNamed(tx, courseId, name)
  if (known && known.id !== groupId) throw invalidField('name', 'group_name_taken')
}
