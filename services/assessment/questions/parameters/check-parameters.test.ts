import assert from 'node:assert/strict'
import { test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { limits } from '@azora/contracts/limits.ts'
import { firstVersion, questionOf } from '../../quizzes/written-question.ts'
import { drawnQuestion, gradeQuestion } from '../asked-question.ts'
import { checkDrawn } from './check-parameters.ts'
import { computed, number, reasonOf, shortText, sum, two } from './values-fixture.ts'

test('An author is told what no draw can be asked with.', async () => {
  assert.equal(await reasonOf(sum({ items: two })), null)
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
    // It would be 2·e·3, and 6.
    ['parameter_unreadable', { items: [...two, computed('c', '2e3*a')] }],
    ['parameter_unreadable', { items: [...two, computed('c', '1.5 E-3')] }],
    ['value_unreadable', { items: two, value: '{{=2 3}}' }],
    ['condition_unreadable', { items: two, conditions: ['a < 1 000'] }],
    ['key_without_end', { items: [number('a', 1, 1), number('b', 3, 3)], value: '{{=a/b}}' }],
    ['key_without_end', { items: [...two, computed('c', 'sqrt(a)')], value: '{{c}}', tolerance: '{{=a-a}}' }],
    ['too_many_calculations', { items: two, content: '{{=a}}'.repeat(limits.calculationsOfQuestion) }],
    [
      'too_many_comparisons',
      { items: two, conditions: [`a${' <= a'.repeat(limits.comparisonsOfCondition + 1)}`] },
    ],
  ]
  for (const [reason, parts] of cases) assert.equal(await reasonOf(sum(parts)), reason, JSON.stringify(parts))
  assert.equal(
    await reasonOf(
      sum({
        items: [number('a', 1, 5), number('b', 0, 3)],
        value: '{{=a/b}}',
        tolerance: '0.01',
        conditions: ['b != 0'],
      }),
    ),
    null,
  )
})

test('Names that end in a digit, and keys that end, are read and taken as they are.', async () => {
  for (const parts of [
    { items: [...two, number('a1e2', 1, 2), computed('c', 'a1e2 3')] },
    { items: [...two, computed('c', '2e*a + 2*e')], value: '{{a}}' },
    { items: [number('a', 1, 9), number('b', 8, 8)], value: '{{=a/b}}' },
    { items: [number('a', 1, 9), number('b', 3, 3)], value: '{{=a/b}}', tolerance: '0.001' },
    { items: [...two, computed('c', 'a/7', { kind: 'decimals', digits: 12 })], value: '{{c}}' },
    { items: two, value: '{{=(a+9999990)*(b+99999990)}}' },
    { items: two, conditions: [`a${' <= a'.repeat(limits.comparisonsOfCondition)}`] },
  ])
    assert.equal(await reasonOf(sum(parts)), null, JSON.stringify(parts))
})

test('The source of a formula is passed over, and a value within it is refused.', async () => {
  const formula = (source: string) =>
    `<p>{{a}} <math><semantics><mi>x</mi><annotation encoding="application/x-tex">${source}</annotation></semantics></math> {{b}}</p>`
  const inside = (source: string) => sum({ items: two, content: formula(source) })
  for (const source of [String.raw`\frac{{x}}{2}`, '{{=x}}', '{{', 'a'])
    assert.equal(await reasonOf(inside(source)), null, source)
  const { content } = drawnQuestion(inside(String.raw`\frac{{a}}{2}`), 1)
  assert.match(content, /^<p>\d <math>.*\\frac\{\{a\}\}\{2\}<.*> \d<\/p>$/)
  for (const source of [String.raw`\frac{{a}}{2}`, '{{=a+b}}x'])
    assert.equal(await reasonOf(inside(source)), 'value_in_formula', source)
})

test('A star that was drawn does not stand for anything.', async () => {
  const signs = (...values: string[]) => [{ name: 's', kind: 'list', values }]
  const starred = shortText({ text: '2 {{s}} 3*', match: 'wildcard' }, signs('*'))
  assert.equal(await reasonOf(starred), 'key_with_star')
  const drawn = drawnQuestion(starred, 1)
  const earned = (given: string) => gradeQuestion(drawn, { [drawn.id]: [given] }).awarded
  assert.deepEqual(['2 * 3', '2 * 34', '2 + 3', '2 x * 3'].map(earned), [1, 1, 0, 0])
  assert.equal(await reasonOf(shortText({ text: '2 {{s}} 3*', match: 'wildcard' }, signs('+', '-'))), null)
  assert.equal(await reasonOf(shortText({ text: '2 {{s}} 3' }, signs('*'))), null)
})

