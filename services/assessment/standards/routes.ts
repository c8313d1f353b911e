import type { standardsOperations } from '@azora/contracts/assessment/standards.ts'
import { askingCallerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import type { RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { alignQuestions, getQuizStandards } from './align-questions.ts'
import { judgeLevel } from './judge-level.ts'
import { getEvidence, getMyStandards, readStandardLevels } from './read-levels.ts'
import { getStandards, saveStandards } from './standards.ts'

export function standardsRoutes(kit: ServiceKit): Handlers<typeof standardsOperations> {
  const asking = (context: RequestContext) => askingCallerOf(kit, context)
  return {
    getStandards: ({ courseId }, context) => getStandards(kit, asking(context), courseId),
    saveStandards: (input, context) => saveStandards(kit, asking(context), input),
    getQuizStandards: ({ quizId }, context) => getQuizStandards(kit, asking(context), quizId),
    async alignQuestions({ quizId, alignments }, context) {
      await alignQuestions(kit, asking(context), quizId, alignments)
      return { ok: true }
    },
    readStandardLevels: ({ courseId, userIds, groupId, cursor, limit }, context) =>
      readStandardLevels(kit, asking(context), courseId, {
        userIds,
        groupId,
        after: idCursor(cursor),
        limit,
      }),
    getEvidence: (cell, context) => getEvidence(kit, asking(context), cell),
    judgeLevel: (input, context) => judgeLevel(kit, asking(context), input),
    getMyStandards: ({ courseId }, context) => getMyStandards(kit, asking(context), courseId),
  }
}
