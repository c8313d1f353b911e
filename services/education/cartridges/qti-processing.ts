import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { childOf, childrenOf, descendantsOf, textOf, type XmlElement } from './xml.ts'

/**
 * The response processing of IMS QTI 1.2 (ASI Information Model, "respcondition"), made runnable: which variables an
 * answer to a choice question sets, and which feedback it shows.
 */

export type Processing = {
  run(chosen: ReadonlySet<string>): { variables: Map<string, number>; feedback: string[] }
  /** Upper-case names of the variables that some rule sets. */
  set: Set<string>
  /** Upper-case names to what `decvar` says of them. */
  declared: Map<string, Declared>
  /** Answers that a rule names, for the search among many options. */
  named: Set<string>[]
  tests: number
}

type Declared = { initial: number; min: number; max: number | null }
type Test = (chosen: ReadonlySet<string>, matchedBefore: boolean) => boolean
type Assignment = { variable: string; action: string; value: number }
type Rule = { test: Test; sets: Assignment[]; feedback: string[]; continues: boolean; catchAll: boolean }

/** Rules that cannot be run, such as those on time or on places in a picture. */
export class UnsupportedProcessing extends Error {
  readonly reason: ImportReason
  constructor(reason: ImportReason) {
    super(reason.code)
    this.reason = reason
  }
}

/** @throws UnsupportedProcessing */
export function compileProcessing(
  resprocessing: XmlElement,
  options: string[],
  several: boolean,
): Processing {
  const declared = declaredIn(resprocessing)
  const compiling: Compiling = { ids: idFinder(options), options, declared, tests: 0 }
  const rules = childrenOf(resprocessing, 'respcondition').map(condition =>
    compileRule(condition, compiling, several),
  )
  const named = childrenOf(resprocessing, 'respcondition')
    .flatMap(condition => childrenOf(condition, 'conditionvar'))
    .slice(0, maxNamed)
    .flatMap(condition => namedAnswers(condition, compiling.ids))
    .slice(0, maxNamed)
  return {
    set: new Set(rules.flatMap(rule => rule.sets.map(one => one.variable))),
    declared,
    named,
    tests: Math.max(1, compiling.tests),
    run: chosen => run(rules, declared, chosen),
  }
}

function run(rules: Rule[], declared: Map<string, Declared>, chosen: ReadonlySet<string>) {
  const variables = new Map([...declared].map(([name, { initial }]) => [name, initial]))
  const feedback: string[] = []
  let matched = false
  for (const rule of rules) {
    if (!rule.test(chosen, matched)) continue
    for (const { variable, action, value } of rule.sets) {
      variables.set(variable, changed(variables.get(variable) ?? 0, action, value))
    }
    feedback.push(...rule.feedback)
    // A rule that only shows a text leaves the case open for "other".
    if (rule.sets.length > 0 && !rule.catchAll) matched = true
    if (!rule.continues) break
  }
  for (const [name, { min, max }] of declared) {
    variables.set(name, Math.max(min, Math.min(max ?? Infinity, variables.get(name)!)))
  }
  return { variables, feedback }
}

function changed(before: number, action: string, value: number): number {
  switch (action) {
    case 'add':
      return before + value
    case 'subtract':
      return before - value
    case 'multiply':
      return before * value
    case 'divide':
      return value === 0 ? before : before / value
    default:
      return value
  }
}

function declaredIn(resprocessing: XmlElement): Map<string, Declared> {
  const declared = new Map<string, Declared>()
  for (const { attributes } of childrenOf(childOf(resprocessing, 'outcomes') ?? resprocessing, 'decvar')) {
    const number = (text: string | undefined) => {
      const value = Number.parseFloat(text ?? '')
      return Number.isFinite(value) ? value : null
    }
    declared.set(variableName(attributes.varname ?? attributes.variablename), {
      initial: number(attributes.defaultval) ?? 0,
      min: number(attributes.minvalue) ?? -Infinity,
      max: number(attributes.maxvalue),
    })
  }
  return declared
}

/** SCORE is the variable that QTI 1.2 means where none is named. */
const variableName = (name: string | undefined) => (name?.trim() || 'SCORE').toUpperCase()

type Compiling = {
  ids: (text: string) => string
  options: string[]
  declared: Map<string, Declared>
  tests: number
}

/** What a variable is set to. Blackboard writes `SCORE.max` for the most that a variable may hold. */
function valueSet(text: string, declared: Map<string, Declared>): number {
  const most = /^(\w{1,40})\.max$/i.exec(text)?.[1]
  const value = most ? (declared.get(most.toUpperCase())?.max ?? 100) : numberIn(text)
  if (!Number.isFinite(value)) throw new UnsupportedProcessing(because('question_no_number'))
  return value
}

/** A number as exporters write it, with a point or a comma. */
export const numberIn = (text: string): number =>
  Number.parseFloat(/^\s*-?\d+,\d+\s*$/.test(text) ? text.replace(',', '.') : text)

