import { lookedUp } from './declaration.ts'
import { childrenOf, element, type XmlElement } from './element.ts'
import { evaluate, isExpression } from './expression.ts'
import { QtiFault } from './fault.ts'
import { allSteps, declarationOf, type Scope, takeStep } from './scope.ts'
import { type Cardinality, isNumeric, isTrue, numberIn, single, type Value } from './value.ts'

/** The rules of an item: what sets its variables, one after another (QTI 2.1, 8.2, 8.3 and 12). */

/** Ends the rules early, as an item may ask for. */
class Exit extends Error {}

/** Runs rules to their end, or until one exits. @throws QtiFault. */
export function runRules(rules: XmlElement[], scope: Scope): void {
  try {
    for (const rule of rules) runRule(rule, scope)
  } catch (failure) {
    if (!(failure instanceof Exit)) throw failure
  }
}

const conditions = new Set(['responseCondition', 'outcomeCondition', 'templateCondition'])
const fragments = new Set(['responseProcessingFragment', 'outcomeProcessingFragment'])
const setters = new Set(['setOutcomeValue', 'setTemplateValue', 'setResponseValue'])
const exits = new Set(['exitResponse', 'exitTest', 'exitTemplate'])

function runRule(rule: XmlElement, scope: Scope): void {
  takeStep(scope, rule.name)
  const name = rule.attributes.identifier ?? ''
  if (conditions.has(rule.name)) runCondition(rule, scope)
  else if (fragments.has(rule.name)) for (const child of childrenOf(rule)) runRule(child, scope)
  else if (exits.has(rule.name)) throw new Exit()
  else if (setters.has(rule.name)) set(scope, name, evaluateIn(rule, scope))
  else if (rule.name === 'setCorrectResponse') setCorrect(scope, name, evaluateIn(rule, scope))
  else if (rule.name === 'setDefaultValue') setDefault(rule, scope, name)
  else if (rule.name === 'lookupOutcomeValue') lookUp(rule, scope, name)
  else if (rule.name !== 'templateConstraint') throw new QtiFault('unknown_rule', rule.name)
  else if (!isTrue(evaluateIn(rule, scope))) throw new Unsatisfied()
}

const others = new Set(['setCorrectResponse', 'setDefaultValue', 'lookupOutcomeValue', 'templateConstraint'])
const branch = /^(?:response|outcome|template)(?:If|ElseIf|Else)$/
/** Not expressions, but what some of them hold. */
const held = new Set(['fieldValue', 'interpolationTable', 'matchTable'])
/** What names a variable that has to be declared. */
const naming = new Set([
  ...[...setters, ...others].filter(name => name !== 'templateConstraint'),
  ...['correct', 'default', 'mapResponse', 'mapOutcome', 'mapResponsePoint', 'variable'],
])

/**
 * Whether rules can run whatever is answered: those in branches that are seldom taken as well.
 * @throws QtiFault for a name that is unknown, or a variable that is not declared.
 */
export function checkRules(rules: XmlElement[], isDeclared: (name: string) => boolean): void {
  for (const rule of rules) {
    const { name } = rule
    const isRule =
      conditions.has(name) || fragments.has(name) || exits.has(name) || setters.has(name) || others.has(name)
    if (
      !isRule &&
      !branch.test(name) &&
      !held.has(name) &&
      (!isExpression(name) || name === 'customOperator')
    )
      throw new QtiFault('unknown_rule', name)
    const { identifier = '' } = rule.attributes
    if (naming.has(name) && !isDeclared(identifier)) throw new QtiFault('undeclared', identifier)
    if (name !== 'interpolationTable' && name !== 'matchTable') checkRules(childrenOf(rule), isDeclared)
  }
}

function runCondition(condition: XmlElement, scope: Scope): void {
  for (const branch of childrenOf(condition)) {
    const rules = childrenOf(branch)
    const asks = !/Else$/.test(branch.name)
    const [asked, ...rest] = rules
    if (asks && !(asked && isTrue(evaluate(asked, scope)))) continue
    for (const rule of asks ? rest : rules) runRule(rule, scope)
    return
  }
}

