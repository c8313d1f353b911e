import { z } from 'zod'
import { questionInput, questionShape } from './assessment/question.ts'
import { type EventName, type EventPayload, events } from './events.ts'
import { limits } from './limits.ts'
import { html } from './wire.ts'

/**
 * What may be published, where that is less than what listeners read. A listener reads whatever an earlier release
 * published; but an event that none of them could ever store would be tried for ever, while the one who waits for it waits
 * in vain, and so it is refused where it arises.
 */

/** What a column for whole numbers takes. */
const whole = z.int().max(2_147_483_647)

const publishable: { [N in EventName]?: z.ZodType } = {
  'quiz.imported': z.object({
    quiz: z.object({
      description: html,
      questions: z.array(z.union([questionShape, questionInput])).max(limits.questionsOfQuiz),
      passages: z
        .array(z.object({ content: html }))
        .max(limits.passagesOfQuiz)
        .optional(),
    }),
  }),
  'course.quizzes_placed': z.object({ revision: whole }),
  'assessment.completed': z.object({ attemptNumber: whole }),
}

/** The payload as it travels, or why no listener could store it. */
export function publishedPayload<N extends EventName>(
  name: N,
  payload: EventPayload<N>,
): { payload: unknown } | { fault: string } {
  const read = events[name].safeParse(payload)
  const error = read.error ?? publishable[name]?.safeParse(payload).error
  const issue = error?.issues[0]
  return issue ? { fault: `${issue.path.join('.')}: ${issue.message}` } : { payload: read.data }
}
