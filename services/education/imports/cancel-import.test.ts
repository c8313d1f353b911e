import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import type { Blobs } from '@azora/kit/blobs.ts'
import { enqueue, runs } from '@azora/kit/jobs.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, startTestJobs, type TestKit, untilBlocked } from '@azora/kit/testing.ts'
import pg from 'pg'
import { onePage, zipOf } from '../cartridges/cartridge-fixture.ts'
import { education } from '../service.ts'
import { removeBlobs, removeBlobsTask } from '../storage/remove-blobs.ts'
import { cancelImport } from './cancel-import.ts'
import { endAbandonedImports } from './end-abandoned-imports.ts'
import { cartridgeBlobKey, runImport } from './import-cartridge.ts'
import { insertImport, selectOptionalImport } from './imports.store.ts'
import { importKey, importTask } from './start-import.ts'
import { takeBackImport, takeBackImportTask } from './take-back-import.ts'

const actor = {
  userId: randomUUID(),
  organizationId: randomUUID(),
  roles: ['instructor' as const],
  sessionId: randomUUID(),
}
let kit: TestKit
let cartridge: Buffer
const stored = new Set<string>()
let whenStored = async () => {}
let blobs: Blobs

before(async () => {
  kit = await createTestKit(education)
  cartridge = await zipOf(
    onePage('<p>Look: <img src="../a.png" alt=""> <img src="../b.png" alt=""></p>', {
      'a.png': randomBytes(1000),
      'b.png': randomBytes(1000),
    }),
  )
  blobs = {
    ...kit.blobs,
    async put(key, content, mediaType) {
      const size = await kit.blobs.put(key, content, mediaType)
      stored.add(key)
      if (key.startsWith('files/')) await whenStored()
      return size
    },
    async delete(key) {
      await kit.blobs.delete(key)
      stored.delete(key)
    },
  }
})
after(() => kit.dispose())

const school = () => kit.db.in(actor.organizationId)

async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`${what}: not in time.`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** An uploaded cartridge whose import waits. */
async function waitingImport(): Promise<string> {
  const importId = randomUUID()
  await blobs.put(cartridgeBlobKey(importId), Readable.from([cartridge]), 'application/zip')
  await school().transaction(async tx => {
    const { organizationId, userId: createdBy } = actor
    await insertImport(tx, { id: importId, organizationId, createdBy, fileName: 'a.imscc' })
    await enqueue(tx, importTask, { importId, organizationId, createdBy }, { key: importKey(importId) })
  })
  return importId
}

const startJobs = () =>
  startTestJobs({
    adminUrl: kit.adminUrl,
    service: 'education',
    tasks: [
      runs(importTask, (job, run) => runImport({ ...kit, blobs }, job, run)),
      runs(removeBlobsTask, job => removeBlobs({ blobs }, job)),
      runs(takeBackImportTask, (job, { signal }) => takeBackImport({ ...kit, blobs }, job, signal)),
    ],
  })

const courses = () => school().run(sql`select from courses`)
const read = async (importId: string) => {
  const found = await selectOptionalImport(school(), importId)
  return found ?? assert.fail('it is gone')
}

test('An import that waits is cancelled before it begins, and its file is removed.', async () => {
  const importId = await waitingImport()
  const answer = await cancelImport(kit, actor, importId)
  assert.deepEqual([answer.status, answer.error?.code], ['failed', 'cancelled'])
  const jobs = await startJobs()
  await until('The file is gone', async () => stored.size === 0)
  await jobs.stop()
  assert.deepEqual([(await read(importId)).stage, await courses()], ['received', 0])
})

