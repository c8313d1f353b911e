import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { freeAbandonedJobs } from './abandoned-jobs.ts'
import { openDatabase } from './db.ts'
import { defineTask, enqueue } from './jobs.ts'
import { createLog } from './log.ts'
import { serviceDatabaseUrl } from './migrate.ts'
import { type Notices, openNotices } from './notices.ts'
import { createTestDatabase } from './testing.ts'

const log = createLog({ level: 'error', file: null, console: false })('test')
const lockOf = (worker: string) => `(hashtext('azora job worker'), hashtext('${worker}'))`
let database: Awaited<ReturnType<typeof createTestDatabase>>
let notices: Notices
let admin: pg.Client

before(async () => {
  database = await createTestDatabase([
    { name: 'education', migrations: new URL('./migrations/', import.meta.url) },
  ])
  const url = (name: string) => serviceDatabaseUrl(database.adminUrl, database.secret, name)
  notices = await openNotices({ url: url('jobs'), log })
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  const db = openDatabase({
    service: 'education',
    url: url('education'),
    maxConnections: 1,
    onError: () => {},
  })
  await db.in(randomUUID()).transaction(tx => enqueue(tx, defineTask('test.work'), {}))
  await db.close()
})
after(async () => {
  await notices.stop()
  await admin.end()
  await database.drop()
})

/** The one job is locked by that worker, and another process looks: its looks, one by one. */
async function lookAfter(worker: string) {
  await admin.query('update azora_jobs._private_jobs set locked_at = now(), locked_by = $1', [worker])
  const looks: Promise<unknown>[] = []
  const client = () => {
    const real = notices.client()
    assert.ok(real)
    const query = (text: string, values: unknown[]) => {
      const result = real.query(text, values)
      looks.push(result)
      return result
    }
    return Object.assign(Object.create(real), { query }) as pg.Client
  }
  let counted = 0
  const freed = (count: number) => {
    counted += count
  }
  const observed = client()
  const { ready, end } = freeAbandonedJobs(
    { ...notices, client: () => observed },
    { worker: 'looks', log, freed, sureAfterMs: 500 },
  )
  await ready
  return {
    end,
    counted: () => counted,
    async look(number: number) {
      while (!looks[number]) await setTimeout(5)
      await looks[number]
      await setTimeout(0)
      const { rows } = await admin.query('select locked_by as by from azora_jobs._private_jobs')
      return rows[0].by as string | null
    },
  }
}

test('Who is missing in two looks is dead, and its jobs are free.', async () => {
  const { look, end, counted } = await lookAfter('dead')
  assert.equal(await look(0), 'dead')
  assert.equal(await look(1), null)
  assert.equal(counted(), 1)
  end()
})

test('Who is missing in one look, as while its connection is lost, keeps its jobs.', async () => {
  const { look, end, counted } = await lookAfter('away')
  assert.equal(await look(0), 'away')
  await admin.query(`select pg_advisory_lock_shared${lockOf('away')}`)
  assert.equal(await look(1), 'away')
  assert.equal(counted(), 0)
  end()
  await admin.query(`select pg_advisory_unlock_shared${lockOf('away')}`)
})

test('Who ends gives up its lock, and does not take it again with the next connection.', async () => {
  const isFree = async () => {
    const { rows } = await admin.query(`select pg_try_advisory_lock${lockOf('ends')} as free`)
    if (rows[0].free) await admin.query(`select pg_advisory_unlock${lockOf('ends')}`)
    return rows[0].free as boolean
  }
  const { ready, end } = freeAbandonedJobs(notices, { worker: 'ends', log, freed() {} })
  await ready
  assert.equal(await isFree(), false)
  end()
  await notices.client()?.query('select 1')
  assert.equal(await isFree(), true)
  const again = Promise.withResolvers<unknown>()
  const forget = notices.on('anything', again.resolve)
  await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'azora-notices' and datname = current_database()",
  )
  await again.promise
  forget()
  assert.equal(await isFree(), true)
})
