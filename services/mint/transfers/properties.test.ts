import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createLedger, type Ledger } from '../testing.ts'
import { checkHistories } from './testing-properties.ts'

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

// `npm run ledger-properties` does the same with a million.
test('Ten thousand requests, sensible or not, come to what a model of the ledger says, code by code and cent by cent.', async () => {
  let asked = 0
  while (asked < 10_000) asked += await checkHistories(ledger, 3)
  assert.ok(asked >= 10_000)
})
