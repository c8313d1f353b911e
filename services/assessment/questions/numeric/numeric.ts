import type { numericBody } from '@azora/contracts/assessment/question-types/numeric.ts'
import type { z } from 'zod'
import { isDecimal } from '../parameters/number-text.ts'
import { isRight, type PartMark, type QuestionRules } from '../question-rules.ts'
import { typedAnswer } from '../typed-answer.ts'
import { Exact, parseNumber } from './parse-number.ts'
import { conversion, isKnownUnit, isSameUnit } from './units.ts'

export type Numeric = z.infer<typeof numericBody>
/** `inexact` where it was computed from drawn values and cut. */
type Accepted = Numeric['answers'][number] & { inexact?: boolean }

/** A number as it is compared. `slack` is what its conversion, done in binary, may have put it off by. */
type Read = { number: Exact; slack: Exact }

const exactly = (number: Exact): Read => ({ number, slack: new Exact(0) })

/** Whether a number is right, exactly or by the tolerance. The bound itself is within. */
function compare(read: Read, accepted: Accepted): 'right' | 'within_tolerance' | 'wrong' {
  // What was computed from drawn values may have none for a draw that no one looked at.
  if (!isDecimal(accepted.value) || !isDecimal(accepted.tolerance)) return 'wrong'
  const { number } = read
  const value = new Exact(accepted.value)
  // At most half a unit of its last figure, of twelve.
  const slack = accepted.inexact ? read.slack.plus(value.abs().times('5e-12')) : read.slack
  const off = number.minus(value).abs()
  if (off.lte(slack)) return 'right'
  const tolerance = new Exact(accepted.tolerance)
  if (accepted.toleranceKind === 'significant_figures') {
    const figures = Math.min(Math.max(Math.floor(tolerance.toNumber()), 0), mostFigures)
    const same = figures > 0 && number.toSignificantDigits(figures).eq(value.toSignificantDigits(figures))
    return same ? 'within_tolerance' : 'wrong'
  }
  const bound = accepted.toleranceKind === 'percent' ? value.abs().times(tolerance).div(100) : tolerance
  return off.lte(bound.plus(slack)) ? 'within_tolerance' : 'wrong'
}

const mostFigures = 40

const isCount = (text: string) => /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= mostFigures

/** What one number earns of 1: the best of the answers that accept it. */
export function markNumber(part: string, body: Numeric, given: string | undefined): PartMark {
  const best = body.answers.toSorted((a, b) => b.share - a.share)
  const first = best[0]
  const expected = first ? [first.value, body.unit?.symbol].filter(Boolean).join(' ') : null
  const base = { part, expected, worth: 1 }
  if (!given?.trim()) return { ...base, given: null, earned: 0, reason: 'unanswered' }
  const none = (reason: PartMark['reason']): PartMark => ({ ...base, given, earned: 0, reason })
  const written = parseNumber(given)
  if (!written) return none('not_a_number')
  const read = inUnit(written, body.unit)
  if (typeof read === 'string') return none(read)
  for (const answer of best) {
    for (const number of read.numbers) {
      const found = compare(number, answer)
      if (found === 'wrong') continue
      const full = found === 'right' && read.converted ? 'unit_converted' : found
      const reason = answer.share === 0 ? 'wrong' : answer.share < 100 ? 'partly' : full
      return { ...base, given, earned: answer.share / 100, reason, feedback: answer.feedback }
    }
  }
  return none('wrong')
}

function inUnit(
  { readings, unit }: { readings: Exact[]; unit: string },
  asked: Numeric['unit'],
): { numbers: Read[]; converted: boolean } | 'unit_missing' | 'unit_wrong' | 'unit_unasked' {
  const plain = { numbers: readings.map(exactly), converted: false }
  if (!asked) return unit ? 'unit_unasked' : plain
  if (!unit) return asked.required ? 'unit_missing' : plain
  if (isSameUnit(unit, asked.symbol)) return plain
  const change = asked.convertible ? conversion(unit, asked.symbol) : null
  if (!change) return 'unit_wrong'
  const { factor, offset } = change
  if (factor === 1 && offset === 0) return plain
  const numbers = readings.map(one => {
    const scaled = one.times(factor)
    // Of zero degrees nothing would be left to be off by: what was added up counts as well.
    const slack = Exact.max(scaled.abs(), Math.abs(offset)).times('1e-9')
    return { number: scaled.plus(offset), slack }
  })
  return { numbers, converted: true }
}

export const numeric: QuestionRules<Numeric, { asksUnit: boolean }> = {
  open: ({ unit }) => ({ asksUnit: unit !== null }),
  responseIds: questionId => [questionId],
  admissible: (_body, _responseId, given) => given.slice(0, 1),
  marks: (questionId, body, responses) => [markNumber(questionId, body, responses[questionId]?.[0])],
  correct: body =>
    body.answers
      .filter(({ share }) => share === 100)
      .map(({ value }) => [value, body.unit?.symbol].filter(Boolean).join(' ')),
  tell: (body, responseId, [given = '']) => ({
    part: null,
    answer: typedAnswer(given),
    right: isRight(markNumber(responseId, body, given)),
  }),
  comparisons: ({ answers, unit }) => answers.length + (unit ? 4 : 0),
  prepared: body => body,
  fault(body, _content, survey) {
    if (body.answers.some(({ value, tolerance }) => !isDecimal(value) || !/^\d/.test(tolerance)))
      return 'number_not_read'
    const miscounted = body.answers.some(
      ({ toleranceKind, tolerance }) => toleranceKind === 'significant_figures' && !isCount(tolerance),
    )
    if (miscounted) return 'figures_not_counted'
    if (body.unit?.convertible && !isKnownUnit(body.unit.symbol)) return 'unknown_unit'
    return survey || body.answers.some(({ share }) => share === 100) ? null : 'no_correct_answer'
  },
  htmlPlaces: body => body.answers.map(holder => ({ holder, name: 'feedback' })),
  valuePlaces: body =>
    body.answers.flatMap(holder =>
      ['value', 'tolerance'].map(name => ({ holder, name, as: 'number' as const })),
    ),
}
