import assert from 'node:assert/strict'
import { test } from 'node:test'
import { item, manifestXml, onePage, resource, withCartridge } from './cartridge-fixture.ts'
import { parseXml, serialiseXml, textOf } from './xml.ts'

const limits = { maxXmlDepth: 100, maxXmlElements: 1000 }
const parse = (xml: string | Buffer) => parseXml(Buffer.from(xml), 'some.xml', limits)
const refusedAs = (code: string) => ({ name: 'CartridgeError', code, entry: 'some.xml' })

test('entities of a document’s own are refused: billion laughs, local files, parameter entities', () => {
  const laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
  const file = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
  const parameter = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://localhost/p.dtd"> %p;]><x/>'
  for (const xml of [laughs, file, parameter]) assert.throws(() => parse(xml), refusedAs('forbidden_doctype'))
})

test('a DOCTYPE that only names its DTD is read past, and the DTD never fetched', () => {
  assert.equal(textOf(parse('<!DOCTYPE q SYSTEM "http://127.0.0.1:9/ims_qti.dtd"><q>ok</q>')), 'ok')
})

test('broken XML, unknown entities and untrue encodings are malformed', () => {
  for (const xml of ['', '<a>', '<a></b>', '<a>&nbsp;</a>', 'text', '<a b=c/>'])
    assert.throws(() => parse(xml), refusedAs('malformed_xml'))
  assert.throws(
    () => parse(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e])),
    refusedAs('malformed_xml'),
  )
})

test('nesting and element counts are limited', () => {
  assert.throws(() => parse('<a>'.repeat(101) + '</a>'.repeat(101)), refusedAs('xml_too_deep'))
  assert.throws(() => parse(`<a>${'<b/>'.repeat(1001)}</a>`), refusedAs('too_large'))
})

test('UTF-8 with a mark, UTF-16 of both orders and windows-1252 are read', () => {
  const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>Žluťoučký – é</a>`
  const big = Buffer.from(`\uFEFF${xml('UTF-16')}`, 'utf16le').swap16()
  assert.equal(textOf(parse(`\uFEFF${xml('UTF-8')}`)), 'Žluťoučký – é')
  assert.equal(textOf(parse(Buffer.from(`\uFEFF${xml('UTF-16')}`, 'utf16le'))), 'Žluťoučký – é')
  assert.equal(textOf(parse(big)), 'Žluťoučký – é')
  assert.equal(
    textOf(parse(Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a>caf\u00e9</a>', 'latin1'))),
    'café',
  )
})

test('what is kept as XML reads back the same', () => {
  const xml = '<item ident="1&amp;&quot;"><a>x &lt; y<b/>z</a></item>'
  assert.deepEqual(parse(serialiseXml(parse(xml))), parse(xml))
})

test('a manifest that is malformed or hostile refuses the cartridge', async () => {
  const bad = { ...onePage('<p>x</p>'), 'imsmanifest.xml': '<manifest><oops>' }
  await assert.rejects(
    withCartridge(bad, () => null),
    { code: 'malformed_xml', entry: 'imsmanifest.xml' },
  )
  const hostile = { ...bad, 'imsmanifest.xml': '<!DOCTYPE m [<!ENTITY x "y">]><manifest/>' }
  await assert.rejects(
    withCartridge(hostile, () => null),
    { code: 'forbidden_doctype' },
  )
})

test('one broken quiz does not keep the rest of the course out', async () => {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i1', 'Page', '', 'r1') + item('i2', 'Quiz', '', 'r2')),
      resources:
        resource('r1', 'a.html') + resource('r2', 'quiz.xml', 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment'),
    }),
    'a.html': '<p>Text</p>',
    'quiz.xml': '<questestinterop><assessment>',
  }
  await withCartridge(files, async ({ course, report, readFile }) => {
    assert.deepEqual(
      course.modules[0]!.items.map(one => one.kind),
      ['page', 'file'],
    )
    const finding = report.entries.find(entry => entry.path === 'quiz.xml')!
    assert.deepEqual([finding.outcome, finding.code], ['attached', 'unreadable'])
    const kept = course.files.find(file => file.name === 'quiz.xml')!
    assert.equal(String(await readFile(kept.id)), files['quiz.xml'])
  })
})

test('one hostile quiz keeps the whole cartridge out', async () => {
  const files = {
    'imsmanifest.xml': manifestXml({
      resources: resource('r2', 'quiz.xml', 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment'),
    }),
    'quiz.xml':
      '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/hostname">]><questestinterop>&x;</questestinterop>',
  }
  await assert.rejects(
    withCartridge(files, () => null),
    { code: 'forbidden_doctype', entry: 'quiz.xml' },
  )
})
