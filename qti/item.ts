import { readDeclarations } from './declaration.ts'
import { childOf, childrenOf, descendantsOf, type XmlElement } from './element.ts'
import { QtiFault } from './fault.ts'
import { seededDraw } from './random.ts'
import { checkRules, rulesOfTemplate, runRules, runTemplate } from './rules.ts'
import { builtIn, openScope, type Scope } from './scope.ts'
import { numberIn, readValue, type Value } from './value.ts'

/** What was answered, by the identifiers of the responses: identifiers, pairs, points, or what was typed. */
export type Responses = Record<string, string[]>

export type Outcome = {
  /** By identifier, as the rules left them. */
  outcomes: Map<string, Value>
  /** `SCORE`, or zero where there is none. */
  score: number
  /** `MAXSCORE` where the item declares it. */
  maxScore: number | null
  /** Identifiers of the modal feedback that is shown. */
  feedback: string[]
}

/** An item as one learner has it: with the values that were drawn for it. */
export type Sitting = {
  /** The values of the variables that its text prints. */
  template: Map<string, Value>
  /** Rules and expressions that scoring runs. */
  size: number
  /** The right answers where the item names them. */
  correct: Map<string, Value>
  score(responses: Responses): Outcome
  /** What its rules give for everything that is right: what it declares, else what they score; null where that is nothing. */
  worth(): number | null
}

/**
 * An `assessmentItem` of IMS QTI 2.1 or 2.2 that runs as its rules say: template, response and outcome processing.
 *
 * @param seed an integer of 32 bits; the same gives the same values always.
 * @throws QtiFault for rules that are not known, a variable that is not declared, and rules without end.
 */
export function openItem(item: XmlElement, seed: number): Sitting {
  const declared = readDeclarations(item)
  const draw = seededDraw(seed)
  const drawn = runTemplate(rulesIn(item, 'templateProcessing'), steps => openScope(declared, draw, steps))
  const rules = [...responseRules(item, declared), ...rulesIn(item, 'outcomeProcessing')]
  const all = [...rulesIn(item, 'templateProcessing'), ...rules]
  const sitting: Sitting = {
    template: valuesOf(drawn, 'template'),
    correct: drawn.correct,
    size: all.reduce((sum, rule) => sum + sizeOf(rule), 0),
    worth() {
      const { maxScore, score } = sitting.score(bestResponses(declared, drawn.correct))
      const worth = maxScore ?? score
      return Number.isFinite(worth) && worth > 0 ? worth : null
    },
    score(responses) {
      const scope = { ...openScope(declared, draw), correct: drawn.correct, defaults: drawn.defaults }
      for (const [name, value] of drawn.values) scope.values.set(name, value)
      for (const { identifier, role, cardinality, baseType } of declared.values()) {
        if (role === 'response')
          scope.values.set(identifier, readValue(responses[identifier] ?? [], cardinality, baseType))
      }
      runRules(rules, scope)
      const outcomes = valuesOf(scope, 'outcome')
      return {
        outcomes,
        score: numberIn(outcomes.get('SCORE') ?? null) ?? 0,
        maxScore: numberIn(outcomes.get('MAXSCORE') ?? null),
        feedback: shownFeedback(item, outcomes),
      }
    },
  }
  return sitting
}

/** The answers that the item names as right; where it names none, those that its mapping gives points for. */
function bestResponses(declared: Scope['declared'], correct: Map<string, Value>): Responses {
  const best: Responses = {}
  for (const { role, identifier, cardinality, mapping } of declared.values()) {
    if (role !== 'response') continue
    const right = correct.get(identifier)
    const paid = (mapping?.entries ?? [])
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points)
      .map(({ key }) => String(key))
    best[identifier] = right ? right.items.map(String) : cardinality === 'single' ? paid.slice(0, 1) : paid
  }
  return best
}

/** What may run many times: draws that are repeated until they fit, and lists made of repetitions. */
const repeating = ['templateConstraint', 'repeat']
/** What may look at more than is written: containers that grow, and patterns. */
const growing = ['multiple', 'ordered', 'patternMatch']
const stepsOfGrowing = 1000

/** About how many steps one run takes, from what is written: what repeats counts a hundredfold. @throws QtiFault. */
export function stepsOf(item: XmlElement): number {
  const holds = (names: string[]) => names.some(name => descendantsOf(item, name).length > 0)
  const steps = openItem(item, 0).size * (holds(repeating) ? 100 : 1)
  return holds(growing) ? Math.max(steps, stepsOfGrowing) : steps
}

/**
 * Whether an item can be scored whatever is answered, and by all of its parts.
 * @throws QtiFault for a rule that is unknown, a variable that is not declared, and an item that is worth what some of
 * its responses earn, as the others name no right answer.
 */
export function checkItem(item: XmlElement): void {
  const declared = readDeclarations(item)
  const rules = ['templateProcessing', 'outcomeProcessing'].flatMap(part => rulesIn(item, part))
  checkRules([...rules, ...responseRules(item, declared)], name => declared.has(name) || builtIn.has(name))
  const sitting = openItem(item, 0)
  const keyed = [...declared.values()].filter(({ role }) => role === 'response')
  const named = keyed.filter(
    ({ identifier, mapping, areas }) => sitting.correct.get(identifier) || mapping || areas,
  )
  if (named.length === 0 || named.length === keyed.length || sitting.score({}).maxScore !== null) return
  throw new QtiFault('unclear_worth', keyed.find(one => !named.includes(one))?.identifier ?? '')
}

const sizeOf = (rule: XmlElement): number => childrenOf(rule).reduce((sum, child) => sum + sizeOf(child), 1)

const rulesIn = (item: XmlElement, name: string) => {
  const part = childOf(item, name)
  return part ? childrenOf(part) : []
}

function responseRules(item: XmlElement, declared: Scope['declared']): XmlElement[] {
  const written = rulesIn(item, 'responseProcessing')
  if (written.length > 0) return written
  const responses = [...declared.values()].filter(({ role }) => role === 'response')
  const address = childOf(item, 'responseProcessing')?.attributes.template ?? ''
  return rulesOfTemplate(
    address,
    responses.map(({ identifier }) => identifier),
  )
}

const valuesOf = ({ declared, values }: Scope, role: 'outcome' | 'template') =>
  new Map([...values].filter(([name]) => declared.get(name)?.role === role))

const shownFeedback = (item: XmlElement, outcomes: Map<string, Value>) =>
  descendantsOf(item, 'modalFeedback')
    .filter(({ attributes: { outcomeIdentifier = '', identifier = '', showHide } }) => {
      const named = outcomes.get(outcomeIdentifier)?.items.includes(identifier) ?? false
      return named === (showHide !== 'hide')
    })
    .map(({ attributes }) => attributes.identifier ?? '')
