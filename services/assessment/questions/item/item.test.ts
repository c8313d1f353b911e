import assert from 'node:assert/strict'
import { test } from 'node:test'
import { itemBody } from '@azora/contracts/assessment/question-types/item.ts'
import type { z } from 'zod'
import { drawnQuestion, gradeQuestion } from '../asked-question.ts'
import type { Question } from '../question.ts'
import { perPart } from '../score.ts'
import { item } from './item.ts'

/** Imported items, scored by their own rules. */

type Input = z.input<typeof itemBody>
type Part = Input['parts'][number]

const xml = (declared: string, rules: string) =>
  `<assessmentItem identifier="i">${declared}<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>${rules}</assessmentItem>`
const response = (type: string, inside: string, id = 'R', cardinality = 'single') =>
  `<responseDeclaration identifier="${id}" cardinality="${cardinality}" baseType="${type}">${inside}</responseDeclaration>`
const right = (...values: string[]) =>
  `<correctResponse>${values.map(value => `<value>${value}</value>`).join('')}</correctResponse>`
const template = (name: string) =>
  `<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/${name}"/>`

const id = (at: number) => `0190a000-0000-7000-8000-0000000000b${at}`
const options = (prefix: string, ...names: string[]) =>
  names.map((name, at) => ({ id: `${prefix}${at + 1}`, name, content: `<b>${name}</b>` }))
const part = (more: Partial<Part> = {}): Part => ({
  id: id(1),
  response: 'R',
  kind: 'choice',
  prompt: '',
  most: 1,
  options: [],
  targets: [],
  ...more,
})
const bodyOf = (source: string, parts: Part[], more: Partial<Input> = {}) =>
  itemBody.parse({ source, parts, ...more })
const question = (body: ReturnType<typeof bodyOf>, content = '[[1]]') =>
  ({
    id: 'q',
    version: 1,
    type: 'item',
    content,
    points: 4,
    scoring: perPart,
    options: [],
    correctAnswer: [],
    feedback: { general: null, correct: null, incorrect: null },
    body,
  }) as Extract<Question, { type: 'item' }>
const graded = (body: ReturnType<typeof bodyOf>, answers: Record<string, string[]>) => {
  const { awarded, marks } = gradeQuestion(question(body), answers)
  const [mark] = marks
  return { awarded, reason: mark?.reason, given: mark?.given, expected: mark?.expected }
}

const rivers = bodyOf(
  xml(
    response(
      'directedPair',
      `${right('zambezi indian', 'orange atlantic')}<mapping defaultValue="-1" lowerBound="0"><mapEntry mapKey="zambezi indian" mappedValue="3"/><mapEntry mapKey="orange atlantic" mappedValue="1"/></mapping>`,
      'R',
      'multiple',
    ),
    template('map_response'),
  ),
  [
    part({
      kind: 'pairs',
      most: 0,
      options: options('k', 'zambezi', 'orange'),
      targets: options('t', 'indian', 'atlantic'),
    }),
  ],
)

test('Pairs earn what the mapping of the item gives, of its worth and of the points of the question.', () => {
  const outcomes = [
    [['k1 t1', 'k2 t2'], 4, 'right'],
    [['k1 t1'], 3, 'partly'],
    [['k1 t2', 'k2 t2'], 0, 'wrong'],
    [[], 0, 'unanswered'],
  ] as const
  for (const [given, awarded, reason] of outcomes) {
    const found = graded(rivers, { [id(1)]: [...given] })
    assert.deepEqual([found.awarded, found.reason], [awarded, reason], String(given))
  }
  const { given, expected } = graded(rivers, { [id(1)]: ['k1 t2'] })
  assert.equal(given, '<b>zambezi</b> – <b>atlantic</b>')
  assert.equal(expected, '<b>zambezi</b> – <b>indian</b>, <b>orange</b> – <b>atlantic</b>')
})

test('Only what the part offers is kept, no more of it than may be chosen, and nothing twice.', () => {
  const kept = (body: ReturnType<typeof bodyOf>, given: string[]) => item.admissible(body, id(1), given)
  assert.deepEqual(kept(rivers, ['k1 t1', 'k1 t1', 'k9 t1', 't1 k1', 'k2', 'k2 t2']), ['k1 t1', 'k2 t2'])
  const choice = bodyOf(xml(response('identifier', right('a')), template('match_correct')), [
    part({ options: options('k', 'a', 'b', 'c'), most: 1 }),
  ])
  assert.deepEqual(kept(choice, ['k2', 'k1', 'a']), ['k2'])
  assert.deepEqual(item.admissible(choice, id(9), ['k1']), [])
})

