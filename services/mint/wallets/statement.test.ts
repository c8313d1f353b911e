import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { makeDocument } from '@azora/documents/make-document.ts'
import { readPdf } from '@azora/documents/samples/read-pdf.ts'
import fc from 'fast-check'
import { createLedger, type Ledger } from '../testing.ts'
import { bookDeposit } from './book-deposit.ts'
import { releaseReservation } from './reservations.ts'
import { selectBounds } from './statement.store.ts'
import { walletStatement } from './statement.ts'
import { statementCsv, statementDocument } from './statement-files.ts'
import { depositOf, hold, someoneWith, wishOf, zar } from './testing-wallets.ts'

/** Statements of wallets: they open with a balance, close with one, and add up between. */

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

const timeZone = 'Africa/Johannesburg'
const today = () => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date())
const daysAround = () => ({ from: '2026-01-01', to: '2099-12-31', timeZone })

test('What happened to a wallet adds up, whatever it was, and what is only held is not in it.', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 5_000 })), { maxLength: 8 }),
      async steps => {
        const { userId, walletId } = await someoneWith(ledger, 50_000)
        for (const [isDeposit, amount] of steps) {
          if (isDeposit)
            await ledger.school.transaction(tx => bookDeposit(tx, depositOf(ledger, userId, amount)))
          else {
            const wish = wishOf(userId, amount)
            await hold(ledger, wish)
            if (amount % 2) await ledger.school.transaction(tx => releaseReservation(tx, wish.reservationId))
          }
        }
        const { opening, closing, items } = await walletStatement(ledger.school, userId, {
          walletId,
          ...daysAround(),
        })
        const deposited = steps.filter(([isDeposit]) => isDeposit)
        assert.equal(items.length, 1 + deposited.length)
        let balance = opening.amountMinor
        for (const line of items) {
          balance += line.amount.amountMinor
          assert.equal(line.balance.amountMinor, balance)
        }
        assert.equal(closing.amountMinor, balance)
        assert.equal(
          balance,
          deposited.reduce((sum, [, amount]) => sum + amount, 50_000),
        )
      },
    ),
    { numRuns: 12 },
  )
})

test('A day begins and ends where its time zone says so.', async () => {
  const bounds = (zone: string) =>
    selectBounds(ledger.school, { from: '2026-03-29', to: '2026-03-29', timeZone: zone })
  assert.deepEqual(await bounds(timeZone), {
    from: '2026-03-28T22:00:00.000Z',
    until: '2026-03-29T22:00:00.000Z',
  })
  // The clocks go forward on this day, so it has 23 hours.
  assert.deepEqual(await bounds('Europe/Berlin'), {
    from: '2026-03-28T23:00:00.000Z',
    until: '2026-03-29T22:00:00.000Z',
  })
})

test('A period before anything happened opens and closes with nothing.', async () => {
  const { userId, walletId } = await someoneWith(ledger, 1_000)
  const days = { from: '2020-01-01', to: '2020-01-31', timeZone }
  const statement = await walletStatement(ledger.school, userId, { walletId, ...days })
  assert.deepEqual(statement, { opening: zar(0), closing: zar(0), items: [] })
})

test('A statement is read as CSV, and as PDF with the same sums.', async () => {
  const { userId, walletId } = await someoneWith(ledger, 123_456)
  const days = daysAround()
  const statement = await walletStatement(ledger.school, userId, { walletId, ...days })
  const [id] = statement.items.map(line => line.id)
  assert.deepEqual(
    [...statementCsv(statement, days)].map(line => line.trimEnd()),
    [
      'Date,Type,Description,Amount,Balance,Currency,Transaction',
      '2026-01-01,opening,Opening balance,,0.00,ZAR,',
      `${today()},deposit,Deposit by card,1234.56,1234.56,ZAR,${id}`,
      '2099-12-31,closing,Closing balance,,1234.56,ZAR,',
    ],
  )
  const whose = { walletId, school: 'Cape School', holder: 'A Learner' }
  const pdf = await makeDocument(statementDocument(statement, days, whose), randomUUID())
  const { pages } = await readPdf(pdf)
  const text = pages.flatMap(({ pieces }) => pieces.map(piece => piece.text)).join(' ')
  for (const said of ['Cape School', 'A Learner', 'Deposit by card', '234,56'])
    assert.ok(text.includes(said), said)
})
