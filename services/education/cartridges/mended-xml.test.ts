import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_CARTRIDGE_LIMITS } from './cartridge.ts'
import { onePage, withCartridge } from './cartridge-fixture.ts'
import { parseMendingXml } from './mended-xml.ts'
import { textOf } from './xml.ts'

const read = (bytes: string | Buffer) => {
  const { root, mended } = parseMendingXml(Buffer.from(bytes), 'some.xml', DEFAULT_CARTRIDGE_LIMITS)
  return [textOf(root), root.attributes.href ?? null, mended]
}

const texts: [what: string, bytes: string | Buffer, text: string, href: string | null][] = [
  ['a NUL', '<t>Before\0after</t>', 'Beforeafter', null],
  ['a reference to a control character', '<t>Before&#x1;&#0;after</t>', 'Beforeafter', null],
  ['an entity of HTML', '<t>caf&eacute;&nbsp;&amp; tea</t>', 'café\u00a0& tea', null],
  ['a bare less-than sign', '<t>3 < 4 <5</t>', '3 < 4 <5', null],
  ['a bare ampersand', '<t href="a?b=1&c=2">Q & A</t>', 'Q & A', 'a?b=1&c=2'],
  ['an unknown entity', '<t>&unheard;</t>', '&unheard;', null],
  ['text before the declaration', '\n <?xml version="1.0"?><t>x</t>', 'x', null],
  ['another encoding than it says', Buffer.from('<?xml version="1.0" encoding="UTF-8"?><t>caf\u00e9</t>', 'latin1'), 'café', null],
  ['UTF-16 without a mark', Buffer.from('<t>Žluť and so on</t>', 'utf16le'), 'Žluť and so on', null],
] // biome-ignore format: a table
for (const [what, bytes, text, href] of texts) {
  test(`XML with ${what} is mended and read`, () => {
    const [gotText, gotHref] = read(bytes)
    assert.deepEqual([gotText, gotHref], [text, href])
  })
}

test('an ampersand in CDATA stays what it is', () => {
  assert.deepEqual(read('<t><![CDATA[a && b &nbsp;]]> &nbsp;c</t>'), ['a && b &nbsp; \u00a0c', null, true])
})

test('well-formed XML is read as it is, and hopeless XML is refused with its first fault', () => {
  assert.deepEqual(read('<t>x &amp; y</t>'), ['x & y', null, false])
  assert.throws(() => read('<t>\0<u></t>'), { code: 'malformed_xml' })
  assert.throws(() => read('<!DOCTYPE t [<!ENTITY a "b">]><t>&a; &nbsp;</t>'), { code: 'forbidden_doctype' })
})

test('pages and manifests with odd bytes come in, and the report says that they were mended', async () => {
  const course = onePage('<p>Be\0fore</p>')
  const manifest = String(course['imsmanifest.xml']).replace('Rivers', 'Rivers &nbsp;&amp; lakes\0')
  await withCartridge({ ...course, 'imsmanifest.xml': manifest }, ({ course: read, report }) => {
    assert.match(read.title, /^Rivers & lakes$/)
    const page = read.modules[0]!.items[0]!
    assert.equal(page.kind === 'page' && page.html, '<p>Before</p>')
    assert.deepEqual(
      report.entries.filter(entry => entry.code === 'mended').map(entry => entry.path),
      ['imsmanifest.xml', 'pages/page.html'],
    )
  })
})

test('a page in UTF-16 without a mark is read', async () => {
  const page = Buffer.from('<html><body><p>Before after</p></body></html>', 'utf16le')
  await withCartridge({ ...onePage(''), 'pages/page.html': page }, ({ course }) => {
    const read = course.modules[0]!.items[0]!
    assert.equal(read.kind === 'page' && read.html, '<p>Before after</p>')
  })
})
