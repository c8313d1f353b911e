import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  type FixtureFiles,
  item,
  manifestXml,
  resource,
  zipOf,
} from '@azora/service-education/cartridges/cartridge-fixture.ts'
import { appoint, openAuthDatabase, type Person, systemUnderTest } from '../api.ts'
import { checkAnyImport, type ImportedCourse, importedCourse } from '../conformance/imported-course.ts'

/**
 * What an import stores is what the product itself accepts: every course, page and quiz that came in is saved again as
 * it is, through the API, and nothing is refused and nothing changes. The inputs are what other systems allow and this
 * one does not.
 */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let teacher: Person
let folder: string

before(async () => {
  teacher = await appoint(url, authDb, { role: 'instructor' })
  folder = await mkdtemp(join(tmpdir(), 'azora-saved-back-'))
})
after(async () => {
  await authDb.close()
  await rm(folder, { recursive: true, force: true })
})

const pageCourse = (html: string, title = 'Page', more: FixtureFiles = {}, general = ''): FixtureFiles => ({
  'imsmanifest.xml': manifestXml({
    items: item('m', title, item('i', title, '', 'r')),
    resources: resource('r', 'page.html'),
    general,
  }),
  'page.html': html,
  ...more,
})

const field = (label: string, entry: string) =>
  `<qtimetadatafield><fieldlabel>${label}</fieldlabel><fieldentry>${entry}</fieldentry></qtimetadatafield>`
const text = (words: string) => `<material><mattext texttype="text/html">${words}</mattext></material>`
type Asked = { words?: string; options?: string[]; points?: string; feedback?: string }

function asked({ words = 'Which?', options = ['A', 'B'], points = '1', feedback = '' }: Asked): string {
  const labels = options.map((words, at) => `<response_label ident="o${at}">${text(words)}</response_label>`)
  return `<item><itemmetadata><qtimetadata>${field('cc_profile', 'cc.multiple_choice.v0p1')}${field('points_possible', points)}</qtimetadata></itemmetadata><presentation>${text(words)}<response_lid ident="r"><render_choice>${labels.join('')}</render_choice></response_lid></presentation><resprocessing><respcondition><conditionvar><varequal respident="r">o1</varequal></conditionvar><setvar>100</setvar><displayfeedback linkrefid="f"/></respcondition></resprocessing><itemfeedback ident="f">${text(feedback)}</itemfeedback></item>`
}

const quizCourse = (questions: Asked[], fields = '', rubric = ''): FixtureFiles => ({
  'imsmanifest.xml': manifestXml({
    items: item('m', 'Unit', item('i', 'Quiz', '', 'q')),
    resources: resource('q', 'q.xml', 'imsqti_xmlv1p2/imscc_xmlv1p1/assessment'),
  }),
  'q.xml': `<questestinterop><assessment title="Quiz"><qtimetadata>${fields}</qtimetadata>${rubric}<section>${questions.map(asked).join('')}</section></assessment></questestinterop>`,
})

const linkCourse = (href: string): FixtureFiles => ({
  'imsmanifest.xml': manifestXml({
    items: item('m', 'Unit', item('i', 'Link', '', 'w')),
    resources: resource('w', 'w.xml', 'imswl_xmlv1p1'),
  }),
  'w.xml': `<webLink><title>Link</title><url href="${href}"/></webLink>`,
})

const longNames = Array.from({ length: 40 }, (_, at) => `${'ŵ'.repeat(90)}${at}.png`)
const pictures = (names: string[]) =>
  names.map(name => `<img src="${encodeURIComponent(name)}" alt="x">`).join('')
const described = (words: string) => `<lom:description><lom:string>${words}</lom:string></lom:description>`

const inputs: Record<string, FixtureFiles> = {
  'names that turn text round or cannot be seen': pageCourse('<p>x</p>', '\u202eelpmaS\u2066 &#x200b;\u2060 A\u0301'),
  'names of nothing that can be seen': pageCourse('<p>x</p>', '&#x200b;\u3164\u00ad'),
  'names of many characters': pageCourse('<p>x</p>', 'Long 👩‍👩‍👧 name '.repeat(60)),
  'a description of many paragraphs': pageCourse('<p>x</p>', 'P', {}, described('&lt;p&gt;Words of it&lt;/p&gt;'.repeat(40_000))),
  'a language of one letter and a keyword of many': pageCourse('<p>x</p>', 'P', {}, `<lom:language>x</lom:language><lom:keyword><lom:string>${'key '.repeat(40)}</lom:string></lom:keyword>`),
  'a page that is too long once its pictures have addresses': pageCourse(`<p>${'a'.repeat(770_000)}</p>${pictures(longNames)}`, 'P', Object.fromEntries(longNames.map(name => [name, 'x']))),
  'a page of broken markup': pageCourse('<p><b>x<i>y</b>z</i><table><tr><td>a<p>b<li>c<a href="https://a.example/ü?q=ß&amp;b">d<a href=e>f<svg/><math><mi>x</math>'),
  'an empty page': pageCourse('<html><body></body></html>'),
  'an address with a name and a password': linkCourse('https://me:secret@example.org/ä b?c=d#e'),
  'an address in another script': linkCourse('http://bücher.example:8080/x'),
  'an address that is none': linkCourse('see the board'),
  'a question of many answers': quizCourse([{ options: Array.from({ length: 101 }, (_, at) => `A${at}`) }, { options: Array.from({ length: 60 }, (_, at) => `A${at}`) }]),
  'answers that cannot be seen': quizCourse([{ options: ['', ' ', '&lt;p&gt;&lt;/p&gt;', '&amp;nbsp;', '\u200b'] }]),
  'answers of markup': quizCourse([{ options: ['&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b', '&lt;ul&gt;&lt;li&gt;x&lt;/ul&gt;', '&lt;br&gt;&lt;br&gt;c&lt;br&gt;'], feedback: '&lt;p&gt;Well&lt;/p&gt;&lt;p&gt;done' }]),
  'points of every kind': quizCourse(['0', '-1', '1e9', '0.1', '3,5', 'many', '1e400'].map(points => ({ points }))),
  'limits of every kind': quizCourse([{}], field('qmd_timelimit', '99999999999') + field('cc_maxattempts', '100000') + field('cc_passing_score', '33.333')),
  'a long introduction': quizCourse([{}], '', `<rubric>${text('&lt;p&gt;Read this.&lt;/p&gt;'.repeat(20_000))}</rubric>`),
  'more questions than a quiz may have': quizCourse(Array.from({ length: 501 }, () => ({}))),
  'questions of long texts': quizCourse(Array.from({ length: 6 }, () => ({ words: 'a'.repeat(190_000) }))),
} // biome-ignore format: one input a line

async function imported(files: FixtureFiles): Promise<ImportedCourse> {
  const file = join(folder, 'course.imscc')
  await writeFile(file, await zipOf(files))
  return importedCourse(url, teacher, file)
}

for (const [what, files] of Object.entries(inputs)) {
  test(`A course with ${what} comes in, and is saved again unchanged.`, async () => {
    const course = await imported(files)
    assert.equal(course.state.status, 'done', course.state.error?.message ?? '')
    assert.ok(course.lessons.length > 0 || course.attachments.length > 0)
    await checkAnyImport(teacher, course)
  })
}
