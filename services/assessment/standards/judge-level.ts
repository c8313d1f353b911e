import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthor } from '../courses/course-roles.ts'
import { selectCourseTitle } from '../gradebook/gradebook.store.ts'
import { insertJudgement, selectJudgements } from './judgements.store.ts'
import { requireCell, selectStanding } from './read-levels.ts'
import { lockRules } from './standards.store.ts'
import { levelsOf } from './standards.ts'

export type JudgementInput = {
  courseId: string
  standardId: string
  userId: string
  levelId: string | null
  reason?: string | null | undefined
  judgementRevision: number
}

/**
 * Set a level in place of the calculated one, or take back what was set.
 * @throws AppError `conflict` when someone judged since it was read; `not_found`, `forbidden`, `invalid_input`.
 */
export async function judgeLevel(tools: Pick<ServiceKit, 'db'>, by: AskingCaller, input: JudgementInput) {
  const { courseId, standardId, userId, levelId, judgementRevision } = input
  const reason = input.reason ?? null
  await requireAuthor(tools, by, courseId)
  return tools.db.in(by.actor.organizationId).transaction(async tx => {
    const rules = await lockRules(tx, courseId, 'share')
    await requireCell(tx, input)
    if (levelId && !levelsOf(rules).some(({ id }) => id === levelId))
      throw invalidField('levelId', 'level_unknown')
    if (levelId && !reason) throw invalidField('reason', 'level_reason_needed')
    const [latest] = await selectJudgements(tx, input)
    if ((latest?.number ?? 0) !== judgementRevision) throw new AppError('conflict')
    const same = (latest?.levelId ?? null) === levelId && (levelId === null || latest?.reason === reason)
    if (!same) {
      const judgement = { number: judgementRevision + 1, levelId, reason, judgedBy: by.actor.userId }
      // Another with this number came between.
      if (!(await insertJudgement(tx, input, judgement))) throw new AppError('conflict')
      await recordAudit(tx, 'assessment', by, {
        action: 'standard.judged',
        subject: { kind: 'course', id: courseId, name: await selectCourseTitle(tx, courseId) },
        details: { learnerId: userId, standardId, levelId },
      })
    }
    return selectStanding(tx, input)
  })
}
