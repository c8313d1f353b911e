import { constantsOfFormulas, functionNames } from '@azora/contracts/assessment/formula/tree.ts'
import { limits } from '@azora/contracts/limits.ts'
import type { WrittenQuestion } from '../../quizzes/change-questions.ts'
import { Exact } from '../numeric/parse-number.ts'
import type { QuestionFault } from '../question-rules.ts'
import { rulesOf } from '../question-types.ts'
import { valuesOf } from './draw-values.ts'
import { copied, filledWith, placesOf } from './drawn-question.ts'
import { drawsForWhole, drawsOf, givingWay } from './draws-to-check.ts'
import { isDecimal } from './number-text.ts'
import { type Drawn, type ParameterFault, type ReadParameters, readParameters } from './read-parameters.ts'
import {
  type As,
  cutIn,
  filled,
  hasStar,
  readTemplate,
  type Template,
  type TemplateFault,
  unvalued,
  valueInFormula,
} from './templates.ts'

/**
 * What an author is told before a question with drawn values is saved: whatever is drawn, it must be a question.
 * Where there are few enough draws each is looked at; else some that are drawn, the same ones each time, and those where
 * values are least, greatest or zero, as most faults are there.
 */

export type Checked = { count: number; whole: boolean }

type Fault<Reason extends string, Values> = { reason: Reason; values: Values }
export type DrawFault =
  | ParameterFault
  | TemplateFault
  | { reason: 'parameters_not_for_type' | 'conditions_not_met' | QuestionFault; values?: undefined }
  | Fault<'too_many_calculations' | 'too_many_comparisons', { most: string }>
  | Fault<'value_in_formula', { text: string }>
  | Fault<'value_not_a_number' | 'key_not_a_number', { text: string; draw: string }>
  | Fault<'answers_fall_together' | 'key_without_end' | 'key_with_star', { draw: string }>

/** The texts of a question, read once for all draws. */
type ReadTexts = {
  templates: Template[]
  /** Keys that are numbers, which are compared exactly where their tolerance is 0. */
  keys: { value: Template; tolerance: Template | string }[]
  /** Answers of which no two may be the same. */
  apart: (Template | string)[][]
}

const told = (drawn: Drawn) =>
  valuesOf(drawn)
    .map(({ name, value }) => `${name} = ${value}`)
    .join(', ')

/** Names that mean something else. What was stored before they did stays as it is. */
const reserved = new Set<string>([...functionNames, ...constantsOfFormulas.keys()])

function faultOfParameters({ items, conditions }: ReadParameters): DrawFault | null {
  const taken = items.find(({ name }) => reserved.has(name))
  if (taken) return { reason: 'parameter_named_twice', values: { name: taken.name } }
  const most = limits.comparisonsOfCondition
  return conditions.some(({ signs }) => signs.length > most)
    ? { reason: 'too_many_comparisons', values: { most: String(most) } }
    : null
}

const isTemplate = (read: ReturnType<typeof readTemplate>): read is Template =>
  read !== null && 'pieces' in read

function readTexts(question: WrittenQuestion, { known }: ReadParameters): ReadTexts | DrawFault {
  const places = placesOf(copied(question))
  if (!places) return { reason: 'parameters_not_for_type' }
  const templates: Template[] = []
  const keys: ReadTexts['keys'] = []
  for (const { holder, name, as } of places) {
    const texts = holder as Record<string, unknown>
    const text = texts[name]
    if (typeof text !== 'string') continue
    const unseen = as === 'html' ? valueInFormula(text, known) : null
    if (unseen) return { reason: 'value_in_formula', values: { text: unseen } }
    const template = readTemplate(text, as, known)
    if (!template) continue
    if ('reason' in template) return template
    templates.push(template)
    if (as === 'number' && name === 'value')
      keys.push({ value: template, tolerance: templateOr(String(texts.tolerance), as, known) })
  }
  const marks = templates.flatMap(({ pieces }) => pieces).filter(piece => typeof piece !== 'string')
  const most = limits.calculationsOfQuestion
  if (marks.length > most) return { reason: 'too_many_calculations', values: { most: String(most) } }
  const groups =
    question.body === null
      ? [{ texts: question.options.map(({ content }) => content), as: 'html' as const }]
      : (rulesOf(question).apart?.(question.body) ?? [])
  const apart = groups.map(({ texts, as }) => texts.map(text => templateOr(text, as, known)))
  return { templates, keys, apart }
}

