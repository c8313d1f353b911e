import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importReasons } from '@azora/contracts/education/import-reasons.ts'
import { englishOf } from '@azora/contracts/education/said.ts'
import fc from 'fast-check'
import { DEFAULT_CARTRIDGE_LIMITS } from './cartridge.ts'
import { answersOf } from './qti-answers.ts'
import { deriveKey } from './qti-key.ts'
import { parseXml } from './xml.ts'

const options = ['a', 'b', 'c']
const equal = (id: string) => `<varequal respident="r">${id}</varequal>`
const rule = (condition: string, set: string, more = 'continue="Yes"') =>
  `<respcondition ${more}><conditionvar>${condition}</conditionvar>${set}</respcondition>`
const add = (points: number, variable = 'SCORE') =>
  `<setvar action="Add" varname="${variable}">${points}</setvar>`
const subtract = (points: number) => `<setvar action="Subtract" varname="SCORE">${points}</setvar>`
const set = (points: number) => `<setvar action="Set" varname="SCORE">${points}</setvar>`
const upTo = (most: number) =>
  `<outcomes><decvar varname="SCORE" minvalue="0" maxvalue="${most}"/></outcomes>`

function answers(processing: string, several: boolean, idents = options) {
  const xml = `<item><resprocessing>${processing}</resprocessing></item>`
  return answersOf(parseXml(Buffer.from(xml), 'q.xml', DEFAULT_CARTRIDGE_LIMITS), idents, {
    several,
    weight: 1,
  })
}

function key(processing: string, several = true, idents = options): string[] | string {
  const found = answers(processing, several, idents)
  return 'reason' in found ? englishOf(importReasons, found.reason) : [...found.correct].sort()
}

test('An option whose points are taken away is not right.', () => {
  assert.deepEqual(
    key(upTo(100) + rule(equal('a'), add(50)) + rule(equal('c'), add(50)) + rule(equal('b'), subtract(50))),
    ['a', 'c'],
  )
})

test('Right and wrong answers counted in two variables are set against each other.', () => {
  assert.deepEqual(
    key(
      upTo(100) +
        rule(equal('a'), add(1, 'D2L_Correct')) +
        rule(equal('c'), add(1, 'D2L_Correct')) +
        rule(equal('b'), add(1, 'D2L_Incorrect')),
    ),
    ['a', 'c'],
  )
})

test('Points of a variable that is not the score make nothing right.', () => {
  assert.deepEqual(key(rule(equal('a'), set(100)) + rule(equal('b'), add(100, 'ATTEMPTS')), false), ['a'])
})

test('Consolation points do not make an option right.', () => {
  assert.deepEqual(key(rule(equal('a'), set(100)) + rule(equal('b'), set(10)), false), ['a'])
  const three = rule(equal('a'), add(50)) + rule(equal('c'), add(50)) + rule(equal('b'), add(5))
  assert.deepEqual(key(upTo(100) + three), ['a', 'c'])
  assert.deepEqual(key(three), ['a', 'c'])
  assert.match(String(key(three.replaceAll('50', '40'))), /only a few points/)
})

test('Unequal parts of the whole are all right.', () => {
  assert.deepEqual(
    key(upTo(100) + rule(equal('a'), add(60)) + rule(equal('b'), add(30)) + rule(equal('c'), add(10))),
    ['a', 'b', 'c'],
  )
})

test('Alternatives that each earn everything leave no single right answer.', () => {
  const either = rule(`<or>${equal('a')}${equal('b')}</or>`, set(100))
  assert.match(String(key(either)), /several different answers/i)
  assert.match(String(key(either, false)), /several answers where one is chosen/i)
})

test('All of some and none of the others is one answer, however it is nested.', () => {
  const all = `<and>${equal('a')}<not>${equal('b')}</not><and>${equal('c')}</and></and>`
  assert.deepEqual(key(rule(all, set(100), 'continue="No"')), ['a', 'c'])
  assert.deepEqual(key(rule(`<not><or>${equal('b')}<not>${equal('a')}</not></or></not>`, set(1))), ['a'])
  assert.deepEqual(key(rule('<varsubset respident="r">a, b</varsubset>', set(1))), ['a', 'b'])
})

