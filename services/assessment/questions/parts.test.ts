import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clozeBody } from '@azora/contracts/assessment/question-types/cloze.ts'
import { matchingBody } from '@azora/contracts/assessment/question-types/matching.ts'
import { orderingBody } from '@azora/contracts/assessment/question-types/ordering.ts'
import { cloze } from './cloze/cloze.ts'
import { categories, matching } from './matching/matching.ts'
import { ordering } from './ordering/ordering.ts'

const things = (ids: string) => [...ids].map(id => ({ id, content: `<p>${id}</p>` }))
const same = <Part>(parts: Part[]) => parts
const rivers = matchingBody.parse({ items: things('ab'), choices: things('xyz'), pairs: { a: 'x', b: 'y' } })
const steps = orderingBody.parse({ items: things('abcd') })

test('Matching marks each item by the choice given for it.', () => {
  const marks = matching.marks('q', rivers, { q: ['a x', 'b z'] })
  assert.deepEqual(
    marks.map(({ part, given, expected, earned, reason }) => [part, given, expected, earned, reason]),
    [
      ['a', 'x', 'x', 1, 'right'],
      ['b', 'z', 'y', 0, 'wrong'],
    ],
  )
  assert.equal(matching.marks('q', rivers, {})[0]?.reason, 'unanswered')
  assert.deepEqual(matching.correct(rivers), ['a x', 'b y'])
})

test('Of an answer to matching, each item is kept once, with a choice that there is.', () => {
  assert.deepEqual(matching.admissible(rivers, 'q', ['a x', 'a z', 'b q', 'c x', 'b', 'a x y']), ['a z'])
})

test('Matching shows its choices shuffled, and no pairs.', () => {
  const open = matching.open(rivers, parts => parts.toReversed())
  assert.deepEqual(open.choices.map(({ id }) => id).join(''), 'zyx')
  assert.deepEqual(Object.keys(open), ['items', 'choices'])
})

test('Categories keep their order, and the items to sort are mixed.', () => {
  const open = categories.open(rivers, parts => parts.toReversed())
  assert.equal(open.choices.map(({ id }) => id).join(''), 'xyz')
  assert.equal(open.items.map(({ id }) => id).join(''), 'ba')
  assert.ok(!JSON.stringify(open).includes('pairs'))
})

test('Names that objects have of themselves are ids like others, and ids given twice are refused.', () => {
  const odd = {
    ...rivers,
    items: things('ab').map(({ content }, at) => ({ id: ['constructor', 'toString'][at] ?? '', content })),
    pairs: {},
  }
  assert.equal(matching.fault(odd, '', false), 'unmatched_item')
  assert.equal(matching.marks('q', odd, { q: ['constructor x'] })[0]?.expected, null)
  assert.equal(matching.fault({ ...rivers, choices: things('xxy') }, '', false), 'duplicate_part')
  assert.equal(ordering.fault({ ...steps, items: things('aab') }, '', false), 'duplicate_part')
})

test('An item without a choice, or without text, is refused or dropped.', () => {
  const empty = matching.prepared({ ...rivers, items: [...rivers.items, { id: 'c', content: '<p> </p>' }] })
  assert.equal(empty.items.length, 2)
  assert.equal(matching.fault({ ...rivers, pairs: { a: 'x' } }, '', false), 'unmatched_item')
  assert.equal(matching.fault({ ...rivers, pairs: {} }, '', true), null)
})

test('An order is marked by places or by neighbours.', () => {
  const earned = (body: typeof steps, given: string[]) =>
    ordering.marks('q', body, { q: given }).map(mark => mark.earned)
  assert.deepEqual(earned(steps, ['a', 'c', 'b', 'd']), [1, 0, 0, 1])
  const neighbours = { ...steps, partial: 'neighbours' as const }
  assert.deepEqual(earned(neighbours, ['d', 'a', 'b', 'c']), [1, 1, 0])
  assert.deepEqual(earned(neighbours, []), [0, 0, 0])
})

test('Half an order is none, and the order shown first is never the right one.', () => {
  assert.deepEqual(ordering.admissible(steps, 'q', ['a', 'b']), [])
  assert.deepEqual(ordering.admissible(steps, 'q', ['a', 'b', 'c', 'c']), [])
  assert.deepEqual(ordering.admissible(steps, 'q', ['d', 'c', 'b', 'a']), ['d', 'c', 'b', 'a'])
  assert.equal(
    ordering
      .open(steps, same)
      .items.map(({ id }) => id)
      .join(''),
    'dcba',
  )
})

const text = cloze.prepared(
  clozeBody.parse({
    gaps: [
      { kind: 'short_text', body: { answers: [{ text: 'Zambezi' }] } },
      {
        kind: 'numeric',
        weight: 2,
        body: { answers: [{ value: '2574', tolerance: '10' }], unit: { symbol: 'km' } },
      },
      {
        kind: 'inline_choice',
        body: {
          options: [
            { id: 'a', text: 'east', correct: true },
            { id: 'b', text: 'west', correct: false },
          ],
        },
      },
    ],
  }),
)
const [first, second, third] = text.gaps.map(({ id }) => id as string) as [string, string, string]

test('Each gap takes an answer of its own, and is marked as what it is.', () => {
  assert.deepEqual(cloze.responseIds('q', text), [first, second, third])
  const marks = cloze.marks('q', text, { [first]: ['zambezi'], [second]: ['2570 km'], [third]: ['b'] })
  assert.deepEqual(
    marks.map(({ earned, worth, reason }) => [earned, worth, reason]),
    [
      [1, 1, 'right'],
      [2, 2, 'within_tolerance'],
      [0, 1, 'wrong'],
    ],
  )
  assert.deepEqual(cloze.admissible(text, third, ['q']), [])
  assert.deepEqual(cloze.admissible(text, first, ['anything', 'more']), ['anything'])
})

test('The text names each gap once.', () => {
  const faultOf = (content: string) => cloze.fault(text, content, false)
  assert.equal(faultOf('<p>[[1]] is [[2]] long and flows [[3]].</p>'), null)
  assert.equal(faultOf('<img alt="[[1]]">[[2]] [[3]]'), 'gaps_do_not_match')
  for (const content of [
    '[[1]] [[2]]',
    '[[1]] [[2]] [[2]]',
    '[[1]] [[2]] [[3]] [[4]]',
    '[[1]] [[2]] [[3]] [[3]]',
  ])
    assert.equal(faultOf(content), 'gaps_do_not_match', content)
})

test('What is shown of gaps is the options, and not which is right.', () => {
  const shown = JSON.stringify(cloze.open(text, same))
  for (const key of ['Zambezi', '2574', 'correct', 'tolerance']) assert.ok(!shown.includes(key), key)
  assert.ok(shown.includes('west'))
})
