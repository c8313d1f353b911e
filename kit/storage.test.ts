import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { AppError, errorBody } from './errors.ts'
import { isStorageFull } from './storage-full.ts'
import { createStorageWatch } from './storage-watch.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora-storage-'))
})
after(() => rm(folder, { recursive: true }))

const withCode = (code: string) => Object.assign(new Error('no space'), { code })

test('A full disk is known by every name that it has, also as the cause of something else.', () => {
  const full = [
    withCode('ENOSPC'),
    withCode('EDQUOT'),
    withCode('53100'),
    Object.assign(new Error(), { name: 'XMinioStorageFull' }),
    Object.assign(new Error(), { $metadata: { httpStatusCode: 507 } }),
    new Error('outer', { cause: new Error('middle', { cause: withCode('ENOSPC') }) }),
    new AppError('storage_full'),
  ]
  for (const failure of full) assert.ok(isStorageFull(failure), String(failure))
  for (const failure of [new Error('ENOSPC'), withCode('ENOENT'), null, 'ENOSPC']) {
    assert.ok(!isStorageFull(failure), String(failure))
  }
})

test('A caller learns of a full disk as such, and when to come back.', () => {
  const body = errorBody(withCode('53100'))
  assert.deepEqual([body.status, body.code, body.data?.retryAfterSeconds], [503, 'storage_full', 60])
})

test('Readiness names what cannot be written, and nothing when all is well.', async () => {
  let free = 0
  const freeBytes = (bytes: number) => {
    free = bytes
  }
  assert.deepEqual(await createStorageWatch(folder, { freeBytes }).problems(), [])
  assert.ok(free > 0)
  const missing = createStorageWatch(join(folder, 'missing'), { freeBytes })
  assert.deepEqual(await missing.problems(), ['The data folder cannot be written (ENOENT).'])
  const watch = createStorageWatch(folder, { freeBytes })
  watch.databaseWasFull()
  assert.deepEqual(await watch.problems(), ['The database has no space left.'])
})
