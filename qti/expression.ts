import { arithmetic, mathOperator, roundTo, statsOperator } from './arithmetic.ts'
import {
  contains,
  equal,
  equalRounded,
  inside,
  match,
  member,
  ordered,
  patternMatch,
  stringMatch,
  substring,
} from './comparison.ts'
import { lookedUp, mapped, mappedPoints, readTable } from './declaration.ts'
import { childOf, childrenOf, textOf, type XmlElement } from './element.ts'
import { QtiFault } from './fault.ts'
import { declarationOf, mostItems, type Scope, takeStep, variableIn } from './scope.ts'
import { shapeOf } from './shape.ts'
import {
  boolean,
  container,
  isTrue,
  named,
  number,
  numberIn,
  readScalar,
  type Scalar,
  single,
  textIn,
  type Value,
} from './value.ts'

type Expression = (element: XmlElement, scope: Scope) => Value

/** What an expression of an item's rules comes to. @throws QtiFault for what is unknown, undeclared, or takes too long. */
export function evaluate(element: XmlElement, scope: Scope): Value {
  takeStep(scope, element.name)
  const compute = named(expressions, element.name)
  if (compute) return compute(element, scope)
  const operands = operandsOf(element, scope)
  const calculated = arithmetic(element.name, operands)
  const value = calculated === undefined ? ordered(element.name, operands) : calculated
  if (value === undefined) throw new QtiFault('unknown_rule', element.name)
  return value
}

/** What an expression works on, which takes a step for each member. */
function operandsOf(element: XmlElement, scope: Scope): Value[] {
  const operands = childrenOf(element).map(child => evaluate(child, scope))
  takeStep(scope, element.name, sizeOf(operands))
  return operands
}

const sizeOf = (values: Value[]) => values.reduce((sum, value) => sum + (value?.items.length ?? 0), 0)

/** An expression of one operand, of two, and of any number. */
const ofOne =
  (compute: (value: Value, element: XmlElement, scope: Scope) => Value): Expression =>
  (element, scope) =>
    compute(operandsOf(element, scope)[0] ?? null, element, scope)
const ofTwo =
  (compute: (a: Value, b: Value, element: XmlElement, scope: Scope) => Value): Expression =>
  (element, scope) => {
    const [a = null, b = null] = operandsOf(element, scope)
    return compute(a, b, element, scope)
  }

/** The number that an attribute is, or that the variable it names holds; with braces or without (QTI 2.1, "variable references"). */
const numberOf =
  (scope: Scope) =>
  (text: string | undefined, otherwise: number): number => {
    if (text === undefined) return otherwise
    const written = readScalar(text, 'float')
    if (typeof written === 'number') return written
    return numberIn(variableIn(scope, text.replace(/^\{|\}$/g, ''))) ?? otherwise
  }

const variableNamed =
  (read: (name: string, scope: Scope) => Value): Expression =>
  ({ attributes }, scope) =>
    read(attributes.identifier ?? '', scope)

/** What is declared of a variable, or was set since. @throws QtiFault `undeclared`. */
const declaredIn = (part: 'correct' | 'defaults') =>
  variableNamed((name, scope) => {
    declarationOf(scope, name)
    return scope[part].get(name) ?? null
  })

/** Truth of three values: no value is neither (QTI 2.1, "and", "or", "anyN"). */
function count(element: XmlElement, scope: Scope) {
  const operands = operandsOf(element, scope)
  const unknown = operands.filter(operand => operand === null).length
  return { yes: operands.filter(isTrue).length, unknown, all: operands.length }
}

function anyN(element: XmlElement, scope: Scope): Value {
  const { yes, unknown, all } = count(element, scope)
  const read = numberOf(scope)
  const [least, most] = [read(element.attributes.min, 0), read(element.attributes.max, all)]
  if (yes > most || yes + unknown < least) return boolean(false)
  return yes >= least && yes + unknown <= most ? boolean(true) : null
}

/** A container of all members of its operands, without those that are no value. */
function gathered(cardinality: 'multiple' | 'ordered'): Expression {
  return (element, scope) => {
    const operands = operandsOf(element, scope)
    const types = new Set(operands.flatMap(operand => (operand ? [operand.baseType] : [])))
    const [baseType = null] = types
    const value = container(
      bounded(operands.flatMap(operand => operand?.items ?? [])),
      cardinality,
      types.size === 1 ? baseType : null,
    )
    return value && { ...value, incomplete: operands.includes(null) }
  }
}