function templateOr(text: string, as: As, known: ReadParameters['known']): Template | string {
  const template = readTemplate(text, as, known)
  return isTemplate(template) ? template : text
}

/**
 * What is wrong with a question of drawn values, or how much was looked at. It is prepared, with its HTML cleaned.
 * Others have their turn in between, as it may take some hundred milliseconds.
 */
export async function checkDrawn(question: WrittenQuestion, survey: boolean): Promise<DrawFault | Checked> {
  if (!question.parameters) return { count: 0, whole: true }
  const read = readParameters(question.parameters)
  if ('reason' in read) return read
  const fault = faultOfParameters(read)
  if (fault) return fault
  const texts = readTexts(question, read)
  if ('reason' in texts) return texts
  const found = await drawsOf(read)
  if ('reason' in found) return found
  const { draws } = found
  for await (const drawn of givingWay(draws)) {
    const fault =
      faultOfDraw(read, texts, drawn) ??
      faultOfAnswers(texts, drawn) ??
      (survey ? null : faultOfKeys(texts, drawn))
    if (fault) return fault
  }
  const asked = question.body === null ? draws : drawsForWhole(read, draws)
  if (question.body !== null)
    for await (const drawn of givingWay(asked)) {
      const { body, content } = filledWith(question, drawn)
      const fault = rulesOf(question).fault(body, content, survey)
      if (fault) return { reason: fault }
    }
  return { count: draws.length, whole: found.whole && asked.length === draws.length }
}

function faultOfDraw(read: ReadParameters, { templates }: ReadTexts, drawn: Drawn): DrawFault | null {
  for (const item of read.items)
    if (item.kind === 'computed' && Number.isNaN(drawn.values.get(item.name)?.number ?? 0))
      return { reason: 'value_not_a_number', values: { text: item.expression, draw: told(drawn) } }
  for (const template of templates) {
    const text = unvalued(template, drawn)
    if (text !== null) return { reason: 'value_not_a_number', values: { text, draw: told(drawn) } }
    if (hasStar(template, drawn)) return { reason: 'key_with_star', values: { draw: told(drawn) } }
    if (template.as !== 'number') continue
    const number = filled(template, drawn)
    if (!isDecimal(number)) return { reason: 'key_not_a_number', values: { text: number, draw: told(drawn) } }
  }
  return null
}

const textOf = (text: Template | string, drawn: Drawn) =>
  typeof text === 'string' ? text : filled(text, drawn)

/** A third that was cut is no answer that anyone gives, were it compared exactly. */
function faultOfKeys({ keys }: ReadTexts, drawn: Drawn): DrawFault | null {
  const endless = keys.some(
    ({ value, tolerance }) => cutIn(value, drawn, true) && Number(textOf(tolerance, drawn)) === 0,
  )
  return endless ? { reason: 'key_without_end', values: { draw: told(drawn) } } : null
}

const plain = (html: string) =>
  html
    .replace(/<\/?(?:p|br)\b[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** What tells two answers apart: 0.50 and 0.5 are one number. */
function distinct(html: string): string {
  const text = plain(html)
  const number = text
    .replaceAll('−', '-')
    .replace(/ × 10(?:<sup>|\^)(-?\d+)(?:<\/sup>)?$/, 'e$1')
    .replace(',', '.')
  return isDecimal(number) ? new Exact(number).toString() : text
}

function faultOfAnswers({ apart }: ReadTexts, drawn: Drawn): DrawFault | null {
  for (const texts of apart) {
    const shown = texts.map(text => distinct(textOf(text, drawn)))
    if (new Set(shown).size < shown.length)
      return { reason: 'answers_fall_together', values: { draw: told(drawn) } }
  }
  return null
}
