import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parameters } from '@azora/contracts/assessment/parameters.ts'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { limits } from '@azora/contracts/limits.ts'
import { firstVersion, questionOf } from '../../quizzes/written-question.ts'
import {
  correctAnswerOf,
  drawnQuestion,
  gradeQuestion,
  openedQuestion,
  toldAnswer,
} from '../asked-question.ts'
import { checkDrawn } from './check-parameters.ts'
import { drawValues, valuesOf } from './draw-values.ts'
import { numberText, roundedText } from './number-text.ts'

const number = (name: string, from: number, to: number, more: object = {}) => ({
  name,
  kind: 'number',
  from,
  to,
  ...more,
})
const computed = (name: string, expression: string, rounding: object | null = null) => ({
  name,
  kind: 'computed',
  expression,
  rounding,
})
const read = (items: object[], conditions: string[] = []) => parameters.parse({ items, conditions })

const values = (items: object[], seed: number, conditions: string[] = []) =>
  valuesOf(drawValues(read(items, conditions), seed))
    .map(({ name, value }) => `${name}=${value}`)
    .join(' ')

/** A question that asks for a number. */
const sum = (parts: {
  items: object[]
  conditions?: string[]
  content?: string
  value?: string
  tolerance?: string
}) =>
  firstVersion(
    questionOf(
      questionInput.parse({
        type: 'numeric',
        content: parts.content ?? '<p>{{a}} + {{b}}?</p>',
        body: { answers: [{ value: parts.value ?? '{{=a+b}}', tolerance: parts.tolerance ?? '0' }] },
        parameters: { items: parts.items, conditions: parts.conditions ?? [] },
      }),
    ),
  )
const two = [number('a', 2, 9), number('b', 2, 9)]

/** The accepted answers of a body, whatever its type. */
const answersIn = (body: unknown) => (body as { answers: { text?: string; expression?: string }[] }).answers

const reasonOf = (question: Parameters<typeof checkDrawn>[0]) => {
  const found = checkDrawn(question, false)
  return 'reason' in found ? found.reason : null
}

test('What was drawn for a seed is drawn for it for good.', () => {
  // Change none of these: attempts keep their seed alone.
  const price = [
    number('a', 2, 9, { except: [5] }),
    number('p', 0.5, 3, { step: 0.25 }),
    { name: 'w', kind: 'list', values: ['apples', 'pears', '12'] },
    computed('s', 'a*p', { kind: 'decimals', digits: 2 }),
  ]
  assert.deepEqual(
    [1, 2, 3, 4_294_967_295].map(seed => values(price, seed)),
    [
      'a=7 p=0.5 w=pears s=3.50',
      'a=8 p=1.25 w=apples s=10.00',
      'a=8 p=0.5 w=pears s=4.00',
      'a=9 p=1 w=12 s=9.00',
    ],
  )
  assert.deepEqual(
    [1, 2, 3].map(seed => values([number('a', -5, 5), number('b', -5, 5)], seed, ['a < b', 'b != 0'])),
    ['a=0 b=5', 'a=-1 b=4', 'a=-3 b=1'],
  )
  assert.equal(read(price).algorithm, 1)
})

test('All values come up, those left out never, and each in steps that are exact.', () => {
  const drawn = Array.from({ length: 400 }, (_, seed) =>
    values([number('x', 0.1, 0.5, { step: 0.1, except: [0.3] })], seed),
  )
  assert.deepEqual([...new Set(drawn)].sort(), ['x=0.1', 'x=0.2', 'x=0.4', 'x=0.5'])
})

test('Values are drawn until the conditions hold.', () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const drawn = drawValues(read(two, ['a != b', '1 < a < b']), seed)
    const [a, b] = [drawn.get('a')?.number ?? 0, drawn.get('b')?.number ?? 0]
    assert.ok(a < b, `${a} ${b}`)
  }
})

test('What binary arithmetic adds is not shown, and halves are rounded as at school.', () => {
  assert.equal(numberText(0.1 + 0.2), '0.3')
  assert.equal(numberText(-0), '0')
  assert.equal(numberText(1e21), '1e21')
  assert.equal(numberText(1.6e-19), '1.6e-19')
  assert.equal(roundedText(1.005, { kind: 'decimals', digits: 2 }), '1.01')
  assert.equal(roundedText(-2.5, { kind: 'decimals', digits: 0 }), '-3')
  assert.equal(roundedText(2.5, { kind: 'decimals', digits: 2 }), '2.50')
  assert.equal(roundedText(2.5, { kind: 'significant_figures', digits: 3 }), '2.50')
  assert.equal(roundedText(1234, { kind: 'significant_figures', digits: 2 }), '1200')
  assert.equal(roundedText(0.000123456, { kind: 'significant_figures', digits: 3 }), '0.000123')
  assert.equal(values([computed('s', '0.1+0.2')], 1), 's=0.3')
})

