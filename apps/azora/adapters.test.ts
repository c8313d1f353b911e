import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { type Blobs, folderBlobs, s3Blobs } from '@azora/kit/blobs.ts'
import { type Cache, memoryCache, redisCache } from '@azora/kit/cache.ts'
import { testMongodbUrl } from '@azora/kit/config.ts'
import { connectMongo, type Documents, mongoDocuments, postgresDocuments } from '@azora/kit/documents.ts'
import { createLimiter, type Limiter } from '@azora/kit/limits.ts'
import { createLog } from '@azora/kit/log.ts'
import { connectRedis } from '@azora/kit/redis.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import type { Redis } from 'ioredis'
import { startRedis } from './embedded/redis.ts'

/** One contract per port, kept by both of its adapters: the embedded one and the industrial one. */

const log = createLog({ level: 'error', file: null, console: false })('test')
const migrations = new URL('../../kit/migrations/', import.meta.url)
let kit: TestKit
let redisServer: Awaited<ReturnType<typeof startRedis>>
let redis: Redis
let folder: string

before(async () => {
  kit = await createTestKit({ name: 'education', migrations })
  redisServer = await startRedis({ folder: null, log })
  redis = connectRedis(redisServer.url, log)
  await new Promise(resolve => redis.once('ready', resolve))
  folder = await mkdtemp(join(tmpdir(), 'azora-adapters-'))
})
after(async () => {
  redis.disconnect()
  await redisServer.stop()
  await kit.dispose()
  await rm(folder, { recursive: true, force: true })
})

const caches: Record<string, () => Cache> = {
  'in memory': () => memoryCache(),
  'in Redis': () => redisCache(redis, failure => assert.fail(String(failure))),
}

for (const [where, open] of Object.entries(caches)) {
  describe(`A cache ${where}`, () => {
    test('gives back what was set, until it is deleted.', async () => {
      const cache = open()
      const key = randomUUID()
      assert.equal(await cache.get(key), null)
      await cache.set(key, { a: [1, 'two', null] }, 60)
      assert.deepEqual(await cache.get(key), { a: [1, 'two', null] })
      await cache.set(key, 'later', 60)
      assert.equal(await cache.get(key), 'later')
      await cache.delete(key)
      assert.equal(await cache.get(key), null)
    })
    test('gives a copy, so that a caller cannot change what others get.', async () => {
      const cache = open()
      const key = randomUUID()
      await cache.set(key, { n: 1 }, 60)
      const mine = (await cache.get(key)) as { n: number }
      mine.n = 2
      assert.deepEqual(await cache.get(key), { n: 1 })
    })
    test('forgets when the time is over.', async () => {
      const cache = open()
      const key = randomUUID()
      await cache.set(key, 1, 1)
      const deadline = Date.now() + 5000
      while ((await cache.get(key)) !== null) {
        assert.ok(Date.now() < deadline, 'it is still there')
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    })
  })
}

test('A cache in memory holds no more than it may, and drops the oldest first.', async () => {
  const cache = memoryCache({ entries: 3, bytes: 1_000_000 })
  for (const key of ['a', 'b', 'c', 'd']) await cache.set(key, key, 60)
  assert.deepEqual(await Promise.all(['a', 'b', 'c', 'd'].map(key => cache.get(key))), [null, 'b', 'c', 'd'])
})

const limiters: Record<string, () => Limiter> = {
  'in memory': () => createLimiter(null),
  'in Redis': () => createLimiter(redis),
}

for (const [where, open] of Object.entries(limiters)) {
  describe(`A limiter ${where}`, () => {
    const budget = { points: 3, windowSeconds: 60 }
    test('allows as many as the budget says, also of those that come at once, and tells when to come again.', async () => {
      const limiter = open()
      const key = randomUUID()
      const verdicts = await Promise.all(Array.from({ length: 5 }, () => limiter(key, budget)))
      assert.equal(verdicts.filter(verdict => verdict.allowed).length, 3)
      const last = await limiter(key, budget)
      assert.deepEqual([last.allowed, last.limit, last.remaining], [false, 3, 0])
      assert.ok(last.resetSeconds > 0 && last.resetSeconds <= 60)
    })
    test('counts each key and each budget apart, and gives back what is returned.', async () => {
      const limiter = open()
      const key = randomUUID()
      for (let at = 0; at < 3; at++) assert.equal((await limiter(key, budget)).allowed, true)
      assert.equal((await limiter(randomUUID(), budget)).allowed, true)
      assert.equal((await limiter(key, { points: 5, windowSeconds: 60 })).allowed, true)
      await limiter(key, budget, -1)
      assert.equal((await limiter(key, budget)).allowed, true)
      assert.equal((await limiter(key, budget)).allowed, false)
    })
  })
}

test('When Redis is away a cache misses, a limiter counts on locally, and both come back with it.', async () => {
  const failures: unknown[] = []
  const cache = redisCache(redis, failure => failures.push(failure))
  const limiter = createLimiter(redis)
  const budget = { points: 2, windowSeconds: 60 }
  await redisServer.kill()
  assert.equal(await cache.get('key'), null)
  await cache.set('key', 1, 60)
  assert.ok(failures.length >= 2)
  const verdicts = [
    await limiter('away', budget),
    await limiter('away', budget),
    await limiter('away', budget),
  ]
  assert.deepEqual(
    verdicts.map(verdict => verdict.allowed),
    [true, true, false],
  )
  const ready = new Promise(resolve => redis.once('ready', resolve))
  await redisServer.restart()
  await ready
  await cache.set('key', 2, 60)
  assert.equal(await cache.get('key'), 2)
})

const mongoUrl = testMongodbUrl()
const stores: Record<
  string,
  { open: () => Promise<{ documents: Documents; close: () => Promise<void> }>; skip?: string | false }
> = {
  'in PostgreSQL': { open: async () => ({ documents: postgresDocuments(kit.db), close: async () => {} }) },
  'in MongoDB': {
    async open() {
      const client = await connectMongo(mongoUrl ?? '')
      return {
        documents: mongoDocuments(client, `test_${randomUUID().slice(0, 8)}`),
        close: () => client.close(),
      }
    },
    skip: mongoUrl ? false : 'Debian has no MongoDB; set AZORA_TEST_MONGODB_URL to test against one.',
  },
}

for (const [where, { open, skip }] of Object.entries(stores)) {
  test(`Documents ${where} are kept by school, replaced whole, and gone when deleted.`, {
    skip: skip ?? false,
  }, async () => {
    const { documents, close } = await open()
    try {
      const [school, other, id, second] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
      await documents.put(school, 'notes', id, { text: 'One', deep: [{ a: null }] })
      assert.deepEqual(await documents.get(school, 'notes', id), { text: 'One', deep: [{ a: null }] })
      assert.equal(await documents.get(other, 'notes', id), null)
      assert.equal(await documents.get(school, 'others', id), null)
      await documents.putMany(school, 'notes', [
        { id, body: { text: 'Two' } },
        { id: second, body: {} },
      ])
      assert.deepEqual(await documents.get(school, 'notes', id), { text: 'Two' })
      const asked = [id, second, randomUUID()]
      const found = await documents.getMany(school, 'notes', asked)
      assert.deepEqual(Object.fromEntries(found), { [id]: { text: 'Two' }, [second]: {} })
      assert.equal((await documents.getMany(other, 'notes', asked)).size, 0)
      assert.equal((await documents.getMany(school, 'notes', [])).size, 0)
      await documents.delete(other, 'notes', [id])
      assert.deepEqual(await documents.get(school, 'notes', id), { text: 'Two' })
      await documents.delete(school, 'notes', [id, second])
      assert.equal(await documents.get(school, 'notes', id), null)
    } finally {
      await close()
    }
  })
}

type S3rver = new (options: object) => { run(): Promise<{ port: number }>; close(): Promise<void> }

async function openS3(): Promise<{ blobs: Blobs; close: () => Promise<void> }> {
  const Server = createRequire(import.meta.url)('s3rver') as S3rver
  const server = new Server({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'school' }],
  })
  const { port } = await server.run()
  const blobs = await s3Blobs({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    bucket: 'school',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
  })
  return { blobs, close: () => server.close() }
}

