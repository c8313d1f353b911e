import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import { personalDataServices } from '@azora/contracts/contract.ts'
import { answerFailure } from '@azora/kit/answer-failure.ts'
import type { RequestContext } from '@azora/kit/request-context.ts'
import { sql } from '@azora/kit/sql.ts'
import { inTurn, overlapped, testContext, testRun } from '@azora/kit/testing.ts'
import express from 'express'
import pg from 'pg'
import { startAuth } from '../testing.ts'
import { assembleExport } from './assemble-export.ts'
import { archiveKey, cancelExport, deleteBlobs, endExports, requestExport, takePart } from './exports.ts'
import { privacyFileHandlers } from './routes.ts'

/** Collecting what the services report. What they report is shown by apps/azora/privacy.test.ts. */

let auth: Awaited<ReturnType<typeof startAuth>>
let server: Server
let asking: RequestContext

before(async () => {
  auth = await startAuth()
  const { downloadExport } = privacyFileHandlers(auth)
  const app = express()
  app.get('/:exportId', (req, res) =>
    downloadExport?.({ exportId: req.params.exportId }, asking, req, res).catch(failure =>
      answerFailure(req, res, failure, auth.log),
    ),
  )
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
after(async () => {
  server.close()
  await auth.dispose()
})

const contextOf = (userId: string, organizationId = auth.north) =>
  testContext({ userId, organizationId, roles: ['learner'], sessionId: randomUUID() })

async function download(exportId: string, userId: string) {
  asking = contextOf(userId)
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${exportId}`)
}

/** Report as a service does. */
async function report(exportId: string, userId: string, service: string): Promise<string> {
  const blobKey = `exports/${exportId}/${auth.north}/${service}/1`
  await auth.blobs.put(blobKey, Readable.from(['{}']), 'application/json')
  const part = { exportId, userId, organizationId: auth.north, service, files: [{ name: 'a.json', blobKey }] }
  await auth.db.in(auth.north).transaction(tx => takePart(tx, part))
  return blobKey
}

async function readyExport(): Promise<{ id: string; userId: string }> {
  const { userId } = await auth.addPerson()
  const { id } = await requestExport(auth, contextOf(userId))
  for (const service of personalDataServices) await report(id, userId, service)
  await assembleExport(auth, { exportId: id }, testRun.signal)
  return { id, userId }
}

const stateOf = async (userId: string) =>
  (await auth.handlers.getExport({} as never, contextOf(userId))).export?.status ?? null

test('An export is asked of every service, of each school of the person.', async () => {
  const { userId } = await auth.addPerson()
  await auth.db.across.run(sql`
    insert into memberships (organization_id, user_id, roles) values (${auth.south}, ${userId}, array['learner'])`)
  const { id } = await requestExport(auth, contextOf(userId))
  const asked = await auth.db.across.rows<{ organizationId: string }>(sql`
    select organization_id from outbox where name = 'user.export_requested' and payload ->> 'exportId' = ${id}`)
  assert.deepEqual(asked.map(row => row.organizationId).sort(), [auth.north, auth.south].sort())
  assert.equal(
    await auth.db.across.run(sql`select from data_export_parts where export_id = ${id} and files is null`),
    2 * personalDataServices.length,
  )
})

test('One that is being gathered is answered as it is, also to two who ask at once.', async () => {
  const { userId } = await auth.addPerson()
  const ask = () => requestExport(auth, contextOf(userId))
  const account = sql`select from users where id = ${userId} for update`
  const [first, second] = await inTurn(auth.db, account, ask, ask)
  assert.equal(first.status, 'fulfilled')
  assert.deepEqual(second, first)
  assert.equal(
    await auth.db.across.run(
      sql`select from outbox where name = 'user.export_requested' and payload ->> 'userId' = ${userId}`,
    ),
    1,
  )
})

test('One that waits for longer than a day can be asked for anew.', async () => {
  const { userId } = await auth.addPerson()
  const { id } = await requestExport(auth, contextOf(userId))
  await auth.db.across.run(
    sql`update data_exports set requested_at = now() - interval '25 hours' where id = ${id}`,
  )
  assert.notEqual((await requestExport(auth, contextOf(userId))).id, id)
})

test('It is ready when the last service has reported, not before, and its parts are deleted.', async () => {
  const { userId } = await auth.addPerson()
  const { id } = await requestExport(auth, contextOf(userId))
  const keys: string[] = []
  for (const service of personalDataServices) {
    await assembleExport(auth, { exportId: id }, testRun.signal)
    assert.equal(await stateOf(userId), 'gathering')
    keys.push(await report(id, userId, service))
  }
  await assembleExport(auth, { exportId: id }, testRun.signal)
  assert.equal(await stateOf(userId), 'ready')
  for (const key of keys) assert.equal(await auth.blobs.get(key), null)
  // As a job that is run again does.
  await assembleExport(auth, { exportId: id }, testRun.signal)
  assert.ok(await auth.blobs.get(archiveKey(id)))
})

test('A part that is missing on disk leaves the export unfinished, to be tried again.', async () => {
  const { userId } = await auth.addPerson()
  const { id } = await requestExport(auth, contextOf(userId))
  for (const service of personalDataServices) await auth.blobs.delete(await report(id, userId, service))
  await assert.rejects(assembleExport(auth, { exportId: id }, testRun.signal), /is gone/)
  assert.equal(await stateOf(userId), 'gathering')
})

/** The keys of the files that wait to be deleted. */
async function deletions(): Promise<string[]> {
  const admin = new pg.Client({ connectionString: auth.adminUrl })
  await admin.connect()
  const { rows } = await admin.query('select payload from azora_jobs._private_jobs')
  await admin.end()
  return rows.flatMap(({ payload }) => payload.keys ?? [])
}

test('An export says how many of its parts have come, and one that is cancelled is gone with them.', async () => {
  const { userId } = await auth.addPerson()
  const made = await requestExport(auth, contextOf(userId))
  const { id } = made
  assert.deepEqual([made.partsDone, made.partsTotal], [0, personalDataServices.length])
  const key = await report(id, userId, 'education')
  const { export: shown } = await auth.handlers.getExport({} as never, contextOf(userId))
  assert.deepEqual([shown?.partsDone, shown?.partsTotal], [1, personalDataServices.length])
  assert.equal(await cancelExport(auth, contextOf(userId), id), null)
  assert.equal(await stateOf(userId), null)
  const late = await report(id, userId, 'assessment')
  for (const gone of [key, late, archiveKey(id)]) assert.ok((await deletions()).includes(gone), gone)
  await assembleExport(auth, { exportId: id }, testRun.signal)
  assert.equal(await auth.blobs.get(archiveKey(id)), null)
  const entry = sql`select from outbox where payload ->> 'action' = 'export.cancelled' and payload -> 'subject' ->> 'id' = ${userId}`
  assert.equal(await auth.db.across.run(entry), 1)
  assert.notEqual((await requestExport(auth, contextOf(userId))).id, id)
})

test('One that is ready stays when it is cancelled, and nobody cancels another’s.', async () => {
  const { id, userId } = await readyExport()
  assert.equal((await cancelExport(auth, contextOf(userId), id))?.status, 'ready')
  const stranger = contextOf((await auth.addPerson()).userId)
  await assert.rejects(cancelExport(auth, stranger, id), { code: 'not_found' })
  assert.equal(await stateOf(userId), 'ready')
})

test('A part that is reported while its export is cancelled, in either order, leaves no file.', async () => {
  for (const cancelledFirst of [true, false]) {
    const { userId } = await auth.addPerson()
    const { id: exportId } = await requestExport(auth, contextOf(userId))
    const blobKey = `exports/${exportId}/${auth.north}/education/1`
    const part = {
      exportId,
      userId,
      organizationId: auth.north,
      service: 'education',
      files: [{ name: 'a.json', blobKey }],
    }
    if (cancelledFirst) {
      const row = sql`select from data_export_parts where export_id = ${exportId} and service = 'education' for update`
      const outcomes = await inTurn(
        auth.db,
        row,
        () => cancelExport(auth, contextOf(userId), exportId),
        () => auth.db.in(auth.north).transaction(tx => takePart(tx, part)),
      )
      for (const { status } of outcomes) assert.equal(status, 'fulfilled')
    } else
      await overlapped(
        auth.db,
        auth.north,
        tx => takePart(tx, part),
        () => cancelExport(auth, contextOf(userId), exportId),
      )
    assert.ok((await deletions()).includes(blobKey))
  }
})

describe('The archive', () => {
  test('is fetched by its owner as a file that nobody keeps.', async () => {
    const { id, userId } = await readyExport()
    const answer = await download(id, userId)
    const bytes = Buffer.from(await answer.arrayBuffer())
    assert.deepEqual(
      [answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')],
      [200, 'application/zip', 'no-store'],
    )
    assert.equal(answer.headers.get('content-length'), String(bytes.length))
    assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004')
  })

  test('is not there for anybody else, nor before it is ready.', async () => {
    const { id } = await readyExport()
    const { userId: stranger } = await auth.addPerson()
    assert.equal((await download(id, stranger)).status, 404)
    const { id: gathering } = await requestExport(auth, contextOf(stranger))
    assert.equal((await download(gathering, stranger)).status, 404)
  })

  test('goes after seven days.', async () => {
    const { id, userId } = await readyExport()
    await auth.db.across.run(
      sql`update data_exports set expires_at = now() - interval '1 second' where id = ${id}`,
    )
    assert.equal((await download(id, userId)).status, 410)
    assert.equal(await endExports(auth.db), 1)
    assert.equal(await stateOf(userId), 'expired')
    const { id: newer } = await requestExport(auth, contextOf(userId))
    assert.notEqual(newer, id)
    await deleteBlobs(auth, { keys: [archiveKey(id)] })
    assert.equal(await auth.blobs.get(archiveKey(id)), null)
  })
})
