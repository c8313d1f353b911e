import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseXmlText } from '@azora/qti/parse-xml.ts'
import { readQuiz } from './qti.ts'
import { readQuestion2 } from './qti2-item.ts'

/** Items of QTI 2 that are no plain choices: what they ask here, and why some cannot be asked. */

const limits = { maxXmlDepth: 100, maxXmlElements: 10_000 }
const plain = (html: string) => html

const itemXml = (
  body: string,
  { base = 'identifier', cardinality = 'single', correct = 'a', more = '' } = {},
) =>
  `<assessmentItem identifier="i" title="T"><responseDeclaration identifier="RESPONSE" cardinality="${cardinality}" baseType="${base}"><correctResponse>${correct
    .split('|')
    .map(value => `<value>${value}</value>`)
    .join(
      '',
    )}</correctResponse></responseDeclaration><outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>${more}<itemBody>${body}</itemBody><responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>`

const read = (xml: string) => readQuestion2(parseXmlText(xml, limits), 2, plain)

function asked(xml: string) {
  const found = read(xml)
  assert.equal(found.kind, 'question', JSON.stringify(found))
  assert.ok(found.kind === 'question' && found.question.type === 'item')
  return found.question
}

const reason = (xml: string) => {
  const found = read(xml)
  return found.kind === 'unsupported' ? found.reason.code : found.kind
}

test('A typed answer stands where its text has it.', () => {
  const question = asked(
    itemXml('<p>The longest river is the <textEntryInteraction responseIdentifier="RESPONSE"/>.</p>', {
      base: 'string',
      correct: 'Nile',
    }),
  )
  assert.equal(question.content, '<p>The longest river is the [[1]].</p>')
  assert.equal(question.points, 2, 'what its rules give, times its weight in the test')
  assert.deepEqual(
    question.body.parts.map(({ kind, response }) => [kind, response]),
    [['text', 'RESPONSE']],
  )
})

test('An order, pairs and words in a text keep what the rules call them, under ids that tell nothing.', () => {
  const choices = (tag: string) =>
    ['RIGHT', 'WRONG'].map(name => `<${tag} identifier="${name}" matchMax="1">${name}!</${tag}>`).join('')
  const kinds = [
    [
      `<orderInteraction responseIdentifier="RESPONSE" shuffle="true">${choices('simpleChoice')}</orderInteraction>`,
      'ordered',
      'order',
      0,
    ],
    [
      `<matchInteraction responseIdentifier="RESPONSE"><simpleMatchSet>${choices('simpleAssociableChoice')}</simpleMatchSet><simpleMatchSet><simpleAssociableChoice identifier="T" matchMax="1">T</simpleAssociableChoice></simpleMatchSet></matchInteraction>`,
      'multiple',
      'pairs',
      1,
    ],
    [
      `<gapMatchInteraction responseIdentifier="RESPONSE">${choices('gapText')}<p>a <gap identifier="T"/> b</p></gapMatchInteraction>`,
      'multiple',
      'pairs',
      1,
    ],
    [
      `<hottextInteraction responseIdentifier="RESPONSE"><p>So ${choices('hottext')} it is</p></hottextInteraction>`,
      'multiple',
      'choice',
      0,
    ],
  ] as const
  for (const [body, cardinality, kind, targets] of kinds) {
    const pairs = kind === 'pairs'
    const { body: made } = asked(
      itemXml(body, {
        cardinality,
        base: pairs ? 'directedPair' : 'identifier',
        correct: pairs ? 'RIGHT T' : 'RIGHT',
      }),
    )
    const [part] = made.parts
    assert.equal(part?.kind, kind)
    assert.equal(part?.targets.length, targets)
    assert.deepEqual(
      part?.options.map(option => [option.name, option.content]),
      [
        ['RIGHT', 'RIGHT!'],
        ['WRONG', 'WRONG!'],
      ],
    )
    for (const option of part?.options ?? []) assert.match(option.id, /^[0-9a-f]{12}$/)
  }
})

