import type { essayBody } from '@azora/contracts/assessment/question-types/essay.ts'
import { limits } from '@azora/contracts/limits.ts'
import type { z } from 'zod'
import type { PartMark, QuestionFault, QuestionRules } from '../question-rules.ts'
import { hasRepeatedId } from '../repeated-ids.ts'
import type { Mark } from '../score.ts'
import { typedAnswer } from '../typed-answer.ts'

type Essay = z.infer<typeof essayBody>
type Criterion = Essay['rubric'][number]

/** Of a text that is listed beside others, the beginning is enough. */
const toldLength = 500

/** A long text. It is plain: paragraphs are its line breaks, and a person marks it. */
export const essay: QuestionRules<Essay, Pick<Essay, 'minWords' | 'maxWords' | 'rubric'>> = {
  marker: 'person',
  longestAnswer: limits.essayLength,
  open: ({ minWords, maxWords, rubric, rubricShown }) => ({
    minWords,
    maxWords,
    rubric: rubricShown ? rubric : [],
  }),
  openAfter: ({ minWords, maxWords, rubric }) => ({ minWords, maxWords, rubric }),
  responseIds: questionId => [questionId],
  admissible: (_body, _responseId, given) => given.slice(0, 1),
  marks: (questionId, _body, responses): PartMark[] => [
    {
      part: questionId,
      // The text is among the answers; here it would be kept twice.
      given: null,
      expected: null,
      worth: 1,
      earned: 0,
      reason: responses[questionId]?.[0]?.trim() ? 'awaits_marking' : 'unanswered',
    },
  ],
  correct: () => [],
  comparisons: () => 0,
  tell: (_body, _responseId, [given = '']) => ({
    part: null,
    answer: typedAnswer(given.slice(0, toldLength)),
    right: null,
  }),
  prepared: body => ({
    ...body,
    guidance: body.guidance || null,
    rubric: preparedRubric(body.rubric),
  }),
  fault({ minWords, maxWords, rubric }) {
    if (minWords !== null && maxWords !== null && minWords > maxWords) return 'word_bounds'
    return rubricFault(rubric)
  },
  htmlPlaces: body => [{ holder: body, name: 'guidance' }],
  valuePlaces: () => [],
}

const most = ({ levels }: Criterion) => Math.max(0, ...levels.map(({ points }) => points))
const pointsOfRubric = (rubric: Criterion[]) => rubric.reduce((sum, criterion) => sum + most(criterion), 0)

/** Without the criteria that nobody filled in. */
export const preparedRubric = (rubric: Criterion[]) =>
  rubric.filter(({ title, description, levels }) => title || description || levels.some(level => level.title))

export function rubricFault(rubric: Criterion[]): QuestionFault | null {
  if (rubric.some(({ title, levels }) => !title || levels.length === 0 || levels.some(one => !one.title)))
    return 'level_missing'
  if (hasRepeatedId(rubric) || rubric.some(({ levels }) => hasRepeatedId(levels))) return 'duplicate_part'
  return rubric.length > 0 && pointsOfRubric(rubric) === 0 ? 'no_rubric_points' : null
}

/** Points are told to four decimals, as those of other questions are. */
const rounded = (points: number) => Math.round(points * 10_000) / 10_000

/**
 * What the levels chosen in a rubric earn of the points of a question; null where one is missing or is not of the
 * rubric.
 * @param levels the id of a level by that of its criterion
 */
export function markByRubric(
  { rubric }: Pick<Essay, 'rubric'>,
  points: number,
  levels: Readonly<Record<string, string>>,
): { awarded: number; marks: Mark[] } | null {
  const whole = pointsOfRubric(rubric)
  let sum = 0
  const marks: Mark[] = []
  for (const criterion of rubric) {
    const level = criterion.levels.find(({ id }) => id === levels[criterion.id])
    if (!level) return null
    sum += level.points
    marks.push({
      part: criterion.id,
      given: level.id,
      expected: null,
      awarded: rounded((level.points / whole) * points),
      points: rounded((most(criterion) / whole) * points),
      reason: 'marked',
    })
  }
  return { awarded: sum === whole ? points : rounded((sum / whole) * points), marks }
}
