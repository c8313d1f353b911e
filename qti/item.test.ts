import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openItem, type Responses } from './item.ts'
import { parseXmlText } from './parse-xml.ts'
import type { Value } from './value.ts'

const limits = { maxXmlDepth: 100, maxXmlElements: 10_000 }
const item = (inside: string) =>
  parseXmlText(`<assessmentItem identifier="i">${inside}</assessmentItem>`, limits)
const plain = (value: Value | undefined) =>
  value === null || value === undefined ? null : value.cardinality === 'single' ? value.items[0] : value.items

const responses = `
  <responseDeclaration identifier="ONE" cardinality="single" baseType="identifier">
    <correctResponse><value>B</value></correctResponse>
    <mapping defaultValue="-1" lowerBound="0" upperBound="3">
      <mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="b" mappedValue="2" caseSensitive="false"/>
    </mapping>
  </responseDeclaration>
  <responseDeclaration identifier="MANY" cardinality="multiple" baseType="identifier">
    <correctResponse><value>A</value><value>C</value></correctResponse>
    <mapping defaultValue="-1"><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="C" mappedValue="1"/></mapping>
  </responseDeclaration>
  <responseDeclaration identifier="ORDER" cardinality="ordered" baseType="identifier">
    <correctResponse><value>A</value><value>B</value><value>C</value></correctResponse>
  </responseDeclaration>
  <responseDeclaration identifier="NUMBER" cardinality="single" baseType="float"/>
  <responseDeclaration identifier="TEXT" cardinality="single" baseType="string"/>
  <responseDeclaration identifier="PAIR" cardinality="single" baseType="pair"/>
  <responseDeclaration identifier="ARROW" cardinality="single" baseType="directedPair"/>
  <responseDeclaration identifier="POINTS" cardinality="multiple" baseType="point">
    <areaMapping defaultValue="0"><areaMapEntry shape="circle" coords="10,10,5" mappedValue="2"/>
      <areaMapEntry shape="rect" coords="100,100,120,120" mappedValue="1"/></areaMapping>
  </responseDeclaration>
  <outcomeDeclaration identifier="OUT" cardinality="single"/>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>`

/** What an expression comes to. */
function valueOfExpression(expression: string, given: Responses = {}) {
  const rules = `<responseProcessing><setOutcomeValue identifier="OUT">${expression}</setOutcomeValue></responseProcessing>`
  return plain(
    openItem(item(responses + rules), 1)
      .score(given)
      .outcomes.get('OUT'),
  )
}
const integer = (value: number) => `<baseValue baseType="integer">${value}</baseValue>`
const float = (value: number) => `<baseValue baseType="float">${value}</baseValue>`
const string = (value: string) => `<baseValue baseType="string">${value}</baseValue>`
const truth = (value: boolean) => `<baseValue baseType="boolean">${value}</baseValue>`
const variable = (name: string) => `<variable identifier="${name}"/>`
const list = (...items: string[]) =>
  `<ordered>${items.map(one => `<baseValue baseType="identifier">${one}</baseValue>`).join('')}</ordered>`

