import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CartridgeCourse, ImportReport } from './cartridge.ts'
import { type FixtureFiles, item, manifestXml, resource, withCartridge } from './cartridge-fixture.ts'

/** What the learners of the original did not see comes in hidden, and the report says so. */

const lessonsOf = (course: CartridgeCourse) => course.modules.flatMap(module => module.items)
const hiddenTitles = (course: CartridgeCourse) =>
  lessonsOf(course)
    .filter(lesson => lesson.hidden)
    .map(lesson => lesson.title)

const role = (value: string) =>
  `<metadata><lom><educational><intendedEndUserRole><source>x</source><value>${value}</value></intendedEndUserRole></educational></lom></metadata>`
const open = { 'open.html': '<p>Open <a href="secret.html">x</a></p>', 'secret.html': '<p>Secret</p>' }
const later = `${new Date().getUTCFullYear() + 2}-01-01T00:00:00`
const past = '2001-01-01T00:00:00'

/** A course of an open page and of one that some part of the cartridge hides. */
function course(secret: { item?: string; resource?: string; attributes?: string }): FixtureFiles {
  const hidden = item('i2', 'Secret', secret.item ?? '', 'r2')
  return {
    ...open,
    'imsmanifest.xml': manifestXml({
      items: item('m1', 'Unit', item('i1', 'Open', '', 'r1') + hidden),
      resources:
        resource('r1', 'open.html') + resource('r2', 'secret.html', 'webcontent', secret.resource ?? ''),
    })
      .replace(
        '<item identifier="i2"',
        `<item identifier="i2"${secret.attributes?.startsWith('isvisible') ? ` ${secret.attributes}` : ''}`,
      )
      .replace(
        'identifier="r2" type',
        `identifier="r2"${secret.attributes && !secret.attributes.startsWith('isvisible') ? ` ${secret.attributes}` : ''} type`,
      ),
  }
}

const canvasModule = (module: string, second: string) => ({
  'course_settings/module_meta.xml': `<modules><module identifier="m1"><title>Unit</title>${module}<position>1</position><items>
    <item identifier="i1"><content_type>WikiPage</content_type><workflow_state>active</workflow_state><title>Open</title><identifierref>r1</identifierref><position>1</position></item>
    <item identifier="i2"><content_type>WikiPage</content_type>${second}<title>Secret</title><identifierref>r2</identifierref><position>2</position></item></items></module></modules>`,
})
const page = (meta: string) => ({
  'secret.html': `<html><head>${meta}</head><body><p>Secret</p></body></html>`,
})

const ways: Record<string, FixtureFiles> = {
  'a resource for instructors': course({ resource: role('Instructor') }),
  'an item for instructors': course({ item: role('Teacher') }),
  'a lesson plan': course({ attributes: 'intendeduse="lessonplan"' }),
  'an invisible item': course({ attributes: 'isvisible="false"' }),
  'an item that is visible in no other word': course({ attributes: 'isvisible="0"' }),
  'a page that opens later': { ...course({}), ...page(`<meta name="publish_at" content="${later}"/>`) },
  'an item for some learners alone': {
    ...course({}),
    ...canvasModule('', '<only_visible_to_overrides>true</only_visible_to_overrides>'),
  },
  'an unpublished item of a module': {
    ...course({}),
    ...canvasModule('', '<workflow_state>unpublished</workflow_state>'),
  },
  'a state that is not known': { ...course({}), ...canvasModule('', '<workflow_state>deleted</workflow_state>') },
  'an unpublished page': { ...course({}), ...page('<meta name="workflow_state" content="unpublished"/>') },
  'a hidden file': {
    ...course({}),
    'course_settings/files_meta.xml': '<fileMeta><files><file identifier="r2"><hidden>true</hidden></file></files></fileMeta>',
  },
  'a file that opens later': {
    ...course({}),
    'course_settings/files_meta.xml': `<fileMeta><files><file identifier="r2"><unlock_at>${later}</unlock_at></file></files></fileMeta>`,
  },
} // biome-ignore format: a table
for (const [what, files] of Object.entries(ways)) {
  test(`What is ${what} is hidden and noted, and nothing else is.`, async () => {
    await withCartridge(files, ({ course: read, report }) => {
      assert.deepEqual(hiddenTitles(read), ['Secret'])
      const notes = report.entries.filter(entry => entry.hidden)
      assert.deepEqual(
        notes.map(({ path, code, outcome }) => [path, code, outcome]),
        [['secret.html', 'hidden', 'imported']],
      )
      assert.match(notes[0]!.reason ?? '', /\. Check it before you publish the course\.$/)
      assert.equal(report.counts.hidden, 1)
    })
  })
}

test('What was open to learners too, or opened long ago, is not hidden.', async () => {
  const seen = [
    course({ resource: role('Learner') }),
    course({ resource: role('Learner').replace('</lom>', `</lom>${role('Instructor')}`) }),
    course({ attributes: 'intendeduse="syllabus"' }),
    course({ attributes: 'isvisible="true"' }),
    {
      ...course({}),
      ...canvasModule('<workflow_state>active</workflow_state>', `<unlock_at>${past}</unlock_at>`),
    },
  ]
  for (const files of seen)
    await withCartridge(files, ({ course: read }) => assert.deepEqual(hiddenTitles(read), []))
})

