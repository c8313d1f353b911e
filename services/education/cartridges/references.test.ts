import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type FixtureFiles,
  item,
  manifestXml,
  onePage,
  resource,
  withCartridge,
} from './cartridge-fixture.ts'

async function pageHtml(files: FixtureFiles): Promise<string> {
  return withCartridge(files, ({ course }) => {
    const page = course.modules[0]!.items[0]!
    return page.kind === 'page' ? page.html : assert.fail(`a ${page.kind}`)
  })
}

test('references to pages, files and pictures are resolved in every way exporters write them', async () => {
  const html = await pageHtml({
    'imsmanifest.xml': manifestXml({
      items: item('m1', 'Unit', item('i1', 'One', '', 'r1') + item('i2', 'Two', '', 'r2')),
      resources:
        resource('r1', 'wiki_content/one.html') +
        resource('r2', 'wiki_content/two.html') +
        resource('r3', 'web_resources/a map.png'),
    }),
    'wiki_content/one.html': `<img src="%24IMS-CC-FILEBASE%24/a%20map.png?canvas_download=1" alt="1"><img src="$IMS_CC_FILEBASE$/a map.png" alt="2">
      <img src="../web_resources/a%20map.png" alt="3"><a href="$WIKI_REFERENCE$/pages/two#part">4</a>
      <a href="$CANVAS_OBJECT_REFERENCE$/pages/r2">5</a><a href="two.html">6</a><a href="%24CANVAS_COURSE_REFERENCE%24/modules/items/i2">7</a>
      <a href="$CANVAS_COURSE_REFERENCE$/file_ref/r3/download?wrap=1">8</a><a href="https://a.example/">9</a><a href="$CANVAS_OBJECT_REFERENCE$/modules/m1">10</a>`,
    'wiki_content/two.html': '<p>two</p>',
    'web_resources/a map.png': 'png',
  })
  assert.deepEqual([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(match => match[1]), [
    'azora-file:f4', 'azora-file:f4', 'azora-file:f4', 'azora-item:i2#lesson-part', 'azora-item:i2', 'azora-item:i2', 'azora-item:i2', 'azora-file:f4', 'https://a.example/', 'azora-item:i1',
  ]) // biome-ignore format: one per reference above
})

test('a reference that leads nowhere keeps its text and is reported', async () => {
  await withCartridge(
    onePage('<a href="gone.html">the text</a><img src="gone.png" alt="A gone picture">'),
    ({ course, report }) => {
      const page = course.modules[0]!.items[0]!
      assert.equal(page.kind === 'page' && page.html, '<span>the text</span><span>A gone picture</span>')
      const notes = report.entries.filter(entry => entry.code === 'unresolved_reference')
      assert.deepEqual(
        notes.map(note => [note.path, note.outcome]),
        [
          ['pages/page.html', 'lost'],
          ['pages/page.html', 'lost'],
        ],
      )
    },
  )
})

test('a picture written into the page becomes a file of its own', async () => {
  const data = Buffer.from('not really a picture').toString('base64')
  await withCartridge(
    onePage(`<img alt="x" src="data:image/png;base64,${data}">`),
    async ({ course, readFile }) => {
      const file = course.files.find(one => one.mediaType === 'image/png')!
      const page = course.modules[0]!.items[0]!
      assert.equal(page.kind === 'page' && page.html, `<img alt="x" src="azora-file:${file.id}" />`)
      assert.equal(String(await readFile(file.id)), 'not really a picture')
      assert.equal(file.usedBy, 'lesson')
    },
  )
})

test('pages are read in the encoding that they are in', async () => {
  const latin = Buffer.from(
    '<html><head><meta charset="windows-1252"></head><body><p>caf\u00e9 \u0093x\u0094</p></body></html>',
    'latin1',
  )
  assert.equal(await pageHtml({ ...onePage(''), 'pages/page.html': latin }), '<p>café “x”</p>')
  assert.equal(
    await pageHtml({ ...onePage(''), 'pages/page.html': Buffer.from('<p>caf\u00e9</p>', 'latin1') }),
    '<p>café</p>',
  )
  assert.equal(await pageHtml(onePage('\uFEFF<p>Žluť</p>')), '<p>Žluť</p>')
})

test('scripts in a page do not come in', async () => {
  assert.equal(
    await pageHtml(onePage('<body onload="x()"><script>alert(1)</script><p onclick="x()">Text</p></body>')),
    '<p>Text</p>',
  )
})