function bounded(items: Scalar[]): Scalar[] {
  if (items.length > mostItems) throw new QtiFault('too_many_steps', 'items')
  return items
}

function index(list: Value, at: number | null): Value {
  const item = at === null || !Number.isInteger(at) || at < 1 ? undefined : list?.items[at - 1]
  return item === undefined ? null : single(item, list?.baseType ?? null)
}

function repeat(element: XmlElement, scope: Scope): Value {
  const times = numberOf(scope)(element.attributes.numberRepeats, 0)
  const items: Scalar[] = []
  let baseType: string | null = null
  for (let time = 0; time < times; time++) {
    takeStep(scope, element.name)
    for (const value of operandsOf(element, scope)) {
      baseType ??= value?.baseType ?? null
      items.push(...(value?.items ?? []))
    }
    bounded(items)
  }
  return container(items, 'ordered', baseType)
}

function randomInteger({ attributes }: XmlElement, scope: Scope): Value {
  const read = numberOf(scope)
  const [least, most, step] = [read(attributes.min, 0), read(attributes.max, 0), read(attributes.step, 1)]
  if (!(step > 0) || most < least) return null
  const choices = Math.floor((most - least) / step) + 1
  return number(least + step * Math.floor(scope.draw() * choices), 'integer')
}

function randomFloat({ attributes }: XmlElement, scope: Scope): Value {
  const read = numberOf(scope)
  const [least, most] = [read(attributes.min, 0), read(attributes.max, 0)]
  return number(least + scope.draw() * (most - least))
}

const constants: Record<string, number> = { pi: Math.PI, e: Math.E }

/** Some write the three operands of a substring of a text: the text, where it begins, from one, and how long it is. */
function substringOf(element: XmlElement, scope: Scope): Value {
  const operands = operandsOf(element, scope)
  const [a = null, b = null, c = null] = operands
  if (operands.length < 3) return substring(a, b, element.attributes)
  const [text, from, length] = [textIn(a), numberIn(b), numberIn(c)]
  if (text === null || from === null || length === null) return null
  return single(text.slice(Math.max(0, from - 1), Math.max(0, from - 1 + length)), 'string')
}

function record(element: XmlElement, scope: Scope): Value {
  const fields = new Map<string, Value>()
  for (const field of childrenOf(element, 'fieldValue')) {
    const [expression] = childrenOf(field)
    fields.set(field.attributes.fieldIdentifier ?? '', expression ? evaluate(expression, scope) : null)
  }
  return { cardinality: 'record', baseType: null, items: [], fields }
}

/** A table that stands in the expression itself, for the number before it. */
function lookupTable(element: XmlElement, scope: Scope): Value {
  const [source] = childrenOf(element)
  const table = childOf(element, 'interpolationTable') ?? childOf(element, 'matchTable')
  if (!source || !table) return null
  const at = numberIn(evaluate(source, scope))
  const found = at === null ? null : lookedUp(readTable(table, 'float'), at)
  return found === null ? null : single(found)
}

/** Whether an expression of this name is known. */
export const isExpression = (name: string): boolean =>
  Object.hasOwn(expressions, name) || arithmetic(name, []) !== undefined || ordered(name, []) !== undefined