test('An unpublished module is hidden with everything in it; so is a folder that is not visible.', async () => {
  const unpublished = {
    ...course({}),
    ...canvasModule(
      '<workflow_state>unpublished</workflow_state>',
      '<workflow_state>active</workflow_state>',
    ),
  }
  const folder = course({})
  folder['imsmanifest.xml'] = String(folder['imsmanifest.xml']).replace(
    '<item identifier="m1"',
    '<item identifier="m1" isvisible="false"',
  )
  for (const files of [unpublished, folder]) {
    await withCartridge(files, ({ course: read, report }) => {
      assert.deepEqual(
        read.modules.map(module => module.hidden),
        [true],
      )
      assert.deepEqual(hiddenTitles(read), ['Open', 'Secret'])
      assert.ok(report.entries.some(({ as, hidden }) => hidden && as === 'module “Unit”'))
    })
  }
})

test('A file for teachers that an open page links stays theirs.', async () => {
  const files: FixtureFiles = {
    ...open,
    'imsmanifest.xml': manifestXml({
      items: item('m1', 'Unit', item('i1', 'Open', '', 'r1')),
      resources: resource('r1', 'open.html') + resource('r2', 'secret.pdf', 'webcontent', role('Instructor')),
    }),
    'open.html': '<p><a href="secret.pdf">the key</a></p>',
    'secret.pdf': '%PDF',
  }
  await withCartridge(files, ({ course: read, report }) => {
    const [lesson] = lessonsOf(read)
    assert.equal(lesson?.kind === 'page' && lesson.html, '<p><span>the key</span></p>')
    assert.deepEqual(
      read.files.map(({ usedBy }) => usedBy),
      ['attachment', 'attachment'],
    )
    assert.ok(report.entries.some(({ path, hidden }) => path === 'secret.pdf' && hidden))
  })
})

const linked = (meta: string): FixtureFiles => ({
  'imsmanifest.xml': manifestXml({
    items: item('m1', 'Unit', item('i1', 'Open', '', 'r1')),
    resources: resource('r1', 'open.html') + resource('f', 'web_resources/exam/key.pdf'),
  }),
  'open.html': '<p><a href="web_resources/exam/key.pdf">the key</a></p>',
  'web_resources/exam/key.pdf': '%PDF',
  'course_settings/files_meta.xml': `<fileMeta>${meta}</fileMeta>`,
})
const linkIn = (read: CartridgeCourse) => {
  const [lesson] = lessonsOf(read)
  return lesson?.kind === 'page' && /href=/.test(lesson.html)
}
const keyOf = (report: ImportReport) =>
  report.entries.filter(entry => entry.path === 'web_resources/exam/key.pdf')

test('A link to a locked file, or into a locked folder, becomes text; the file is kept for the author.', async () => {
  const locked = [
    '<files><file identifier="f"><locked>true</locked></file></files>',
    '<folders><folder path="exam"><locked>true</locked></folder></folders>',
  ]
  for (const meta of locked) {
    await withCartridge(linked(meta), ({ course: read, report }) => {
      assert.equal(linkIn(read), false)
      assert.deepEqual(read.files.map(file => [file.name, file.usedBy]).slice(0, 1), [
        ['key.pdf', 'attachment'],
      ])
      assert.deepEqual(
        keyOf(report).map(({ outcome, hidden }) => [outcome, hidden]),
        [['attached', true]],
      )
      assert.match(JSON.stringify(report.entries), /It leads to a file that is hidden from learners/)
    })
  }
})

test('A link to a file that was only left out of the list of files stays, and is noted.', async () => {
  const meta = '<files><file identifier="f"><hidden>true</hidden></file></files>'
  await withCartridge(linked(meta), ({ course: read, report }) => {
    assert.equal(linkIn(read), true)
    assert.ok(keyOf(report).some(({ reason }) => reason === 'It was hidden in the original course.'))
  })
})

test('Text for teachers becomes a hidden lesson of its own.', async () => {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i', 'Essay', '', 'a')),
      resources: resource('a', 'a.xml', 'assignment_xmlv1p0'),
    }),
    'a.xml':
      '<assignment><title>Essay</title><text>Write.</text><instructor_text texttype="text/html">&lt;p&gt;Answer: 42&lt;/p&gt;</instructor_text></assignment>',
  }
  await withCartridge(files, ({ course: read, report }) => {
    assert.deepEqual(
      lessonsOf(read).map(({ title, hidden }) => [title, hidden]),
      [
        ['Essay', false],
        ['Essay (for teachers)', true],
      ],
    )
    const [essay] = lessonsOf(read)
    assert.doesNotMatch(essay?.kind === 'page' ? essay.html : '', /42/)
    assert.ok(report.entries.some(({ code }) => code === 'for_teachers'))
  })
})

test('A discussion that waits for its date is hidden.', async () => {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i', 'Talk', '', 't')),
      resources:
        resource('t', 't.xml', 'imsdt_xmlv1p1', '<dependency identifierref="tm"/>') +
        resource('tm', 'tm.xml', 'associatedcontent/imscc_xmlv1p1/learning-application-resource'),
    }),
    't.xml': '<topic><title>Talk</title><text>Hello</text></topic>',
    'tm.xml': `<topicMeta><topic_id>t</topic_id><workflow_state>active</workflow_state><delayed_post_at>${later}</delayed_post_at></topicMeta>`,
  }
  await withCartridge(files, ({ course: read }) => assert.deepEqual(hiddenTitles(read), ['Talk']))
})