test('Where each line is an answer, all of them are scored together.', () => {
  const lines = bodyOf(
    xml(response('string', right('Nile', 'Congo'), 'R', 'multiple'), template('match_correct')),
    [part({ kind: 'long_text', several: true })],
  )
  assert.equal(graded(lines, { [id(1)]: ['Congo\n\nNile'] }).awarded, 4)
  assert.equal(graded(lines, { [id(1)]: ['Congo'] }).awarded, 0)
})

test('A space that a keyboard leaves behind a word is none of the answer.', () => {
  const typed = bodyOf(xml(response('string', right('York')), template('match_correct')), [
    part({ kind: 'text' }),
  ])
  assert.equal(graded(typed, { [id(1)]: ['York '] }).awarded, 4)
})

test('No more pairs are kept than the item lets be made.', () => {
  const kept = (most: number, given: string[]) => {
    const of = (prefix: string) => options(prefix, 'a', 'b').map(one => ({ ...one, most }))
    const parts = [part({ kind: 'pairs', most: 0, options: of('k'), targets: of('t') })]
    return item.admissible(bodyOf(rivers.source, parts), id(1), given)
  }
  const all = ['k1 t1', 'k1 t2', 'k2 t1', 'k2 t2']
  assert.deepEqual(kept(1, all), ['k1 t1', 'k2 t2'])
  assert.deepEqual(kept(0, all), all)
  const animals = options('k', 'a', 'b', 'c', 'd').map(one => ({ ...one, most: 1 }))
  const each = bodyOf(
    xml(response('pair', right('a b', 'c d'), 'R', 'multiple'), template('match_correct')),
    [part({ kind: 'pairs', most: 2, options: animals, targets: animals })],
  )
  const paired = item.admissible(each, id(1), ['k1 k2', 'k2 k1', 'k3 k3', 'k3 k4', 'k4 k3'])
  assert.deepEqual(paired, ['k1 k2', 'k3 k4'])
  assert.equal(graded(each, { [id(1)]: paired }).awarded, 4)
})

test('Rules that stop in the middle, as where an answer makes them long, cost the answer and no attempt.', () => {
  const long =
    '<setOutcomeValue identifier="SCORE"><sum><repeat numberRepeats="9000"><baseValue baseType="float">1</baseValue></repeat></sum></setOutcomeValue>'
  const body = bodyOf(
    xml(
      response('string', right('a')),
      `<responseProcessing><responseCondition><responseIf><isNotNull><variable identifier="R"/></isNotNull>${long.repeat(3)}</responseIf></responseCondition></responseProcessing>`,
    ),
    [part({ kind: 'text' })],
  )
  assert.equal(graded(body, { [id(1)]: ['a'] }).awarded, 0)
  assert.equal(drawnQuestion(question(body, 'text'), 7).content, 'text')
})

test('Learners see no rule, no name of an option and no right answer.', () => {
  const shown = JSON.stringify(item.open(rivers, parts => parts))
  for (const word of ['assessmentItem', '"name"', '"source"', '"response"', 'mapKey'])
    assert.ok(!shown.includes(word), word)
  assert.ok(shown.includes('zambezi'))
})

test('Options are shuffled where the item says so, but for those that keep their place.', () => {
  const shuffled = bodyOf(xml(response('identifier', right('a')), template('match_correct')), [
    part({
      shuffle: true,
      options: options('k', 'a', 'b', 'none', 'c').map(one => ({ ...one, fixed: one.name === 'none' })),
    }),
  ])
  const order = item.open(shuffled, parts => parts.toReversed()).parts[0]?.options.map(option => option.id)
  assert.deepEqual(order, ['k4', 'k2', 'k3', 'k1'])
})

const sum = bodyOf(
  `<assessmentItem identifier="i">${response('integer', '')}${['A', 'B']
    .map(name => `<templateDeclaration identifier="${name}" cardinality="single" baseType="integer"/>`)
    .join('')}<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
    <templateProcessing>${['A', 'B'].map(name => `<setTemplateValue identifier="${name}"><randomInteger min="100" max="999"/></setTemplateValue>`).join('')}
    <setCorrectResponse identifier="R"><sum><variable identifier="A"/><variable identifier="B"/></sum></setCorrectResponse></templateProcessing>
    ${template('match_correct')}</assessmentItem>`,
  [part({ kind: 'text', prompt: '{{A}} and {{B}}' })],
)

