import { z } from 'zod'
import { limits } from '../limits.ts'
import { html, id } from '../wire.ts'

/** Texts that several questions of a quiz are about, which stay together under them (decision 0056). */

const content = {
  description: 'The text, table or picture that the questions are about, as HTML.',
  examples: ['<p>The Rhine rises in the Alps.</p>'],
}
const shuffle = {
  description: 'Whether the questions under it come in another order in each attempt.',
  examples: [false],
}

/** Of a text that is new, the id is its name within the request; the quiz gives it another. */
const passageInput = z.object({
  id: id.meta({
    description: 'Names the text to the questions of the request; one that is kept keeps its id.',
  }),
  content: html.meta(content),
  shuffle: z.boolean().default(false).meta(shuffle),
})

/** Absent, the texts of a quiz stay as they are. */
export const passagesInput = z.array(passageInput).max(limits.passagesOfQuiz).optional().meta({
  description:
    'Texts that several questions are about. A question names its own, and stands together with the others under it, where the first of them stands. Absent, they stay as they are.',
})

export const authoredPassages = z
  .array(
    z.object({
      id: id.meta({ description: 'Identifies the text within its quiz.' }),
      content: z.string().meta(content),
      shuffle: z.boolean().meta(shuffle),
    }),
  )
  .optional()
  .meta({ description: 'Texts that several questions are about.' })

/** In an attempt, with the questions that are shown under it. Devices may keep attempts of a release without them. */
export const shownPassages = z
  .array(
    z.object({
      id: id.meta({ description: 'Identifies the text within its quiz.' }),
      content: z.string().meta(content),
      questionIds: z.array(id).meta({
        description: 'The questions under it, one after another as they are asked.',
        examples: [['01890a5d-ac96-774b-bcce-b302099a8057']],
      }),
    }),
  )
  .optional()
  .meta({
    description: 'Texts that several of the questions are about, as they were when the attempt began.',
  })

const ofQuestion = {
  description: 'The text that the question is about, with others; null for none.',
  examples: [null],
}
export const passageId = id.nullable().optional().meta(ofQuestion)
