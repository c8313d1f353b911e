import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FixtureFiles, item, manifestXml, resource, withCartridge } from './cartridge-fixture.ts'

/** Links by the many names that exporters have for one thing: where the target is there, the link leads to it. */

const quiz = (type: string) =>
  `<questestinterop><assessment ident="a1" title="Check"><section ident="s"><item ident="q"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>${type}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
  <presentation><material><mattext>Two and two?</mattext></material><response_lid ident="r" rcardinality="Single"><render_choice><response_label ident="a"><material><mattext>Three</mattext></material></response_label><response_label ident="b"><material><mattext>Four</mattext></material></response_label></render_choice></response_lid></presentation>
  <resprocessing><outcomes><decvar varname="SCORE"/></outcomes><respcondition><conditionvar><varequal respident="r">b</varequal></conditionvar><setvar varname="SCORE">100</setvar></respcondition></resprocessing></item></section></assessment></questestinterop>`

const settings = 'associatedcontent/imscc_xmlv1p1/learning-application-resource'
const depends = (id: string) => `<dependency identifierref="${id}"/>`

function course(page: string, type = 'cc.multiple_choice.v0p1'): FixtureFiles {
  return {
    'imsmanifest.xml': manifestXml({
      items: item(
        'm1',
        'Unit',
        item('i1', 'Start', '', 'W') + item('i2', 'Check', '', 'Q1') + item('i3', 'Talk', '', 'T1') + item('i4', 'Water Cycle', '', 'P'),
      ),
      resources:
        resource('W', 'wiki_content/start.html') +
        resource('P', 'wiki_content/other.html') +
        resource('Q1', 'Q1/qti.xml', 'imsqti_xmlv1p2/imscc_xmlv1p1/assessment', depends('D1')) +
        resource('D1', 'Q1/assessment_meta.xml', settings) +
        resource('T1', 'T1.xml', 'imsdt_xmlv1p1', depends('T2')) +
        resource('T2', 'T2.xml', settings) +
        resource('S', 'course_settings/syllabus.html', settings) +
        resource('F', 'web_resources/Unit 1/a b.pdf') +
        resource('G', 'web_resources/façade.pdf'),
    }),
    'wiki_content/start.html': page,
    'wiki_content/other.html': '<p>Other</p>',
    'course_settings/syllabus.html': '<p>Our syllabus</p>',
    'Q1/qti.xml': quiz(type),
    'Q1/assessment_meta.xml': '<quiz identifier="Q1"><title>Check</title><assignment identifier="A77"/></quiz>',
    'T1.xml': '<topic><title>Talk</title><text>Hello</text></topic>',
    'T2.xml': '<topicMeta identifier="T2"><topic_id>T1</topic_id><assignment identifier="A88"/></topicMeta>',
    'web_resources/Unit 1/a b.pdf': '%PDF',
    'web_resources/façade.pdf': '%PDF',
  }
} // biome-ignore format: one part a line

const page = (url: string) => `<html><body><p><a href="${url}">text</a></p></body></html>`

const links: Record<string, RegExp> = {
  '$CANVAS_OBJECT_REFERENCE$/assignments/A77': /azora-item:i2/,
  '$CANVAS_OBJECT_REFERENCE$/quizzes/Q1?module_item_id=x': /azora-item:i2/,
  '%24CANVAS_OBJECT_REFERENCE%24/assignments/A88': /azora-item:i3/,
  '$CANVAS_OBJECT_REFERENCE$/discussion_topics/T2': /azora-item:i3/,
  '$CANVAS_COURSE_REFERENCE$/assignments/syllabus': /azora-item:S/,
  '$WIKI_REFERENCE$/pages/water-cycle': /azora-item:i4/,
  '$WIKI_REFERENCE$/wiki/Water%20Cycle#top': /azora-item:i4#lesson-top/,
  '..\\Q1\\qti.xml': /azora-item:i2/,
  '$IMS-CC-FILEBASE$\\Unit 1\\a b.pdf': /azora-file:/,
  '$IMS-CC-FILEBASE$/Unit%201/a%20b.pdf?canvas_download=1&canvas_qs_wrap=1': /azora-file:/,
  '$1EDTECH-CC-FILEBASE$/Unit%201/a%20b.pdf': /azora-file:/,
  '$IMS-CC-FILEBASE$/Unit%25201/a%2520b.pdf': /azora-file:/,
  '$IMS-CC-FILEBASE$/Unit+1/a+b.pdf': /azora-file:/,
  '../web_resources/UNIT 1/A B.PDF': /azora-file:/,
  '$CANVAS_COURSE_REFERENCE$/files/Unit%201/a%20b.pdf': /azora-file:/,
  '$CANVAS_COURSE_REFERENCE$/file_ref/F/download?wrap=1': /azora-file:/,
  '$CANVAS_COURSE_REFERENCE$/file_contents/course%20files/Unit%201/a%20b.pdf': /azora-file:/,
  '$IMS-CC-FILEBASE$Unit%201/a%20b.pdf': /azora-file:/,
  '$IMS-CC-FILEBASE$../web_resources/Unit%201/a%20b.pdf': /azora-file:/,
  '../web_resources/Unit%5C/../Unit%201/a&#10; b.pdf': /azora-file:/,
  '../web_resources/fa%E7ade.pdf': /azora-file:/,
  '$CANVAS_OBJECT_REFERENCE$/external_tools/retrieve?url=https%3A%2F%2Ftool.example.org%2Fx':
    /https:\/\/tool\.example\.org\/x/,
  'www.example.org/page': /https:\/\/www\.example\.org\/page/,
}
for (const [url, target] of Object.entries(links)) {
  test(`${url} leads to what is there`, async () => {
    await withCartridge(course(page(url)), ({ course: read, report }) => {
      const start = read.modules[0]!.items[0]!
      assert.match(
        start.kind === 'page' ? start.html : '',
        new RegExp(`href="${target.source}[^"]*">text</a>`),
      )
      assert.equal(report.tallies.references.lost, 0)
    })
  })
}

const dead: Record<string, RegExp> = {
  '$CANVAS_OBJECT_REFERENCE$/assignments/A99': /something that is not in the archive/,
  '$CANVAS_COURSE_REFERENCE$/modules': /a list that the original system made/,
  'skype:someone': /cannot be kept in a lesson/,
}
for (const [url, reason] of Object.entries(dead)) {
  test(`${url} leads nowhere: its text is kept, and the report says why`, async () => {
    await withCartridge(course(page(url)), ({ course: read, report }) => {
      const start = read.modules[0]!.items[0]!
      assert.equal(start.kind === 'page' && start.html, '<p><span>text</span></p>')
      const lost = report.entries.filter(entry => entry.outcome === 'lost')
      assert.equal(lost.length, 1)
      assert.match(lost[0]!.reason ?? '', reason)
    })
  })
}

test('a link to a quiz that cannot be taken is kept as text, and the quiz stays for its author', async () => {
  const files = course(page('$CANVAS_OBJECT_REFERENCE$/quizzes/Q1'), 'cc.essay.v0p1')
  await withCartridge(files, ({ course: read, report }) => {
    const [start, check] = read.modules[0]!.items
    assert.equal(start?.kind === 'page' && start.html, '<p><span>text</span></p>')
    assert.ok(report.entries.some(({ reason }) => /quiz that learners cannot take/.test(reason ?? '')))
    assert.deepEqual([check?.kind, check?.title, check?.hidden], ['page', 'Check', true])
    assert.match(check?.kind === 'page' ? check.html : '', /Two and two\?.*azora-file:/s)
  })
})
