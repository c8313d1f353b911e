import { defineTask, runs } from '@azora/kit/jobs.ts'
import { personalDataPart } from '@azora/kit/personal-data.ts'
import type { ServiceDefinition } from '@azora/kit/service.ts'
import { revocationEmailTask, sendRevocationEmail } from './certificates/revocation-email.ts'
import { scoreEmailTask, sendScoreEmail } from './enrollments/score-email.ts'
import { endAbandonedImports } from './imports/end-abandoned-imports.ts'
import { runImport } from './imports/import-cartridge.ts'
import { importTask } from './imports/start-import.ts'
import { takeBackImport, takeBackImportTask } from './imports/take-back-import.ts'
import { readUnreadWords } from './lessons/read-words.ts'
import { educationPersonalData } from './privacy/personal-data.ts'
import { reactions } from './reactions.ts'
import { rooms } from './rooms.ts'
import { fileRoutes, routes, routesV2 } from './routes.ts'
import { removeBlobs, removeBlobsTask } from './storage/remove-blobs.ts'

const endImportsTask = defineTask('education.end_abandoned_imports', {
  cron: '*/30 * * * *',
  priority: 'late',
})
const readWordsTask = defineTask('education.read_unread_words', { cron: '* * * * *', priority: 'late' })

/** Courses, lessons, enrolments, progress, certificates; and what is imported into them. */
export const education: ServiceDefinition = {
  name: 'education',
  migrations: new URL('./migrations/', import.meta.url),
  hears: [
    'organization.created',
    'organization.changed',
    'user.created',
    'user.changed',
    'user.left',
    'assessment.completed',
    'score.changed',
    'grade.changed',
    'survey.completed',
    'quiz.results_shown',
    'quiz.kind_set',
    'course.priced',
    'course.purchased',
    'course.access_ended',
    'course.completed',
    'user.export_requested',
    'user.deleted',
  ],
  wire(kit) {
    const personalData = personalDataPart(kit, educationPersonalData(kit))
    return {
      handlers: routes(kit),
      fileHandlers: fileRoutes(kit),
      handlersV2: routesV2(kit),
      rooms,
      reactions: { ...reactions(kit), ...personalData.reactions },
      jobs: [
        runs(importTask, (job, run) => runImport(kit, job, run)),
        runs(revocationEmailTask, email => sendRevocationEmail(kit, email)),
        runs(scoreEmailTask, email => sendScoreEmail(kit, email)),
        runs(takeBackImportTask, (job, { signal }) => takeBackImport(kit, job, signal)),
        runs(endImportsTask, () => endAbandonedImports(kit)),
        runs(removeBlobsTask, job => removeBlobs(kit, job)),
        runs(readWordsTask, () => readUnreadWords(kit)),
        ...personalData.jobs,
      ],
    }
  },
}
