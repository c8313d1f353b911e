'use client'
import { useState } from 'react'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'
import type { Learner } from './learner.ts'

export type CourseGroups = OutputOf<'education.listGroups'>

/** Who moves where. */
export type Move = { userIds: string[]; addToId: string | null; removeFromIds: string[] }

/** The groups of a course and who is in them, as they are changed. */
export function useGroups(initial: CourseGroups, known: Learner[]) {
  const [groups, setGroups] = useState(initial)
  const [learners, setLearners] = useState(known)
  const { run, pending, fault, clear } = useAction()
  const { courseId } = initial

  const create = (name: string) =>
    run(async () => setGroups(await call('education.createGroup', { courseId, name })))
  const rename = (groupId: string, name: string) =>
    run(async () => setGroups(await call('education.renameGroup', { groupId, name })))
  const remove = (groupId: string) =>
    run(async () => {
      setGroups(await call('education.deleteGroup', { groupId }))
      setLearners(before => before.map(one => moved(one, { addToId: null, removeFromIds: [groupId] })))
    })
  const move = (what: Move) =>
    run(async () => {
      setGroups(await call('education.moveLearners', { courseId, ...what }))
      const theirs = new Set(what.userIds)
      setLearners(before => before.map(one => (theirs.has(one.userId) ? moved(one, what) : one)))
    })
  const show = (shownToMembers: boolean) =>
    run(async () => setGroups(await call('education.setGroupsShown', { courseId, shownToMembers })))

  return { groups, learners, create, rename, remove, move, show, pending, fault, clear }
}

function moved(learner: Learner, { addToId, removeFromIds }: Omit<Move, 'userIds'>): Learner {
  const left = learner.groupIds.filter(id => id !== addToId && !removeFromIds.includes(id))
  return { ...learner, groupIds: addToId ? [...left, addToId] : left }
}
