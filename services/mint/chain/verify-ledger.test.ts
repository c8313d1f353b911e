import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { statementsOf } from '@azora/kit/testing.ts'
import pg from 'pg'
import { codesOf, createLedger, hold, type Ledger, move } from '../testing.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { ledgerHealth } from './ledger-health.ts'
import { reportLedgers } from './ledger-report.ts'
import { sealSchool, settledUntil } from './seal-journal.ts'
import { verifyAndKeep, verifyLedger, verifyLedgers, verifySchool } from './verify-ledger.ts'

/** Seals and verification, with a hand that changes the tables past every rule: that of the database's administrator. */

let ledger: Ledger
let admin: pg.Client
before(async () => {
  ledger = await createLedger()
  admin = new pg.Client({ connectionString: ledger.kit.adminUrl })
  await admin.connect()
  await admin.query("set session_replication_role = 'replica'; set search_path = mint")
})
after(async () => {
  await admin?.end()
  await ledger?.dispose()
})

/** The books of a school of its own: some transfers, a pending one that was posted in part, all sealed twice. */
async function books() {
  const organizationId = randomUUID()
  const one = { ...ledger, organizationId, school: ledger.kit.db.in(organizationId) }
  const accounts = Array.from({ length: 3 }, () => randomUUID())
  await admin.query(
    `insert into accounts (organization_id, id, kind, side, owner_type, owner_id, currency, may_overdraw)
     select $1, id, 'wallet_liability', 'credit', 'person', id::text, 'ZAR', true from unnest($2::uuid[]) id`,
    [organizationId, accounts],
  )
  const [a = '', b = '', c = ''] = accounts
  const pending = hold(a, c, 50n)
  const post = (...transfers: Parameters<typeof ledger.post>) =>
    one.school.transaction(tx => postTransfers(tx, { transfers }))
  await post(move(a, b, 10n), move(b, c, 20n), pending)
  assert.equal(await sealSchool(one.school), 1)
  await post(
    { phase: 'post', id: randomUUID(), kind: 'x', pendingId: pending.id, amount: 30n },
    move(c, a, 7n),
  )
  assert.equal(await sealSchool(one.school), 1)
  return { ...one, a, b, c, post, change: (text: string) => admin.query(text, [organizationId]) }
}

test('Books that nobody tampered with show zero difference.', async () => {
  const { school } = await books()
  const { transfers, sealed, accounts, difference, head } = await verifySchool(school)
  assert.deepEqual(
    { transfers, sealed, accounts, difference, seal: head?.number },
    {
      transfers: 5,
      sealed: 5,
      accounts: 3,
      difference: null,
      seal: 2,
    },
  )
})

test('Whatever is changed past the rules is found.', async () => {
  const cases: [
    string,
    'chain' | 'balance' | 'resolution',
    (of: Awaited<ReturnType<typeof books>>) => string,
  ][] = [
    ['update transfers set amount = 11 where organization_id = $1 and amount = 10', 'chain', () => '1'],
    ["update transfers set description = 'x' where organization_id = $1 and amount = 7", 'chain', () => '2'],
    [
      "update transfers set booked_at = booked_at - interval '1 day' where organization_id = $1 and amount = 7",
      'chain',
      () => '2',
    ],
    ['delete from transfers where organization_id = $1 and amount = 20', 'chain', () => '1'],
    ["update seals set hash = sha256('') where organization_id = $1 and number = 1", 'chain', () => '1'],
    ['delete from seals where organization_id = $1 and number = 1', 'chain', () => '2'],
    [
      'update accounts set credits_posted = credits_posted + 1 where organization_id = $1 and id = (select min(id::text)::uuid from accounts where organization_id = $1)',
      'balance',
      ({ a, b, c }) => [a, b, c].sort()[0] ?? '',
    ],
    [
      'update accounts set debits_pending = 1 where organization_id = $1 and id = (select max(id::text)::uuid from accounts where organization_id = $1)',
      'balance',
      ({ a, b, c }) => [a, b, c].sort()[2] ?? '',
    ],
  ]
  for (const [statement, difference, at] of cases) {
    const one = await books()
    assert.equal((await one.change(statement)).rowCount, 1, statement)
    const found = await verifySchool(one.school)
    assert.deepEqual([found.difference, found.differenceAt], [difference, at(one)], statement)
  }
})