test('An attempt has numbers of its own, always the same ones, in the text, the parts and the key.', () => {
  const drawn = (seed: number) => drawnQuestion(question(sum, '{{A}} + {{B}} = [[1]], {{C}}'), seed)
  const first = drawn(7)
  assert.deepEqual(drawn(7), first)
  assert.notEqual(drawn(8).content, first.content)
  const [, a = '', b = ''] = /^(\d{3}) \+ (\d{3}) = \[\[1\]\], \{\{C\}\}$/.exec(first.content) ?? []
  assert.equal(first.body.parts[0]?.prompt, `${a} and ${b}`)
  const answer = (text: string) => gradeQuestion(first, { [id(1)]: [text] }).awarded
  assert.equal(answer(String(Number(a) + Number(b))), 4)
  assert.equal(answer(String(Number(a) + Number(b) + 1)), 0)
  assert.equal(drawnQuestion(first, 8).content, first.content, 'what was drawn once is not drawn again')
})

test('A variant that its author has chosen is the same in every attempt.', () => {
  const pinned = question({ ...sum, seed: 3 }, '{{A}}')
  assert.equal(drawnQuestion(pinned, 7).content, drawnQuestion(pinned, 8).content)
})

test('What rules cannot tell of one answer alone is not told.', () => {
  assert.equal(item.tell(sum, id(1), ['1']).right, null, 'its numbers are those of an attempt')
  assert.equal(item.tell(rivers, id(1), ['k1 t1', 'k2 t2']).right, true)
  assert.equal(item.tell(rivers, id(1), ['k1 t1']).right, false)
})

test('Several parts are told by their numbers, and typed answers do nothing.', () => {
  const source = xml(
    `${response('string', right('Nile'))}${response('identifier', right('a'), 'S')}`,
    `<responseProcessing><responseCondition><responseIf><match><variable identifier="R"/><correct identifier="R"/></match><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>`,
  )
  const two = bodyOf(source, [
    part({ kind: 'text' }),
    part({ id: id(2), response: 'S', options: options('k', 'a', 'b') }),
  ])
  const found = graded(two, { [id(1)]: ['<img src=x>'], [id(2)]: ['k2'] })
  assert.equal(found.given, '[1] &#60;img src=x&#62;<br />[2] <b>b</b>')
  assert.equal(graded(two, { [id(1)]: ['Nile'] }).awarded, 4)
})

test('What it says after grading is what its rules choose.', () => {
  const source = xml(
    `${response('identifier', right('a'))}<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>`,
    `<responseProcessing><setOutcomeValue identifier="FEEDBACK"><variable identifier="R"/></setOutcomeValue></responseProcessing><modalFeedback identifier="b" outcomeIdentifier="FEEDBACK" showHide="show">No</modalFeedback>`,
  )
  const body = bodyOf(source, [part({ options: options('k', 'a', 'b') })], {
    feedback: [{ name: 'b', content: 'Not that one' }],
  })
  const said = (given: string) => item.marks('q', body, { [id(1)]: [given] })[0]?.feedback
  assert.deepEqual([said('k2'), said('k1')], ['Not that one', null])
})

test('Rules that cannot run, take too long or ask for other parts are refused.', () => {
  const fault = (source: string, parts: Part[] = [part()]) => item.fault(bodyOf(source, parts), '', false)
  const declared = response('identifier', right('a'))
  assert.equal(fault(xml(declared, template('match_correct'))), null)
  assert.equal(fault('<assessmentItem'), 'item_cannot_run')
  assert.equal(fault('<!DOCTYPE a [<!ENTITY b "c">]><assessmentItem/>'), 'item_cannot_run')
  assert.equal(fault('<html/>'), 'item_cannot_run')
  assert.equal(
    fault(xml(declared, '<responseProcessing template="http://x.example/own"/>')),
    'item_cannot_run',
  )
  const asks =
    '<responseProcessing><setOutcomeValue identifier="SCORE"><customOperator/></setOutcomeValue></responseProcessing>'
  assert.equal(fault(xml(declared, asks)), 'item_cannot_run')
  const long =
    '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
  assert.equal(
    fault(xml(declared, `<responseProcessing>${long.repeat(300)}</responseProcessing>`)),
    null,
    'as long as real ones are',
  )
  const repeated = `<setOutcomeValue identifier="SCORE"><sum><repeat numberRepeats="9000"><baseValue baseType="float">1</baseValue></repeat></sum></setOutcomeValue>`
  assert.equal(
    fault(xml(declared, `<responseProcessing>${repeated.repeat(40)}</responseProcessing>`)),
    'item_cannot_run',
  )
  const good = xml(declared, template('match_correct'))
  assert.equal(fault(good, []), 'item_parts_do_not_match')
  assert.equal(fault(good, [part({ response: 'OTHER' })]), 'item_parts_do_not_match')
  assert.equal(fault(good, [part(), part({ id: id(2) })]), 'item_parts_do_not_match')
  assert.equal(
    fault(good, [part({ options: [...options('k', 'a'), ...options('k', 'b')] })]),
    'item_parts_do_not_match',
  )
})
