import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CartridgeQuiz, ImportReport } from './cartridge.ts'
import { type FixtureFiles, item, manifestXml, resource, withCartridge } from './cartridge-fixture.ts'

/** What exporters write into QTI beside the plain case. */

const equal = (id: string) => `<varequal respident="r">${id}</varequal>`
const rule = (condition: string, set: string) =>
  `<respcondition><conditionvar>${condition}</conditionvar>${set}</respcondition>`
const give = (points: string) => `<setvar action="Set" varname="SCORE">${points}</setvar>`
const text = (words: string) => `<material><mattext>${words}</mattext></material>`

type Parts = {
  id?: string
  rules?: string
  outcomes?: string
  choices?: string
  inside?: string
  beside?: string
}

function question({ id = 'q', rules, outcomes, choices, inside = '', beside = '' }: Parts = {}): string {
  const labels = ['a', 'b', 'c'].map(one => `<response_label ident="${one}">${text(one)}</response_label>`)
  return `<item ident="${id}" title="T-${id}"><presentation>${text(`Which, ${id}?`)}${inside}
    <response_lid ident="r" rcardinality="${choices ? 'Multiple' : 'Single'}"><render_choice ${choices ?? ''}>${labels.join('')}</render_choice></response_lid></presentation>
    <resprocessing>${outcomes ?? ''}${rules ?? rule(equal('b'), give('100'))}</resprocessing>${beside}</item>`
}

const quiz = (inside: string) =>
  `<assessment ident="a" title="Quiz"><section ident="s">${inside}</section></assessment>`
const whole = (inside: string) => `<questestinterop>${inside}</questestinterop>`

function withFile<T>(
  xml: string,
  use: (quizzes: CartridgeQuiz[], report: ImportReport, kept: string[]) => T,
  others: FixtureFiles = {},
  type = 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment',
): Promise<T> {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i', 'Quiz', '', 'quiz')),
      resources: resource('quiz', 'quiz.xml', type),
    }),
    'quiz.xml': xml,
    ...others,
  }
  return withCartridge(files, async ({ course, report, readFile }) => {
    const items = course.modules.flatMap(module => module.items)
    const made = course.files.filter(file => file.path.startsWith('made-on-import/'))
    const kept = await Promise.all(made.map(async file => (await readFile(file.id)).toString()))
    return use(
      items.flatMap(one => (one.kind === 'quiz' ? [one.quiz] : [])),
      report,
      kept,
    )
  })
}

const one = (
  parts: Parts,
  use: (question: CartridgeQuiz['questions'][number], report: ImportReport) => void,
) =>
  withFile(whole(quiz(question(parts))), ([found], report) =>
    use(found?.questions[0] ?? assert.fail(JSON.stringify(report.entries)), report),
  )

const right = (question: CartridgeQuiz['questions'][number]) =>
  question.options.flatMap(({ id, correct }) => (correct ? id : []))
const prompts = (found: CartridgeQuiz[]) =>
  found.map(({ questions }) => questions.map(({ content }) => content))
const reasons = (report: ImportReport, code: string) =>
  report.entries.flatMap(entry => (entry.code === code ? `${entry.outcome}: ${entry.reason}` : []))

test('Full marks may be named by the most that a variable may hold.', async () => {
  const rules = rule(equal('c'), '<setvar variablename="SCORE" action="Set">SCORE.max</setvar>')
  await one({ rules }, found => assert.deepEqual(right(found), ['c']))
})

test('Points that the rules declare count where the quiz states none, and a hundred means the whole.', async () => {
  const outcomes = (most: number) => `<outcomes><decvar varname="SCORE" maxvalue="${most}"/></outcomes>`
  await one({ outcomes: outcomes(5), rules: rule(equal('b'), give('5')) }, found =>
    assert.equal(found.points, 5),
  )
  await one({ outcomes: outcomes(100) }, found => assert.equal(found.points, 1))
})

test('A weight with a comma is a weight.', async () => {
  const metadata =
    '<itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>qmd_weighting</fieldlabel><fieldentry>2,5</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>'
  await one({ beside: metadata }, found => assert.equal(found.points, 2.5))
})

