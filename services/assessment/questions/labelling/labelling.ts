import type { labellingBody } from '@azora/contracts/assessment/question-types/labelling.ts'
import type { z } from 'zod'
import { answeredInPairs, partShown } from '../matching/matching.ts'
import { faultOfPicture } from '../picture-fault.ts'
import type { QuestionRules } from '../question-rules.ts'
import { hasRepeatedId } from '../repeated-ids.ts'

type Labelling = z.infer<typeof labellingBody>

/** Places are called by their numbers, here as on the picture. */
const asPairs = ({ targets, labels, pairs }: Labelling) => ({
  items: targets.map(({ id }, at) => ({ id, content: `[${at + 1}]` })),
  choices: labels,
  pairs,
})

/** Labels on a picture are pairs of a place and a label, and marked as other pairs are. */
export const labelling: QuestionRules<Labelling, Omit<Labelling, 'pairs'>> = {
  open: ({ picture, targets, labels }, shuffle) => ({
    picture,
    targets: targets.map(({ id, x, y }) => ({ id, x, y })),
    labels: shuffle(labels).map(partShown),
  }),
  responseIds: questionId => [questionId],
  admissible: (body, responseId, given) => answeredInPairs.admissible(asPairs(body), responseId, given),
  marks: (questionId, body, responses) => answeredInPairs.marks(questionId, asPairs(body), responses),
  correct: body => answeredInPairs.correct(asPairs(body)),
  comparisons: () => 0,
  tell: (body, responseId, answer) => answeredInPairs.tell(asPairs(body), responseId, answer),
  prepared(body) {
    const { choices, pairs } = answeredInPairs.prepared(asPairs(body))
    return { ...body, labels: choices, pairs }
  },
  fault({ picture, targets, labels, pairs }, _content, survey) {
    const fault = faultOfPicture(picture)
    if (fault) return fault
    if (targets.length === 0) return 'target_missing'
    if (hasRepeatedId(targets) || hasRepeatedId(labels)) return 'duplicate_part'
    if (labels.length === 0) return 'unmatched_item'
    return survey || targets.every(({ id }) => Object.hasOwn(pairs, id)) ? null : 'unmatched_item'
  },
  htmlPlaces: ({ labels }) => labels.map(holder => ({ holder, name: 'content' })),
}