test('Whole numbers keep all their figures, and no figures are at least one.', () => {
  assert.equal(numberText(9_999_991 * 9_999_999), '99999900000009')
  assert.equal(numberText(1234567890123456), '1.234567890123456e15')
  assert.equal(roundedText(99_999_900_000_009, { kind: 'decimals', digits: 0 }), '99999900000009')
  assert.equal(values([computed('s', '9999991*9999999')], 1), 's=99999900000009')
  assert.equal(roundedText(0.00026, { kind: 'significant_figures', digits: 0 }), '0.0003')
})

test('A question is asked and marked by its values, and its key is no part of what is shown.', () => {
  const question = sum({ items: two, content: '<p title="{{a}}">{{a}} + {{ b }}, not \\{{a}}?</p>' })
  const drawn = drawnQuestion(question, 7)
  const [a, b] = (drawn.values ?? []).map(({ value }) => Number(value))
  const right = String((a ?? 0) + (b ?? 0))
  assert.equal(drawn.content, `<p title="{{a}}">${a} + ${b}, not {{a}}?</p>`)
  assert.deepEqual(correctAnswerOf(drawn), [right])
  assert.equal(gradeQuestion(drawn, { [question.id]: [right] }).awarded, 1)
  assert.equal(gradeQuestion(drawn, { [question.id]: [`${right}0`] }).awarded, 0)
  assert.deepEqual(Object.keys(openedQuestion(drawn, [], parts => parts)).sort(), [
    'body',
    'content',
    'id',
    'options',
    'points',
    'type',
  ])
  assert.equal(drawnQuestion(drawn, 8), drawn, 'what was drawn once is not drawn again')
  assert.notDeepEqual(drawnQuestion(question, 8).values, drawn.values)
  assert.deepEqual(toldAnswer(question, question.id, ['7']), { part: null, answer: '7', right: null })
})

test('A word or number stands in HTML as text, and leads nowhere from an address.', () => {
  const question = firstVersion(
    questionOf(
      questionInput.parse({
        type: 'short_text',
        content:
          '<p><a href="{{w}}">{{w}}</a> <img src="x.png" alt="{{w}} {{=n*10^-9}}"> {{=n*10^-9}} {{=-n}}</p>',
        hints: [{ content: '<p>Below {{=n+1}}</p>', costPercent: 10 }],
        body: { answers: [{ text: '{{n}}.{{w}}' }, { text: '{{n}}', match: 'pattern' }] },
        parameters: {
          items: [
            { name: 'w', kind: 'list', values: ['"><b>x'] },
            { name: 'n', kind: 'list', values: ['-1.5'] },
          ],
        },
      }),
    ),
  )
  const { content, body, hints } = drawnQuestion(question, 1)
  assert.deepEqual(hints, [{ content: '<p>Below −0.5</p>', costPercent: 10 }])
  assert.equal(
    content,
    '<p><a href="{{w}}">&#34;&#62;&#60;b&#62;x</a> <img src="x.png" alt="&#34;&#62;&#60;b&#62;x −1.5 × 10^−9"> −1.5 × 10<sup>−9</sup> 1.5</p>',
  )
  assert.deepEqual(
    answersIn(body).map(({ text }) => text),
    ['-1.5."><b>x', '\\-1\\.5'],
  )
})

test('A formula has its numbers in brackets where they would be read otherwise.', () => {
  const drawnBody = (expression: string) =>
    drawnQuestion(
      firstVersion(
        questionOf(
          questionInput.parse({
            type: 'formula',
            content: '<p>{{a}}</p>',
            body: { answers: [{ expression }], variables: [{ name: 'x' }] },
            parameters: {
              items: [
                { name: 'a', kind: 'list', values: ['-2'] },
                { name: 'b', kind: 'list', values: ['3'] },
              ],
            },
          }),
        ),
      ),
      1,
    ).body
  const formula = (expression: string) => answersIn(drawnBody(expression))[0]?.expression
  assert.equal(formula('{{a}}x^{{b}}'), '(-2)x^3')
  assert.equal(formula('{{b}}{{b}}x + 2{{b}}'), '(3)(3)x + 2(3)')
})

