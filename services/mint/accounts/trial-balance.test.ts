import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { statementCsv, transfersCsv, trialBalanceCsv } from '../ledger-files/ledger-csv.ts'
import { createLedger, hold, type Ledger, move } from '../testing.ts'
import { getAccount, listAccounts } from './read-accounts.ts'
import { trialBalance } from './trial-balance.ts'

/** The books as a whole: by kind of account, now and as of a time, and as files. */

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

const school = { type: 'school' } as const
async function books() {
  const bank = await ledger.open({ kind: 'cash_at_bank', owner: school })
  const equity = await ledger.open({ kind: 'equity', owner: school })
  const revenue = await ledger.open({ kind: 'revenue', owner: school })
  return { bank, equity, revenue }
}
const linesOf = async (lines: AsyncIterable<string>) =>
  (await Array.fromAsync(lines)).map(line => line.trimEnd())

test('All debits are all credits, whatever was booked, and what is only held is in neither.', async () => {
  const { bank, equity, revenue } = await books()
  const accounts = [bank, equity, revenue]
  const amount = fc.integer({ min: 1, max: 1_000_000 })
  const step = fc.tuple(fc.constantFrom(0, 1, 2), fc.constantFrom(1, 2), amount, fc.boolean())
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async steps => {
      for (const [from, by, of, isHeld] of steps) {
        const [debit = '', credit = ''] = [accounts[from], accounts[(from + by) % 3]]
        await ledger.post(isHeld ? hold(debit, credit, BigInt(of)) : move(debit, credit, BigInt(of)))
      }
      const { items, totals } = await trialBalance(ledger.school, {})
      for (const { debits, credits } of totals) assert.equal(debits, credits)
      const { items: each } = await listAccounts(ledger.school, { limit: 100 })
      for (const { kind, balance } of items) {
        const sum = each.filter(one => one.kind === kind).reduce((all, one) => all + BigInt(one.balance), 0n)
        assert.equal(balance, String(sum))
      }
      const asOf = new Date(Date.now() + 60_000).toISOString()
      assert.deepEqual(await trialBalance(ledger.school, { asOf }), { items, totals })
    }),
    { numRuns: 8 },
  )
})

test('As of a time, what was booked later is not there yet, in all accounts as in each.', async () => {
  const { bank, revenue } = await books()
  await ledger.post(move(bank, revenue, 100n))
  await setTimeout(5)
  const asOf = new Date().toISOString()
  const then = await trialBalance(ledger.school, { asOf })
  const each = await listAccounts(ledger.school, { limit: 100, asOf })
  await setTimeout(5)
  await ledger.post(move(bank, revenue, 23n))
  assert.deepEqual(await trialBalance(ledger.school, { asOf }), then)
  assert.deepEqual(await listAccounts(ledger.school, { limit: 100, asOf }), each)
  for (const account of each.items)
    assert.deepEqual(account, await getAccount(ledger.school, { accountId: account.id, asOf }))
  assert.notDeepEqual(await trialBalance(ledger.school, {}), then)
  const before = await trialBalance(ledger.school, { asOf: '2020-01-01T00:00:00Z' })
  assert.deepEqual(before, { items: [], totals: [] })
})

test('The books are written as files that hold all of them, and add up.', async () => {
  const other = await createLedger()
  try {
    const bank = await other.open({ kind: 'cash_at_bank', owner: school })
    const equity = await other.open({ kind: 'equity', owner: school })
    const most = 2n ** 61n
    await other.post(move(bank, equity, 12_345n, { description: '=1+1' }))
    const period = { accountId: bank, from: '2026-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' }
    const statement = await linesOf(statementCsv(other.school, period))
    assert.deepEqual(
      [statement.length, statement[1], statement[3]],
      [4, `,${period.from},opening,,,,0.00,ZAR,`, `,${period.until},closing,,,,123.45,ZAR,`],
    )
    assert.match(statement[2] ?? '', /,deposit,'=1\+1,123\.45,0\.00,123\.45,ZAR,/)
    for (let times = 0; times < 510; times++) await other.post(move(bank, equity, 1n))
    const journal = await linesOf(transfersCsv(other.school, {}))
    assert.equal(journal.length, 1 + 511, 'more than a page of it')
    assert.match(journal[1] ?? '', /,cash_at_bank,\S+,equity,0\.01,ZAR,/)
    const before = await linesOf(trialBalanceCsv(other.school, {}))
    assert.equal(before.at(-1), 'total,,,128.55,128.55,,ZAR')
    await other.post(move(bank, equity, most))
    const [, first] = await linesOf(trialBalanceCsv(other.school, {}))
    assert.match(first ?? '', new RegExp(`${most + 12_855n} minor units`))
  } finally {
    await other.dispose()
  }
})
