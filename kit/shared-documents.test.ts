import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { sharedDocumentRoom } from '@azora/contracts/shared-document.ts'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { AppError } from './errors.ts'
import { serviceDatabaseUrl } from './migrate.ts'
import { connect, enter, say, somebody, startRooms, type TestSocket } from './realtime-fixture.ts'
import { hostSharedDocument } from './shared-document-room.ts'
import { createSharedDocuments, type SharedDocumentBounds } from './shared-documents.ts'
import { openEditor } from './shared-documents-editor.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit, testSecret } from './testing.ts'

/** Documents that several people write at once: nothing that was acknowledged is lost, whatever happens. */

const migrations = new URL('./migrations/', import.meta.url)
const school = randomUUID()
const bounds: SharedDocumentBounds = { mostUpdateBytes: 20_000, mostDocumentBytes: 60_000, mostParts: 8 }
let kit: TestKit

before(async () => {
  kit = await createTestKit({ name: 'education', migrations })
})
after(() => kit.dispose())

const open = (given = bounds) =>
  createSharedDocuments({ db: kit.db, documents: kit.documents, log: kit.log, bounds: given })

/** Write in a copy of one's own; the update that brings it to others. */
function writing(doc = new Doc()) {
  const text = doc.getText('text')
  return {
    doc,
    text,
    change(work: () => void): Uint8Array {
      const before = encodeStateVector(doc)
      work()
      return encodeStateAsUpdate(doc, before)
    },
  }
}

async function textOf(
  shared: ReturnType<typeof open>,
  documentId: string,
  organizationId = school,
): Promise<string> {
  const { update } = await shared.read(organizationId, documentId)
  const doc = new Doc()
  applyUpdate(doc, update)
  return doc.getText('text').toString()
}

const partsOf = (documentId: string) =>
  kit.db.in(school).rows<{ partId: string; bytes: number }>(sql`
    select part_id, bytes from shared_document_parts where document_id = ${documentId} order by part_id`)

async function until(what: string, look: () => Promise<unknown> | unknown): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`${what}: not in time.`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

const hasCode = (code: string) => (failure: unknown) => failure instanceof AppError && failure.code === code

test('What was never written is an empty document; of another school nothing is read.', async () => {
  const shared = open()
  const documentId = randomUUID()
  assert.equal(await textOf(shared, documentId), '')
  const one = writing()
  await shared.append(
    school,
    documentId,
    one.change(() => one.text.insert(0, 'ours')),
  )
  assert.equal(await textOf(shared, documentId), 'ours')
  assert.equal(await textOf(shared, documentId, randomUUID()), '')
})

test('Who has a part already is sent the rest alone.', async () => {
  const shared = open()
  const documentId = randomUUID()
  const one = writing()
  await shared.append(
    school,
    documentId,
    one.change(() => one.text.insert(0, 'x'.repeat(1000))),
  )
  const had = encodeStateVector(one.doc)
  const other = new Doc()
  applyUpdate(other, encodeStateAsUpdate(one.doc))
  await shared.append(
    school,
    documentId,
    one.change(() => one.text.insert(1000, ' and more')),
  )
  const { update, stateVector } = await shared.read(school, documentId, had)
  assert.ok(update.length < 100)
  applyUpdate(other, update)
  assert.equal(other.getText('text').toString(), `${'x'.repeat(1000)} and more`)
  assert.deepEqual(stateVector, encodeStateVector(one.doc))
})

test('Updates count once, however often and in whatever order they arrive.', async () => {
  const shared = open()
  const documentId = randomUUID()
  const one = writing()
  const updates = ['a', 'b', 'c'].map(letter => one.change(() => one.text.insert(one.text.length, letter)))
  for (const update of [...updates.toReversed(), ...updates]) await shared.append(school, documentId, update)
  assert.equal(await textOf(shared, documentId), 'abc')
})

test('Many parts become one, without what was deleted, also while others write.', async () => {
  const shared = open({ ...bounds, mostParts: 1000 })
  const documentId = randomUUID()
  const one = writing()
  for (let count = 0; count < 30; count++)
    await shared.append(
      school,
      documentId,
      one.change(() => one.text.insert(0, `${count} `.repeat(50))),
    )
  await shared.append(
    school,
    documentId,
    one.change(() => one.text.delete(0, one.text.length - 3)),
  )
  const before = await partsOf(documentId)
  const merging = open({ ...bounds, mostParts: 1 })
  const two = writing()
  await merging.append(
    school,
    documentId,
    two.change(() => two.text.insert(0, 'two')),
  )
  await until('The parts are one', async () => (await partsOf(documentId)).length <= 2)
  const size = (parts: { bytes: number }[]) => parts.reduce((sum, part) => sum + part.bytes, 0)
  assert.ok(size(await partsOf(documentId)) < size(before) / 10)
  assert.match(await textOf(shared, documentId), /two/)
  const { bytes } = await kit.db.in(school).one<{ bytes: number }>(sql`
    select bytes from shared_documents where id = ${documentId}`)
  assert.equal(bytes, size(await partsOf(documentId)))
  // What was replaced is no longer kept.
  const bodies = await kit.documents.getMany(
    school,
    'shared_document_parts',
    before.map(part => part.partId),
  )
  await until(
    'The old parts are gone',
    async () =>
      bodies.size === 0 ||
      (
        await kit.documents.getMany(
          school,
          'shared_document_parts',
          before.map(part => part.partId),
        )
      ).size === 0,
  )
})

