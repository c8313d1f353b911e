import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RefusedFileCode } from '@azora/contracts/education/import-codes.ts'
import type { CartridgeLimits } from './cartridge.ts'
import { CartridgeError } from './cartridge-error.ts'
import {
  directoryRecord,
  type FixtureFiles,
  item,
  manifestXml,
  onePage,
  renamed,
  resource,
  withCartridge,
  zipOf,
} from './cartridge-fixture.ts'

async function refused(
  content: FixtureFiles | Buffer,
  code: RefusedFileCode,
  limits?: Partial<CartridgeLimits>,
): Promise<CartridgeError> {
  const error = await withCartridge(content, () => null, limits).then(
    () => assert.fail(`the cartridge was accepted, but should be refused as ${code}`),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof CartridgeError, String(error))
  assert.equal(error.code, code, error.message)
  assert.ok(error.message.length > 20)
  return error
}

const course = onePage('<p>Water</p>')

test('a file that is no zip is refused', async () => {
  await refused(Buffer.from('%PDF-1.7 and so on'), 'not_a_zip')
})

test('an empty file is refused', async () => {
  await refused(Buffer.alloc(0), 'not_a_zip')
})

test('a zip cut short anywhere is refused or read whole, never half', async () => {
  const whole = await zipOf(course)
  await refused(whole.subarray(0, whole.length - 30), 'truncated')
  await refused(whole.subarray(0, 40), 'truncated')
  await refused(whole.subarray(0, Math.floor(whole.length / 2)), 'truncated')
})

for (const [what, name] of Object.entries({
  'climbs out of its folder': '../../../../p.txt',
  'climbs out from inside': 'aaa/../../../p.tx',
  'is absolute': '/etc/passwd/x.txt',
  'uses backslashes': 'aaaa\\..\\..\\..\\p.x',
  'holds a NUL': 'aaaaaaa\0aaaaa.txt',
  'names a drive': 'C:/windows/ab.txt',
})) {
  test(`an entry whose name ${what} is refused`, async () => {
    const zip = await zipOf({ ...course, 'abcdefghijklm.txt': 'x' })
    await refused(renamed(zip, 'abcdefghijklm.txt', name), 'unsafe_path')
  })
}

test('a symbolic link is refused', async () => {
  await refused(await zipOf({ ...course, link: '/etc/passwd' }, { link: { mode: 0o120777 } }), 'unsafe_path')
})

test('a name used twice is refused', async () => {
  const zip = await zipOf({ ...course, 'aaaa.txt': '1', 'bbbb.txt': '2' })
  await refused(renamed(zip, 'bbbb.txt', 'aaaa.txt'), 'duplicate_entry')
})

test('a course behind a password is refused', async () => {
  const zip = await zipOf(course)
  const at = directoryRecord(zip, 'imsmanifest.xml')
  zip.writeUInt16LE(zip.readUInt16LE(at + 8) | 1, at + 8)
  await refused(zip, 'encrypted')
})

test('an entry with a password, or packed in an unknown way, is listed as lost, and costs nothing else', async () => {
  const ways: ((zip: Buffer, at: number) => void)[] = [
    (zip, at) => zip.writeUInt16LE(zip.readUInt16LE(at + 8) | 1, at + 8),
    (zip, at) => zip.writeUInt16LE(9, at + 10),
  ]
  for (const change of ways) {
    const zip = await zipOf({ ...onePage('<p>Water <a href="../film.mp4">film</a></p>'), 'film.mp4': 'film' })
    change(zip, directoryRecord(zip, 'film.mp4'))
    await withCartridge(zip, ({ course: { modules, files }, report }) => {
      assert.equal(modules[0]!.items.length, 1)
      assert.deepEqual(files, [])
      assert.equal(report.entries.find(entry => entry.path === 'film.mp4')?.outcome, 'lost')
    })
  }
})

test('a bomb that declares its size is refused before it is unpacked', async () => {
  const zip = await zipOf({ ...course, 'bomb.bin': Buffer.alloc(30 * 1024 * 1024) })
  await refused(zip, 'suspicious_compression')
})

