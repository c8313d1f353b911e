import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CartridgeCourse, CartridgeItem, ImportReport } from './cartridge.ts'
import {
  type FixtureFiles,
  item,
  manifestXml,
  onePage,
  resource,
  withCartridge,
} from './cartridge-fixture.ts'

const outline = (course: CartridgeCourse) =>
  course.modules.map(module => [module.title, module.items.map(one => one.title)])
const finding = (report: ImportReport, path: string) => report.entries.find(entry => entry.path === path)

test('the course carries its title, description, language and keywords', async () => {
  const general = `<lom:language>en-ZA</lom:language><lom:description><lom:string>&lt;p onclick="x()"&gt;On &lt;b&gt;water&lt;/b&gt;&lt;/p&gt;</lom:string></lom:description>
    <lom:keyword><lom:string>water</lom:string></lom:keyword><lom:keyword><lom:string>maps</lom:string></lom:keyword>`
  await withCartridge(
    { 'imsmanifest.xml': manifestXml({ title: 'Rivers &amp; lakes', general }) },
    ({ course }) => {
      const { modules: _modules, files: _files, ...about } = course
      assert.deepEqual(about, {
        title: 'Rivers & lakes',
        description: '<p>On <b>water</b></p>',
        language: 'en-ZA',
        keywords: ['water', 'maps'],
      })
    },
  )
})

test('folders become modules titled by their path, and the order of the original is kept', async () => {
  const page = (id: string) => item(`i-${id}`, `Page ${id}`, '', `r-${id}`)
  const files: FixtureFiles = {
    'imsmanifest.xml': manifestXml({
      items:
        page('a') +
        item('u1', 'Unit 1', page('b') + item('w1', 'Week 1', page('c')) + page('d')) +
        item('u2', 'Unit 2', page('e')),
      resources: ['a', 'b', 'c', 'd', 'e'].map(id => resource(`r-${id}`, `${id}.html`)).join(''),
    }),
  }
  for (const id of 'abcde') files[`${id}.html`] = `<p>${id}</p>`
  await withCartridge(files, ({ course }) => {
    assert.deepEqual(outline(course), [
      ['Rivers', ['Page a']],
      ['Unit 1', ['Page b']],
      ['Unit 1 › Week 1', ['Page c']],
      ['Unit 1 (continued)', ['Page d']],
      ['Unit 2', ['Page e']],
    ])
  })
})

test('a package of several organisations is one course with the modules of all', async () => {
  const second = `<organization identifier="o2">${item('m2', 'Second', item('i2', 'Two', '', 'r2'))}</organization>`
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m1', 'First', item('i1', 'One', '', 'r1')),
      resources: resource('r1', 'one.html') + resource('r2', 'two.html'),
    }).replace('</organizations>', `${second}</organizations>`),
    'one.html': '<p>1</p>',
    'two.html': '<p>2</p>',
  }
  await withCartridge(files, ({ course, report }) => {
    assert.deepEqual(
      course.modules.map(({ title }) => title),
      ['First', 'Second'],
    )
    assert.equal(report.tallies.items.total, 4)
  })
})

test('what no folder mentions goes to a last module, the front page first', async () => {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('u', 'Unit', item('i1', 'First', '', 'r1')),
      resources:
        resource('r1', 'wiki_content/first.html') +
        resource('r2', 'wiki_content/loose.html') +
        resource('r3', 'wiki_content/home.html') +
        resource('t', 'topic.xml', 'imsdt_xmlv1p3'),
    }),
    'wiki_content/first.html': '<html><head><title>First</title></head><body><p>1</p></body></html>',
    'wiki_content/loose.html': '<html><head><title>Loose</title></head><body><p>2</p></body></html>',
    'wiki_content/home.html':
      '<html><head><title>Home</title><meta name="front_page" content="true"/></head><body><p>3</p></body></html>',
    'topic.xml': '<topic><title>Talk</title><text texttype="text/plain">a &lt; b</text></topic>',
  }
  await withCartridge(files, ({ course }) => {
    assert.deepEqual(outline(course), [
      ['Unit', ['First']],
      ['More material', ['Home', 'Loose', 'Talk']],
    ])
    const talk = course.modules[1]!.items[2]!
    assert.deepEqual(
      [talk.kind === 'page' && talk.html, talk.kind === 'page' && talk.note],
      ['<p>a &lt; b</p>', 'discussion'],
    )
  })
})