test('Drawn values keep their names in the text, and what looks like a place of ours is none.', () => {
  const question = asked(
    itemXml(
      '<p>[[2]] <printedVariable identifier="N"/> <textEntryInteraction responseIdentifier="RESPONSE"/></p>',
      {
        base: 'integer',
        correct: '1',
        more: '<templateDeclaration identifier="N" cardinality="single" baseType="integer"/>',
      },
    ),
  )
  assert.equal(question.content, '<p>[ [2]] {{N}} [[1]]</p>')
})

test('What only graders see, and what rules show after an answer, is not in the text.', () => {
  const question = asked(
    itemXml(
      '<rubricBlock view="scorer">secret</rubricBlock><p>Say <textEntryInteraction responseIdentifier="RESPONSE"/><feedbackInline identifier="x" outcomeIdentifier="SCORE">well</feedbackInline></p>',
      { base: 'string', correct: 'x' },
    ),
  )
  assert.equal(question.content, '<p>Say [[1]]</p>')
})

test('Nothing that belongs to an answer is in the text round gaps and words.', () => {
  const told = '<feedbackInline identifier="x" outcomeIdentifier="SCORE">secret</feedbackInline>'
  const graders = '<rubricBlock view="scorer"><p>secret</p></rubricBlock>'
  const gaps = asked(
    itemXml(
      `<gapMatchInteraction responseIdentifier="RESPONSE"><prompt>Fill.</prompt><gapText identifier="a" matchMax="1">cup</gapText>${graders}<p>The <gap identifier="T"/>${told} is full.</p></gapMatchInteraction>`,
      { cardinality: 'multiple', base: 'directedPair', correct: 'a T' },
    ),
  )
  const words = asked(
    itemXml(
      `<hottextInteraction responseIdentifier="RESPONSE">${graders}<p>the <hottext identifier="a">cup${told}</hottext> is</p></hottextInteraction>`,
    ),
  )
  assert.match(gaps.body.parts[0]?.prompt ?? '', /^Fill\. <p>The ______ \(1\) is full\./)
  assert.match(words.body.parts[0]?.prompt ?? '', /the <strong>cup<\/strong> is/)
  for (const { body } of [gaps, words]) assert.doesNotMatch(JSON.stringify(body.parts), /secret/)
  const chosen = '<templateInline identifier="x" templateIdentifier="N">a</templateInline>'
  assert.equal(
    reason(
      itemXml(
        `<hottextInteraction responseIdentifier="RESPONSE"><p>${chosen}<hottext identifier="a">a</hottext></p></hottextInteraction>`,
      ),
    ),
    'question_made_anew',
  )
})

test('Things that are paired with each other are the same on both sides.', () => {
  const [part] = asked(
    itemXml(
      `<associateInteraction responseIdentifier="RESPONSE" maxAssociations="2">${['a', 'b'].map(name => `<simpleAssociableChoice identifier="${name}" matchMax="1">${name}</simpleAssociableChoice>`).join('')}</associateInteraction>`,
      { cardinality: 'multiple', base: 'pair', correct: 'a b' },
    ),
  ).body.parts
  assert.deepEqual(part?.targets, part?.options)
})

test('Rules that would stop at some answer are refused, whatever branch they stand in.', () => {
  const test = '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
  const after = (rule: string) =>
    itemXml('<textEntryInteraction responseIdentifier="RESPONSE"/>', {
      base: 'string',
      correct: 'x',
    }).replace(
      /<responseProcessing.*/,
      `<responseProcessing><responseCondition><responseIf>${test}<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf><responseElse>${rule}</responseElse></responseCondition></responseProcessing></assessmentItem>`,
    )
  const value = '<baseValue baseType="float">0</baseValue>'
  assert.equal(reason(after(`<setOutcomeValue identifier="SCORE">${value}</setOutcomeValue>`)), 'question')
  assert.equal(
    reason(after(`<setOutcomeValue identifier="OTHER">${value}</setOutcomeValue>`)),
    'question_undeclared',
  )
  assert.equal(reason(after('<vendorRule/>')), 'question_rule')
  assert.equal(
    reason(after('<setOutcomeValue identifier="SCORE"><vendorExpression/></setOutcomeValue>')),
    'question_rule',
  )
  assert.equal(
    reason(after('<setOutcomeValue identifier="SCORE"><constructor/></setOutcomeValue>')),
    'question_rule',
  )
})

