import type { shortTextBody } from '@azora/contracts/assessment/question-types/short-text.ts'
import type { z } from 'zod'
import { isRight, type PartMark, type QuestionRules } from '../question-rules.ts'
import { typedAnswer } from '../typed-answer.ts'
import { compareText, isRunnable } from './compare-text.ts'

export type ShortText = z.infer<typeof shortTextBody>

/** What one text earns of 1: the best of the answers that accept it. */
export function markText(part: string, body: ShortText, given: string | undefined): PartMark {
  const best = body.answers.toSorted((a, b) => b.share - a.share)
  // A pattern says nothing to a learner; a text does.
  const expected = best.find(({ match, share }) => match === 'text' && share === 100)?.text ?? null
  const base = { part, expected, worth: 1 }
  if (!given?.trim()) return { ...base, given: null, earned: 0, reason: 'unanswered' }
  let slip: PartMark | null = null
  for (const answer of best) {
    const found = compareText(given, answer, body)
    if (found === 'wrong') continue
    const mark = { ...base, given, earned: answer.share / 100, feedback: answer.feedback }
    const reason = answer.share === 0 ? ('wrong' as const) : answer.share < 100 ? ('partly' as const) : found
    if (found === 'right') return { ...mark, reason }
    slip ??= { ...mark, reason }
  }
  return slip ?? { ...base, given, earned: 0, reason: 'wrong' }
}

export const shortText: QuestionRules<ShortText, Record<string, never>> = {
  open: () => ({}),
  responseIds: questionId => [questionId],
  admissible: (_body, _responseId, given) => given.slice(0, 1),
  marks: (questionId, body, responses) => [markText(questionId, body, responses[questionId]?.[0])],
  correct: body =>
    body.answers.filter(({ share, match }) => share === 100 && match === 'text').map(({ text }) => text),
  tell: (body, responseId, [given = '']) => ({
    part: null,
    answer: typedAnswer(given),
    right: isRight(markText(responseId, body, given)),
  }),
  // A pattern takes as long as many texts.
  comparisons: ({ answers }) => answers.reduce((sum, { match }) => sum + (match === 'pattern' ? 40 : 1), 0),
  prepared: body => body,
  fault(body, _content, survey) {
    if (body.answers.some(({ match, text }) => match === 'pattern' && !isRunnable(text, body.caseSensitive)))
      return 'bad_pattern'
    return survey || body.answers.some(({ share }) => share === 100) ? null : 'no_correct_answer'
  },
  htmlPlaces: body => body.answers.map(holder => ({ holder, name: 'feedback' })),
  valuePlaces: body =>
    body.answers.map(holder => ({
      holder,
      name: 'text',
      as: holder.match,
    })),
}
