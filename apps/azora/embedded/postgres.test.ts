import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { StartupFault } from '@azora/kit/config.ts'
import pg from 'pg'
import { runningAsRoot } from './account.ts'
import { startEmbeddedPostgres, startTemporaryPostgres } from './postgres.ts'
import { ended, identify } from './process-identity.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

async function ask(adminUrl: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(adminUrl)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

describe('the embedded database', () => {
  let parent: string
  let dataDir: string
  before(() => {
    parent = mkdtempSync(join(tmpdir(), 'azora-test-'))
    chmodSync(parent, 0o711)
    dataDir = join(parent, 'a school', 'data')
  })
  after(() => rmSync(parent, { recursive: true, force: true }))

  const start = () => startEmbeddedPostgres({ dataDir, log: silent })

  test('is created in a folder whose path has a space, after an earlier creation was cut short', async () => {
    const unfinished = join(dataDir, 'postgres.unfinished', 'cluster')
    mkdirSync(unfinished, { recursive: true })
    writeFileSync(join(unfinished, 'PG_VERSION'), '18\n')
    const database = await start()
    const [row] = await ask(
      database.adminUrl,
      `select current_database() as name, pg_encoding_to_char(encoding) as encoding, upper('école') as upper
         from pg_database where datname = current_database()`,
    )
    assert.deepEqual(row, { name: 'azora', encoding: 'UTF8', upper: 'ÉCOLE' })
    await database.stop()
    assert.equal(existsSync(join(dataDir, 'postgres.unfinished')), false)
    assert.equal(existsSync(join(dataDir, 'azora.lock')), false)
  })

  test('keeps its data, its password private, and its listener on this machine', async () => {
    const first = await start()
    await ask(first.adminUrl, 'create table kept as select 42 as answer')
    await first.stop()
    const second = await start()
    assert.deepEqual(await ask(second.adminUrl, 'select answer from kept'), [{ answer: 42 }])
    const [row] = await ask(
      second.adminUrl,
      `select current_setting('listen_addresses') as host, current_setting('fsync') as fsync,
              current_setting('unix_socket_directories') as sockets`,
    )
    assert.deepEqual(row, { host: '127.0.0.1', fsync: 'on', sockets: '' })
    if (process.platform !== 'win32') {
      assert.equal(statSync(join(dataDir, 'postgres-password')).mode & 0o777, 0o600)
    }
    await second.stop()
  })

  test('refuses a second start on the same folder and names the first', async () => {
    const first = await start()
    await assert.rejects(start(), (fault: unknown) => {
      assert(fault instanceof StartupFault)
      assert.match(fault.message, new RegExp(`process ${process.pid}\\) is using the data folder`))
      return true
    })
    assert.deepEqual(await ask(first.adminUrl, 'select 1 as still'), [{ still: 1 }])
    await first.stop()
  })

  test('is not kept from starting by a lock whose process id now belongs to another process', async () => {
    writeFileSync(join(dataDir, 'azora.lock'), JSON.stringify({ pid: process.ppid, startedAt: 'long ago' }))
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.ppid}\n`)
    const database = await start()
    await database.stop()
  })

  test('comes back on the same port with what was committed, when it is killed', async () => {
    const database = await start()
    await ask(database.adminUrl, "insert into kept values (43); select 'done'")
    const postmaster = identify(database.pid())!
    process.kill(postmaster.pid, 'SIGKILL')
    assert(await ended(postmaster, 5000))
    const deadline = Date.now() + 20_000
    let rows: unknown = null
    while (rows === null && Date.now() < deadline) {
      rows = await ask(database.adminUrl, 'select answer from kept order by 1').catch(() => null)
    }
    assert.deepEqual(rows, [{ answer: 42 }, { answer: 43 }])
    await database.stop()
    assert.notEqual(database.pid(), postmaster.pid)
  })

  test('takes over from a start that was killed, whose server still runs', async () => {
    const program = `
      import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)}
      const log = { debug() {}, info() {}, warn() {}, error() {} }
      const database = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log })
      console.log(database.pid())`
    const killed = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(killed.stdout, 'data')
    const orphan = identify(Number(String(line).trim()))
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    assert(orphan, `no process runs under what was told: ${line}`)
    const database = await start()
    assert(await ended(orphan, 0))
    assert.equal((await ask(database.adminUrl, 'select * from kept')).length, 2)
    await database.stop()
  })

  test('sets a new password when the file that holds it was lost', async () => {
    rmSync(join(dataDir, 'postgres-password'))
    const database = await start()
    assert.equal((await ask(database.adminUrl, 'select * from kept')).length, 2)
    await database.stop()
  })

  test('says what is wrong with a damaged database, in its own words', async () => {
    rmSync(join(dataDir, 'postgres', 'global', 'pg_control'))
    await assert.rejects(start(), (fault: unknown) => {
      assert(fault instanceof StartupFault)
      assert.match(fault.message, /did not start[\s\S]*PostgreSQL: .*pg_control/)
      return true
    })
    assert.equal(existsSync(join(dataDir, 'azora.lock')), false)
  })

  test('refuses a folder that holds something else, and leaves it as it is', async () => {
    const other = join(parent, 'other')
    mkdirSync(join(other, 'postgres'), { recursive: true })
    writeFileSync(join(other, 'postgres', 'letter.txt'), 'Dear Ada')
    await assert.rejects(startEmbeddedPostgres({ dataDir: other, log: silent }), /not a database folder/)
    assert.deepEqual(readdirSync(join(other, 'postgres')), ['letter.txt'])
  })

  test('says so when a file is where the data folder should be', async () => {
    const file = join(parent, 'file')
    writeFileSync(file, '')
    await assert.rejects(startEmbeddedPostgres({ dataDir: join(file, 'data'), log: silent }), StartupFault)
  })
})

test('a data folder in a private home of root is served from a place that the database can reach', async context => {
  if (!runningAsRoot) return context.skip('only root has such a home')
  const home = mkdtempSync(join(homedir(), '.azora test '))
  chmodSync(home, 0o700)
  const cluster = join(home, 'postgres')
  try {
    const first = await startEmbeddedPostgres({ dataDir: home, log: silent })
    const place = realpathSync(cluster)
    context.after(() => rmSync(place, { recursive: true, force: true }))
    assert(lstatSync(cluster).isSymbolicLink())
    assert.notEqual(statSync(cluster).uid, 0)
    await ask(first.adminUrl, 'create table kept as select 1 as answer')
    await first.stop()
    const second = await startEmbeddedPostgres({ dataDir: home, log: silent })
    assert.deepEqual(await ask(second.adminUrl, 'select answer from kept'), [{ answer: 1 }])
    await second.stop()
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})

test('a temporary database leaves nothing behind', async () => {
  const database = await startTemporaryPostgres({ log: silent })
  const [row] = await ask(
    database.adminUrl,
    "select current_setting('data_directory') as folder, current_setting('fsync') as fsync",
  )
  assert.equal(row?.fsync, 'off')
  const postmaster = identify(database.pid())!
  await database.stop()
  assert(await ended(postmaster, 0))
  assert.equal(existsSync(String(row?.folder)), false)
})