describe('An expression of an item', () => {
  const cases: [expression: string, value: unknown, given?: Responses][] = [
    [`<sum>${integer(2)}${integer(3)}</sum>`, 5],
    [`<subtract>${integer(2)}<null/></subtract>`, null],
    [`<divide>${integer(1)}${integer(0)}</divide>`, null],
    [`<integerDivide>${integer(-7)}${integer(2)}</integerDivide>`, -4],
    [`<integerModulus>${integer(-7)}${integer(2)}</integerModulus>`, 1],
    [`<round>${float(-1.5)}</round>`, -1],
    [`<round>${float(2.5)}</round>`, 3],
    [`<truncate>${float(-1.5)}</truncate>`, -1],
    [`<gcd>${integer(12)}${integer(18)}</gcd>`, 6],
    [`<lcm>${integer(4)}${integer(6)}</lcm>`, 12],
    [`<mathOperator name="log">${float(1000)}</mathOperator>`, 3],
    [`<mathOperator name="unheard of">${float(1)}</mathOperator>`, null],
    [`<statsOperator name="popVariance"><multiple>${integer(1)}${integer(3)}</multiple></statsOperator>`, 1],
    [`<statsOperator name="mean"><multiple>${integer(1)}<null/></multiple></statsOperator>`, null],
    [`<roundTo roundingMode="decimalPlaces" figures="2">${float(1.005)}</roundTo>`, 1.01],
    [`<roundTo roundingMode="significantFigures" figures="2">${float(12_345)}</roundTo>`, 12_000],
    [
      `<equalRounded roundingMode="significantFigures" figures="3">${float(3.175)}${float(3.18)}</equalRounded>`,
      true,
    ],
    [
      `<equal toleranceMode="absolute" tolerance="0.5">${integer(10)}${variable('NUMBER')}</equal>`,
      true,
      { NUMBER: ['9.5'] },
    ],
    [
      `<equal toleranceMode="absolute" tolerance="0.5" includeLowerBound="false">${integer(10)}${variable('NUMBER')}</equal>`,
      false,
      { NUMBER: ['9.5'] },
    ],
    [
      `<equal toleranceMode="relative" tolerance="10 5">${integer(20)}${variable('NUMBER')}</equal>`,
      false,
      { NUMBER: ['21.5'] },
    ],
    [
      `<equal toleranceMode="relative" tolerance="10 5">${integer(-20)}${variable('NUMBER')}</equal>`,
      true,
      { NUMBER: ['-22'] },
    ],
    [`<equal>${integer(1)}${variable('NUMBER')}</equal>`, null, { NUMBER: ['one'] }],
    [`<lt>${integer(1)}${integer(1)}</lt>`, false],
    [`<gte>${integer(1)}<null/></gte>`, null],
    [
      `<durationLT><baseValue baseType="duration">PT59S</baseValue><baseValue baseType="duration">PT1M</baseValue></durationLT>`,
      true,
    ],
    [`<match>${variable('MANY')}<correct identifier="MANY"/></match>`, true, { MANY: ['C', 'A'] }],
    [`<match>${variable('MANY')}<correct identifier="MANY"/></match>`, false, { MANY: ['C', 'A', 'B'] }],
    [`<match>${variable('ORDER')}<correct identifier="ORDER"/></match>`, false, { ORDER: ['B', 'A', 'C'] }],
    [`<match>${variable('ONE')}<correct identifier="ONE"/></match>`, null],
    [
      `<match>${variable('PAIR')}<baseValue baseType="pair">A B</baseValue></match>`,
      true,
      { PAIR: ['B  A'] },
    ],
    [
      `<match>${variable('ARROW')}<baseValue baseType="directedPair">A B</baseValue></match>`,
      false,
      { ARROW: ['B A'] },
    ],
    [`<mapResponse identifier="ONE"/>`, 2, { ONE: ['B'] }],
    [`<mapResponse identifier="ONE"/>`, 0, { ONE: ['Z'] }],
    [`<mapResponse identifier="MANY"/>`, 1, { MANY: ['A', 'C', 'Z'] }],
    [`<mapResponsePoint identifier="POINTS"/>`, 3, { POINTS: ['10 10', '12 12', '120 120', '500 500'] }],
    [
      `<inside shape="poly" coords="0,0,10,0,0,10">${variable('POINTS')}</inside>`,
      true,
      { POINTS: ['9 9', '2 2'] },
    ],
    [`<inside shape="ellipse" coords="0,0,10,5">${variable('POINTS')}</inside>`, false, { POINTS: ['0 6'] }],
    [`<member>${variable('ONE')}${list('A', 'B')}</member>`, true, { ONE: ['B'] }],
    [`<contains>${list('A', 'B', 'C')}${list('B', 'C')}</contains>`, true],
    [`<contains>${list('A', 'B', 'C')}${list('A', 'C')}</contains>`, false],
    [`<index n="2">${list('A', 'B')}</index>`, 'B'],
    [`<index n="3">${list('A', 'B')}</index>`, null],
    [
      `<containerSize><delete>${variable('ONE')}${list('A', 'B', 'A')}</delete></containerSize>`,
      1,
      { ONE: ['A'] },
    ],
    [`<containerSize>${variable('MANY')}</containerSize>`, 0],
    [`<repeat numberRepeats="3">${integer(7)}</repeat>`, [7, 7, 7]],
    [
      `<stringMatch caseSensitive="false">${variable('TEXT')}${string('Nile')}</stringMatch>`,
      true,
      { TEXT: ['NILE'] },
    ],
    [
      `<substring caseSensitive="true">${string('il')}${variable('TEXT')}</substring>`,
      true,
      { TEXT: ['Nile'] },
    ],
    [`<patternMatch pattern="N[a-z]+">${variable('TEXT')}</patternMatch>`, true, { TEXT: ['Nile'] }],
    [`<patternMatch pattern="N[a-z]+">${variable('TEXT')}</patternMatch>`, false, { TEXT: ['the Nile'] }],
    [`<patternMatch pattern="(">${variable('TEXT')}</patternMatch>`, null, { TEXT: ['Nile'] }],
    [`<and>${truth(true)}<null/></and>`, null],
    [`<and>${truth(false)}<null/></and>`, false],
    [`<or>${truth(true)}<null/></or>`, true],
    [`<not><null/></not>`, null],
    [`<anyN min="2" max="3">${truth(true)}${truth(true)}<null/></anyN>`, true],
    [`<anyN min="2" max="2">${truth(true)}${truth(true)}<null/></anyN>`, null],
    [`<anyN min="2" max="3">${truth(true)}${truth(false)}${truth(false)}</anyN>`, false],
    [
      `<fieldValue fieldIdentifier="x"><record><fieldValue fieldIdentifier="x">${integer(4)}</fieldValue></record></fieldValue>`,
      4,
    ],
    [`<customOperator class="somebody.else"/>`, null],
  ]
  for (const [expression, value, given] of cases) {
    test(`${expression.replace(/\s+/g, ' ')} is ${JSON.stringify(value)}${given ? ` for ${JSON.stringify(given)}` : ''}.`, () => {
      assert.deepEqual(valueOfExpression(expression, given), value)
    })
  }

  test('that is unknown, belongs to a whole test, or names nothing declared is refused by its name.', () => {
    for (const [expression, code] of [
      ['<outcomeMinimum outcomeIdentifier="SCORE"/>', 'unknown_rule'],
      ['<variable identifier="ELSEWHERE"/>', 'undeclared'],
      ['<mapResponse identifier="ELSEWHERE"/>', 'undeclared'],
    ] as const)
      assert.throws(() => valueOfExpression(expression), { code })
  })

  test('that would grow without end is refused, and soon.', () => {
    const nested = (depth: number): string =>
      depth === 0 ? integer(1) : `<repeat numberRepeats="50">${nested(depth - 1)}</repeat>`
    assert.throws(() => valueOfExpression(nested(5)), { code: 'too_many_steps' })
    assert.throws(() => valueOfExpression(`<repeat numberRepeats="1000000000"><null/></repeat>`), {
      code: 'too_many_steps',
    })
  })
})