test('A transfer that is slipped in between sealed ones is found, with its balances made to fit.', async () => {
  const { school, change } = await books()
  await change(`
    with slipped as (
      insert into transfers (organization_id, sequence, id, phase, debit_account_id, credit_account_id, amount, released,
        currency, kind, booked_at)
      overriding system value
      select organization_id, -1, gen_random_uuid(), 'posted', debit_account_id, credit_account_id, 5, 0, currency, kind,
        booked_at from transfers where organization_id = $1 order by sequence limit 1
      returning debit_account_id, credit_account_id
    )
    update accounts a set debits_posted = debits_posted + case when a.id = s.debit_account_id then 5 else 0 end,
      credits_posted = credits_posted + case when a.id = s.credit_account_id then 5 else 0 end
    from slipped s where a.id in (s.debit_account_id, s.credit_account_id)`)
  assert.equal((await verifySchool(school)).difference, 'chain')
})

test('A resolution that does not fit what was pending is found once nothing else differs.', async () => {
  const { school, change } = await books()
  await change('delete from seals where organization_id = $1')
  await change(
    "update transfers set pending_id = gen_random_uuid() where organization_id = $1 and phase = 'post'",
  )
  assert.equal((await verifySchool(school)).difference, 'resolution')
})

test('Nothing is sealed while an earlier transfer may still appear, and no writer waits for the seal.', async () => {
  const { a, b, school, post } = await books()
  const [written, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = school.transaction(async tx => {
    await postTransfers(tx, { transfers: [move(a, b, 1n)] })
    written.resolve()
    await commit.promise
  })
  await written.promise
  const [c, d] = [await openIn(school), await openIn(school)]
  assert.deepEqual(
    codesOf(await post(move(c, d, 2n))),
    ['created'],
    'a higher number is there before the lower',
  )
  assert.equal(await settledUntil(school, 0), null, 'it does not know yet')
  const sealing = sealSchool(school)
  assert.equal(await Promise.race([sealing, setTimeout(200, 'waits')]), 'waits')
  assert.deepEqual(codesOf(await post(move(c, d, 3n))), ['created'], 'writers go on')
  commit.resolve()
  await slow
  assert.equal(await sealing, 1)
  const { difference, sealed } = await verifySchool(school)
  assert.deepEqual(
    [difference, sealed],
    [null, 7],
    'the slow one and what was there when the seal was asked for',
  )
})

async function openIn(school: Ledger['school']): Promise<string> {
  const id = randomUUID()
  await admin.query(
    `insert into accounts (organization_id, id, kind, side, owner_type, owner_id, currency, may_overdraw)
     values ($1, $2, 'suspense', 'credit', 'person', gen_random_uuid()::text, 'ZAR', true)`,
    [school.organizationId, id],
  )
  return id
}

test('Sealed twice at once, a journal has each transfer in one seal.', async () => {
  const { school, post, a, b } = await books()
  await post(move(a, b, 1n))
  const seals = await Promise.all([sealSchool(school), sealSchool(school)])
  assert.equal(seals[0] + seals[1], 1)
  assert.equal((await verifySchool(school)).difference, null)
})

test('The last verification is kept for those who keep the books, and a difference fails the night’s job.', async () => {
  const { school, change, post, a, b, organizationId } = await books()
  await verifyAndKeep(school)
  const first = await ledgerHealth(school)
  assert.equal(first.verification?.difference, null)
  assert.deepEqual(first.unsealed, { transfers: 0, since: null })
  await post(move(a, b, 1n))
  assert.equal((await ledgerHealth(school)).unsealed.transfers, 1)
  await change('update transfers set amount = 12 where organization_id = $1 and amount = 10')
  const asked = await statementsOf(ledger.kit.db, () => verifyLedgers(ledger.kit.db))
  assert.ok(asked.filter(text => text.includes('azora_jobs.enqueue')).length > 10, 'a job for each school')
  await assert.rejects(verifyLedger(ledger.kit.db, { organizationId }), /differ: chain at 1/)
  assert.equal((await ledgerHealth(school)).verification?.difference, 'chain')
})

test('The report tells of each school with its rate, and whether all add up.', async () => {
  const [sound, broken] = [await books(), await books()]
  const lines: string[] = []
  const report = (...organizations: { organizationId: string }[]) =>
    reportLedgers(
      ledger.kit.db,
      organizations.map(({ organizationId: id }) => ({ id, slug: 'school' })),
      line => void lines.push(line),
    )
  assert.equal(await report(sound), true)
  assert.match(
    lines[0] ?? '',
    /^school: 5 transfers \(5 sealed\), 3 accounts, \d+ transfers\/s, seal 2:[0-9a-f]{64}, zero difference$/,
  )
  await broken.change('update transfers set amount = 12 where organization_id = $1 and amount = 10')
  assert.equal(await report(sound, broken), false)
  assert.match(lines[2] ?? '', /DIFFERENCE: chain at 1$/)
})
