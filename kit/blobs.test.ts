import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { type Blobs, folderBlobs, s3Blobs, sweepParts } from './blobs.ts'
import { insideTransaction } from './context.ts'

/** What each kind of store has to itself; what both must do alike stands in adapters.test.ts. */

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-blobs-'))
})
after(() => rm(folder, { recursive: true }))

const bytes = (text: string) => Readable.from([Buffer.from(text)])
const filesIn = async (path: string) =>
  (await readdir(path, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())

describe('Files in a folder', () => {
  test('that a killed process left half written are swept after a day; whole ones and what is being written are not.', async () => {
    const root = join(folder, 'killed')
    await mkdir(join(root, 'files', 'course'), { recursive: true })
    const old = new Date(Date.now() - 25 * 60 * 60_000)
    for (const [name, isOld] of [
      ['a.123.xyz.part', true],
      ['b.123.xyz.part', false],
      ['c', true],
    ] as const) {
      const path = join(root, 'files', 'course', name)
      await writeFile(path, 'x')
      if (isOld) await utimes(path, old, old)
    }
    assert.equal(await sweepParts(root), 1)
    assert.deepEqual((await filesIn(root)).map(entry => entry.name).sort(), ['b.123.xyz.part', 'c'])
    assert.equal(await sweepParts(join(folder, 'not there')), 0)
  })

  test('of which one cannot be swept are swept but for that one, and it is told.', async () => {
    const root = join(folder, 'stuck')
    const old = new Date(Date.now() - 25 * 60 * 60_000)
    // A folder under such a name is none of ours, and is not removed as a file is.
    await mkdir(join(root, 'd.part'), { recursive: true })
    await utimes(join(root, 'd.part'), old, old)
    for (const name of ['a.part', 'b.part', 'c.part', 'e.part', 'f.part', 'g.part']) {
      await writeFile(join(root, name), 'x')
      await utimes(join(root, name), old, old)
    }
    await assert.rejects(sweepParts(root), { name: 'AggregateError', message: /^1 of 7 .*d\.part/ })
    assert.deepEqual(await readdir(root), ['d.part'])
  })

  test('that are stored while others of their folder are deleted are all there afterwards.', async () => {
    const blobs = folderBlobs(join(folder, 'busy'))
    for (let round = 0; round < 150; round++) {
      await blobs.put('files/going', bytes('old'), 'text/plain')
      // The more of them are removed, the likelier the folder goes while it is being made for the new one.
      await Promise.all([
        blobs.delete('files/going'),
        blobs.delete('files/gone'),
        blobs.put(`files/n${round % 7}`, bytes('new'), 'text/plain'),
        blobs.delete('files/gone'),
      ])
      const kept = await blobs.get(`files/n${round % 7}`)
      assert.equal(kept && (await buffer(kept)).toString(), 'new', `round ${round}`)
      await blobs.delete(`files/n${round % 7}`)
    }
  })

  test('leave no empty folder when the last of them goes.', async () => {
    const root = join(folder, 'tidy')
    const blobs = folderBlobs(root)
    await blobs.put('covers/a/one', bytes('1'), 'image/png')
    await blobs.put('covers/b/one', bytes('1'), 'image/png')
    await blobs.delete('covers/a/one')
    assert.deepEqual(await readdir(join(root, 'covers')), ['b'])
  })

  test('that many send at once under one key are one of them whole.', async () => {
    const root = join(folder, 'rivals')
    const blobs = folderBlobs(root)
    const letters = [...'abcdefgh']
    const slowly = (letter: string) =>
      Readable.from(
        (async function* () {
          for (let at = 0; at < 20; at++) {
            await new Promise(resolve => setImmediate(resolve))
            yield Buffer.alloc(1000, letter)
          }
        })(),
      )
    const sizes = await Promise.all(
      letters.map(letter => blobs.put('files/same', slowly(letter), 'text/plain')),
    )
    assert.deepEqual(new Set(sizes), new Set([20_000]))
    const kept = await buffer((await blobs.get('files/same')) ?? assert.fail('it is gone'))
    assert.equal(new Set(kept).size, 1)
    assert.equal((await filesIn(root)).length, 1)
  })

  test('may be empty.', async () => {
    const blobs = folderBlobs(join(folder, 'empty'))
    assert.equal(await blobs.put('files/none', Readable.from([]), 'text/plain'), 0)
    assert.equal((await buffer((await blobs.get('files/none')) ?? assert.fail('it is gone'))).length, 0)
  })
})

type S3rver = new (options: object) => { run(): Promise<{ port: number }>; close(): Promise<void> }

describe('Files in S3', () => {
  let server: InstanceType<S3rver>
  let root: string
  let blobs: Blobs

  before(async () => {
    const require = createRequire(import.meta.url)
    const Server = require('s3rver') as S3rver
    root = join(folder, 's3')
    server = new Server({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory: root,
      configureBuckets: [{ name: 'school' }],
    })
    const { port } = await server.run()
    blobs = await s3Blobs({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      bucket: 'school',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    })
  })
  after(() => server.close())

  test('that break off after their first parts were sent fail with the reason, and cannot be found.', async () => {
    const broken = Readable.from(
      (async function* () {
        for (let at = 0; at < 10; at++) yield Buffer.alloc(1024 * 1024)
        throw new Error('the line broke')
      })(),
    )
    await assert.rejects(blobs.put('files/broken', broken, 'video/mp4'), /the line broke/)
    assert.equal(await blobs.get('files/broken'), null)
  })

  test('of exactly one part, and of one byte more, come back whole.', async () => {
    for (const size of [8 * 1024 * 1024, 8 * 1024 * 1024 + 1]) {
      assert.equal(await blobs.put('files/edge', Readable.from([Buffer.alloc(size, 7)]), 'video/mp4'), size)
      const kept = await buffer((await blobs.get('files/edge')) ?? assert.fail('it is gone'))
      assert.equal(kept.length, size)
    }
  })

  test('are not taken for missing when the store refuses or is away.', async () => {
    const elsewhere = await s3Blobs({
      endpoint: 'http://127.0.0.1:1',
      region: 'us-east-1',
      bucket: 'school',
      accessKeyId: 'x',
      secretAccessKey: 'x',
    })
    await assert.rejects(elsewhere.get('files/one'))
    await assert.rejects(elsewhere.put('files/one', bytes('x'), 'text/plain'))
  })
})

test('No file is stored inside a transaction, which could not take it back.', async () => {
  const blobs = folderBlobs(join(folder, 'never'))
  const attempt = insideTransaction('education', () => blobs.put('files/one', bytes('x'), 'text/plain'))
  await assert.rejects(attempt, /Storing a file inside a database transaction of education/)
})
