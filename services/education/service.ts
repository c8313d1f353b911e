import { personalDataPart } from '@azora/kit/personal-data.ts'
import type { ServiceDefinition } from '@azora/kit/service.ts'
import {
  type RevocationEmail,
  revocationEmailTask,
  sendRevocationEmail,
} from './certificates/revocation-email.ts'
import { endAbandonedImports, runImport } from './imports/import-cartridge.ts'
import type { ImportJob } from './imports/prepare-course.ts'
import { importTask } from './imports/start-import.ts'
import { readUnreadWords } from './lessons/read-words.ts'
import { educationPersonalData } from './privacy/personal-data.ts'
import { reactions } from './reactions.ts'
import { fileRoutes, routes, routesV2 } from './routes.ts'
import { type BlobsToRemove, removeBlobs, removeBlobsTask } from './storage/remove-blobs.ts'

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
    'survey.completed',
    'quiz.results_shown',
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
      reactions: { ...reactions(kit), ...personalData.reactions },
      jobs: {
        [importTask]: (job: ImportJob, { lastAttempt }) => runImport(kit, job, lastAttempt),
        [revocationEmailTask]: (job: RevocationEmail) => sendRevocationEmail(kit, job),
        'education.end_abandoned_imports': () => endAbandonedImports(kit),
        [removeBlobsTask]: (job: BlobsToRemove) => removeBlobs(kit, job),
        'education.read_unread_words': () => readUnreadWords(kit),
        ...personalData.jobs,
      },
      schedules: [
        { task: 'education.end_abandoned_imports', cron: '*/30 * * * *' },
        { task: 'education.read_unread_words', cron: '* * * * *' },
      ],
    }
  },
}
