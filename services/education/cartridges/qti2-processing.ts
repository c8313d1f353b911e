import { UnsupportedProcessing } from './qti-processing.ts'
import { childOf, childrenOf, textOf, type XmlElement } from './xml.ts'

/**
 * The response processing of IMS QTI 2.1 and 2.2 as far as choice questions use it: rules that set outcomes by
 * expressions over the response. What lies beyond is refused when it is met, never guessed.
 */

type Scalar = string | number | boolean
/** Null is "no value"; empty containers are null too (QTI 2.1, 5.1). */
export type Value = { ordered: boolean; single: boolean; items: Scalar[] } | null

type Declaration = {
  baseType: string
  cardinality: string
  correct: Value
  initial: Value
  mapping: Mapping | null
}
type Mapping = {
  entries: Map<string, number>
  byDefault: number
  lower: number
  upper: number
  folded: Map<string, number>
}
type State = {
  responses: Map<string, Value>
  outcomes: Map<string, Value>
  declared: Map<string, Declaration>
}

export type ItemRules = {
  run(responses: Map<string, Value>): Map<string, Value>
  declared: Map<string, Declaration>
  /** Elements in the rules: what one run costs. */
  size: number
}

class Exit extends Error {}

export function readRules(item: XmlElement): ItemRules {
  const declared = new Map<string, Declaration>()
  for (const element of childrenOf(item)) {
    if (/^(?:response|outcome)Declaration$/.test(element.name)) {
      declared.set(element.attributes.identifier ?? '', declarationOf(element))
    }
  }
  const outcomes = new Map(
    childrenOf(item, 'outcomeDeclaration').map(({ attributes }) => {
      const id = attributes.identifier ?? ''
      const { initial, baseType, cardinality } = declared.get(id)!
      // Numeric outcomes begin at zero (QTI 2.1, 5.2).
      const zero = cardinality === 'single' && /^(?:float|integer)$/.test(baseType) ? single(0) : null
      return [id, initial ?? zero] as const
    }),
  )
  if (!outcomes.has('SCORE')) outcomes.set('SCORE', single(0))
  const processing = childOf(item, 'responseProcessing')
  const rules = processing ? rulesOf(processing, childrenOf(item, 'responseDeclaration')) : []
  return {
    declared,
    size: rules.reduce((sum, rule) => sum + sizeOf(rule), 1),
    run: responses => {
      const state = { responses, outcomes: new Map(outcomes), declared }
      try {
        for (const rule of rules) runRule(rule, state)
      } catch (error) {
        if (!(error instanceof Exit)) throw error
      }
      return state.outcomes
    },
  }
}

const element = (name: string, attributes: Record<string, string>, ...children: (XmlElement | string)[]) => ({
  name,
  attributes,
  children,
})

/** The standard templates, by the end of their address (QTI 2.1, Appendix B). */
function rulesOf(processing: XmlElement, responses: XmlElement[]): XmlElement[] {
  if (childrenOf(processing).length > 0) return childrenOf(processing)
  const template = (processing.attributes.template ?? '')
    .split('/')
    .at(-1)!
    .replace(/\.xml$/, '')
  // Templates speak of RESPONSE; exporters use them for a response of any name, where there is only one.
  const named = responses.find(one => one.attributes.identifier === 'RESPONSE') ?? responses[0]
  const of = { identifier: named?.attributes.identifier ?? 'RESPONSE' }
  const score = (expression: XmlElement) => element('setOutcomeValue', { identifier: 'SCORE' }, expression)
  const number = (value: string) => element('baseValue', { baseType: 'float' }, value)
  if (/^(?:match_correct|CC2_match_basic|CC2_match)$/.test(template)) {
    const matches = element('match', {}, element('variable', of), element('correct', of))
    return [
      element(
        'responseCondition',
        {},
        element('responseIf', {}, matches, score(number('1'))),
        element('responseElse', {}, score(number('0'))),
      ),
    ]
  }
  if (/^(?:map_response|CC2_map_response)$/.test(template)) return [score(element('mapResponse', of))]
  if (template === '') return []
  throw new UnsupportedProcessing(
    `its rules are in a template, “${template.slice(0, 60)}”, that is not known here`,
  )
}