describe('The rules of an item', () => {
  const score = (rules: string, given: Responses = {}) =>
    openItem(item(responses + rules), 1).score(given).score

  test('of the standard templates score what they say; of others they are refused.', () => {
    const by = (name: string) =>
      `<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/${name}"/>`
    const declared = (inside: string, name = 'RESPONSE') =>
      `<responseDeclaration identifier="${name}" cardinality="single" baseType="identifier">${inside}</responseDeclaration>`
    const right = declared('<correctResponse><value>B</value></correctResponse>', 'ANSWER')
    const scored = (inside: string, name: string, given: Responses) =>
      openItem(item(inside + by(name)), 1).score(given).score
    assert.equal(scored(right, 'match_correct', { ANSWER: ['B'] }), 1)
    assert.equal(scored(right, 'match_correct', { ANSWER: ['A'] }), 0)
    assert.equal(scored(right, 'match_correct', {}), 0)
    const mapping = '<mapping><mapEntry mapKey="A" mappedValue="0.5"/></mapping>'
    assert.equal(scored(declared(mapping), 'map_response.xml', { RESPONSE: ['A'] }), 0.5)
    assert.throws(() => scored(right, 'of_a_vendor', {}), { code: 'unknown_template', detail: 'of_a_vendor' })
  })

  test('run the first branch that holds, end where they exit, and count numbers from zero.', () => {
    const add = (points: number) =>
      `<setOutcomeValue identifier="SCORE"><sum>${variable('SCORE')}${float(points)}</sum></setOutcomeValue>`
    const rules = `<responseProcessing>${add(1)}<responseCondition>
      <responseIf><isNull>${variable('ONE')}</isNull>${add(10)}</responseIf>
      <responseElseIf><match>${variable('ONE')}<correct identifier="ONE"/></match>${add(100)}<exitResponse/></responseElseIf>
      <responseElse>${add(1000)}</responseElse></responseCondition>${add(0.5)}</responseProcessing>
      <outcomeProcessing>${add(0.25)}</outcomeProcessing>`
    assert.equal(score(rules), 11.75)
    assert.equal(score(rules, { ONE: ['A'] }), 1001.75)
    assert.equal(score(rules, { ONE: ['B'] }), 101)
  })

  test('show the modal feedback that an outcome names, and hide what it hides.', () => {
    const feedback = `<responseProcessing><setOutcomeValue identifier="OUT">${string('good')}</setOutcomeValue></responseProcessing>
      <modalFeedback identifier="good" outcomeIdentifier="OUT"/><modalFeedback identifier="bad" outcomeIdentifier="OUT"/>
      <modalFeedback identifier="good" outcomeIdentifier="OUT" showHide="hide"/>
      <modalFeedback identifier="poor" outcomeIdentifier="OUT" showHide="hide"/>`
    assert.deepEqual(openItem(item(responses + feedback), 1).score({}).feedback, ['good', 'poor'])
  })

  test('look numbers up in steps and in lines.', () => {
    const table = (
      kind: string,
    ) => `<outcomeDeclaration identifier="GRADE" cardinality="single" baseType="identifier">${kind}</outcomeDeclaration>
      <responseProcessing><lookupOutcomeValue identifier="GRADE">${variable('NUMBER')}</lookupOutcomeValue></responseProcessing>`
    const steps = table(
      '<interpolationTable defaultValue="F"><interpolationTableEntry sourceValue="50" targetValue="C"/><interpolationTableEntry sourceValue="80" includeBoundary="false" targetValue="A"/></interpolationTable>',
    )
    const graded = (given: string) =>
      plain(
        openItem(item(responses + steps), 1)
          .score({ NUMBER: [given] })
          .outcomes.get('GRADE'),
      )
    assert.deepEqual(['49', '50', '80', '81'].map(graded), ['F', 'C', 'C', 'A'])
    const line = `<lookupTable>${variable('NUMBER')}<interpolationTable interpolationMethod="linear"><interpolationTableEntry sourceValue="0" targetValue="10"/><interpolationTableEntry sourceValue="10" targetValue="30"/></interpolationTable></lookupTable>`
    assert.deepEqual(
      ['-1', '2.5', '11'].map(given => valueOfExpression(line, { NUMBER: [given] })),
      [10, 15, 30],
    )
  })

  test('leave an item as it was: scoring it again gives the same.', () => {
    const sitting = openItem(
      item(
        `${responses}<responseProcessing><setOutcomeValue identifier="SCORE"><sum>${variable('SCORE')}${float(1)}</sum></setOutcomeValue></responseProcessing>`,
      ),
      1,
    )
    assert.deepEqual([sitting.score({}).score, sitting.score({}).score], [1, 1])
  })
})

