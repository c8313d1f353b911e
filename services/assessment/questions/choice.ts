import { withoutContradiction } from '@azora/contracts/assessment/exclusive-options.ts'
import type { ChoiceQuestion } from './question.ts'
import type { PartMark } from './question-rules.ts'

/** The options that may be chosen, each once; of a single choice the first, of several none beside one that stands alone. */
export function admissibleChoice(
  question: Pick<ChoiceQuestion, 'type' | 'options'>,
  given: string[],
): string[] {
  const known = new Set(question.options.map(option => option.id))
  const valid = [...new Set(given)].filter(option => known.has(option))
  return question.type === 'multiple_choice'
    ? withoutContradiction(question.options, valid)
    : valid.slice(0, 1)
}

/**
 * A choice is one part, unless several options are right and each of them earns: then each right one is a part, and a
 * wrong one that was chosen takes back what a right one earns, as otherwise who chooses all of them knew everything.
 */
export function choiceMarks(
  { id, type, correctAnswer, scoring }: Pick<ChoiceQuestion, 'id' | 'type' | 'correctAnswer' | 'scoring'>,
  chosen: string[],
): PartMark[] {
  const given = new Set(chosen)
  if (type === 'multiple_choice' && scoring.partial) return optionMarks(correctAnswer, given)
  const right = given.size === correctAnswer.length && correctAnswer.every(option => given.has(option))
  return [
    {
      part: id,
      given: chosen.length ? chosen.join(' ') : null,
      expected: correctAnswer.join(' ') || null,
      worth: 1,
      earned: right ? 1 : 0,
      reason: right ? 'right' : chosen.length ? 'wrong' : 'unanswered',
    },
  ]
}

function optionMarks(correctAnswer: string[], given: Set<string>): PartMark[] {
  const right = correctAnswer.map(option => {
    const chosen = given.has(option)
    return {
      part: option,
      given: chosen ? option : null,
      expected: option,
      worth: 1,
      earned: chosen ? 1 : 0,
      reason: chosen ? ('right' as const) : ('unanswered' as const),
    }
  })
  const wrong = [...given].filter(option => !correctAnswer.includes(option))
  return [
    ...right,
    ...wrong.map(option => ({
      part: option,
      given: option,
      expected: null,
      worth: 0,
      earned: -1,
      reason: 'wrong' as const,
    })),
  ]
}