test('Where only some of the right options may be chosen together, there is no one right answer.', async () => {
  const each = (points: string) =>
    ['a', 'b', 'c'].map(id => rule(equal(id), give(points)).replace('Set', 'Add'))
  const rules = (points: string) =>
    each(points).join('').replaceAll('<respcondition>', '<respcondition continue="Yes">')
  await withFile(whole(quiz(question({ rules: rules('10'), choices: 'maxnumber="2"' }))), (_, report) =>
    assert.match(reasons(report, 'unsupported_question').join(), /several different answers/i),
  )
  await one({ rules: rules('10'), choices: 'maxnumber="3"' }, found =>
    assert.deepEqual(right(found), ['a', 'b', 'c']),
  )
})

test('The report says that partly right answers earn nothing here.', async () => {
  const partly = rule(equal('b'), give('100')) + rule(equal('a'), give('50'))
  await one({ rules: partly }, (found, report) => {
    assert.deepEqual(right(found), ['b'])
    assert.equal(reasons(report, 'partial_points').length, 1)
  })
  await one({}, (_, report) => assert.deepEqual(reasons(report, 'partial_points'), []))
})

test('Questions and groups that a quiz names in its file come in at their place, each once.', async () => {
  const inside =
    question({ id: 'q1' }) +
    '<itemref linkrefid="q3"/><sectionref linkrefid="s2"/><itemref linkrefid="q1"/><itemref linkrefid="gone"/>'
  const beside = `${question({ id: 'q3' })}<section ident="s2">${question({ id: 'q2' })}<sectionref linkrefid="s2"/></section>${question({ id: 'q4' })}`
  await withFile(whole(quiz(inside) + beside), (found, report) => {
    assert.deepEqual(prompts(found), [['Which, q1?', 'Which, q3?', 'Which, q2?'], ['Which, q4?']])
    assert.equal(reasons(report, 'named_twice').length, 2)
    assert.match(report.entries.find(({ code }) => code === 'reference')?.as ?? '', /“gone”/)
  })
})

test('A question of a bank that a quiz names is in both, with the points that the quiz gives it.', async () => {
  const bank = `<objectbank ident="b">${question({ id: 'q1' })}</objectbank>`
  const named = '<bankentry_item item_ref="q1"><points_possible>7</points_possible></bankentry_item>'
  await withFile(whole(bank + quiz(named)), found => {
    assert.deepEqual(
      found.map(({ bank, questions }) => [bank, questions.map(({ points }) => points)]),
      [
        [true, [1]],
        [false, [7]],
      ],
    )
  })
})

test('References that name each other do not grow beyond the file.', async () => {
  const sections = Array.from({ length: 60 }, (_, at) => {
    const next = `<sectionref linkrefid="s${at + 1}"/>`
    return `<section ident="s${at}">${question({ id: `q${at}` })}${next}${next}</section>`
  })
  await withFile(whole(quiz('<sectionref linkrefid="s0"/>') + sections.join('')), ([found]) =>
    assert.equal(found?.questions.length, 60),
  )
})

test('Texts that only teachers saw stay out, and are listed.', async () => {
  const rules = rule(equal('b'), `${give('100')}<displayfeedback linkrefid="f"/>`)
  const beside = `<itemfeedback ident="f" view="Tutor">${text('For tutors')}</itemfeedback>`
  const rubric = `<rubric view="Scorer">${text('For scorers')}</rubric>`
  await withFile(whole(quiz(rubric + question({ rules, beside }))), (found, report) => {
    assert.doesNotMatch(JSON.stringify(found), /For (?:tutors|scorers)/)
    assert.deepEqual(reasons(report, 'quiz_text'), [
      'lost: A text for teachers, “For scorers”, was left out.',
      'lost: A text for teachers, “For tutors”, was left out.',
    ])
  })
})

test('Texts beside a question and those that no answer brings up are listed.', async () => {
  const beside = `<objectives>${text('Know rivers')}</objectives><itemfeedback ident="x">${text('Unused')}</itemfeedback>`
  await one({ beside }, (_, report) => {
    assert.match(reasons(report, 'quiz_text').join(), /“Know rivers”.*“Unused”/s)
  })
})

