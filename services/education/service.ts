import type { ServiceDefinition } from '@azora/kit/service.ts'
import { endAbandonedImports, type ImportJob, runImport } from './imports/import-cartridge.ts'
import { importTask } from './imports/start-import.ts'
import { reactions } from './reactions.ts'
import { fileRoutes, routes } from './routes.ts'

/** Courses, lessons, enrolments, progress, certificates; and what is imported into them. */
export const education: ServiceDefinition = {
  name: 'education',
  migrations: new URL('./migrations/', import.meta.url),
  hears: ['organization.created', 'user.created', 'assessment.completed', 'course.completed'],
  wire: kit => ({
    handlers: routes(kit),
    fileHandlers: fileRoutes(kit),
    reactions: reactions(kit),
    jobs: {
      [importTask]: (job: ImportJob, { lastAttempt }) => runImport(kit, job, lastAttempt),
      'education.end_abandoned_imports': () => endAbandonedImports(kit),
    },
    schedules: [{ task: 'education.end_abandoned_imports', cron: '*/30 * * * *' }],
  }),
}