test('Canvas’s module list adds the links, tools and headings that the manifest lacks', async () => {
  const files = {
    ...onePage('<p>x</p>'),
    'course_settings/module_meta.xml': `<modules><module identifier="m1"><title>Unit</title><position>1</position><items>
      <item identifier="h"><content_type>ContextModuleSubHeader</content_type><title>Reading</title><position>1</position></item>
      <item identifier="i1"><content_type>WikiPage</content_type><title>Page</title><identifierref>r1</identifierref><position>2</position></item>
      <item identifier="u"><content_type>ExternalUrl</content_type><title>Map</title><url>https://maps.example/x</url><position>3</position></item>
      <item identifier="t"><content_type>ContextExternalTool</content_type><title>Lab</title><url>https://lab.example/go</url><position>4</position></item>
    </items></module></modules>`,
  }
  await withCartridge(files, ({ course, report }) => {
    assert.deepEqual(outline(course), [['Unit › Reading', ['Page', 'Map', 'Lab']]])
    const [, map, lab] = course.modules[0]!.items as [CartridgeItem, CartridgeItem, CartridgeItem]
    assert.equal(map.kind === 'link' && map.url, 'https://maps.example/x')
    assert.match(lab.kind === 'page' ? lab.html : '', /https:\/\/lab\.example\/go/)
    assert.equal(finding(report, 'course_settings/module_meta.xml')?.outcome, 'described')
  })
})

test('an assignment becomes a page that says its points, dates and form of hand-in', async () => {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i', 'Essay', '', 'a')),
      resources: `${resource('a', 'a/assignment.xml', 'assignment_xmlv1p0')}<resource identifier="a_fallback" type="webcontent"><variant identifier="v" identifierref="a"/><file href="a/essay.html"/></resource>`,
    }),
    'a/assignment.xml': `<assignment><title>Essay</title><text texttype="text/html">&lt;p&gt;Write.&lt;/p&gt;</text><gradable points_possible="10.0">true</gradable>
      <extensions><assignment><due_at>2026-03-01T10:00:00</due_at><submission_types>online_upload</submission_types></assignment></extensions></assignment>`,
    'a/essay.html': '<p>Write.</p>',
  }
  await withCartridge(files, ({ course, report }) => {
    const page = course.modules[0]!.items[0]!
    assert.equal(
      page.kind === 'page' && page.html,
      '<p>Write.</p><ul><li><strong>Points:</strong> 10</li><li><strong>Due:</strong> 2026-03-01 10:00 UTC</li><li><strong>Hand in:</strong> a file</li></ul>',
    )
    assert.equal(finding(report, 'a/essay.html')?.outcome, 'described')
    assert.equal(course.modules.length, 1)
  })
})

test('web links become links; one that is no web address becomes text', async () => {
  const link = (url: string) => `<webLink><title>Site</title><url href="${url}"/></webLink>`
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i1', 'Good', '', 'l1') + item('i2', 'Bad', '', 'l2')),
      resources: resource('l1', 'l1.xml', 'imswl_xmlv1p3') + resource('l2', 'l2.xml', 'imswl_xmlv1p3'),
    }),
    'l1.xml': link('https://a.example/x'),
    'l2.xml': link('javascript:alert(1)'),
  }
  await withCartridge(files, ({ course, report }) => {
    const [good, bad] = course.modules[0]!.items as [CartridgeItem, CartridgeItem]
    assert.equal(good.kind === 'link' && good.url, 'https://a.example/x')
    assert.equal(bad.kind === 'page' && bad.html, '<p>javascript:alert(1)</p>')
    assert.equal(finding(report, 'l2.xml')?.code, 'unsafe_link')
  })
})