const expressions: Record<string, Expression> = {
  baseValue(element) {
    const baseType = element.attributes.baseType ?? 'string'
    const item = readScalar(baseType === 'string' ? rawText(element) : textOf(element), baseType)
    return item === null ? null : single(item, baseType)
  },
  null: () => null,
  variable: variableNamed((name, scope) => variableIn(scope, name)),
  correct: declaredIn('correct'),
  default: declaredIn('defaults'),
  mapResponse: variableNamed(mapping),
  mapOutcome: variableNamed(mapping),
  mapResponsePoint: variableNamed((name, scope) => {
    const { areas } = declarationOf(scope, name)
    return areas ? number(mappedPoints(areas, variableIn(scope, name))) : null
  }),
  mathConstant: ({ attributes }) => number(named(constants, attributes.name ?? '') ?? null),
  randomInteger,
  randomFloat,
  random: ofOne((value, _, { draw }) => index(value, 1 + Math.floor(draw() * (value?.items.length ?? 0)))),

  multiple: gathered('multiple'),
  ordered: gathered('ordered'),
  containerSize: ofOne(value => number(value?.items.length ?? 0, 'integer')),
  isNull: ofOne(value => boolean(value === null)),
  isNotNull: ofOne(value => boolean(value !== null)),
  index: ofTwo((list, at, { attributes }, scope) =>
    index(list, attributes.n === undefined ? numberIn(at) : numberOf(scope)(attributes.n, Number.NaN)),
  ),
  fieldValue: ofOne((value, { attributes }) => value?.fields?.get(attributes.fieldIdentifier ?? '') ?? null),
  record,
  member: ofTwo(member),
  contains: ofTwo((whole, part, element, scope) => {
    // Of ordered ones each place may be the beginning.
    takeStep(scope, element.name, (whole?.items.length ?? 0) * (part?.items.length ?? 0))
    return contains(whole, part)
  }),
  // The value first and the container second in the standard; some write them the other way round.
  delete: ofTwo((a, b) => {
    const [list, item] = a?.cardinality === 'single' ? [b, a] : [a, b]
    if (!list || !item) return null
    const left = list.items.filter(one => one !== item.items[0])
    return left.length === 0 ? null : { ...list, items: left }
  }),
  repeat,

  not: ofOne(value => boolean(value === null ? null : !isTrue(value))),
  and(element, scope) {
    const { yes, unknown, all } = count(element, scope)
    return boolean(yes + unknown < all ? false : unknown > 0 ? null : true)
  },
  or(element, scope) {
    const { yes, unknown } = count(element, scope)
    return boolean(yes > 0 ? true : unknown > 0 ? null : false)
  },
  anyN,
  // Not in the standard: true where no more than `max` of them are.
  allN(element, scope) {
    const { yes, all } = count(element, scope)
    return boolean(yes <= numberOf(scope)(element.attributes.max, all))
  },
  preCondition: ofOne(value => boolean(isTrue(value))),
  match: ofTwo(match),
  equal: ofTwo((a, b, { attributes }, scope) => equal(a, b, attributes, numberOf(scope))),
  equalRounded: ofTwo((a, b, { attributes }, scope) => equalRounded(a, b, attributes, numberOf(scope))),
  stringMatch: ofTwo((a, b, { attributes }) => stringMatch(a, b, attributes)),
  substring: substringOf,
  patternMatch: ofTwo((text, pattern, { attributes }, scope) => {
    // A pattern has at most some hundred steps, which are looked at for each letter.
    takeStep(scope, 'patternMatch', 10 * (1 + (textIn(text)?.length ?? 0)))
    return patternMatch(
      text,
      attributes.pattern === undefined ? textIn(pattern) : patternOf(attributes.pattern, scope),
      attributes,
    )
  }),
  inside: ofOne((value, { attributes }) => inside(value, shapeOf(attributes))),
  isTypeOf: ofTwo((value, name) => value && name && boolean(value.baseType === textIn(name))),

  mathOperator: (element, scope) => mathOperator(element.attributes.name ?? '', operandsOf(element, scope)),
  statsOperator: (element, scope) => statsOperator(element.attributes.name ?? '', operandsOf(element, scope)),
  roundTo: ofOne((value, { attributes }, scope) => {
    const read = numberIn(value)
    const figures = numberOf(scope)(attributes.figures, Number.NaN)
    return read === null
      ? null
      : number(roundTo(read, attributes.roundingMode ?? 'significantFigures', figures))
  }),
  lookupTable,
  // What it computes only its vendor knows.
  customOperator: () => null,
}

function mapping(name: string, scope: Scope): Value {
  const found = declarationOf(scope, name).mapping
  takeStep(scope, name, sizeOf([variableIn(scope, name)]) * (found?.entries.length ?? 0))
  return number(found ? mapped(found, variableIn(scope, name)) : 0)
}

/** A pattern, or the variable in braces that holds one. */
const patternOf = (text: string, scope: Scope) => {
  const name = /^\{(\w+)\}$/.exec(text)?.[1]
  return name && scope.values.has(name) ? textIn(variableIn(scope, name)) : text
}

/** A text with the spaces round it, which may be meant. */
const rawText = ({ children }: XmlElement) => children.filter(child => typeof child === 'string').join('')