test('Pictures written into a question, and texts and programs in files of their own, are in its text.', async () => {
  const png = 'iVBORw0KGgo='
  const inside = `<material><matimage imagtype="image/png" embedded="base64">${png}</matimage><mattext uri="more.txt"/><matapplication uri="sim.jar" label="Simulation"/></material>`
  await withFile(
    whole(quiz(question({ inside }))),
    ([found]) => {
      const { content } = found?.questions[0] ?? assert.fail('no question')
      assert.match(content, /<img src="azora-file:x/)
      assert.match(content, />more\.txt<\/a>.*>Simulation<\/a>/s)
    },
    { 'more.txt': 'More', 'sim.jar': 'jar' },
  )
})

test('A text that other questions share keeps its question as a file.', async () => {
  await withFile(
    whole(quiz(question({ inside: '<material><matref linkrefid="m"/></material>' }))),
    (_, report) => assert.match(reasons(report, 'unsupported_question').join(), /outside the question/),
  )
})

test('A time limit may be written as a duration.', async () => {
  const timed = quiz(question()).replace('<section', '<duration>PT1H30M</duration><section')
  await withFile(whole(timed), ([found]) => assert.equal(found?.timeLimitMinutes, 90))
})

const third = (body: string, rules: string, declared = '') =>
  `<qti-assessment-item identifier="i" title="Rivers"><qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>B</qti-value></qti-correct-response>${declared}</qti-response-declaration><qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
  <qti-item-body>${body}</qti-item-body>${rules}</qti-assessment-item>`
const choice =
  '<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>Which?</qti-prompt><qti-simple-choice identifier="A">One</qti-simple-choice><qti-simple-choice identifier="B">Two</qti-simple-choice></qti-choice-interaction>'
const template = (name: string) =>
  `<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/${name}"/>`

test('A question in QTI 3 is read as one in QTI 2, by template, by mapping and by rules.', async () => {
  const mapping = '<qti-mapping><qti-map-entry map-key="A" mapped-value="3"/></qti-mapping>'
  const rules =
    '<qti-response-processing><qti-response-condition><qti-response-if><qti-match><qti-variable identifier="RESPONSE"/><qti-base-value base-type="identifier">A</qti-base-value></qti-match><qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">2</qti-base-value></qti-set-outcome-value></qti-response-if></qti-response-condition></qti-response-processing>'
  const cases: [xml: string, right: string, points: number][] = [
    [third(choice, template('match_correct')), 'B', 1],
    [third(choice, template('map_response.xml'), mapping), 'A', 3],
    [third(choice, rules), 'A', 2],
  ]
  for (const [xml, expected, points] of cases) {
    await withFile(
      xml,
      ([found]) => {
        const read = found?.questions[0] ?? assert.fail('no question')
        assert.deepEqual([right(read), read.points], [[expected], points])
      },
      {},
      'imsqti_item_xmlv3p0',
    )
  }
})

test('A question in QTI 3 that cannot be asked is kept as it was written.', async () => {
  const essay = '<qti-extended-text-interaction response-identifier="RESPONSE"/>'
  await withFile(
    third(essay, ''),
    (_, report, [kept]) => {
      assert.equal(reasons(report, 'unsupported_question').length, 1)
      assert.match(kept ?? '', /<qti-assessment-item identifier="i".*<qti-extended-text-interaction/s)
    },
    {},
    'imsqti_item_xmlv3p0',
  )
})

test('Rules without a condition, a value or a response cost one question, never the course.', async () => {
  const hollow = [
    '<responseCondition><responseIf/></responseCondition>',
    '<setOutcomeValue/>',
    '<responseCondition/>',
  ]
  for (const inside of hollow) {
    const xml = `<assessmentItem identifier="i" title="R"><itemBody><choiceInteraction><simpleChoice identifier="A">1</simpleChoice><simpleChoice identifier="B">2</simpleChoice></choiceInteraction></itemBody><responseDeclaration identifier="RESPONSE" cardinality="single"/><responseProcessing>${inside}</responseProcessing></assessmentItem>`
    await withFile(
      xml,
      (_, report) => assert.equal(reasons(report, 'unsupported_question').length, 1),
      {},
      'imsqti_item_xmlv2p1',
    )
  }
})