test('a bomb that lies about its size is stopped while it unpacks', async () => {
  const zip = await zipOf({ ...course, 'bomb.bin': Buffer.alloc(5 * 1024 * 1024) })
  zip.writeUInt32LE(1000, directoryRecord(zip, 'bomb.bin') + 24)
  await refused(zip, 'suspicious_compression')
})

test('entries that share their bytes are refused', async () => {
  const zip = await zipOf({ ...course, 'aaaa.txt': 'one', 'bbbb.txt': 'two' })
  zip.writeUInt32LE(
    zip.readUInt32LE(directoryRecord(zip, 'aaaa.txt') + 42),
    directoryRecord(zip, 'bbbb.txt') + 42,
  )
  await refused(zip, 'suspicious_compression')
})

test('a damaged file is found out by its checksum, listed as lost, and costs nothing else', async () => {
  const page = '<p>Water <img src="../data.png" alt="a map"></p>'
  const zip = await zipOf(
    { ...onePage(page), 'data.png': 'precious bytes' },
    { 'data.png': { compress: false } },
  )
  zip.write('PRECIOUS', zip.indexOf('precious'))
  await withCartridge(zip, ({ course: { modules, files }, report }) => {
    const lesson = modules[0]!.items[0]!
    assert.equal(lesson.kind === 'page' && lesson.html, '<p>Water <span>a map</span></p>')
    assert.deepEqual(files, [])
    const { outcome, code } = report.entries.find(entry => entry.path === 'data.png')!
    assert.deepEqual([outcome, code], ['lost', 'damaged'])
  })
})

test('a damaged page costs its lesson, not the course', async () => {
  const files = {
    'imsmanifest.xml': manifestXml({
      items: item('m', 'Unit', item('i1', 'Good', '', 'r1') + item('i2', 'Bad', '', 'r2')),
      resources: resource('r1', 'good.html') + resource('r2', 'bad.html'),
    }),
    'good.html': '<p>Good</p>',
    'bad.html': '<p>precious</p>',
  }
  const zip = await zipOf(files, { 'bad.html': { compress: false } })
  zip.write('PRECIOUS', zip.indexOf('precious'))
  await withCartridge(zip, ({ course: { modules }, report }) => {
    assert.deepEqual(
      modules[0]!.items.map(one => one.title),
      ['Good'],
    )
    assert.ok(report.entries.some(entry => entry.path === 'bad.html' && entry.code === 'damaged'))
  })
})

test('ten thousand files are refused', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`f/${at}.txt`, '']))
  const error = await refused(await zipOf({ ...course, ...many }), 'too_many_entries')
  assert.match(error.message, /10002 files; the limit is 5000/)
})

test('sizes beyond a limit are refused: the archive, one entry, all entries', async () => {
  const files = { ...course, 'a.bin': Buffer.alloc(3000, 'ab'), 'b.bin': Buffer.alloc(3000, 'cd') }
  await refused(files, 'too_large', { maxArchiveBytes: 100 })
  await refused(files, 'too_large', { maxEntryBytes: 2000 })
  await refused(files, 'too_large', { maxTotalBytes: 5000 })
  await refused(files, 'too_large', { maxTextBytes: 100 })
})

test('absurd names come in, and are shown cleaned', async () => {
  const files = onePage('<p>x</p>', {
    [`${'a'.repeat(2000)}.pdf`]: 'long',
    'invoice\u202Efdp.exe': 'reversed',
    '👩🏽‍🔬 notes.txt': 'emoji',
  })
  await withCartridge(files, ({ course: { files: kept }, report }) => {
    const names = kept.map(file => file.name)
    assert.ok(names.includes('invoicefdp.exe'))
    assert.ok(names.includes('👩🏽‍🔬 notes.txt'))
    const long = names.find(name => name.startsWith('aaa'))!
    assert.ok(long.length <= 130 && long.endsWith('….pdf'), long)
    assert.ok(report.entries.every(entry => !entry.path.includes('\u202E') && entry.path.length <= 500))
  })
})