test('Each value that is drawn comes in a question that is looked at as a whole.', async () => {
  const repeated = (values: number[]) =>
    shortText({ text: 'a{1,{{n}}}', match: 'pattern' }, [
      { name: 'n', kind: 'list', values: values.map(String) },
      number('m', 1, 10),
    ])
  const few = Array.from({ length: 60 }, (_, at) => at + 1)
  assert.deepEqual(await checkDrawn(repeated(few), false), { count: 600, whole: false })
  for (const at of [7, 31, 59]) assert.equal(await reasonOf(repeated(few.with(at, 200))), 'bad_pattern')
})

test('Few draws are looked at all, of many some.', async () => {
  assert.deepEqual(await checkDrawn(sum({ items: two }), false), { count: 64, whole: true })
  assert.deepEqual(await checkDrawn(sum({ items: [number('a', 1, 900), number('b', 1, 900)] }), false), {
    count: 404,
    whole: false,
  })
  const many = [number('a', 1, 900), number('b', 1, 900)]
  assert.equal(
    await reasonOf(sum({ items: many, value: '{{=1/(a-b)}}', tolerance: '0.01' })),
    'value_not_a_number',
  )
  const around = [number('a', -500, 900), number('b', 1, 9)]
  assert.equal(
    await reasonOf(sum({ items: around, value: '{{=b/a}}', tolerance: '0.01' })),
    'value_not_a_number',
  )
})

test('Options that fall together for a single draw are found.', async () => {
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
  assert.deepEqual(await checkDrawn(choice([]), false), {
    reason: 'answers_fall_together',
    values: { draw: 'a = 2, b = 2' },
  })
  assert.equal(await reasonOf(choice(['a*b != a+b'])), null)
  const drawn = drawnQuestion(choice(['a*b != a+b']), 5)
  const [a = 0, b = 0] = (drawn.values ?? []).map(({ value }) => Number(value))
  assert.equal(drawn.options[0]?.content, String(a * b))
})

test('Numbers that are equal are one answer, however they are written.', async () => {
  const choice = (...options: string[]) =>
    firstVersion(
      questionOf(
        questionInput.parse({
          type: 'single_choice',
          content: '<p>{{a}}</p>',
          options: options.map((content, at) => ({ content, correct: at === 0 })),
          parameters: { items: [number('a', 2, 2), computed('h', '1/a', { kind: 'decimals', digits: 2 })] },
        }),
      ),
    )
  for (const [one = '', other = ''] of [
    ['{{h}}', '{{=1/a}}'],
    ['-0.5', '{{=-h}}'],
    ['{{=a*10^-9}}', '0.000000002'],
  ])
    assert.equal(await reasonOf(choice(one, other)), 'answers_fall_together', one)
  assert.equal(await reasonOf(choice('{{h}} m', '{{=1/a}} m')), null)
  assert.equal(await reasonOf(choice('{{h}}', '{{=-1/a}}')), null)
})

test('Others have their turn while a question is checked, and its texts are read once.', async () => {
  const question = firstVersion(
    questionOf(
      questionInput.parse({
        type: 'single_choice',
        content: '<p>{{a}} {{b}}?</p>',
        options: [{ content: '{{=a*b}}', correct: true }, { content: '{{=-a}}' }],
        parameters: { items: [number('a', 1, 30), number('b', 1, 30)] },
      }),
    ),
  )
  const [option] = question.options
  let readCount = 0
  Object.defineProperty(option, 'content', {
    enumerable: true,
    get() {
      readCount += 1
      return '{{=a*b}}'
    },
  })
  let checking = true
  let turns = 0
  const count = () => {
    turns += 1
    if (checking) setImmediate(count)
  }
  setImmediate(count)
  assert.deepEqual(await checkDrawn(question, false), { count: 900, whole: true })
  checking = false
  assert.ok(turns >= 80, `${turns}`)
  assert.ok(readCount < 5, `${readCount}`)
})

test('Hostile expressions are refused in a moment, and names of objects are no values.', async () => {
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
    assert.notEqual(await reasonOf(sum({ items: [...two, computed('c', expression)] })), null, expression)
  for (const name of ['constructor', '__proto__', '=process', '=a;b', '='])
    assert.notEqual(await reasonOf(sum({ items: two, content: `<p>{{${name}}}</p>` })), null, name)
  assert.ok(process.cpuUsage().user - began < 5_000_000)
})
