import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { applyUpdate, Doc, decodeUpdate, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import type { Documents } from './documents.ts'
import { createSharedDocuments } from './shared-documents.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

/** Two processes merge the parts of one document at the same time: nothing is lost, and nothing is kept twice. */

const migrations = new URL('./migrations/', import.meta.url)
const bounds = { mostUpdateBytes: 20_000, mostDocumentBytes: 600_000, mostParts: 1000 }
let kit: TestKit

before(async () => {
  kit = await createTestKit({ name: 'education', migrations })
})
after(() => kit.dispose())

const open = (mostParts: number, documents: Documents = kit.documents) =>
  createSharedDocuments({ db: kit.db, documents, log: kit.log, bounds: { ...bounds, mostParts } })

/** Writes words, each one update, and remembers them. */
function writer(name: string) {
  const doc = new Doc()
  const words: string[] = []
  return {
    words,
    next(): Uint8Array {
      const before = encodeStateVector(doc)
      const word = `${name}-${words.length}`
      words.push(word)
      doc.getArray<string>('words').push([word])
      return encodeStateAsUpdate(doc, before)
    },
  }
}

/** A document at one moment: what its parts hold, how many bytes it counts, how many bodies the school has. */
async function kept(school: string, documentId: string) {
  const parts = await kit.db.in(school).rows<{ update: string | null; bytes: number; counted: number }>(sql`
    select body ->> 'update' as update, part.bytes, document.bytes as counted
    from shared_documents document
    join shared_document_parts part on part.organization_id = document.organization_id and document_id = document.id
    left join documents on documents.organization_id = part.organization_id
      and collection = 'shared_document_parts' and documents.id = part_id
    where document.organization_id = ${school} and document.id = ${documentId}`)
  const bodies = () =>
    kit.db.in(school).one<{ count: number }>(sql`
      select count(*) from documents where organization_id = ${school}`)
  return { parts, bodies }
}

/** Each word once and in its writer's order; each piece in one part alone; in the end no body that no part names. */
async function assertWhole(school: string, documentId: string, writers: ReturnType<typeof writer>[]) {
  const { parts } = await kept(school, documentId)
  const updates = parts.map(({ update }) => {
    assert.ok(update, 'a part has no body')
    return Buffer.from(update, 'base64')
  })
  const doc = new Doc()
  for (const update of updates) applyUpdate(doc, update)
  const words = doc.getArray<string>('words').toArray()
  assert.deepEqual(words.toSorted(), writers.flatMap(one => one.words).toSorted())
  for (const one of writers)
    assert.deepEqual(
      words.filter(word => one.words.includes(word)),
      one.words,
    )
  const pieces = updates.flatMap(update =>
    decodeUpdate(update).structs.flatMap(({ id, length }) =>
      Array.from({ length }, (_, at) => `${id.client} ${id.clock + at}`),
    ),
  )
  assert.equal(new Set(pieces).size, pieces.length, 'a piece is in two parts')
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  assert.ok(parts.every(({ counted }) => counted === bytes))
  // A merge may be under way, which takes away in the end what it replaced, or what it made in vain.
  const deadline = Date.now() + 20_000
  for (;;) {
    const now = await kept(school, documentId)
    const { count } = await now.bodies()
    if (count === now.parts.length) break
    assert.ok(Date.now() < deadline, `${count} bodies for ${now.parts.length} parts`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

test('Of two that have read the same parts one replaces them, and the other takes back what it made.', {
  timeout: 60_000,
}, async () => {
  const [school, documentId] = [randomUUID(), randomUUID()]
  const writers = ['one', 'two'].map(writer)
  const filling = open(1000)
  for (let count = 0; count < 10; count++)
    for (const one of writers) await filling.append(school, documentId, one.next())

  const bothHaveRead = Promise.withResolvers<void>()
  let read = 0
  const ended = writers.map(async one => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const merging = open(20, {
      ...kit.documents,
      async getMany(...asked) {
        read += 1
        if (read === 2) bothHaveRead.resolve()
        await bothHaveRead.promise
        return kit.documents.getMany(...asked)
      },
      // The last step of either: of the parts that were replaced, or of the one that came too late.
      async delete(...asked) {
        await kit.documents.delete(...asked)
        resolve()
      },
    })
    await merging.append(school, documentId, one.next())
    await promise
  })
  await Promise.all(ended)
  assert.ok((await kept(school, documentId)).parts.length <= 2)
  await assertWhole(school, documentId, writers)
})

test('Two that write and merge the same document at once lose nothing, and nothing is kept twice.', async () => {
  const [school, documentId] = [randomUUID(), randomUUID()]
  const writers = ['one', 'two'].map(writer)
  await Promise.all(
    writers.map(async one => {
      const shared = open(3)
      for (let count = 0; count < 25; count++) await shared.append(school, documentId, one.next())
    }),
  )
  assert.ok((await kept(school, documentId)).parts.length < 25, 'nothing was merged')
  await assertWhole(school, documentId, writers)
})
