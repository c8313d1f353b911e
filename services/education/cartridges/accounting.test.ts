import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ImportReport, Tally } from './cartridge.ts'
import { type FixtureFiles, item, manifestXml, resource, withCartridge } from './cartridge-fixture.ts'
import type { OpenCartridge } from './read-cartridge.ts'

/**
 * Whatever a cartridge holds, the report accounts for all of it: cartridges are made of every kind of part, sound and
 * broken, and what went in is compared with what came out, was kept as a file, or is listed as not imported.
 */

type Reference = { html: (url: string) => string; url: string; there: boolean }
type Question = { name: string; kind: (typeof questionKinds)[number] }
type Part = {
  id: string
  type: string
  href: string
  content: string
  references: Reference[]
  questions: Question[]
}

const ways: ((url: string) => string)[] = [
  url => `<a href="${url}">x</a>`,
  url => `<img src="${url}" alt="x">`,
  url => `<img data-src="${url}" alt="x">`,
  url => `<img srcset="${url} 2x" alt="x">`,
  url => `<object data="${url}">x</object>`,
  url => `<embed src="${url}">`,
  url => `<iframe src="${url}"></iframe>`,
  url => `<map name="m"><area href="${url}" alt="x"></map>`,
  url => `<audio controls><source src="${url}"></audio>`,
  url => `<video><source src="f0.mp4"><track src="${url}"></video>`,
  url => `<div style="background: url('${url}')">x</div>`,
  url => `<link rel="stylesheet" href="${url}">`,
  url => `<script src="${url}"/>`,
  url => `<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}"/></svg>`,
  url => `<ul><li><table><tr><td background="${url}">x</td></tr></table></li></ul>`,
]

const files = ['f0.mp4', 'f1.png', 'f2.pdf', 'a folder/f3.png']
const reference: fc.Arbitrary<Reference> = fc
  .record({ way: fc.constantFrom(...ways), file: fc.nat(files.length), spelled: fc.nat(2) })
  .map(({ way, file, spelled }) => {
    const name = files[file]
    const url = name ?? 'gone.png'
    const spellings = [
      encodeURI(url),
      `$IMS-CC-FILEBASE$/../${encodeURI(url)}?v=1`,
      url.replaceAll('/', '\\'),
    ]
    return { html: way, url: spellings[spelled] ?? url, there: name !== undefined }
  })

const escaped = (html: string) => html.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
const kinds = ['page', 'topic', 'link', 'broken', 'file', 'unknown', 'quiz', 'quiz'] as const
/** Asked; named by the quiz and there, or not there; and three ways of not being askable. */
const questionKinds = ['choice', 'named', 'gone', 'essay', 'unclear', 'hollow'] as const

const words = (text: string) => `<material><mattext>${text}</mattext></material>`
const option = (id: string) => `<response_label ident="${id}">${words(id)}</response_label>`
const asked = (name: string, type: string, right: string[]) =>
  `<item ident="${name}" title="${name}"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>${type}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation>${words(`ask ${name}.`)}<response_lid ident="r"><render_choice>${option('a')}${option('b')}</render_choice></response_lid></presentation><resprocessing>${right.map(id => `<respcondition><conditionvar><varequal respident="r">${id}</varequal></conditionvar><setvar>1</setvar></respcondition>`).join('')}</resprocessing></item>`

function quizXml(questions: Question[]): string {
  const choice = 'cc.multiple_choice.v0p1'
  const xml = ({ name, kind }: Question) =>
    ({
      choice: asked(name, choice, ['a']),
      named: `<itemref linkrefid="${name}"/>`,
      gone: `<section><itemref linkrefid="${name}"/></section>`,
      essay: asked(name, 'cc.essay.v0p1', []),
      unclear: asked(name, choice, ['a', 'b']),
      hollow: `<item title="${name}"><presentation>${words(`ask ${name}.`)}</presentation></item>`,
    })[kind]
  const beside = questions.flatMap(({ name, kind }) => (kind === 'named' ? asked(name, choice, ['b']) : []))
  return `<questestinterop><assessment title="Quiz"><section>${questions.map(xml).join('')}</section></assessment>${beside.join('')}</questestinterop>`
}

const parts: fc.Arbitrary<Part[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      references: fc.array(reference, { maxLength: 6 }),
      questions: fc.array(fc.constantFrom(...questionKinds), { maxLength: 5 }),
    }),
    { maxLength: 8 },
  )
  .map(specs =>
    specs.map(({ kind, references, questions }, at): Part => {
      const mine = questions.map((kind, number) => ({ name: `q${at}x${number}`, kind }))
      const id = `r${at}`
      const body = `<p>marker-${at}</p>${references.map(({ html, url }) => html(url)).join('')}`
      const made: Record<(typeof kinds)[number], [type: string, href: string, content: string]> = {
        page: ['webcontent', `p${at}.html`, `<html><body>${body}</body></html>`],
        topic: ['imsdt_xmlv1p1', `t${at}.xml`, `<topic><title>T</title><text texttype="text/html">${escaped(body)}</text></topic>`],
        link: ['imswl_xmlv1p1', `l${at}.xml`, '<webLink><title>L</title><url href="www.example.org"/></webLink>'],
        broken: ['imsqti_xmlv1p2/imscc_xmlv1p1/assessment', `q${at}.xml`, '<questestinterop><assessment>'],
        file: ['webcontent', `d${at}.bin`, `data ${at}`],
        quiz: ['imsqti_xmlv1p2/imscc_xmlv1p1/assessment', `z${at}.xml`, quizXml(mine)],
        unknown: ['x-unheard-of', `u${at}.dat`, `other ${at}`],
      } // biome-ignore format: one kind a line
      const [type, href, content] = made[kind]
      return {
        ...{ id, type, href, content },
        references: /^(?:page|topic)$/.test(kind) ? references : [],
        questions: kind === 'quiz' ? mine : [],
      }
    }),
  )

