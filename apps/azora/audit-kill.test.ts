import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { recordAudit } from '@azora/kit/audit.ts'
import { readConfig } from '@azora/kit/config.ts'
import { createLog } from '@azora/kit/log.ts'
import { createTestDatabase } from '@azora/kit/testing.ts'
import { verifyChain } from '@azora/service-auth/audit/verify-chain.ts'
import { createOrganization } from '@azora/service-auth/organizations/organizations.ts'
import pg from 'pg'
import { startProcess } from './process.ts'
import { services } from './services.ts'

/** No entry of the audit log is lost, and none comes twice, whenever the process that writes it is killed. */

type Installation = { dataDir: string; secret: string; adminUrl: string }

const start = (installation: Installation) =>
  startProcess({
    config: readConfig({}),
    installation,
    run: ['auth', 'education'],
    log: createLog({ level: 'error', file: null, console: false }),
  })

/** What the process that will be killed does: change after change in education, each with its entry. */
async function writeWithoutEnd(installation: Installation, school: string): Promise<void> {
  const { directory } = await start(installation)
  const { db } = directory.running.get('education')?.subscriber ?? assert.fail('education does not run')
  for (let written = 0; ; written++) {
    await db
      .in(school)
      .transaction(tx =>
        recordAudit(tx, 'education', 'system', { action: 'test.done', details: { written } }),
      )
    process.stdout.write(`${written}\n`)
  }
}

function defineTests(): void {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let dataDir: string
  let admin: pg.Client

  before(async () => {
    database = await createTestDatabase(services.map(({ name, migrations }) => ({ name, migrations })))
    dataDir = await mkdtemp(join(tmpdir(), 'azora-audit-'))
    admin = new pg.Client({ connectionString: database.adminUrl })
    await admin.connect()
  })
  after(async () => {
    await admin?.end()
    await database?.drop()
    if (dataDir) await rm(dataDir, { recursive: true, force: true })
  })

  /** Run the writer until it has told of so many changes, and kill it in the middle of the next ones. */
  async function writeAndDie(installation: Installation, school: string, least: number): Promise<number> {
    const file = fileURLToPath(import.meta.url)
    const child: ChildProcess = spawn(
      process.execPath,
      [file, 'write', JSON.stringify(installation), school],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let told = 0
    for await (const chunk of child.stdout ?? []) {
      told += String(chunk).split('\n').length - 1
      if (told >= least && !child.killed) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    assert.equal(child.signalCode, 'SIGKILL')
    return told
  }

  test('Of every change that was committed before a kill there is one entry after the next start.', async () => {
    const installation = { dataDir, secret: database.secret, adminUrl: database.adminUrl }
    const first = await start(installation)
    const authDb = first.directory.running.get('auth')?.subscriber.db ?? assert.fail('auth does not run')
    const school = await createOrganization(authDb, { slug: 'north', name: 'North', isDefault: true })
    await first.stop()
    let told = 0
    for (const least of [150, 40]) told += await writeAndDie(installation, school, least)

    const second = await start(installation)
    const { db } = second.directory.running.get('auth')?.subscriber ?? assert.fail('auth does not run')
    const published = "select id from education.outbox where name = 'audit.recorded'"
    const missing = `${published} and id not in (select id from auth.audit_entries)`
    const deadline = Date.now() + 30_000
    while ((await admin.query(missing)).rowCount) {
      assert.ok(Date.now() < deadline, 'entries are missing')
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    const changes = (await admin.query(published)).rowCount ?? 0
    assert.ok(changes >= told)
    const verdict = await verifyChain(db, school)
    assert.deepEqual([verdict.entries, verdict.intact], [changes, true])
    await second.stop()
  })
}

const [, , task, installation, school] = process.argv
if (task === 'write') await writeWithoutEnd(JSON.parse(installation ?? ''), school ?? '')
else defineTests()