test('A process that is killed while it writes and merges loses nothing that it acknowledged.', {
  timeout: 60_000,
}, async () => {
  const documentId = randomUUID()
  const acknowledged: string[] = []
  const module = fileURLToPath(new URL('./shared-documents-process.ts', import.meta.url))
  for (let round = 0; round < 3; round++) {
    const url = serviceDatabaseUrl(kit.adminUrl, testSecret, 'education')
    const child = fork(module, [url, school, documentId])
    const ended = once(child, 'exit')
    child.on('message', word => {
      acknowledged.push(String(word))
      if (acknowledged.length >= (round + 1) * 20 + round) child.kill('SIGKILL')
    })
    await ended
  }
  const { update } = await open().read(school, documentId)
  const doc = new Doc()
  applyUpdate(doc, update)
  const words = new Set(doc.getArray<string>('words').toArray())
  assert.ok(acknowledged.length >= 60)
  assert.deepEqual(
    acknowledged.filter(word => !words.has(word)),
    [],
  )
})

test('A document and an update have bounds, and what was deleted makes room.', async () => {
  const shared = open()
  const documentId = randomUUID()
  const one = writing()
  const tooMuch = writing()
  const large = tooMuch.change(() => tooMuch.text.insert(0, 'x'.repeat(bounds.mostUpdateBytes)))
  await assert.rejects(shared.append(school, documentId, large), hasCode('payload_too_large'))
  const fill = () =>
    shared.append(
      school,
      documentId,
      one.change(() => one.text.insert(0, 'y'.repeat(19_000))),
    )
  for (let count = 0; count < 3; count++) await fill()
  await assert.rejects(fill(), hasCode('payload_too_large'))
  // The update that was refused is still the writer's own; what it deletes is what the others have.
  const doc = new Doc()
  applyUpdate(doc, (await shared.read(school, documentId)).update)
  const again = writing(doc)
  await shared.append(
    school,
    documentId,
    again.change(() => again.text.delete(0, again.text.length)),
  )
  await shared.append(
    school,
    documentId,
    again.change(() => again.text.insert(0, 'z'.repeat(19_000))),
  )
  assert.equal((await textOf(shared, documentId)).length, 19_000)
})

test('What is no update is refused.', async () => {
  const shared = open()
  const documentId = randomUUID()
  const one = writing()
  const good = one.change(() => one.text.insert(0, 'good'))
  await shared.append(school, documentId, good)
  const refusals: string[] = []
  for (let round = 0; round < 300; round++) {
    const noise = createHash('sha512').update(String(round)).digest()
    const hostile = round % 2 ? noise.subarray(0, 1 + (round % 60)) : Buffer.from(good)
    if (round % 2 === 0) hostile[round % hostile.length] = (round * 37) % 256
    await shared.append(school, documentId, hostile).catch(failure => {
      assert.ok(failure instanceof AppError, String(failure))
      refusals.push(failure.code)
    })
  }
  assert.ok(refusals.length > 100 && refusals.length < 300)
  // Those that were taken, for some changes are as good as any, can be read and merged with the rest.
  await until('They are merged', async () => (await partsOf(documentId)).length < bounds.mostParts)
  assert.deepEqual(
    [...new Set(refusals)].filter(code => code !== 'invalid_input'),
    [],
  )
  assert.match(await textOf(shared, documentId), /good/)
  await assert.rejects(
    shared.read(school, documentId, Buffer.from([255, 255, 255])),
    hasCode('invalid_input'),
  )
})

/** An update of one piece of text, by a writer at a clock, that says what stands before it. */
function pieceAfter(client: number, clock: number, origin: { client: number; clock: number }): Uint8Array {
  const number = (value: number) => {
    const bytes: number[] = []
    for (let rest = value; ; rest >>>= 7) {
      if (rest < 128) return [...bytes, rest]
      bytes.push((rest & 127) | 128)
    }
  }
  // Yjs's first encoding: one writer with one struct from a clock, which is a string (4) with an origin (128).
  return Uint8Array.from([
    ...[1, 1].flatMap(number),
    ...[client, clock].flatMap(number),
    4 | 128,
    ...[origin.client, origin.clock].flatMap(number),
    ...[1, 'x'.charCodeAt(0)].flatMap(number),
    0,
  ])
}

