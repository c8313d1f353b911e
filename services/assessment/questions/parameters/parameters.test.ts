import assert from 'node:assert/strict'
import { test } from 'node:test'
import { functionNames } from '@azora/contracts/assessment/formula/tree.ts'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { firstVersion, questionOf } from '../../quizzes/written-question.ts'
import {
  correctAnswerOf,
  drawnQuestion,
  gradeQuestion,
  openedQuestion,
  toldAnswer,
} from '../asked-question.ts'
import { drawValues } from './draw-values.ts'
import { numberText, roundedText } from './number-text.ts'
import { answersIn, computed, number, read, reasonOf, sum, two, values } from './values-fixture.ts'

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

test('A question that was filled for a seed is the same for good.', () => {
  const items = [
    number('a', -9, 9, { except: [0] }),
    number('b', 0.5, 3, { step: 0.25 }),
    { name: 'w', kind: 'list', values: ['apples', 'pears'] },
    computed('s', 'sqrt(abs(a))+ln(b)', { kind: 'significant_figures', digits: 4 }),
  ]
  const question = sum({
    items,
    content: '<p>{{b}} - {{=-a}}, {{w}}, {{=a^2/7}}, {{=2a sin(b)}}, {{s}}</p>',
    value: '{{=exp(a)-atan(b)}}',
    tolerance: '{{=b/100}}',
  })
  assert.deepEqual(
    [1, 3].map(seed => {
      const { content, body } = drawnQuestion(question, seed)
      const [answer] = answersIn(body)
      return [content, answer?.value, answer?.tolerance]
    }),
    [
      ['<p>0.5 - (−3), pears, 1.28571428571, 2.87655323163, 1.039</p>', '19.6218893142', '0.005'],
      ['<p>0.5 - (−4), apples, 2.28571428571, 3.83540430883, 1.307</p>', '54.1345024241', '0.005'],
    ],
  )
})

test('A function that is added later changes nothing that was drawn before.', async () => {
  const items = [number('a', 3, 3), number('b', 5, 5), computed('s', 'ab(2)')]
  assert.equal(values(items, 1), 'a=3 b=5 s=30')
  functionNames.push('ab' as (typeof functionNames)[0])
  try {
    assert.equal(values(items, 1), 'a=3 b=5 s=30')
    assert.equal(drawnQuestion(sum({ items, content: '{{=ab(2)}}' }), 1).content, '30')
  } finally {
    functionNames.pop()
  }
  assert.equal(values([number('sqrt', 4, 4)], 1), 'sqrt=4')
  assert.equal(await reasonOf(sum({ items: [...two, number('sqrt', 4, 4)] })), 'parameter_named_twice')
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
    const [a, b] = [drawn.numbers.get('a') ?? 0, drawn.numbers.get('b') ?? 0]
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

test('A key that was cut takes what it was cut from, and a whole one nothing else.', () => {
  const earned = (value: string, given: string) => {
    const question = drawnQuestion(sum({ items: [number('a', 1, 1), number('b', 3, 3)], value }), 1)
    return gradeQuestion(question, { [question.id]: [given] }).awarded
  }
  assert.equal(earned('{{=a/b}}', '1/3'), 1)
  assert.equal(earned('{{=a/b}}', '0.3333333333333333'), 1)
  assert.equal(earned('{{=a/b}}', '0.33333333333'), 0)
  // Of 0.1 + 0.2, and so not quite 3.
  assert.equal(earned('{{=(a/10 + 2*a/10)*10}}', '3'), 1)
  assert.equal(earned('{{=(a/10 + 2*a/10)*10}}', '3.00000000001'), 0)
})

test('A negative number is in brackets where it would be read as something else.', () => {
  const shown = (content: string) =>
    drawnQuestion(sum({ items: [number('a', 5, 5), number('b', -3, -3)], content }), 1).content
  const cases = [
    ['{{b}}<sup>2</sup>', '(−3)<sup>2</sup>'],
    ['<em>{{b}}</em><sup>2</sup>', '<em>(−3)</em><sup>2</sup>'],
    ['{{b}}^2, {{b}}²', '(−3)^2, (−3)²'],
    ['2{{b}}', '2(−3)'],
    ['2·{{b}}', '2·(−3)'],
    ['{{a}} - {{b}}', '5 - (−3)'],
    ['{{a}} +&nbsp;{{b}}', '5 +&nbsp;(−3)'],
    ['{{a}} − <b>{{b}}</b>', '5 − <b>(−3)</b>'],
    ['{{a}}{{b}}', '5(−3)'],
    ['x{{b}} x<sup>2</sup>{{b}} (x){{b}}', 'x(−3) x<sup>2</sup>(−3) (x)(−3)'],
    ['{{b}} - {{b}}', '−3 - (−3)'],
    ['{{b}} + {{a}}', '−3 + 5'],
    ['x = {{b}}, ({{b}}, {{b}}), is {{b}}.', 'x = −3, (−3, −3), is −3.'],
    ['2<sup>{{b}}</sup>', '2<sup>−3</sup>'],
    ['<p>2</p><p>{{b}}</p>', '<p>2</p><p>−3</p>'],
    ['答案是{{b}}', '答案是−3'],
    ['<img src="x.png" alt="2·{{b}}">', '<img src="x.png" alt="2·(−3)">'],
  ]
  for (const [content = '', expected] of cases) assert.equal(shown(content), expected)
})