test('An author is told what no draw can be asked with.', () => {
  assert.equal(reasonOf(sum({ items: two })), null)
  const cases: [string, Parameters<typeof sum>[0]][] = [
    ['parameter_named_twice', { items: [...two, number('a', 1, 2)] }],
    ['parameter_named_twice', { items: [...two, number('pi', 1, 2)] }],
    ['parameter_unreadable', { items: [...two, computed('c', 'a+')] }],
    ['parameter_unknown', { items: [...two, computed('c', 'a+q')] }],
    // Later ones, and itself, are not there yet.
    ['parameter_unknown', { items: [...two, computed('c', 'd'), computed('d', 'c')] }],
    ['parameter_unknown', { items: [...two, computed('c', 'c+1')] }],
    ['parameter_empty', { items: [number('a', 5, 2), number('b', 1, 2)] }],
    ['parameter_empty', { items: [number('a', 2, 2, { except: [2] }), number('b', 1, 2)] }],
    ['parameter_empty', { items: [number('a', 0, 1e9), number('b', 1, 2)] }],
    ['condition_unreadable', { items: two, conditions: ['a + b'] }],
    ['condition_unreadable', { items: two, conditions: ['a != '] }],
    ['parameter_unknown', { items: two, conditions: ['a != z'] }],
    ['conditions_not_met', { items: two, conditions: ['a > b + 20'] }],
    ['conditions_not_met', { items: [number('a', 1, 9999), number('b', 1, 9)], conditions: ['a = 5000'] }],
    ['value_unknown', { items: two, content: '<p>{{z}}</p>' }],
    ['value_unknown', { items: two, value: '{{=a+z}}' }],
    ['value_unreadable', { items: two, content: '<p>{{=a+}}</p>' }],
    ['value_unreadable', { items: two, content: '<p>{{a</p>' }],
    ['value_not_a_number', { items: [number('a', 1, 5), number('b', 0, 3)], value: '{{=a/b}}' }],
    ['value_not_a_number', { items: [...two, computed('c', 'sqrt(a-b)')] }],
    ['value_not_a_number', { items: two, value: '{{=9^9^9^9}}' }],
    ['key_not_a_number', { items: [...two, { name: 'w', kind: 'list', values: ['x'] }], value: '{{w}}' }],
    ['number_not_read', { items: two, tolerance: '{{=a-b}}' }],
  ]
  for (const [reason, parts] of cases) assert.equal(reasonOf(sum(parts)), reason, JSON.stringify(parts))
  assert.equal(
    reasonOf(
      sum({ items: [number('a', 1, 5), number('b', 0, 3)], value: '{{=a/b}}', conditions: ['b != 0'] }),
    ),
    null,
  )
})

test('Few draws are looked at all, of many some.', () => {
  assert.deepEqual(checkDrawn(sum({ items: two }), false), { count: 64, whole: true })
  assert.deepEqual(checkDrawn(sum({ items: [number('a', 1, 900), number('b', 1, 900)] }), false), {
    count: 404,
    whole: false,
  })
  const many = [number('a', 1, 900), number('b', 1, 900)]
  assert.equal(reasonOf(sum({ items: many, value: '{{=1/(a-b)}}' })), 'value_not_a_number')
  const around = [number('a', -500, 900), number('b', 1, 9)]
  assert.equal(reasonOf(sum({ items: around, value: '{{=b/a}}' })), 'value_not_a_number')
})

test('Options that fall together for a single draw are found.', () => {
  const choice = (conditions: string[]) =>
    firstVersion(
      questionOf(
        questionInput.parse({
          type: 'single_choice',
          content: '<p>{{a}} · {{b}}?</p>',
          options: [{ content: '{{=a*b}}', correct: true }, { content: '{{=a+b}}' }, { content: '{{=a-b}}' }],
          parameters: { items: two, conditions },
        }),
      ),
    )
  assert.deepEqual(checkDrawn(choice([]), false), {
    reason: 'answers_fall_together',
    values: { draw: 'a = 2, b = 2' },
  })
  assert.equal(reasonOf(choice(['a*b != a+b'])), null)
  const drawn = drawnQuestion(choice(['a*b != a+b']), 5)
  const [a = 0, b = 0] = (drawn.values ?? []).map(({ value }) => Number(value))
  assert.equal(drawn.options[0]?.content, String(a * b))
})

test('Hostile expressions are refused in a moment, and names of objects are no values.', () => {
  const began = process.cpuUsage().user
  const hostile = [
    `${'('.repeat(99)}a${')'.repeat(99)}`,
    `${'-'.repeat(limits.expressionLength - 1)}a`,
    `${'9^'.repeat(99)}9`,
    'constructor',
    '__proto__',
    'toString',
    'process.exit()',
  ]
  for (const expression of hostile)
    assert.notEqual(reasonOf(sum({ items: [...two, computed('c', expression)] })), null, expression)
  for (const name of ['constructor', '__proto__', '=process', '=a;b', '='])
    assert.notEqual(reasonOf(sum({ items: two, content: `<p>{{${name}}}</p>` })), null, name)
  assert.ok(process.cpuUsage().user - began < 5_000_000)
})
