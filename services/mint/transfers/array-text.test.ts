import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import fc from 'fast-check'
import { createLedger, type Ledger } from '../testing.ts'
import { arrayText } from './array-text.ts'

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

const text = fc.string({ unit: 'binary' }).map(one => one.replaceAll('\u0000', '').toWellFormed())
const odd = fc.constantFrom('', 'NULL', '{}', ',', '"', '\\', '\\"', ' a ', '\n', 'null')

test('PostgreSQL reads back every list of texts as it was.', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.oneof(text, odd))), async values => {
      const { read } = await ledger.kit.db.infrastructure.one<{ read: (string | null)[] }>(
        sql`select ${arrayText(values)}::text[] as read`,
      )
      assert.deepEqual(read, values)
    }),
    { numRuns: 100 },
  )
})
