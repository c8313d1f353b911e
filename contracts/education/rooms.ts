import { z } from 'zod'
import { room } from '../room.ts'
import { id, percent } from '../wire.ts'

/** What changes while someone learns, told to that person alone. */
export const learningRoom = room({
  name: 'education/learning',
  summary: 'Your own progress and certificates, in all your courses.',
  access: 'member',
  of: 'person',
  keys: z.object({}),
  told: {
    'progress.changed': z.object({
      courseId: id,
      progressPercent: percent,
      /** All required lessons are completed. */
      completed: z.boolean(),
    }),
    'certificate.issued': z.object({ courseId: id, certificateId: id }),
  },
})

/** One import of a course, for those who may read it. */
export const importRoom = room({
  name: 'education/import',
  summary: 'How far an import is. Enter with its id.',
  access: 'course.author',
  of: 'school',
  keys: z.object({ importId: id }),
  told: { 'import.changed': z.object({ importId: id }) },
})
