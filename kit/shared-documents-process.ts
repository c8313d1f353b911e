import { Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { openDatabase } from './db.ts'
import { postgresDocuments } from './documents.ts'
import { createSharedDocuments } from './shared-documents.ts'

/** Writes in a shared document without end, and tells its parent what was acknowledged. Made to be killed. */

const [url = '', organizationId = '', documentId = ''] = process.argv.slice(2)
const db = openDatabase({ service: 'education', url, maxConnections: 3, onError: () => {} })
const log = { debug() {}, info() {}, warn() {}, error() {} }
const shared = createSharedDocuments({
  db,
  documents: postgresDocuments(db),
  log,
  // Few, so that it is also killed while it merges.
  bounds: { mostUpdateBytes: 10_000, mostDocumentBytes: 1_000_000, mostParts: 4 },
})
const doc = new Doc()
const list = doc.getArray<string>('words')
for (let count = 0; ; count++) {
  const before = encodeStateVector(doc)
  const word = `${process.pid}-${count}`
  list.push([word])
  await shared.append(organizationId, documentId, encodeStateAsUpdate(doc, before))
  process.send?.(word)
}
