import { seededDraw } from '@azora/qti/random.ts'
import type { WrittenQuestion } from '../../quizzes/change-questions.ts'
import type { QuestionFault } from '../question-rules.ts'
import { rulesOf } from '../question-types.ts'
import { sizeOf, tryValues, valuesAt, valuesOf } from './draw-values.ts'
import { copied, filledWith, placesOf } from './drawn-question.ts'
import { isDecimal } from './number-text.ts'
import {
  type Drawn,
  holds,
  type ParameterFault,
  type ReadItem,
  type ReadParameters,
  readParameters,
} from './read-parameters.ts'
import { filled, readTemplate, type Template, type TemplateFault, unvalued } from './templates.ts'

/**
 * What an author is told before a question with drawn values is saved: whatever is drawn, it must be a question.
 * Where there are few enough draws each is looked at; else some that are drawn, the same ones each time, and those where
 * values are least, greatest or zero, as most faults are there.
 */

/** Draws that are looked at one by one, all there are; and of more, how many. */
const fewDraws = 1_000
const someDraws = 400
/** Draws whose whole question its type looks at, which costs more. */
const wholeQuestions = 40
/** One in so many has to meet the conditions. */
const leastShare = 100

export type Checked = { count: number; whole: boolean }

export type DrawFault =
  | ParameterFault
  | TemplateFault
  | { reason: 'parameters_not_for_type' | QuestionFault; values?: undefined }
  | { reason: 'conditions_not_met'; values?: undefined }
  | { reason: 'value_not_a_number'; values: { text: string; draw: string } }
  | { reason: 'key_not_a_number'; values: { text: string; draw: string } }
  | { reason: 'answers_fall_together'; values: { draw: string } }

const told = (drawn: Drawn) =>
  valuesOf(drawn)
    .map(({ name, value }) => `${name} = ${value}`)
    .join(', ')

/** Every draw there is, in order; of computed values one place each. */
function* allDraws(read: ReadParameters): Generator<Drawn> {
  const sizes = read.items.map(sizeOf)
  const count = sizes.reduce((product, size) => product * size, 1)
  for (let number = 0; number < count; number += 1) {
    let rest = number
    const places = new Map<ReadItem, number>()
    for (const [at, item] of read.items.entries()) {
      const size = sizes[at] ?? 1
      places.set(item, rest % size)
      rest = Math.floor(rest / size)
    }
    yield valuesAt(read, item => places.get(item) ?? 0)
  }
}

/** Every draw in which each value is the least, the greatest or zero, or as many of them as are looked at. */
function* outermostDraws(read: ReadParameters): Generator<Drawn> {
  const corners = read.items.map(item => {
    const last = sizeOf(item) - 1
    return [...new Set([0, last, Math.min(Math.max(placeOfZero(item), 0), last)])]
  })
  const count = corners.reduce((product, places) => product * places.length, 1)
  for (let number = 0; number < Math.min(count, someDraws); number += 1) {
    let rest = number
    const places = new Map<ReadItem, number>()
    for (const [at, item] of read.items.entries()) {
      const own = corners[at] ?? [0]
      places.set(item, own[rest % own.length] ?? 0)
      rest = Math.floor(rest / own.length)
    }
    yield valuesAt(read, item => places.get(item) ?? 0)
  }
}

/** About: those that are left out are not looked for. */
const placeOfZero = (item: ReadItem) => (item.kind === 'number' ? Math.round(-item.from / item.step) : 0)

function* seededDraws(read: ReadParameters): Generator<Drawn> {
  const draw = seededDraw(1)
  for (let number = 0; number < fewDraws; number += 1) yield tryValues(read, draw)
}

/** The draws that are looked at, which all meet the conditions. */
function drawsOf(
  read: ReadParameters,
): { draws: Drawn[]; whole: boolean } | { reason: 'conditions_not_met' } {
  const count = read.items.reduce((product, item) => product * sizeOf(item), 1)
  const whole = count <= fewDraws
  const tried = [...(whole ? allDraws(read) : seededDraws(read))]
  const met = tried.filter(drawn => holds(read.conditions, drawn))
  if (met.length * leastShare < tried.length) return { reason: 'conditions_not_met' }
  if (whole) return { draws: met, whole }
  const outermost = [...outermostDraws(read)].filter(drawn => holds(read.conditions, drawn))
  return { draws: [...outermost, ...met.slice(0, someDraws)], whole }
}

/** Every so many of them, as many as are asked for. */
const spread = <T>(all: T[], most: number): T[] =>
  all.filter((_, at) => at % Math.ceil(all.length / most) === 0)

/** What is wrong with a question of drawn values, or how much was looked at. It is prepared, with its HTML cleaned. */
export function checkDrawn(question: WrittenQuestion, survey: boolean): DrawFault | Checked {
  if (!question.parameters) return { count: 0, whole: true }
  const read = readParameters(question.parameters)
  if ('reason' in read) return read
  const names = read.items.map(({ name }) => name)
  const places = placesOf(copied(question))
  if (!places) return { reason: 'parameters_not_for_type' }
  const templates: Template[] = []
  for (const { holder, name, as } of places) {
    const text = (holder as Record<string, unknown>)[name]
    const template = typeof text === 'string' ? readTemplate(text, as, names) : null
    if (template && 'reason' in template) return template
    if (template) templates.push(template)
  }
  const found = drawsOf(read)
  if ('reason' in found) return found
  const { draws, whole } = found
  for (const drawn of draws) {
    const fault = faultOfDraw(read, templates, drawn) ?? faultOfAnswers(question, names, drawn)
    if (fault) return fault
  }
  if (question.body !== null)
    for (const drawn of spread(draws, wholeQuestions)) {
      const { body, content } = filledWith(question, drawn)
      const fault = rulesOf(question).fault(body, content, survey)
      if (fault) return { reason: fault }
    }
  return { count: draws.length, whole }
}

function faultOfDraw(read: ReadParameters, templates: Template[], drawn: Drawn): DrawFault | null {
  const draw = told(drawn)
  for (const item of read.items)
    if (item.kind === 'computed' && Number.isNaN(drawn.get(item.name)?.number ?? 0))
      return { reason: 'value_not_a_number', values: { text: item.expression, draw } }
  for (const template of templates) {
    const text = unvalued(template, drawn)
    if (text !== null) return { reason: 'value_not_a_number', values: { text, draw } }
    if (template.as !== 'number') continue
    const number = filled(template, drawn)
    if (!isDecimal(number)) return { reason: 'key_not_a_number', values: { text: number, draw } }
  }
  return null
}

const plain = (html: string) =>
  html
    .replace(/<\/?(?:p|br)\b[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Answers of which no two may be the same, each with its place. */
function faultOfAnswers(question: WrittenQuestion, names: string[], drawn: Drawn): DrawFault | null {
  const groups =
    question.body === null
      ? [{ texts: question.options.map(({ content }) => content), as: 'html' as const }]
      : (rulesOf(question).apart?.(question.body) ?? [])
  for (const { texts, as } of groups) {
    const shown = texts.map(text => {
      const template = readTemplate(text, as, names)
      return plain(template && 'pieces' in template ? filled(template, drawn) : text)
    })
    if (new Set(shown).size < shown.length)
      return { reason: 'answers_fall_together', values: { draw: told(drawn) } }
  }
  return null
}