test('An import that runs shows how far it is; cancelled, it makes no course and leaves no file.', async () => {
  const importId = await waitingImport()
  const [atFiles, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  whenStored = async () => {
    atFiles.resolve()
    await mayGoOn.promise
  }
  const jobs = await startJobs()
  await atFiles.promise
  await until('Its progress', async () => (await read(importId)).stage === 'files')
  const { status, progressPercent } = await read(importId)
  assert.ok(status === 'running' && progressPercent >= 35, `${status} ${progressPercent}`)
  assert.equal((await cancelImport(kit, actor, importId)).error?.code, 'cancelled')
  mayGoOn.resolve()
  await until('All is gone', async () => stored.size === 0)
  await jobs.stop()
  whenStored = async () => {}
  const { status: end, error } = await read(importId)
  assert.deepEqual([end, error?.code, await courses()], ['failed', 'cancelled', 0])
})

test('An import that was cancelled in a process that died is cleaned up by the next one.', async () => {
  const importId = await waitingImport()
  const first = await startJobs()
  const atFiles = Promise.withResolvers<void>()
  // As a killed process leaves it: with a file stored, and its job begun.
  whenStored = async () => {
    atFiles.resolve()
    whenStored = async () => {}
    throw new Error('away')
  }
  await atFiles.promise
  await first.stop()
  assert.ok([...stored].some(key => key.startsWith('files/')))
  await cancelImport(kit, actor, importId)
  const second = await startJobs()
  await until('All is gone', async () => stored.size === 0)
  await second.stop()
  assert.deepEqual([(await read(importId)).error?.code, await courses()], ['cancelled', 0])
})

/** An attempt of the job of an import, which can be cancelled when its reading begins. */
function attemptOf(importId: string, number: number, whenReading: () => void) {
  const { organizationId, userId: createdBy } = actor
  const cancelling = new AbortController()
  const run = {
    attempt: number,
    lastAttempt: false,
    signal: cancelling.signal,
    reporter: () => ({ report: whenReading, settled: async () => {} }),
  }
  const job = { importId, organizationId, createdBy }
  return { cancelling, done: runImport({ ...kit, blobs }, job, run as never) }
}

test('One that is cancelled while its first attempt reads it leaves nothing, its cartridge neither.', async () => {
  const importId = await waitingImport()
  const first = attemptOf(importId, 1, () =>
    setImmediate(() => first.cancelling.abort(new Error('not wanted'))),
  )
  // Heard from now on: it may end before the other does.
  const refused = assert.rejects(first.done, /not wanted/)
  await cancelImport(kit, actor, importId)
  await refused
  assert.deepEqual([...stored], [])
})

test('One that is cancelled while a later attempt reads it leaves nothing of the earlier one.', async () => {
  const importId = await waitingImport()
  whenStored = async () => {
    whenStored = async () => {}
    throw new Error('away')
  }
  await assert.rejects(attemptOf(importId, 1, () => {}).done, /away/)
  assert.ok([...stored].some(key => key.startsWith('files/')))
  const second = attemptOf(importId, 2, () =>
    setImmediate(() => second.cancelling.abort(new Error('not wanted'))),
  )
  // Heard from now on: it may end before the other does.
  const refused = assert.rejects(second.done, /not wanted/)
  await cancelImport(kit, actor, importId)
  await refused
  assert.deepEqual([...stored], [])
})

test('An import of a person who was erased meanwhile leaves nothing.', async () => {
  const importId = await waitingImport()
  const { organizationId, userId: createdBy } = actor
  const cancelling = new AbortController()
  whenStored = async () => {
    await school().run(
      sql`delete from imports where organization_id = ${organizationId} and id = ${importId}`,
    )
    cancelling.abort(new Error('not wanted'))
  }
  const reporter = () => ({ report() {}, settled: async () => {} })
  const run = { attempt: 1, lastAttempt: false, signal: cancelling.signal, reporter }
  await assert.rejects(
    runImport({ ...kit, blobs }, { importId, organizationId, createdBy }, run as never),
    /not wanted/,
  )
  whenStored = async () => {}
  assert.deepEqual([...stored], [])
})

/** An import whose process died in its last attempt, with a file stored, as its row and its job are then. */
async function diedAtLast(importId: string): Promise<void> {
  const { organizationId, userId: createdBy } = actor
  whenStored = async () => {
    whenStored = async () => {}
    throw new Error('away')
  }
  const reporter = () => ({ report() {}, settled: async () => {} })
  const run = { attempt: 3, lastAttempt: false, signal: new AbortController().signal, reporter }
  const job = { importId, organizationId, createdBy }
  await assert.rejects(runImport({ ...kit, blobs }, job, run as never), /away/)
  await school().run(sql`
    update imports set status = 'running', stage = 'files', created_at = now() - interval '7 hours'
    where organization_id = ${organizationId} and id = ${importId}`)
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  await admin.query('update azora_jobs._private_jobs set attempts = max_attempts where key = $1', [
    importKey(importId),
  ])
  await admin.end()
  assert.ok([...stored].some(key => key.startsWith('files/')))
}

test('Of an import whose process died in its last attempt, all that it stored is taken back when it is given up.', async () => {
  const [importId, other] = [await waitingImport(), await waitingImport()]
  await diedAtLast(importId)
  await endAbandonedImports(kit)
  await endAbandonedImports(kit)
  assert.deepEqual(
    [(await read(importId)).error?.code, (await read(other)).status],
    ['interrupted', 'waiting'],
  )
  await cancelImport(kit, actor, other)
  const jobs = await startJobs()
  await until('All is gone', async () => stored.size === 0)
  await jobs.stop()
  assert.equal(await courses(), 0)
})

test('One that its teacher cancels before it is given up leaves nothing either.', async () => {
  const importId = await waitingImport()
  await diedAtLast(importId)
  await cancelImport(kit, actor, importId)
  const jobs = await startJobs()
  await until('All is gone', async () => stored.size === 0)
  await jobs.stop()
  assert.equal((await read(importId)).error?.code, 'cancelled')
})

test('What a finished import stored is never taken back.', async () => {
  const importId = await waitingImport()
  const jobs = await startJobs()
  await until('It is done', async () => (await read(importId)).status === 'done')
  await jobs.stop()
  const kept = [...stored]
  const { organizationId, userId: createdBy } = actor
  await blobs.put(cartridgeBlobKey(importId), Readable.from([cartridge]), 'application/zip')
  const job = { importId, organizationId, createdBy }
  await takeBackImport({ ...kit, blobs }, job, new AbortController().signal)
  assert.ok(kept.length > 0 && kept.every(key => stored.has(key)))
  await school().run(sql`delete from courses`)
  stored.clear()
})

test('An import that finishes at the moment of its cancelling stays finished.', async () => {
  const importId = await waitingImport()
  const other = new pg.Client({ connectionString: kit.adminUrl })
  await other.connect()
  // The row as the last transaction of the import takes and changes it.
  await other.query('begin')
  await other.query(`update education.imports set status = 'done' where id = $1`, [importId])
  const cancelling = cancelImport(kit, actor, importId)
  await untilBlocked(kit.db)
  await other.query('commit')
  await other.end()
  assert.equal((await cancelling).status, 'done')
})

test('Another teacher’s import cannot be cancelled.', async () => {
  const importId = await waitingImport()
  await assert.rejects(cancelImport(kit, { ...actor, userId: randomUUID() }, importId), {
    code: 'not_found',
  })
  assert.equal((await read(importId)).status, 'waiting')
})