function compileRule(condition: XmlElement, compiling: Compiling, several: boolean): Rule {
  const sets = childrenOf(condition, 'setvar').map((set): Assignment => {
    const value = valueSet(textOf(set), compiling.declared)
    const action = set.attributes.action?.trim().toLowerCase() || 'set'
    return { variable: variableName(set.attributes.varname ?? set.attributes.variablename), action, value }
  })
  // "No" is the specification's default. But points that are added up only make sense if the next rule is read too,
  // and exporters forget to say so.
  const addsUp = several && sets.some(set => set.action !== 'set')
  const said = condition.attributes.continue?.trim().toLowerCase()
  const vars = childrenOf(condition, 'conditionvar')
  return {
    test: allOf(vars.flatMap(one => childrenOf(one)).map(test => compileTest(test, compiling))),
    sets,
    feedback: childrenOf(condition, 'displayfeedback').flatMap(show => show.attributes.linkrefid ?? []),
    continues: said === undefined ? addsUp : /^(?:yes|true)$/.test(said),
    catchAll: vars.some(one => descendantsOf(one, 'other').length > 0),
  }
}

const allOf =
  (tests: Test[]): Test =>
  (chosen, matched) =>
    tests.every(test => test(chosen, matched))

function compileTest(element: XmlElement, compiling: Compiling): Test {
  compiling.tests += 1
  const inner = () => childrenOf(element).map(child => compileTest(child, compiling))
  switch (element.name) {
    case 'and':
      return allOf(inner())
    case 'or': {
      const tests = inner()
      return (chosen, matched) => tests.some(test => test(chosen, matched))
    }
    case 'not': {
      const test = allOf(inner())
      return (chosen, matched) => !test(chosen, matched)
    }
    case 'other':
      return (_chosen, matched) => !matched
    case 'unanswered':
      return chosen => chosen.size === 0
    case 'varequal': {
      const id = compiling.ids(textOf(element))
      return chosen => chosen.has(id)
    }
    case 'varsubset':
      return subsetTest(element, compiling)
    case 'varsubstring': {
      const part = textOf(element)
      return chosen => [...chosen].some(id => id.includes(part))
    }
    case 'varlt':
      return numberTest(element, (a, b) => a < b)
    case 'varlte':
      return numberTest(element, (a, b) => a <= b)
    case 'vargt':
      return numberTest(element, (a, b) => a > b)
    case 'vargte':
      return numberTest(element, (a, b) => a >= b)
    default:
      throw new UnsupportedProcessing(because('question_rule', { rule: element.name }))
  }
}

function subsetTest(element: XmlElement, { ids }: Compiling): Test {
  const wanted = new Set(listed(textOf(element)).map(ids))
  if (/^partial$/i.test(element.attributes.setmatch ?? '')) {
    return chosen => [...chosen].some(id => wanted.has(id))
  }
  return chosen => chosen.size === wanted.size && [...chosen].every(id => wanted.has(id))
}

function numberTest(element: XmlElement, holds: (given: number, limit: number) => boolean): Test {
  const limit = Number(textOf(element))
  if (!Number.isFinite(limit)) throw new UnsupportedProcessing(because('question_compares_no_number'))
  return chosen => [...chosen].some(id => id.trim() !== '' && holds(Number(id), limit))
}

const listed = (text: string) =>
  text
    .split(/[\s,]+/)
    .map(part => part.trim())
    .filter(Boolean)

/** Some exporters write an option's ident in another case in the rules than in the question. */
function idFinder(options: string[]): (text: string) => string {
  const exact = new Set(options)
  const folded = new Map(options.map(id => [id.trim().toLowerCase(), id]))
  return text => (exact.has(text) ? text : (folded.get(text.trim().toLowerCase()) ?? text))
}

const maxNamed = 60

/** The options that must be chosen for a condition to hold, one set for each of its alternatives. */
function namedAnswers(element: XmlElement, ids: (text: string) => string): Set<string>[] {
  if (element.name === 'varequal') return [new Set([ids(textOf(element))])]
  if (element.name === 'varsubset') return [new Set(listed(textOf(element)).map(ids))]
  if (element.name === 'not') return []
  const parts = childrenOf(element).map(child => namedAnswers(child, ids))
  if (element.name === 'or') return parts.flat().slice(0, maxNamed)
  // The plain case, which may be long: one answer that names all its options.
  if (parts.every(part => part.length <= 1)) {
    const all = new Set(parts.flatMap(part => [...(part[0] ?? [])]))
    return all.size > 0 ? [all] : []
  }
  return parts.reduce<Set<string>[]>((together, part) => {
    if (part.length === 0) return together
    if (together.length === 0) return part.slice(0, maxNamed)
    return together.flatMap(one => part.map(other => new Set([...one, ...other]))).slice(0, maxNamed)
  }, [])
}
