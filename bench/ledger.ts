import { execFile } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { reportLedgers } from '@azora/service-mint/chain/ledger-report.ts'
import pg from 'pg'
import { appoint, openAuthDatabase, openDatabaseOf, type Person } from '../test/api.ts'
import { startSystem } from '../test/system.ts'

/**
 * `npm run bench -- ledger [seconds]`: transfers a second through the public operation, durable, over 100,000 accounts and
 * all on one hot account; beside one statement in a transaction of its own per transfer, by `pg` and by `pgbench`, into
 * the same tables in the same run. Then the latency at half the load, and how fast the journal is verified.
 */

const accountCount = 100_000
const transfersOfRequest = 500
const requestsAtOnce = 12
const plainConnections = 16
const smallRequest = 100

type Shape = 'uniform' | 'hot'
type Ground = { url: string; officer: Person; mintUrl: string }

const idOf = (number: number) => `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`

/** Two accounts: any two, or any one and the hot one, which is the last. */
function pair(shape: Shape): [number, number] {
  const debit = randomInt(accountCount)
  const credit = shape === 'hot' ? accountCount : (debit + 1 + randomInt(accountCount - 1)) % accountCount
  return [debit, credit]
}

async function prepare(adminUrl: string, organizationId: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(
    `insert into mint.accounts (organization_id, id, kind, side, owner_type, owner_id, currency, may_overdraw)
     select $1, ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'instructor_payable', 'credit', 'person',
       gen_random_uuid()::text, 'ZAR', true from generate_series(0, $2) i`,
    [organizationId, accountCount],
  )
  await client.query('vacuum analyze mint.accounts')
  await client.end()
}

function body(shape: Shape, transfers: number): string {
  const one = () => {
    const [debit, credit] = pair(shape)
    return `{"phase":"posted","id":"${randomUUID()}","kind":"payment","debitAccountId":"${idOf(debit)}","creditAccountId":"${idOf(credit)}","amountMinor":1}`
  }
  return `{"transfers":[${Array.from({ length: transfers }, one).join(',')}]}`
}

async function send({ url, officer }: Ground, text: string, transfers: number): Promise<void> {
  const answer = await fetch(`${url}/api/v1/financial/transfers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${officer.token}`, 'content-type': 'application/json' },
    body: text,
  })
  const created = (await answer.text()).split('"created"').length - 1
  if (created !== transfers) throw new Error(`${answer.status}: ${created} of ${transfers} were made.`)
}

/** As many as go, each request when the one before on its connection was answered. @returns transfers a second. */
async function throughput(ground: Ground, shape: Shape, seconds: number): Promise<number> {
  const began = performance.now()
  let made = 0
  const go = async () => {
    while (performance.now() - began < seconds * 1000) {
      await send(ground, body(shape, transfersOfRequest), transfersOfRequest)
      made += transfersOfRequest
    }
  }
  await Promise.all(Array.from({ length: requestsAtOnce }, go))
  return (made * 1000) / (performance.now() - began)
}

/** Small requests at a steady rate, whether or not those before were answered. @returns p50 and p99 in milliseconds. */
async function latency(ground: Ground, shape: Shape, perSecond: number, seconds: number) {
  const count = Math.ceil((perSecond * seconds) / smallRequest)
  const everyMs = (seconds * 1000) / count
  const began = performance.now()
  const times = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const due = began + at * everyMs
      await setTimeout(Math.max(0, due - performance.now()))
      await send(ground, body(shape, smallRequest), smallRequest)
      return performance.now() - due
    }),
  )
  const sorted = times.toSorted((a, b) => a - b)
  const of = (share: number) => sorted[Math.min(count - 1, Math.floor(count * share))] ?? 0
  return { p50: of(0.5), p99: of(0.99) }
}

/** One transfer in one statement, which is a transaction of its own. The ids are parameters or expressions. */
const plain = (organization: string, id: string, debit: string, credit: string) => `
  with changed as (
    update accounts set debits_posted = debits_posted + case when id = ${debit} then 1 else 0 end,
      credits_posted = credits_posted + case when id = ${credit} then 1 else 0 end
    where organization_id = ${organization} and id = any(array[${debit}, ${credit}]) returning currency
  )
  insert into transfers (organization_id, id, phase, debit_account_id, credit_account_id, amount, released, currency, kind,
    booked_at)
  select ${organization}, ${id}, 'posted', ${debit}, ${credit}, 1, 0, min(currency), 'payment', clock_timestamp()
  from changed`

