import type { standardsSetup } from '@azora/contracts/assessment/standards.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { z } from 'zod'
import { requireAuthor } from '../courses/course-roles.ts'
import { selectCourseTitle } from '../gradebook/gradebook.store.ts'
import { selectLevelsJudged } from './judgements.store.ts'
import type { Level } from './level-rule.ts'
import { lockRules, type Rules, replaceStandards, selectRules, selectStandards } from './standards.store.ts'

type Tools = Pick<ServiceKit, 'db'>
export type Setup = z.infer<typeof standardsSetup>

/** Until an author saves others. Their ids are the same in every course, where they name levels of that course. */
export const defaultLevels: Level[] = [
  { id: '0a3f1f0e-8d5e-4c55-9d0b-6a4a5f0c1b01', name: 'Not yet', from: 0 },
  { id: '0a3f1f0e-8d5e-4c55-9d0b-6a4a5f0c1b02', name: 'Beginning', from: 40 },
  { id: '0a3f1f0e-8d5e-4c55-9d0b-6a4a5f0c1b03', name: 'Proficient', from: 70 },
  { id: '0a3f1f0e-8d5e-4c55-9d0b-6a4a5f0c1b04', name: 'Advanced', from: 90 },
]

export const levelsOf = ({ levels }: Pick<Rules, 'levels'>): Level[] => levels ?? defaultLevels

/** @throws AppError `not_found`, `forbidden`. */
export async function getStandards(tools: Tools, by: AskingCaller, courseId: string) {
  await requireAuthor(tools, by, courseId)
  return selectTold(tools.db.in(by.actor.organizationId), courseId)
}

async function selectTold(db: Queryable, courseId: string) {
  const [rules, standards, courseTitle] = await Promise.all([
    selectRules(db, courseId),
    selectStandards(db, courseId),
    selectCourseTitle(db, courseId),
  ])
  const { shown, evidenceRule, revision } = rules
  return {
    courseId,
    courseTitle,
    standardsRevision: revision,
    standardsShown: shown,
    evidenceRule,
    levels: levelsOf(rules),
    standards,
  }
}

/**
 * Replace the standards of a course with their rules.
 * @throws AppError `conflict` when they were saved since they were read; `not_found`, `forbidden`, `invalid_input`.
 */
export async function saveStandards(
  tools: Tools,
  by: AskingCaller,
  { courseId, standardsRevision, ...setup }: Setup & { courseId: string; standardsRevision: number },
) {
  await requireAuthor(tools, by, courseId)
  refuseFaulty(setup)
  return tools.db.in(by.actor.organizationId).transaction(async tx => {
    const { revision, levels: before } = await lockRules(tx, courseId, 'update')
    if (revision !== standardsRevision) throw new AppError('conflict')
    const { standardsShown: shown, evidenceRule, levels, standards } = setup
    await replaceStandards(tx, courseId, { levels, evidenceRule, shown }, standards)
    // What was decided of a standard that goes has gone with it.
    const judged = await selectLevelsJudged(tx, courseId)
    const gone = (before ?? defaultLevels).find(
      ({ id }) => judged.has(id) && !levels.some(level => level.id === id),
    )
    if (gone) throw invalidField('levels', 'level_used', { values: { level: gone.name } })
    const told = await selectTold(tx, courseId)
    await recordAudit(tx, 'assessment', by, {
      action: 'standards.changed',
      subject: { kind: 'course', id: courseId, name: told.courseTitle },
      details: { revision: told.standardsRevision },
    })
    return told
  })
}

/** @throws AppError `invalid_input` that names the first fault. */
function refuseFaulty({ levels, standards }: Setup): void {
  levels.forEach(({ id, name, from }, at) => {
    const before = levels.slice(0, at)
    if (before.some(other => other.id === id || sameText(other.name, name)))
      throw invalidField(`levels.${at}.name`, 'level_twice', { code: 'duplicate' })
    if (at === 0 && from !== 0) throw invalidField('levels.0.from', 'level_first')
    if (before.some(other => other.from >= from)) throw invalidField(`levels.${at}.from`, 'level_order')
  })
  const [ids, codes] = [new Set<string>(), new Set<string>()]
  standards.forEach(({ id, code }, at) => {
    const read = code.toLowerCase()
    if (ids.has(id) || codes.has(read))
      throw invalidField(`standards.${at}.code`, 'standard_twice', { code: 'duplicate' })
    ids.add(id)
    codes.add(read)
  })
}

const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