test('An item is refused of which only some responses name what is right.', () => {
  const two = itemXml(
    '<textEntryInteraction responseIdentifier="RESPONSE"/><textEntryInteraction responseIdentifier="OTHER"/>',
    { base: 'string', correct: 'x' },
  ).replace(
    '<outcomeDeclaration',
    '<responseDeclaration identifier="OTHER" cardinality="single" baseType="string"/><outcomeDeclaration',
  )
  assert.equal(reason(two), 'question_no_points')
  const declared = two.replace(
    '<itemBody>',
    '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue><value>2</value></defaultValue></outcomeDeclaration><itemBody>',
  )
  assert.equal(reason(declared), 'question')
})

test('What cannot be asked or scored is named with the reason.', () => {
  const text = '<textEntryInteraction responseIdentifier="RESPONSE"/>'
  assert.equal(reason(itemXml('<uploadInteraction responseIdentifier="RESPONSE"/>')), 'question_kind')
  assert.equal(reason(itemXml(`<templateBlock>${text}</templateBlock>`)), 'question_made_anew')
  assert.equal(reason(itemXml(`${text}${text}`)), 'question_undeclared')
  const unmarked = itemXml('<extendedTextInteraction responseIdentifier="RESPONSE"/>')
    .replace(/<correctResponse>.*?<\/correctResponse>/, '')
    .replace(/<responseProcessing[^>]*\/>/, '')
  assert.equal(reason(unmarked), 'question_no_points')
  const turns = itemXml(text).replace('identifier="i"', 'identifier="i" adaptive="true"')
  assert.equal(reason(turns), 'question_turns')
  assert.equal(
    reason(itemXml(`<p>${text}</p>`, { more: `<x>${'y'.repeat(50_000)}</x>` })),
    'question_long_rules',
  )
})

test('Responses that no interaction asks for are typed, several of them on a line each.', () => {
  const single = asked(itemXml('<p>Say it.</p>', { base: 'string', correct: 'x' }))
  assert.equal(single.content, '<p>Say it.</p><p>[[1]]</p>')
  const [part] = asked(itemXml('', { cardinality: 'multiple', correct: 'a|b' })).body.parts
  assert.deepEqual([part?.kind, part?.several, part?.prompt], ['long_text', true, 'RESPONSE'])
})

test('Rules that would take long are refused, one item alone and many together.', () => {
  const repeat = (times: number) =>
    itemXml('<textEntryInteraction responseIdentifier="RESPONSE"/>', {
      base: 'string',
      correct: 'x',
    }).replace(
      /<responseProcessing.*/,
      `<responseProcessing>${'<setOutcomeValue identifier="SCORE"><sum><repeat numberRepeats="9"><baseValue baseType="float">1</baseValue></repeat></sum></setOutcomeValue>'.repeat(times)}</responseProcessing></assessmentItem>`,
    )
  assert.equal(reason(repeat(1)), 'question')
  assert.equal(reason(repeat(40)), 'question_long_rules')
  const items = Array.from({ length: 100 }, () => parseXmlText(repeat(2), limits))
  const quiz = readQuiz({ name: 'assessmentTest', attributes: {}, children: items }, 'Many', {
    clean: plain,
    cleanAt: () => plain,
    keep: () => 'f',
    note: () => {},
    addressLength: () => 0,
    onFault: failure => assert.fail(String(failure)),
  })
  assert.ok(quiz.questions.length > 5 && quiz.questions.length < 40, String(quiz.questions.length))
  assert.equal(quiz.questions.length + quiz.unsupported.length, 100)
})