async function oneByOne({ mintUrl, officer }: Ground, shape: Shape, seconds: number): Promise<number> {
  const text = plain('$1::uuid', '$2::uuid', '$3::uuid', '$4::uuid')
  const began = performance.now()
  let made = 0
  await Promise.all(
    Array.from({ length: plainConnections }, async () => {
      const client = new pg.Client({ connectionString: mintUrl })
      await client.connect()
      while (performance.now() - began < seconds * 1000) {
        const [debit, credit] = pair(shape)
        const values = [officer.organizationId, randomUUID(), idOf(debit), idOf(credit)]
        await client.query({ name: 'plain', text, values })
        made += 1
      }
      await client.end()
    }),
  )
  return (made * 1000) / (performance.now() - began)
}

/** @returns transactions a second; null where there is no `pgbench`. */
async function byPgbench(
  { mintUrl, officer }: Ground,
  shape: Shape,
  seconds: number,
): Promise<number | null> {
  const folder = await mkdtemp(join(tmpdir(), 'azora-pgbench-'))
  const id = (name: string) => `('00000000-0000-7000-8000-' || lpad(to_hex(:${name}::int), 12, '0'))::uuid`
  const statement = plain(`'${officer.organizationId}'::uuid`, 'gen_random_uuid()', id('debit'), id('credit'))
  const credit =
    shape === 'hot' ? String(accountCount) : `(:debit + 1 + random(0, ${accountCount - 2})) % ${accountCount}`
  const file = join(folder, 'transfer.sql')
  await writeFile(
    file,
    `\\set debit random(0, ${accountCount - 1})\n\\set credit ${credit}\n${statement.replace(/\s+/g, ' ')};\n`,
  )
  try {
    const options = ['-n', '-M', 'prepared', '-c', String(plainConnections), '-j', '2', '-T', String(seconds)]
    const { stdout } = await promisify(execFile)('pgbench', [...options, '-f', file, mintUrl])
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw failure
  } finally {
    await rm(folder, { recursive: true })
  }
}

const rounded = (value: number) => String(Math.round(value)).padStart(7)

async function measure(
  say: (line: string) => void,
  ground: Ground,
  shape: Shape,
  seconds: number,
): Promise<void> {
  say(`\n${shape === 'hot' ? 'All on one hot account' : `Any two of ${accountCount} accounts`}`)
  await throughput(ground, shape, Math.min(3, seconds))
  const ours = await throughput(ground, shape, seconds)
  say(
    `  through the API        ${rounded(ours)} transfers/s (${transfersOfRequest} in a request, ${requestsAtOnce} at once)`,
  )
  const alone = await oneByOne(ground, shape, seconds)
  say(
    `  one by one             ${rounded(alone)} transfers/s (${plainConnections} connections), ratio ${(ours / alone).toFixed(1)}`,
  )
  const bench = await byPgbench(ground, shape, seconds)
  say(
    bench === null
      ? '  pgbench                is not installed'
      : `  pgbench                ${rounded(bench)} transfers/s (${plainConnections} clients), ratio ${(ours / bench).toFixed(1)}`,
  )
  const { p50, p99 } = await latency(ground, shape, ours / 2, seconds)
  say(
    `  at half of that load   p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (${smallRequest} in a request)`,
  )
}

export async function benchLedger(say: (line: string) => void, args: string[]): Promise<void> {
  const seconds = Number(args[0] ?? 10)
  const system = await startSystem('single', { AZORA_LOG_TO: 'file' })
  const { adminUrl, secret } = await system.access()
  const authDb = openAuthDatabase({ adminUrl, secret })
  const mintDb = openDatabaseOf('mint', { adminUrl, secret })
  try {
    const officer = await appoint(system.url, authDb, { role: 'learner', offices: ['finance'] })
    const { organizationId } = officer
    await prepare(adminUrl, organizationId)
    const mintUrl = new URL(serviceDatabaseUrl(adminUrl, secret, 'mint'))
    mintUrl.searchParams.set('options', `-c search_path=mint -c azora.organization_id=${organizationId}`)
    // libpq, which pgbench uses, reads no plus as a blank.
    const ground = { url: system.url, officer, mintUrl: mintUrl.href.replaceAll('+', '%20') }
    for (const shape of ['uniform', 'hot'] as const) await measure(say, ground, shape, seconds)
    say('\nVerified, with the journal sealed first')
    await reportLedgers(mintDb, [{ id: organizationId, slug: '  the school' }], say)
    await reportLedgers(mintDb, [{ id: organizationId, slug: '  and again, sealed already' }], say)
  } finally {
    await authDb.close()
    await mintDb.close()
    await system.stop()
  }
}