function evaluateIn(rule: XmlElement, scope: Scope): Value {
  const [expression] = childrenOf(rule)
  return expression ? evaluate(expression, scope) : null
}

/** Numbers pass for each other, and so do containers; everything else stays what it is. */
function set(scope: Scope, name: string, value: Value): void {
  const { baseType, cardinality } = declarationOf(scope, name)
  const numeric = value && isNumeric(value.baseType) && isNumeric(baseType)
  const contained = value && isContainer(value.cardinality) && isContainer(cardinality)
  scope.values.set(
    name,
    value && { ...value, ...(numeric && { baseType }), ...(contained && { cardinality }) },
  )
}

const isContainer = (cardinality: Cardinality) => cardinality === 'multiple' || cardinality === 'ordered'

function setCorrect(scope: Scope, name: string, value: Value): void {
  declarationOf(scope, name)
  scope.correct.set(name, value)
}

/** In a template it says what the default is; elsewhere it gives the variable the default that it has. */
function setDefault(rule: XmlElement, scope: Scope, name: string): void {
  const { role } = declarationOf(scope, name)
  if (childrenOf(rule).length > 0) scope.defaults.set(name, evaluateIn(rule, scope))
  if (childrenOf(rule).length === 0 || role !== 'response')
    scope.values.set(name, scope.defaults.get(name) ?? null)
}

function lookUp(rule: XmlElement, scope: Scope, name: string): void {
  const { table, baseType } = declarationOf(scope, name)
  const at = numberIn(evaluateIn(rule, scope))
  const found = table && at !== null ? lookedUp(table, at) : null
  scope.values.set(name, found === null ? null : single(found, baseType))
}

/** What the values drawn at random had to fulfil, they do not: they are to be drawn again. */
class Unsatisfied extends Error {}

/** After so many draws the declared values stand (QTI 2.2, templateConstraint). */
const mostDraws = 100

/** Draws the values of an item until they fulfil what it asks of them. @param open makes a scope with the declared values. */
export function runTemplate(rules: XmlElement[], open: (steps: Scope['steps']) => Scope): Scope {
  const steps = allSteps()
  for (let draws = 0; draws < mostDraws; draws++) {
    const scope = open(steps)
    try {
      runRules(rules, scope)
      return scope
    } catch (failure) {
      if (!(failure instanceof Unsatisfied)) throw failure
    }
  }
  return open(steps)
}

const setScore = (expression: XmlElement) => element('setOutcomeValue', { identifier: 'SCORE' }, expression)
const points = (count: string) => element('baseValue', { baseType: 'float' }, count)

/**
 * The standard templates by the end of their address (QTI 2.1, Appendix B). They speak of RESPONSE; exporters use them
 * for a response of any name, where there is only one.
 *
 * @throws QtiFault `unknown_template`.
 */
export function rulesOfTemplate(address: string, responses: string[]): XmlElement[] {
  const name = (address.split('/').at(-1) ?? '').replace(/\.xml$/, '')
  const of = { identifier: responses.includes('RESPONSE') ? 'RESPONSE' : (responses[0] ?? 'RESPONSE') }
  switch (name) {
    case '':
      return []
    case 'match_correct':
    case 'CC2_match_basic':
    case 'CC2_match': {
      const matches = element('match', {}, element('variable', of), element('correct', of))
      const whenRight = element('responseIf', {}, matches, setScore(points('1')))
      return [element('responseCondition', {}, whenRight, element('responseElse', {}, setScore(points('0'))))]
    }
    case 'map_response':
    case 'CC2_map_response':
      return [setScore(element('mapResponse', of))]
    case 'map_response_point':
      return [setScore(element('mapResponsePoint', of))]
    default:
      throw new QtiFault('unknown_template', name)
  }
}