test('An update that Yjs could read and never apply is refused: a piece beside itself, or beside a later one.', async () => {
  const shared = open()
  const documentId = randomUUID()
  for (const hostile of [
    pieceAfter(1, 0, { client: 1, clock: 5 }),
    pieceAfter(9, 1, { client: 9, clock: 7 }),
    pieceAfter(9, 1, { client: 9, clock: 1 }),
  ])
    await assert.rejects(shared.append(school, documentId, hostile), hasCode('invalid_input'))
  assert.deepEqual(await partsOf(documentId), [])
  // One beside an earlier piece of the same writer is what everybody writes.
  await shared.append(school, documentId, pieceAfter(9, 1, { client: 9, clock: 0 }))
  assert.equal((await partsOf(documentId)).length, 1)
})

test('Where parts come faster than they are merged a document is full at a number of them.', async () => {
  const shared = open({ ...bounds, mostParts: 1 })
  const documentId = randomUUID()
  // They come faster than they are merged.
  const one = writing()
  const updates = Array.from({ length: 30 }, (_, at) => one.change(() => one.text.insert(at, 'x')))
  const added = await Promise.allSettled(updates.map(update => shared.append(school, documentId, update)))
  assert.ok((await partsOf(documentId)).length <= 8)
  for (const outcome of added)
    if (outcome.status === 'rejected') assert.ok(hasCode('payload_too_large')(outcome.reason))
})

test('A document that is deleted leaves nothing.', async () => {
  const shared = open()
  const documentId = randomUUID()
  const one = writing()
  await shared.append(
    school,
    documentId,
    one.change(() => one.text.insert(0, 'gone')),
  )
  const ids = (await partsOf(documentId)).map(part => part.partId)
  await shared.delete(school, documentId)
  assert.equal(await textOf(shared, documentId), '')
  assert.equal((await kit.documents.getMany(school, 'shared_document_parts', ids)).size, 0)
})

test('Two people write at once over sockets and see the same; who comes later and who was away do too.', async () => {
  const room = sharedDocumentRoom({ name: 'school/document', summary: 'A document.', access: 'member' })
  const documentId = randomUUID()
  const [ada, ben, reader] = [somebody(), somebody(), somebody()]
  for (const person of [ben, reader]) person.organizationId = ada.organizationId
  const hosted = hostSharedDocument(room, {
    documents: open({ mostUpdateBytes: 128_000, mostDocumentBytes: 4_000_000, mostParts: 8 }),
    async enter(_actor, id) {
      if (id !== documentId) throw new AppError('not_found')
    },
    async write(actor) {
      if (actor.userId === reader.userId) throw new AppError('forbidden')
    },
  })
  const rooms = await startRooms({ service: 'documents', people: [ada, ben, reader], rooms: [hosted] })
  const sockets: TestSocket[] = []
  const join = (person: { token: string }) => {
    const socket = connect(rooms, person.token)
    sockets.push(socket)
    return socket
  }
  try {
    const one = await openEditor(join(ada), room, documentId)
    const two = await openEditor(join(ben), room, documentId)
    one.text.insert(0, 'Hello ')
    two.text.insert(0, 'World ')
    const same = () => one.text.toString() === two.text.toString() && one.text.length === 12
    await until('Both see both', same)
    for (const answer of [...(await one.kept()), ...(await two.kept())])
      assert.deepEqual(answer, { kept: true })

    one.awareness.setLocalStateField('cursor', 3)
    await until('The cursor', () => two.awareness.getStates().get(one.doc.clientID)?.cursor === 3)

    sockets[1]?.disconnect()
    two.text.insert(0, 'offline ')
    one.text.insert(one.text.length, 'online')
    sockets[1]?.connect()
    await two.sync()
    await until('Both see both again', () => one.text.toString() === two.text.toString())
    assert.match(one.text.toString(), /offline/)

    const late = await openEditor(join(reader), room, documentId)
    assert.equal(late.text.toString(), one.text.toString())
    late.text.insert(0, 'not mine')
    assert.deepEqual(await late.kept(), ['forbidden'])
    assert.doesNotMatch(one.text.toString(), /not mine/)
    assert.equal(await enter(join(ada), room, { documentId: randomUUID() }), 'not_found')
    for (const editor of [one, two, late]) editor.close()
    const hostile = join(ada)
    await enter(hostile, room, { documentId })
    for (const message of [{}, { update: 'text' }, { update: [1, 2] }, { update: Buffer.alloc(128_001) }])
      assert.equal(await say(hostile, room, { documentId }, 'update', message), 'invalid_input')
  } finally {
    for (const socket of sockets) socket.disconnect()
    await rooms.close()
  }
})