const blobStores: Record<string, () => Promise<{ blobs: Blobs; close: () => Promise<void> }>> = {
  'in a folder': async () => ({ blobs: folderBlobs(join(folder, 'blobs')), close: async () => {} }),
  'in S3': openS3,
}

for (const [where, open] of Object.entries(blobStores)) {
  describe(`Files ${where}`, () => {
    let blobs: Blobs
    let close: () => Promise<void>
    before(async () => {
      ;({ blobs, close } = await open())
    })
    after(() => close())

    const read = async (key: string, range?: { start: number; end: number }) => {
      const found = await blobs.get(key, range)
      return found && (await buffer(found)).toString()
    }

    test('are read whole or in part, replaced, and gone when deleted.', async () => {
      assert.equal(
        await blobs.put(
          'files/one',
          Readable.from([Buffer.from('Hello, '), Buffer.from('rivers')]),
          'text/plain',
        ),
        13,
      )
      assert.equal(await read('files/one'), 'Hello, rivers')
      assert.equal(await read('files/one', { start: 7, end: 9 }), 'riv')
      await blobs.put('files/one', Readable.from([Buffer.from('again')]), 'text/plain')
      assert.equal(await read('files/one'), 'again')
      await blobs.delete('files/one')
      assert.equal(await blobs.get('files/one'), null)
      await blobs.delete('files/one')
    })

    test('larger than one part of an upload come back byte for byte.', async () => {
      const chunk = Buffer.alloc(1024 * 1024)
      for (let at = 0; at < chunk.length; at++) chunk[at] = (at * 31) % 251
      const size = await blobs.put(
        'files/large',
        Readable.from(Array.from({ length: 18 }, () => chunk)),
        'video/mp4',
      )
      assert.equal(size, 18 * chunk.length)
      const found = await blobs.get('files/large')
      assert.ok(found)
      const whole = await buffer(found)
      assert.equal(whole.length, size)
      assert.ok(whole.subarray(17 * chunk.length).equals(chunk))
    })

    test('whose sending breaks off leave nothing behind, and leave what was there.', async () => {
      await blobs.put('files/kept', Readable.from([Buffer.from('kept')]), 'text/plain')
      const broken = () =>
        Readable.from(
          (async function* () {
            yield Buffer.from('half')
            throw new Error('the line broke')
          })(),
        )
      for (const key of ['files/kept', 'files/never']) {
        await assert.rejects(blobs.put(key, broken(), 'text/plain'), /the line broke/)
      }
      assert.equal(await read('files/kept'), 'kept')
      assert.equal(await blobs.get('files/never'), null)
    })

    test('have no keys that lead elsewhere.', async () => {
      for (const key of ['../out', '/etc/passwd', 'a//b', 'a\\b', 'A', '', 'a b', '.hidden', 'a/../b']) {
        await assert.rejects(
          blobs.put(key, Readable.from([Buffer.from('x')]), 'text/plain'),
          /Not a blob key/,
          key,
        )
      }
    })
  })
}

test('A file that broke off in a folder leaves no half file there.', async () => {
  const left = await readdir(join(folder, 'blobs'), { recursive: true })
  assert.deepEqual(
    left.filter(name => name.endsWith('.part')),
    [],
  )
})
