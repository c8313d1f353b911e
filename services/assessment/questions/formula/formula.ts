import { readFormula } from '@azora/contracts/assessment/formula/read-formula.ts'
import { constantsOfFormulas, type Formula } from '@azora/contracts/assessment/formula/tree.ts'
import type { formulaBody } from '@azora/contracts/assessment/question-types/formula.ts'
import type { z } from 'zod'
import { isRight, type PartMark, type QuestionRules } from '../question-rules.ts'
import { typedAnswer } from '../typed-answer.ts'
import { agrees, type Expected, samplesOf } from './compare-formulas.ts'
import { isExpanded, isFactored } from './form.ts'

type FormulaBody = z.infer<typeof formulaBody>
type Answer = FormulaBody['answers'][number]

const namesIn = ({ variables, functions }: FormulaBody) => ({
  variables: variables.map(({ name }) => name),
  functions,
})

/** As it is written, but for spaces. */
const written = (text: string) => text.replace(/\s+/g, '')

/** What answers are compared with, once for each answer of a stored question: that is the larger part of the work. */
const expectedOf = new WeakMap<Answer, Expected | null>()

function expected(answer: Answer, body: FormulaBody): Expected | null {
  const known = expectedOf.get(answer)
  if (known !== undefined) return known
  const read = readFormula(answer.expression, namesIn(body))
  const samples = 'fault' in read ? null : samplesOf(read.formula, body.variables)
  const made = 'fault' in read || !samples ? null : { formula: read.formula, samples }
  expectedOf.set(answer, made)
  return made
}

/** What a formula is beside an accepted one; null where it is another. */
function compared(given: Formula, text: string, answer: Answer, body: FormulaBody) {
  const right = expected(answer, body)
  if (!right || !agrees(given, right, body.tolerance)) return null
  if (body.form === 'expanded' && !isExpanded(given)) return 'wrong_form' as const
  const points = right.samples.map(({ at }) => at)
  if (body.form === 'factored' && !isFactored(given, right.formula, points)) return 'wrong_form' as const
  return written(text) === written(answer.expression) ? ('right' as const) : ('equivalent' as const)
}

function markFormula(part: string, body: FormulaBody, given: string | undefined): PartMark {
  const best = body.answers.toSorted((a, b) => b.share - a.share)
  const told = best.find(({ share }) => share === 100)?.expression ?? null
  const base = { part, expected: told, worth: 1 }
  if (!given?.trim()) return { ...base, given: null, earned: 0, reason: 'unanswered' }
  const read = readFormula(given, namesIn(body))
  if ('fault' in read) return { ...base, given, earned: 0, reason: read.fault }
  let formless = false
  for (const answer of best) {
    const found = compared(read.formula, given, answer, body)
    if (found === 'wrong_form') formless = true
    if (found !== 'right' && found !== 'equivalent') continue
    const reason = answer.share === 100 ? found : answer.share > 0 ? ('partly' as const) : ('wrong' as const)
    return { ...base, given, earned: answer.share / 100, reason, feedback: answer.feedback }
  }
  return { ...base, given, earned: 0, reason: formless ? 'wrong_form' : 'wrong' }
}

/** What is wrong with an accepted formula, or null. */
function faultOfAnswer({ expression }: Answer, body: FormulaBody) {
  const read = readFormula(expression, namesIn(body))
  if ('fault' in read) return read.fault === 'unknown_variable' ? 'unknown_name' : ('bad_formula' as const)
  if (!samplesOf(read.formula, body.variables)) return 'formula_without_value' as const
  return body.form === 'expanded' && !isExpanded(read.formula) ? ('formula_not_expanded' as const) : null
}

export const formula: QuestionRules<
  FormulaBody,
  { variables: string[]; functions: FormulaBody['functions'] }
> = {
  open: body => namesIn(body),
  responseIds: questionId => [questionId],
  admissible: (_body, _responseId, given) => given.slice(0, 1),
  marks: (questionId, body, responses) => [markFormula(questionId, body, responses[questionId]?.[0])],
  correct: body => body.answers.filter(({ share }) => share === 100).map(({ expression }) => expression),
  tell: (body, responseId, [given = '']) => ({
    part: null,
    answer: typedAnswer(given),
    right: isRight(markFormula(responseId, body, given)),
  }),
  // Against a formula of the greatest length an answer takes a millisecond and a half, one of a line a twentieth of that.
  comparisons: ({ answers }) =>
    answers.reduce((sum, { expression }) => sum + 40 + Math.ceil(expression.length / 25), 0),
  prepared: body => body,
  fault(body, _content, survey) {
    const names = body.variables.map(({ name }) => name)
    if (new Set(names).size < names.length || names.some(name => constantsOfFormulas.has(name)))
      return 'variable_named_twice'
    if (body.variables.some(({ from, to }) => from >= to)) return 'empty_range'
    for (const answer of body.answers) {
      const fault = faultOfAnswer(answer, body)
      if (fault) return fault
    }
    return survey || body.answers.some(({ share }) => share === 100) ? null : 'no_correct_answer'
  },
  htmlPlaces: body => body.answers.map(holder => ({ holder, name: 'feedback' })),
  valuePlaces: body => body.answers.map(holder => ({ holder, name: 'expression', as: 'formula' as const })),
}