test('an outside tool becomes a page with its address, and its settings stay attached', async () => {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i', 'Lab', '', 'l')),
      resources: resource('l', 'lti.xml', 'imsbasiclti_xmlv1p3'),
    }),
    'lti.xml':
      '<cartridge_basiclti_link><blti:title>Lab</blti:title><blti:description>Try it</blti:description><blti:launch_url>https://lab.example/lti</blti:launch_url></cartridge_basiclti_link>',
  }
  await withCartridge(files, ({ course, report }) => {
    const page = course.modules[0]!.items[0]!
    assert.match(page.kind === 'page' ? page.html : '', /Try it.*href="https:\/\/lab\.example\/lti"/)
    assert.deepEqual(
      course.files.map(file => [file.name, file.usedBy]),
      [['lti.xml', 'attachment']],
    )
    assert.equal(finding(report, 'lti.xml')?.outcome, 'attached')
  })
})

test('the duration of a lesson is taken from its learning time', async () => {
  const metadata =
    '<metadata><lom><educational><typicalLearningTime><duration>PT1H15M</duration></typicalLearningTime></educational></lom></metadata>'
  const files = {
    ...onePage('<p>x</p>'),
    'imsmanifest.xml': manifestXml({
      items: item('m1', 'Unit', item('i1', 'Page', metadata, 'r1')),
      resources: resource('r1', 'pages/page.html'),
    }),
  }
  await withCartridge(files, ({ course }) => assert.equal(course.modules[0]!.items[0]!.durationMinutes, 75))
})

test('a file in a folder becomes a file lesson, read only when asked for', async () => {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i', 'Reader', '', 'f')),
      resources: resource('f', 'docs/reader.pdf'),
    }),
    'docs/reader.pdf': '%PDF',
  }
  await withCartridge(files, async ({ course, openFile }) => {
    const lesson = course.modules[0]!.items[0]!
    assert.ok(lesson.kind === 'file')
    assert.deepEqual(course.files, [
      {
        id: lesson.fileId,
        path: 'docs/reader.pdf',
        name: 'reader.pdf',
        mediaType: 'application/pdf',
        size: 4,
        usedBy: 'lesson',
      },
    ])
    assert.equal(String(Buffer.concat(await (await openFile(lesson.fileId)).toArray())), '%PDF')
  })
})

test('every entry of the archive is in the report, and what is missing from it too', async () => {
  const files = {
    ...onePage('<p>x</p>', {
      'loose.pdf': 'x',
      'deep/er/thing.bin': 'y',
      'course_settings/canvas_export.txt': 'z',
    }),
    'imsmanifest.xml': manifestXml({
      items: item('m1', 'Unit', item('i1', 'Page', '', 'r1') + item('i2', 'Ghost', '', 'nowhere')),
      resources: resource('r1', 'pages/page.html') + resource('r2', 'gone.mp3'),
    }),
  }
  await withCartridge(files, ({ course, report }) => {
    for (const path of Object.keys(files)) assert.ok(finding(report, path), path)
    assert.equal(finding(report, 'loose.pdf')?.code, 'unused_file')
    assert.equal(finding(report, 'gone.mp3')?.code, 'missing_file')
    assert.ok(report.entries.some(entry => entry.outcome === 'lost' && entry.as.includes('Ghost')))
    assert.deepEqual(
      course.files.map(file => file.name),
      ['loose.pdf', 'thing.bin'],
    )
    assert.deepEqual([report.counts.lessons, report.counts.files, report.counts.lost], [1, 2, 2])
  })
})

test('a SCORM package is told apart', async () => {
  const scorm = '<manifest><metadata><schema>ADL SCORM</schema></metadata></manifest>'
  await assert.rejects(
    withCartridge({ 'imsmanifest.xml': scorm }, () => null),
    { code: 'unsupported_format' },
  )
})
