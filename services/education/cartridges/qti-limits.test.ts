import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOfOptions, questionInput } from '@azora/contracts/assessment/question.ts'
import { events } from '@azora/contracts/events.ts'
import fc from 'fast-check'
import { item, manifestXml, onePage, resource, withCartridge } from './cartridge-fixture.ts'

const field = (label: string, entry: string) =>
  `<qtimetadatafield><fieldlabel>${label}</fieldlabel><fieldentry>${entry}</fieldentry></qtimetadatafield>`

const question = fc.record({
  points: fc.oneof(fc.nat(20), fc.constantFrom('5000', '1e9', '1e300', '-3', 'many', '2.5')),
  prompt: fc.constantFrom('', 'Which?', '&lt;img src="x.png"&gt;'),
  options: fc.array(fc.constantFrom('', ' ', '&lt;p&gt;&lt;/p&gt;', 'Nile', '&lt;b&gt;Vaal&lt;/b&gt;'), {
    minLength: 2,
    maxLength: 130,
  }),
})

const number = fc.oneof(
  fc.nat(20_000).map(String),
  fc.constantFrom('99999999999', '3000', '500', '-1', '0', 'none', '1e400'),
)

test('Whatever an import takes of a quiz can be stored and saved again unchanged.', async () => {
  const quiz = fc.record({
    questions: fc.array(question, { maxLength: 4 }),
    minutes: number,
    attempts: number,
  })
  await fc.assert(
    fc.asyncProperty(quiz, async ({ questions, minutes, attempts }) => {
      const items = questions.map(
        (one, at) =>
          `<item ident="q${at}"><itemmetadata><qtimetadata>${field('cc_profile', 'cc.multiple_choice.v0p1')}${field('points_possible', String(one.points))}</qtimetadata></itemmetadata><presentation><material><mattext texttype="text/html">${one.prompt}</mattext></material><response_lid ident="r"><render_choice>${one.options.map((text, place) => `<response_label ident="o${place}"><material><mattext texttype="text/html">${text}</mattext></material></response_label>`).join('')}</render_choice></response_lid></presentation><resprocessing><respcondition><conditionvar><varequal respident="r">o1</varequal></conditionvar><setvar>100</setvar></respcondition></resprocessing></item>`,
      )
      const files = {
        'imsmanifest.xml': manifestXml({
          items: item('m', 'Unit', item('i', 'Quiz', '', 'quiz')),
          resources: resource('quiz', 'q.xml', 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment'),
        }),
        'q.xml': `<questestinterop><assessment title="Q"><qtimetadata>${field('qmd_timelimit', minutes)}${field('cc_maxattempts', attempts)}</qtimetadata><section>${items.join('')}</section></assessment></questestinterop>`,
      }
      await withCartridge(files, ({ course, report }) => {
        const [only] = course.modules[0]!.items
        const taken = only?.kind === 'quiz' ? only.quiz.questions : []
        assert.equal(taken.length + report.counts.unsupportedQuestions, questions.length)
        for (const one of taken) {
          questionInput.parse(one)
          if (one.type !== 'item') assert.equal(faultOfOptions(one, 'quiz'), null)
        }
        if (only?.kind !== 'quiz') return
        const settings = only.quiz
        events['quiz.imported'].shape.quiz.parse({
          ...settings,
          description: settings.description ?? '',
          passingScore: settings.passingScore ?? 60,
        })
      })
    }),
    { numRuns: 40 },
  )
})

test('A page beyond what can be saved is kept as a file; one of 600 kB stays a page.', async () => {
  const page = (bytes: number) => `<p>${'word '.repeat(bytes / 5)}</p>`
  await withCartridge(onePage(page(600_000)), ({ course }) =>
    assert.equal(course.modules[0]!.items[0]!.kind, 'page'),
  )
  await withCartridge(onePage(page(1_000_000)), ({ course, report }) => {
    assert.equal(course.modules[0]!.items[0]!.kind, 'file')
    assert.ok(report.entries.some(entry => entry.code === 'too_large' && entry.outcome === 'attached'))
  })
})
