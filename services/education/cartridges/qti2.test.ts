import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importReasons } from '@azora/contracts/education/import-reasons.ts'
import { englishOf } from '@azora/contracts/education/said.ts'
import fc from 'fast-check'
import { DEFAULT_CARTRIDGE_LIMITS } from './cartridge.ts'
import { item, manifestXml, resource, withCartridge } from './cartridge-fixture.ts'
import { readQuestion2 } from './qti2-item.ts'
import { parseXml } from './xml.ts'

type Parts = {
  cardinality?: string
  correct?: string[]
  mapping?: string
  rules?: string
  options?: string[]
}

const matchCorrect =
  '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
const mapResponse =
  '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response.xml"/>'

function itemXml({
  cardinality = 'single',
  correct = [],
  mapping = '',
  rules = matchCorrect,
  options,
}: Parts) {
  const ids = options ?? ['A', 'B', 'C']
  return `<assessmentItem identifier="i" title="Rivers"><responseDeclaration identifier="RESPONSE" cardinality="${cardinality}" baseType="identifier"><correctResponse>${correct.map(id => `<value>${id}</value>`).join('')}</correctResponse>${mapping}</responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>
  <itemBody><p>Look.</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="${cardinality === 'single' ? 1 : 0}"><prompt>Which?</prompt>${ids.map(id => `<simpleChoice identifier="${id}">Option ${id}</simpleChoice>`).join('')}</choiceInteraction></itemBody>${rules}
  <modalFeedback outcomeIdentifier="FEEDBACK" identifier="yes" showHide="show">Well done</modalFeedback></assessmentItem>`
}

const read = (xml: string) =>
  readQuestion2(parseXml(Buffer.from(xml), 'i.xml', DEFAULT_CARTRIDGE_LIMITS), 1, html => html)

function key(parts: Parts): string[] | string {
  const found = read(itemXml(parts))
  if (found.kind !== 'question')
    return found.kind === 'unsupported' ? englishOf(importReasons, found.reason) : found.kind
  return found.question.options.filter(option => option.correct).map(option => option.id)
}

test('The standard templates give the key of one and of several answers.', () => {
  assert.deepEqual(key({ correct: ['B'] }), ['B'])
  assert.deepEqual(key({ cardinality: 'multiple', correct: ['C', 'A'] }), ['A', 'C'])
})

test('A choice that is partly right for part of the points keeps its rules.', () => {
  const mapping =
    '<mapping lowerBound="0" defaultValue="-1"><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="C" mappedValue="1"/></mapping>'
  const found = read(itemXml({ cardinality: 'multiple', mapping, rules: mapResponse }))
  assert.ok(found.kind === 'question' && found.question.type === 'item')
  assert.equal(found.question.points, 2)
})

test('Rules written out decide, whatever is declared as correct, and show their feedback.', () => {
  const rules = `<responseProcessing><responseCondition><responseIf><match><variable identifier="RESPONSE"/><baseValue baseType="identifier">B</baseValue></match>
    <setOutcomeValue identifier="SCORE"><baseValue baseType="float">3</baseValue></setOutcomeValue><setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">yes</baseValue></setOutcomeValue></responseIf>
    <responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseElse></responseCondition></responseProcessing>`
  const found = read(itemXml({ correct: ['A'], rules }))
  assert.ok(found.kind === 'question')
  assert.equal(found.question.points, 3)
  assert.deepEqual(
    found.question.options.map(option => [option.correct, option.feedback]),
    [
      [false, null],
      [true, '<div>Well done</div>'],
      [false, null],
    ],
  )
  assert.match(found.question.content, /Look\..*Which\?/s)
})

test('Rules that cannot be tried keep the item as a file.', () => {
  const rules =
    '<responseProcessing><setOutcomeValue identifier="SCORE"><customOperator/></setOutcomeValue></responseProcessing>'
  assert.match(String(key({ correct: ['A'], rules })), /customOperator/)
  assert.match(
    String(key({ correct: ['A'], rules: '<responseProcessing template="x/own_rules"/>' })),
    /own_rules/,
  )
})

test('Whatever is declared correct is the key of an item that matches it.', () => {
  const ids = Array.from({ length: 24 }, (_, at) => `o${at}`)
  fc.assert(
    fc.property(fc.subarray(ids, { minLength: 1 }), correct => {
      assert.deepEqual(key({ cardinality: 'multiple', correct, options: ids }), correct)
    }),
    { numRuns: 40 },
  )
})

const reference = (href: string) => `<assessmentItemRef identifier="r-${href}" href="${href}"/>`

test('A test gathers its items from their files; what is missing is listed, and items of no test form a quiz.', async () => {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i', 'Exam', '', 'test')),
      resources:
        resource('test', 'test.xml', 'imsqti_test_xmlv2p1') +
        resource('one', 'items/one.xml', 'imsqti_item_xmlv2p1') +
        resource('two', 'items/two.xml', 'imsqti_item_xmlv2p1') +
        resource('three', 'items/three.xml', 'imsqti_item_xmlv2p1'),
    }),
    'test.xml': `<assessmentTest identifier="t" title="T"><timeLimits maxTime="600"/><testPart identifier="p"><assessmentSection identifier="s">${reference('items/one.xml')}${reference('items/none.xml')}</assessmentSection></testPart></assessmentTest>`,
    'items/one.xml': itemXml({ correct: ['A'] }),
    'items/two.xml': itemXml({ correct: ['B'] }),
    'items/three.xml': itemXml({ correct: ['C'] }).replaceAll('choiceInteraction', 'mediaInteraction'),
  }
  await withCartridge(files, ({ course, report }) => {
    const quizzes = course.modules
      .flatMap(module => module.items)
      .flatMap(one => (one.kind === 'quiz' ? [one.quiz] : []))
    assert.deepEqual(
      quizzes.map(quiz => [
        quiz.title,
        quiz.timeLimitMinutes,
        quiz.questions.length,
        quiz.unsupported.length,
      ]),
      [
        ['Exam', 10, 1, 0],
        ['Rivers', null, 1, 1],
      ],
    )
    assert.equal(report.entries.find(entry => entry.code === 'reference')?.outcome, 'lost')
    for (const path of ['test.xml', 'items/one.xml', 'items/two.xml', 'items/three.xml'])
      assert.ok(
        report.entries.some(entry => entry.path === path && entry.outcome === 'imported'),
        path,
      )
  })
})
