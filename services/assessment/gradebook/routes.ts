import type { gradebookOperations } from '@azora/contracts/assessment/gradebook.ts'
import { askingCallerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import type { RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { importGrades } from './import-grades.ts'
import { getGrade, readGrades, readMyGrades } from './read-grades.ts'
import { readGradebook, saveGradebook } from './save-gradebook.ts'
import { setGrade } from './set-grade.ts'

export function gradebookRoutes(kit: ServiceKit): Handlers<typeof gradebookOperations> {
  const asking = (context: RequestContext) => askingCallerOf(kit, context)
  return {
    getGradebook: ({ courseId }, context) => readGradebook(kit, asking(context), courseId),
    saveGradebook: (input, context) => saveGradebook(kit, asking(context), input),
    readGrades: ({ courseId, userIds, groupId, cursor, limit }, context) =>
      readGrades(kit, asking(context), courseId, { userIds, groupId, after: idCursor(cursor), limit }),
    getGrade: ({ courseId, userId }, context) => getGrade(kit, asking(context), courseId, userId),
    setGrade: ({ courseId, ...input }, context) => setGrade(kit, asking(context), courseId, input),
    importGrades: ({ courseId, ...input }, context) => importGrades(kit, asking(context), courseId, input),
    getMyGrades: ({ courseId }, context) => readMyGrades(kit, asking(context), courseId),
  }
}
