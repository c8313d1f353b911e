import type { Declaration } from './declaration.ts'
import { QtiFault } from './fault.ts'
import type { Draw } from './random.ts'
import type { Value } from './value.ts'

/** The variables of an item while its rules run. */
export type Scope = {
  declared: Map<string, Declaration>
  values: Map<string, Value>
  /** Right answers, which template rules may set. */
  correct: Map<string, Value>
  /** Defaults, which template rules may set. */
  defaults: Map<string, Value>
  draw: Draw
  /** What is left of the steps that the rules may take. */
  steps: { left: number }
}

/** Real items take hundreds. A step is a rule, or a member of a container that an expression looks at. */
const mostSteps = 20_000
/** Values that an expression may hold at once: a repeated container could double without end. */
export const mostItems = 10_000

/** What a run may take, all its draws together. */
export const allSteps = (): Scope['steps'] => ({ left: mostSteps })

export function openScope(declared: Map<string, Declaration>, draw: Draw, steps = allSteps()): Scope {
  const initial = new Map([...declared].map(([name, { initial }]) => [name, initial]))
  return {
    declared,
    // A response has no value until it is given: its default is what the interaction begins with.
    values: new Map([...initial].filter(([name]) => declared.get(name)?.role !== 'response')),
    correct: new Map([...declared].map(([name, { correct }]) => [name, correct])),
    defaults: initial,
    draw,
    steps,
  }
}

/** @throws QtiFault `too_many_steps`. */
export function takeStep({ steps }: Scope, at: string, count = 1): void {
  steps.left -= count
  if (steps.left < 0) throw new QtiFault('too_many_steps', at)
}

/** @throws QtiFault `undeclared`. */
export function declarationOf({ declared }: Scope, name: string): Declaration {
  const found = declared.get(name)
  if (!found) throw new QtiFault('undeclared', name)
  return found
}

/** How many attempts there were and how long they took are the product's to know, not the item's. */
export const builtIn = new Set(['numAttempts', 'duration', 'completionStatus'])

/** @throws QtiFault `undeclared`. */
export function variableIn(scope: Scope, name: string): Value {
  const value = scope.values.get(name)
  if (value !== undefined) return value
  if (!scope.declared.has(name) && !builtIn.has(name)) throw new QtiFault('undeclared', name)
  return null
}