test('A rule that ends the processing keeps later ones from counting.', () => {
  const stops = rule(equal('a'), set(100), 'continue="No"') + rule('<other/>', set(0), '')
  assert.deepEqual(key(stops, false), ['a'])
  assert.deepEqual(key(rule(equal('a'), set(100)) + rule('<other/>', set(0)), false), ['a'])
  const twice = rule(equal('a'), set(100)) + rule(equal('a'), set(0)) + rule(equal('b'), set(50))
  assert.deepEqual(key(twice, false), ['b'])
})

test('Points are multiplied, divided, started with and capped as declared.', () => {
  const halves = `<setvar action="Divide" varname="SCORE">2</setvar>`
  const start = '<outcomes><decvar varname="SCORE" defaultval="10"/></outcomes>'
  assert.deepEqual(key(start + rule(equal('a'), halves) + rule(equal('c'), halves), false), ['b'])
  assert.match(String(key(start + rule(equal('a'), halves))), /choosing nothing/i)
})

test('Rules that cannot be tried, and rules that give nothing, name no answer.', () => {
  assert.match(String(key(rule('<durlt respident="r">10</durlt>', set(100)))), /durlt/)
  assert.match(String(key(rule(equal('a'), set(0)))), /none of its answers/i)
  assert.match(String(key('')), /none of its answers|names no correct/i)
})

test('Feedback is placed by when it is shown.', () => {
  const show = (condition: string, id: string) => rule(condition, `<displayfeedback linkrefid="${id}"/>`)
  const found = answers(
    show(equal('b'), 'of-b') +
      rule(equal('a'), `${set(1)}<displayfeedback linkrefid="well-done"/>`) +
      show('<other/>', 'try-again') +
      show(`<or>${options.map(equal).join('')}<unanswered/></or>`, 'always'),
    false,
  )
  assert.ok('feedback' in found)
  assert.deepEqual(found.feedback.options.get('b'), ['of-b'])
  assert.deepEqual(found.feedback.options.get('a'), ['well-done'])
  assert.deepEqual(found.feedback.incorrect, ['try-again'])
  assert.deepEqual(found.feedback.general, ['always'])
})

const idents = (count: number) => Array.from({ length: count }, (_, at) => `o${at}`)

test('The key of a question that adds and takes points is exactly the options that earn.', () => {
  const question = fc.integer({ min: 2, max: 40 }).chain(count =>
    fc.record({
      options: fc.constant(idents(count)),
      right: fc.subarray(idents(count), { minLength: 1 }),
      penalised: fc.boolean(),
      order: fc.shuffledSubarray(idents(count), { minLength: count, maxLength: count }),
    }),
  )
  fc.assert(
    fc.property(question, given => {
      const rules = given.order.map(id =>
        given.right.includes(id)
          ? rule(equal(id), add(10))
          : rule(equal(id), given.penalised ? subtract(10) : add(0)),
      )
      assert.deepEqual(key(rules.join(''), true, given.options), [...given.right].sort())
    }),
    { numRuns: 60 },
  )
})

test('The key of an all-or-nothing question is exactly the answer that it asks for.', () => {
  const question = fc.integer({ min: 2, max: 60 }).chain(count =>
    fc.record({
      options: fc.constant(idents(count)),
      right: fc.subarray(idents(count), { minLength: 1 }),
    }),
  )
  fc.assert(
    fc.property(question, given => {
      const tests = given.options.map(id =>
        given.right.includes(id) ? equal(id) : `<not>${equal(id)}</not>`,
      )
      const xml = rule(`<and>${tests.join('')}</and>`, set(100), 'continue="No"')
      assert.deepEqual(key(xml, true, given.options), [...given.right].sort())
    }),
    { numRuns: 60 },
  )
})

test('However long its rules are, a question costs a bounded number of tests.', () => {
  for (const [count, cost] of [
    [200, 80_000],
    [200, 2_000],
    [60, 10_000],
    [18, 500],
  ] as const) {
    let runs = 0
    const options = idents(count)
    // Each option helps, and each hundredth answer most of all: nothing can be concluded from the first steps.
    const score = (chosen: ReadonlySet<string>) => chosen.size + (runs++ % 100)
    deriveKey({ options, several: true, score, declaredFull: null, likelyFull: [], named: [], cost })
    assert.ok(runs * cost < 12_000_000, `${runs} runs of ${cost} tests`)
  }
  const many = idents(200)
  const slow = Array.from({ length: 400 }, () => rule(`<and>${many.map(equal).join('')}</and>`, add(1)))
  assert.match(String(key(slow.join(''), true, many)), /too long/)
})