test('an archive without a manifest is refused, and a Moodle backup by its name', async () => {
  await refused({ 'readme.txt': 'hello' }, 'manifest_missing')
  const error = await refused({ 'moodle_backup.xml': '<x/>' }, 'unsupported_format')
  assert.match(error.message, /Moodle backup/)
})

test('other kinds of archives are refused by their names', async () => {
  const kinds: [files: FixtureFiles, is: RegExp][] = [
    [{ '.bb-package-info': '#', 'res00001.dat': '<COURSE/>' }, /a Blackboard archive/],
    [{ 'h5p.json': '{}' }, /an H5P activity/],
    [{ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<x/>' }, /an Office document/],
    [{ 'export/course.imscc': 'PK' }, /another archive, “export\/course\.imscc”/],
    [{ 'a/imsmanifest.xml': '<manifest/>', 'b/imsmanifest.xml': '<manifest/>' }, /several courses/],
  ]
  for (const [files, is] of kinds) assert.match((await refused(files, 'unsupported_format')).message, is)
  const blackboard = manifestXml({ resources: resource('r', 'r.dat', 'resource/x-bb-document') })
  const error = await refused(
    { 'imsmanifest.xml': blackboard.replace('IMS Common Cartridge', 'Content') },
    'unsupported_format',
  )
  assert.match(error.message, /a Blackboard archive/)
})

test('the manifest is found in any spelling and any folder', async () => {
  const moved = (folder: string, name: string) =>
    Object.fromEntries(
      Object.entries(course).map(([path, content]) => [
        folder + path.replace('imsmanifest.xml', name),
        content,
      ]),
    )
  for (const [folder, name] of [
    ['', 'IMSManifest.xml'],
    ['Course/', 'IMSManifest.xml'],
    ['export/2024/', 'imsmanifest.XML'],
  ] as const) {
    await withCartridge(
      { ...moved(folder, name), 'readme.txt': 'beside' },
      ({ course: { modules, files }, report }) => {
        assert.equal(modules[0]?.items[0]?.title, 'Page', folder + name)
        assert.deepEqual(
          files.map(file => file.name),
          ['readme.txt'],
        )
        assert.equal(report.tallies.files.total, 3)
      },
    )
  }
})

test('names with backslashes, in UTF-8 without its flag, or of an old code page are found', async () => {
  const page = (name: string) => `<p><img src="../pics/${encodeURIComponent(name)}" alt="x"></p>`
  const named = async (name: string, bytes: Buffer, separator = '/') => {
    const held = 'p'.repeat(bytes.length)
    const zip = await zipOf({ ...onePage(page(name)), [`pics/${held}`]: 'picture' })
    const from = Buffer.from(`pics/${held}`)
    const to = Buffer.concat([Buffer.from(`pics${separator}`), bytes])
    for (let at = zip.indexOf(from); at >= 0; at = zip.indexOf(from, at + 1)) to.copy(zip, at)
    for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 1))
      zip.writeUInt16LE(zip.readUInt16LE(at + 8) & ~0x800, at + 8)
    await withCartridge(zip, ({ course: { modules } }) => {
      const lesson = modules[0]!.items[0]!
      assert.match(lesson.kind === 'page' ? lesson.html : '', /azora-file:/, name)
    })
  }
  await named('map.png', Buffer.from('map.png'), '\\')
  await named('façade.png', Buffer.from('façade.png'))
  await named('façade.png', Buffer.from('façade.png', 'latin1'))
})

test('a course zipped with its folder around it is read', async () => {
  const folder = Object.fromEntries(
    Object.entries(course).map(([path, content]) => [`My course/${path}`, content]),
  )
  await withCartridge({ ...folder, '__MACOSX/My course/._x': 'junk' }, ({ course: read, report }) => {
    assert.equal(read.modules[0]!.items[0]!.title, 'Page')
    assert.equal(report.entries.find(entry => entry.path.startsWith('__MACOSX'))?.outcome, 'described')
  })
})