describe('An item that is made anew for each learner', () => {
  const template = `
    <templateDeclaration identifier="A" cardinality="single" baseType="integer"/>
    <templateDeclaration identifier="B" cardinality="single" baseType="integer"/>
    <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="integer"/>
    <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
    <templateProcessing>
      <setTemplateValue identifier="A"><randomInteger min="1" max="6"/></setTemplateValue>
      <setTemplateValue identifier="B"><randomInteger min="1" max="6"/></setTemplateValue>
      <templateConstraint><lt>${variable('A')}${variable('B')}</lt></templateConstraint>
      <setCorrectResponse identifier="RESPONSE"><sum>${variable('A')}${variable('B')}</sum></setCorrectResponse>
    </templateProcessing>
    <responseProcessing template="match_correct"/>`
  const drawn = (seed: number) => {
    const { template: values, correct, score } = openItem(item(template), seed)
    const [a, b] = [Number(plain(values.get('A'))), Number(plain(values.get('B')))]
    return { a, b, sum: plain(correct.get('RESPONSE')), score }
  }

  test('has values that fulfil what it asks of them, the same for the same seed, and the key that follows from them.', () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= 200; seed++) {
      const { a, b, sum, score } = drawn(seed)
      assert.ok(a >= 1 && b <= 6 && a < b, `${a} < ${b}`)
      assert.equal(sum, a + b)
      assert.deepEqual([drawn(seed).a, drawn(seed).b], [a, b])
      assert.equal(score({ RESPONSE: [String(a + b)] }).score, 1)
      assert.equal(score({ RESPONSE: [String(a + b + 1)] }).score, 0)
      seen.add(`${a} ${b}`)
    }
    assert.equal(seen.size, 15, 'every pair there is')
  })

  test('keeps the declared values when no draw can fulfil it.', () => {
    const never = template
      .replace(/<lt>.*<\/lt>/, truth(false))
      .replace(
        'baseType="integer"/>',
        'baseType="integer"><defaultValue><value>4</value></defaultValue></templateDeclaration>',
      )
    assert.equal(plain(openItem(item(never), 1).template.get('A')), 4)
  })
})
