import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { openAccount } from '../accounts/open-account.ts'
import { sealSchool } from '../chain/seal-journal.ts'
import { verifySchool } from '../chain/verify-ledger.ts'
import { codesOf, createLedger, type Ledger, move } from '../testing.ts'
import type { Request } from './order.ts'
import { createWriter } from './writer.ts'

/** The writer of the ledger is killed in the middle of its work: what it acknowledged is there, whole and once. */

type Orders = { url: string; organizationId: string; cash: string; wallets: string[] }

/** A transfer, or a booking of two, that follows from its number: so it can be asked for again. */
function requestOf(number: number, { cash, wallets }: Orders): Request {
  const id = (part: string) => {
    const hex = createHash('sha256').update(`${cash} ${number} ${part}`).digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
  const to = wallets[number % wallets.length] as string
  if (number % 3 !== 0) return { transfers: [move(cash, to, 5n, { id: id('one') })] }
  const bookingId = id('booking')
  return {
    bookings: [{ id: bookingId, kind: 'sale' }],
    transfers: ['one', 'other'].map(part => move(cash, to, 7n, { id: id(part), bookingId })),
  }
}

/** What the process that will be killed does: eight at once ask without end, and each answer is told of. */
async function writeWithoutEnd(orders: Orders): Promise<void> {
  const db = openDatabase({ service: 'mint', url: orders.url, maxConnections: 3, onError: () => {} })
  const writer = createWriter(db)
  let next = 0
  const ask = async () => {
    for (;;) {
      const number = next++
      const outcomes = await writer.submit(orders.organizationId, requestOf(number, orders))
      process.stdout.write(`${number} ${codesOf(outcomes).join(',')}\n`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, ask))
}

function defineTests(): void {
  let ledger: Ledger
  before(async () => {
    ledger = await createLedger()
  })
  after(() => ledger?.dispose())

  /** Run the writer until so many answers were told, and kill it wherever it is. @returns the numbers it told of. */
  async function writeAndDie(orders: Orders, least: number): Promise<number[]> {
    const file = fileURLToPath(import.meta.url)
    const child: ChildProcess = spawn(process.execPath, [file, 'write', JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    const told: number[] = []
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      const [, number, codes] = /^(\d+) ([\w,]+)$/.exec(line) ?? []
      // The last line may be cut short.
      if (number && codes) told.push(Number(number))
      if (told.length === least) child.kill('SIGKILL')
    }
    await ended
    return told
  }

  for (const least of [1, 40, 200])
    test(`Killed after ${least} answers, what was answered is in the books once, and bookings are whole.`, async () => {
      const organizationId = randomUUID()
      const school = ledger.kit.db.in(organizationId)
      const open = (kind: 'cash_at_bank' | 'wallet_liability') =>
        school.transaction(tx =>
          openAccount(tx, { kind, owner: { type: 'person', id: randomUUID() }, currency: 'ZAR' }),
        )
      const { id: cash } = await open('cash_at_bank')
      const wallets = [(await open('wallet_liability')).id, (await open('wallet_liability')).id]
      const { connectionString: url } = ledger.kit.db.pool.options
      const orders = { url: url as string, organizationId, cash, wallets }
      const told = await writeAndDie(orders, least)
      assert.ok(told.length >= least)
      await sealSchool(school)
      assert.equal((await verifySchool(school)).difference, null)
      const highest = Math.max(...told) + 20
      const again = createWriter(ledger.kit.db)
      for (let number = 0; number <= highest; number++) {
        const codes = new Set(codesOf(await again.submit(organizationId, requestOf(number, orders))))
        assert.equal(codes.size, 1, 'a booking is there whole or not at all')
        if (told.includes(number)) assert.deepEqual([...codes], ['exists'])
      }
      await again.stop()
      const { transfers } = await school.one<{ transfers: number }>(
        sql`select count(*) as transfers from transfers where organization_id = ${organizationId}`,
      )
      const expected = Array.from(
        { length: highest + 1 },
        (_, number) => requestOf(number, orders).transfers.length,
      )
      assert.equal(
        transfers,
        expected.reduce((sum, count) => sum + count, 0),
      )
      assert.equal((await verifySchool(school)).difference, null)
    })
}

if (process.argv[2] === 'write') await writeWithoutEnd(JSON.parse(process.argv[3] ?? '') as Orders)
else defineTests()