const cartridge = fc.record({
  parts,
  /** Indices of parts that the outline names; those beyond the end name nothing that is there. */
  outline: fc.array(fc.nat(10), { maxLength: 10 }),
  folders: fc.boolean(),
  missingFile: fc.boolean(),
  loose: fc.boolean(),
})

type Model = { files: FixtureFiles; items: number; resources: number; parts: Part[] }

function build(spec: typeof cartridge extends fc.Arbitrary<infer T> ? T : never): Model {
  const leaves = spec.outline.map((index, at) => item(`i${at}`, `Item ${at}`, '', `r${index}`))
  const items = spec.folders ? [item('m', 'Unit', leaves.join('')), item('e', 'Empty', '')] : leaves
  const gone = spec.missingFile ? resource('gone', 'gone/nowhere.html') : ''
  const made: FixtureFiles = {
    'imsmanifest.xml': manifestXml({
      // Two items at the top, so that none of them is taken for the root.
      items: item('top', 'Top', '') + items.join(''),
      resources: spec.parts.map(part => resource(part.id, part.href, part.type)).join('') + gone,
    }),
  }
  for (const name of files) made[name] = `bytes of ${name}`
  for (const part of spec.parts) made[part.href] = part.content
  if (spec.loose) made['loose/notes.txt'] = 'loose'
  const headings = spec.folders ? 3 : 1
  return {
    files: made,
    items: leaves.length + headings,
    resources: spec.parts.length + (spec.missingFile ? 1 : 0),
    parts: spec.parts,
  }
}

function assertAddsUp(tally: Tally, total: number, what: string): void {
  assert.equal(tally.total, total, `${what}: ${JSON.stringify(tally)}`)
  assert.equal(tally.imported + tally.attached + tally.described + tally.lost, total, what)
}

/** Addresses of a part, each once. `f0.mp4` stands in each captioned film. */
function addressesOf(part: Part): Map<string, boolean> {
  const all = new Map(part.references.map(({ url, there }) => [url, there]))
  if (part.references.some(({ html }) => html('').includes('f0.mp4'))) all.set('f0.mp4', true)
  return all
}

/** Each question of a quiz is asked, kept as a file that holds it, or listed as not imported. */
async function assertQuestions(part: Part, { course, report, readFile }: OpenCartridge): Promise<void> {
  const inCourse = JSON.stringify(course.modules)
  const kept: string[] = []
  for (const file of course.files.filter(({ path }) => path.startsWith('made-on-import/')))
    kept.push((await readFile(file.id)).toString())
  for (const { name, kind } of part.questions) {
    const about = listed(report, part.href).filter(({ as }) => as.includes(`“${name}”`))
    const askable = kind === 'choice' || kind === 'named'
    const outcomes = askable ? [] : [kind === 'gone' ? 'lost' : 'attached']
    assert.deepEqual([...new Set(about.map(({ outcome }) => outcome))], outcomes, `${kind} ${name}`)
    if (askable) assert.ok(inCourse.includes(`ask ${name}.`), `${kind} ${name} is not asked`)
    else if (kind !== 'gone')
      assert.ok(
        kept.some(text => text.includes(`ask ${name}.`)),
        `${kind} ${name} is not kept`,
      )
  }
}

const listed = (report: ImportReport, path: string) => report.entries.filter(entry => entry.path === path)

test('everything in a cartridge is imported, kept as a file or listed, and the three add up', async () => {
  await fc.assert(
    fc.asyncProperty(cartridge, async spec => {
      const model = build(spec)
      await withCartridge(model.files, async opened => {
        const { course, report } = opened
        for (const part of model.parts) await assertQuestions(part, opened)
        assertAddsUp(report.tallies.files, Object.keys(model.files).length, 'files')
        assertAddsUp(report.tallies.resources, model.resources, 'resources')
        assertAddsUp(report.tallies.items, model.items, 'items')
        const addresses = model.parts.map(part => [part, addressesOf(part)] as const)
        const count = addresses.reduce((sum, [, urls]) => sum + urls.size, 0)
        assertAddsUp(report.tallies.references, count, 'references')
        const { imported, attached, described, lost } = report.counts
        assert.equal(imported + attached + described + lost, report.entries.length)

        const lessons = JSON.stringify(course.modules)
        const kept = new Set(course.files.map(file => file.path))
        for (const path of Object.keys(model.files)) {
          const claims = listed(report, path)
          assert.ok(claims.length > 0, `${path} is not in the report`)
          const part = model.parts.find(({ href }) => href === path)
          // Links have no text of their own, and the questions of a quiz were looked at one by one.
          const marker = /marker-\d+/.exec(part?.content ?? '')?.[0]
          const inCourse = marker === undefined ? kept.has(path) : lessons.includes(marker)
          const settled =
            inCourse || claims.some(({ outcome }) => outcome !== 'imported') || /^[lz]/.test(path)
          if (claims[0]?.outcome === 'attached') assert.ok(kept.has(path), `${path} is said to be kept`)
          assert.ok(settled, `${path} is said to be imported, and is not there`)
        }
        for (const [part, urls] of addresses) {
          const said = listed(report, part.href)
            .map(entry => entry.as)
            .join('\n')
          for (const [url, there] of urls)
            assert.equal(said.includes(url.replace(/%24/g, '$')) && !there, !there, `${url} in ${part.href}`)
        }
        const listedLost = report.entries.filter(({ code }) => code === 'unresolved_reference').length
        assert.equal(listedLost, report.tallies.references.lost, 'each lost address is listed')
      })
    }),
    { numRuns: 150 },
  )
})
