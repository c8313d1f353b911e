import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { StreamEvent } from '@azora/kit/streams.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { education } from '../service.ts'
import { cancelled } from './import-failure.ts'
import { importMoved } from './import-moved.ts'
import { failImport, insertImport, updateStage } from './imports.store.ts'
import { watchImport } from './watch-import.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

const teacher = {
  userId: randomUUID(),
  organizationId: randomUUID(),
  sessionId: randomUUID(),
  roles: ['instructor' as const],
}
type Told = Awaited<ReturnType<typeof watchImport>> extends AsyncIterable<StreamEvent<infer T>> ? T : never

async function begin() {
  const id = randomUUID()
  const { userId: createdBy, organizationId } = teacher
  await insertImport(kit.db.in(organizationId), { id, organizationId, createdBy, fileName: 'rivers.imscc' })
  return id
}

async function move(importId: string, percent: number) {
  await updateStage(kit.db.in(teacher.organizationId), importId, 'reading', percent)
  importMoved(kit.signals, importId)
}

async function follow(importId: string, lastEventId: string | null = null) {
  const leaving = new AbortController()
  const events = await watchImport(kit, teacher, importId, { signal: leaving.signal, lastEventId })
  const from = events[Symbol.asyncIterator]()
  return {
    leave: () => leaving.abort(),
    async next(): Promise<StreamEvent<Told> | null> {
      const step = await from.next()
      return step.done ? null : step.value
    },
  }
}

test('An import is told as it stands, then at each step, until it has ended.', async () => {
  const id = await begin()
  const stream = await follow(id)
  assert.deepEqual((await stream.next())?.data.status, 'waiting')
  const coming = stream.next()
  await move(id, 20)
  assert.equal((await coming)?.data.progressPercent, 20)
  const last = stream.next()
  await failImport(kit.db.in(teacher.organizationId), id, cancelled)
  importMoved(kit.signals, id)
  const { data } = (await last) ?? assert.fail('The end was not told.')
  assert.deepEqual([data.status, data.error?.code], ['failed', 'cancelled'])
  assert.equal(await stream.next(), null)
})

test('Anyone who resumes is told only what is different from what they know.', async () => {
  const id = await begin()
  const first = await (await follow(id)).next()
  const stream = await follow(id, first?.id ?? null)
  const coming = stream.next()
  await move(id, 30)
  assert.equal((await coming)?.data.progressPercent, 30)
})

test('Anyone who leaves while nothing happens ends the stream.', async () => {
  const stream = await follow(await begin())
  await stream.next()
  const waiting = stream.next()
  stream.leave()
  assert.equal(await waiting, null)
})

test("Another teacher's import is not found.", async () => {
  const id = await begin()
  const stranger = { ...teacher, userId: randomUUID() }
  const { signal } = new AbortController()
  await assert.rejects(watchImport(kit, stranger, id, { signal, lastEventId: null }), { code: 'not_found' })
})