const sizeOf = (rule: XmlElement): number => childrenOf(rule).reduce((sum, child) => sum + sizeOf(child), 1)

function runRule(rule: XmlElement, state: State): void {
  switch (rule.name) {
    case 'responseCondition':
      for (const branch of childrenOf(rule)) {
        const [condition, ...rest] = childrenOf(branch)
        const otherwise = branch.name === 'responseElse'
        if (!otherwise && !isTrue(condition!, state)) continue
        for (const inner of otherwise ? childrenOf(branch) : rest) runRule(inner, state)
        return
      }
      return
    case 'responseProcessingFragment':
      for (const inner of childrenOf(rule)) runRule(inner, state)
      return
    case 'setOutcomeValue':
      state.outcomes.set(rule.attributes.identifier ?? '', evaluate(childrenOf(rule)[0]!, state))
      return
    case 'exitResponse':
      throw new Exit()
    default:
      throw new UnsupportedProcessing(`its rules use “${rule.name}”, which cannot be tried here`)
  }
}

const isTrue = (expression: XmlElement, state: State) => evaluate(expression, state)?.items[0] === true

/** @throws UnsupportedProcessing for an expression outside those that choice questions use. */
function evaluate(expression: XmlElement, state: State): Value {
  const { name, attributes } = expression
  const of = attributes.identifier ?? ''
  const inner = () => childrenOf(expression).map(child => evaluate(child, state))
  switch (name) {
    case 'baseValue':
      return single(scalarOf(textOf(expression), attributes.baseType ?? 'string'))
    case 'null':
      return null
    case 'variable':
      return state.responses.get(of) ?? state.outcomes.get(of) ?? null
    case 'correct':
      return state.declared.get(of)?.correct ?? null
    case 'default':
      return state.declared.get(of)?.initial ?? null
    case 'mapResponse':
      return mapped(state.responses.get(of) ?? null, state.declared.get(of)?.mapping ?? null)
    case 'isNull':
      return single(inner()[0] === null)
    case 'multiple':
    case 'ordered':
      return container(
        inner().flatMap(value => value?.items ?? []),
        name === 'ordered',
      )
    case 'containerSize':
      return single(inner()[0]?.items.length ?? 0)
    case 'integerToFloat':
      return inner()[0] ?? null
    case 'and':
    case 'or':
    case 'not':
      return logical(name, inner())
    case 'match':
    case 'equal':
    case 'stringMatch':
    case 'member':
    case 'contains':
      return compared(expression, inner())
    default:
      return calculated(name, inner())
  }
}

function logical(name: 'and' | 'or' | 'not', values: Value[]): Value {
  const known = values.map(value => value?.items[0])
  if (name === 'not') return known[0] === undefined ? null : single(known[0] !== true)
  const decides = name === 'or'
  if (known.some(value => value === decides)) return single(decides)
  return known.includes(undefined) ? null : single(!decides)
}

function compared({ name, attributes }: XmlElement, [left, right]: Value[]): Value {
  if (!left || !right) return null
  switch (name) {
    case 'equal':
      if ((attributes.toleranceMode ?? 'exact') !== 'exact')
        throw new UnsupportedProcessing('it compares numbers within a tolerance')
      return single(Number(left.items[0]) === Number(right.items[0]))
    case 'stringMatch': {
      const fold = (value: Scalar | undefined) =>
        attributes.caseSensitive === 'false' ? String(value).toLowerCase() : String(value)
      const [text, part] = [fold(left.items[0]), fold(right.items[0])]
      return single(attributes.substring === 'true' ? text.includes(part) : text === part)
    }
    case 'member':
      return single(right.items.includes(left.items[0]!))
    case 'contains':
      return single(!left.ordered && right.items.every(item => count(left, item) >= count(right, item)))
    default:
      return single(same(left, right))
  }
}

const count = (value: NonNullable<Value>, item: Scalar) => value.items.filter(one => one === item).length

