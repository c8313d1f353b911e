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
