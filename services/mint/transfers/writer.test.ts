import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { once } from '@azora/kit/idempotency.ts'
import { statementsOf } from '@azora/kit/testing.ts'
import { codesOf, createLedger, type Ledger, move } from '../testing.ts'
import { createWriter } from './writer.ts'

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

async function wallets(): Promise<{ cash: string; from: string; to: string }> {
  const cash = await ledger.open({
    kind: 'cash_at_processor',
    owner: { type: 'processor', id: randomUUID() },
  })
  const [from, to] = [await ledger.open(), await ledger.open()]
  await ledger.post(move(cash, from, 1000n))
  return { cash, from, to }
}

test('What arrives together commits together, and each is told of its own transfers.', async () => {
  const { from, to } = await wallets()
  const writer = createWriter(ledger.kit.db)
  let codes: string[][] = []
  const statements = await statementsOf(ledger.kit.db, async () => {
    const outcomes = await Promise.all(
      [300n, 800n, 700n, 1n].map(amount =>
        writer.submit(ledger.organizationId, { transfers: [move(from, to, amount)] }),
      ),
    )
    codes = outcomes.map(codesOf)
  })
  assert.deepEqual(codes, [
    ['created'],
    ['debit_account_overdrawn'],
    ['created'],
    ['debit_account_overdrawn'],
  ])
  assert.equal(statements.filter(text => text === 'commit').length, 1)
  await writer.stop()
})

test('Beyond what may wait, more is refused at once and nothing of it is booked.', async () => {
  const { from, to } = await wallets()
  const writer = createWriter(ledger.kit.db, { mostInBatch: 2, mostWaiting: 5 })
  const ask = (count: number) =>
    writer.submit(ledger.organizationId, {
      transfers: Array.from({ length: count }, () => move(from, to, 1n)),
    })
  const outcomes = await Promise.allSettled([ask(3), ask(2), ask(1)])
  assert.deepEqual(
    outcomes.map(outcome =>
      outcome.status === 'fulfilled' ? codesOf(outcome.value).length : outcome.reason.code,
    ),
    [3, 2, 'ledger_busy'],
  )
  assert.deepEqual(codesOf(await ask(1)), ['created'], 'there is room again')
  await writer.stop()
})

test('A request that fails takes none of those with it that came together.', async () => {
  const { from, to } = await wallets()
  const writer = createWriter(ledger.kit.db)
  const bad = move(from, to, 1n, { description: 'no \u0000 in a text of PostgreSQL' })
  const outcomes = await Promise.allSettled(
    [move(from, to, 1n), bad, move(from, to, 2n)].map(order =>
      writer.submit(ledger.organizationId, { transfers: [order] }),
    ),
  )
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  await writer.stop()
})

test('A writer that stops finishes what waits, and takes no more.', async () => {
  const { from, to } = await wallets()
  const writer = createWriter(ledger.kit.db, { mostInBatch: 1, mostWaiting: 10 })
  const asked = [1n, 2n, 3n].map(amount =>
    writer.submit(ledger.organizationId, { transfers: [move(from, to, amount)] }),
  )
  const stopped = writer.stop()
  await assert.rejects(writer.submit(ledger.organizationId, { transfers: [move(from, to, 1n)] }), {
    code: 'unavailable',
  })
  await stopped
  assert.deepEqual((await Promise.all(asked)).map(codesOf), [['created'], ['created'], ['created']])
})

test('A request with an idempotency key is answered once for good, and shares its batch with others all the same.', async () => {
  const { from, to } = await wallets()
  const writer = createWriter(ledger.kit.db)
  const actor = {
    userId: randomUUID(),
    organizationId: ledger.organizationId,
    roles: [],
    sessionId: randomUUID(),
  }
  const order = move(from, to, 5n)
  let asked = 0
  const keyed = () =>
    once(
      ledger.kit.db,
      actor,
      {
        key: 'a-key',
        operation: { name: 'mint.createTransfers', shownOnce: false },
        raw: order.id,
        internalKey: null,
      },
      async () => {
        asked += 1
        return JSON.stringify(await writer.submit(ledger.organizationId, { transfers: [order] }))
      },
    )
  const other = writer.submit(ledger.organizationId, { transfers: [move(from, to, 1n)] })
  const first = await keyed()
  assert.deepEqual(codesOf(JSON.parse(first)), ['created'])
  assert.deepEqual(codesOf(await other), ['created'])
  // The answer that was kept has spaces of its own.
  assert.deepEqual(JSON.parse(await keyed()), JSON.parse(first))
  assert.equal(asked, 1)
  await writer.stop()
})

test('A transaction may not wait for the writer, who may wait for its accounts.', async () => {
  const writer = createWriter(ledger.kit.db)
  await assert.rejects(
    ledger.school.transaction(() => writer.submit(ledger.organizationId, { transfers: [] })),
    /inside a database transaction/,
  )
})