function same(left: NonNullable<Value>, right: NonNullable<Value>): boolean {
  if (left.items.length !== right.items.length) return false
  if (left.ordered || right.ordered) return left.items.every((item, at) => item === right.items[at])
  return left.items.every(item => count(left, item) === count(right, item))
}

function calculated(name: string, values: Value[]): Value {
  const operation = arithmetic[name]
  if (!operation) throw new UnsupportedProcessing(`its rules use “${name}”, which cannot be tried here`)
  if (values.includes(null)) return null
  const result = operation(values.flatMap(value => value!.items.map(Number)))
  return typeof result === 'number' && !Number.isFinite(result) ? null : single(result)
}

const arithmetic: Record<string, (numbers: number[]) => number | boolean> = {
  sum: numbers => numbers.reduce((total, one) => total + one, 0),
  product: numbers => numbers.reduce((total, one) => total * one, 1),
  subtract: ([a, b]) => a! - b!,
  divide: ([a, b]) => a! / b!,
  max: numbers => Math.max(...numbers),
  min: numbers => Math.min(...numbers),
  round: ([a]) => Math.floor(a! + 0.5),
  truncate: ([a]) => Math.trunc(a!),
  lt: ([a, b]) => a! < b!,
  lte: ([a, b]) => a! <= b!,
  gt: ([a, b]) => a! > b!,
  gte: ([a, b]) => a! >= b!,
}

/** Sum of what the mapping gives to each different value of the response (QTI 2.1, 8.1 "mapResponse"). */
function mapped(response: Value, mapping: Mapping | null): Value {
  if (!mapping) throw new UnsupportedProcessing('its rules count points that it does not state')
  const points = [...new Set(response?.items ?? [])].map(
    item =>
      mapping.entries.get(String(item)) ??
      mapping.folded.get(String(item).toLowerCase()) ??
      mapping.byDefault,
  )
  const sum = points.reduce((total, one) => total + one, 0)
  return single(Math.max(mapping.lower, Math.min(mapping.upper, sum)))
}

export const single = (item: Scalar): Value => ({ ordered: false, single: true, items: [item] })
export const container = (items: Scalar[], ordered = false): Value =>
  items.length === 0 ? null : { ordered, single: false, items }

function scalarOf(text: string, baseType: string): Scalar {
  if (/^(?:float|integer|duration)$/.test(baseType)) return Number(text)
  return baseType === 'boolean' ? /^(?:true|1)$/.test(text) : text
}

function declarationOf(declaration: XmlElement): Declaration {
  const { baseType = 'identifier', cardinality = 'single' } = declaration.attributes
  const valueFor = (name: string): Value => {
    const values = childrenOf(childOf(declaration, name) ?? element('', {}), 'value')
    const items = values.map(value => scalarOf(textOf(value), baseType))
    if (items.length === 0) return null
    return cardinality === 'single' ? single(items[0]!) : container(items, cardinality === 'ordered')
  }
  return {
    baseType,
    cardinality,
    correct: valueFor('correctResponse'),
    initial: valueFor('defaultValue'),
    mapping: mappingOf(childOf(declaration, 'mapping')),
  }
}

function mappingOf(mapping: XmlElement | undefined): Mapping | null {
  if (!mapping) return null
  const number = (text: string | undefined, otherwise: number) =>
    text !== undefined && Number.isFinite(Number(text)) ? Number(text) : otherwise
  const entries = childrenOf(mapping, 'mapEntry').map(({ attributes }) => ({
    key: attributes.mapKey ?? '',
    points: number(attributes.mappedValue, 0),
    folds: attributes.caseSensitive === 'false',
  }))
  return {
    entries: new Map(entries.map(({ key, points }) => [key, points])),
    folded: new Map(entries.filter(one => one.folds).map(({ key, points }) => [key.toLowerCase(), points])),
    byDefault: number(mapping.attributes.defaultValue, 0),
    lower: number(mapping.attributes.lowerBound, -Infinity),
    upper: number(mapping.attributes.upperBound, Infinity),
  }
}
