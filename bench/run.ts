import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { AzoraClient } from '@azora/contracts/client.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { prepare } from '@azora/kit/sql.ts'
import {
  selectMyCourses,
  selectOptionalCoursePage,
} from '@azora/service-education/enrollments/enrollments.store.ts'
import autocannon from 'autocannon'
import pg from 'pg'
import { demoLearner, demoPassword } from '../apps/azora/demo/school.ts'
import { signIn } from '../test/api.ts'
import { type System, startSystem } from '../test/system.ts'
import { benchAttempt } from './attempt.ts'
import { benchConnections } from './connections.ts'
import { benchGatewayCost, benchLimiter } from './gateway.ts'
import { benchGradebook } from './gradebook.ts'
import { benchIdle } from './idle.ts'
import { benchLedger } from './ledger.ts'
import { checkLedgerProperties } from './ledger-properties.ts'
import { benchVerification } from './ledger-verify.ts'
import { cpuBetween, cpuOf, memoryOf } from './processes.ts'
import { benchPrograms } from './programs.ts'
import { benchRush } from './rush.ts'
import { benchSignIns } from './sign-ins.ts'
import { withDatabase } from './with-database.ts'

/**
 * `npm run bench`: prints what a request costs, against a bare handler in the same run; `npm run bench -- idle` what
 * it costs that nobody asks anything, `npm run bench -- connections` what streams and sockets cost, `npm run bench --
 * attempt` what an attempt at a quiz costs, `npm run bench -- rush` whether hundreds who take one at once lose an
 * answer, `npm run bench -- programs` what it costs to run a learner's program, `npm run bench -- ledger` how many transfers are
 * booked a second. See bench/README.md.
 */

const say = (line: string) => process.stdout.write(`${line}\n`)
const baselineFile = fileURLToPath(new URL('./baseline.ts', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))
const connections = 16
const loadSeconds = 8

/** The school that an access token names. */
const schoolOf = (token: string) =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { org: string }).org

type Measured = { perSecond: number; p99Ms: number; cpuMs: number }

/** The statements that a use case runs, caught before they reach a database. */
function recorder(organizationId: string): {
  db: Queryable
  statements: { text: string; name: string; values: unknown[] }[]
} {
  const statements: { text: string; name: string; values: unknown[] }[] = []
  const note = (statement: Parameters<Queryable['rows']>[0]) =>
    void statements.push({ ...prepare(statement), values: [...statement.values] })
  return {
    statements,
    db: {
      organizationId,
      rows: async statement => {
        note(statement)
        return []
      },
      one: async statement => {
        note(statement)
        throw new Error('A recorder has no rows.')
      },
      optional: async statement => {
        note(statement)
        return null
      },
      run: async statement => {
        note(statement)
        return 0
      },
    },
  }
}

/** Load a URL for a while; processor time is of all the given process families together. */
async function load(url: string, headers: Record<string, string>, pids: number[]): Promise<Measured> {
  await autocannon({ url, headers, connections, duration: 3 })
  const before = pids.map(pid => cpuOf(pid))
  const result = await autocannon({ url, headers, connections, duration: loadSeconds })
  const after = pids.map(pid => cpuOf(pid))
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors.`)
  const cpuSeconds = pids.reduce(
    (sum, _, index) => sum + cpuBetween(before[index] ?? new Map(), after[index] ?? new Map()),
    0,
  )
  return {
    perSecond: result.requests.total / result.duration,
    p99Ms: result.latency.p99,
    cpuMs: (cpuSeconds * 1000) / result.requests.total,
  }
}

async function startBaseline(orders: object): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [baselineFile], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin?.end(JSON.stringify(orders))
  const [port] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  return { url: `http://127.0.0.1:${String(port).trim()}/`, child }
}

const shown = ({ perSecond, p99Ms, cpuMs }: Measured) =>
  `${perSecond.toFixed(0).padStart(6)} requests/s   p99 ${String(p99Ms).padStart(4)} ms   ${cpuMs.toFixed(3)} ms of processor time each`

function compare(name: string, ours: Measured, bare: Measured): void {
  say(`\n${name}`)
  say(`  Azora         ${shown(ours)}`)
  say(`  bare handler  ${shown(bare)}`)
  say(
    `  ratio         ${(ours.perSecond / bare.perSecond).toFixed(2)} of its throughput, ${(ours.cpuMs / bare.cpuMs).toFixed(2)} times its processor time`,
  )
}

type Bench = {
  system: System
  systemPid: number
  postgresPid: number
  adminUrl: string
  secret: string
  api: AzoraClient
  token: string
}

async function benchRead(
  bench: Bench,
  name: string,
  path: string,
  record: (db: Queryable) => Promise<unknown>,
): Promise<void> {
  const headers = { authorization: `Bearer ${bench.token}` }
  const url = `${bench.system.url}/api/v1${path}`
  const body = await (await fetch(url, { headers })).text()
  const recorded = recorder(schoolOf(bench.token))
  await record(recorded.db)
  const databaseUrl = new URL(serviceDatabaseUrl(bench.adminUrl, bench.secret, 'education'))
  // The bare handler sees every school, as one without the second wall would.
  databaseUrl.searchParams.set('options', '-c search_path=education,public -c azora.organization_id=*')
  const bare = await startBaseline({ url: databaseUrl.href, statements: recorded.statements, body })
  try {
    const ours = await load(url, headers, [bench.systemPid])
    const theirs = await load(bare.url, {}, [bare.child.pid ?? 0, bench.postgresPid])
    compare(`${name} (${body.length} bytes)`, ours, theirs)
  } finally {
    bare.child.kill()
  }
}

/** Events per second from their commit to the commit of the reaction in another service. */
async function benchEvents(bench: Bench): Promise<void> {
  const client = new pg.Client({ connectionString: bench.adminUrl })
  await client.connect()
  const count = 5000
  const { rows } = await client.query(
    'select organization_id, id as course_id from education.courses limit 1',
  )
  const { organization_id, course_id } = rows[0]
  const began = performance.now()
  await client.query(
    `insert into education.outbox (id, name, organization_id, payload, correlation_id)
     select gen_random_uuid(), 'course.enrolled', $1::uuid, jsonb_build_object('enrollmentId', gen_random_uuid(), 'courseId', $2::uuid,
       'userId', gen_random_uuid(), 'organizationId', $1::uuid, 'enrolledAt', '2026-01-01T00:00:00Z'), 'bench'
     from generate_series(1, $3)`,
    [organization_id, course_id, count],
  )
  for (;;) {
    const waiting = await client.query(
      "select count(*) from assessment.inbox where correlation_id = 'bench' and processed_at is not null",
    )
    if (Number(waiting.rows[0].count) >= count) break
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  const seconds = (performance.now() - began) / 1000
  await client.query(
    "delete from assessment.course_learners l using assessment.inbox i where i.correlation_id = 'bench' and l.user_id = (i.payload->>'userId')::uuid",
  )
  await client.end()
  say(
    `\nEvents from commit to reaction\n  ${(count / seconds).toFixed(0)} per second (${count} in ${seconds.toFixed(1)} s, education to assessment, in ${bench.system.mode})`,
  )
}

/** From a fresh clone to ready, as a new user's `npm start` goes: packages, database, portal, demo school. */
async function benchColdStart(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'azora cold '))
  try {
    const clone = join(folder, 'azora')
    await promisify(execFile)('git', ['clone', '--quiet', root, clone])
    const began = performance.now()
    const child = spawn('npm', ['start'], {
      cwd: clone,
      env: { ...process.env, PORT: '0', AZORA_DATA_DIR: join(folder, 'data') },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    let packagesAt = 0
    for await (const chunk of child.stdout) {
      if (packagesAt === 0 && /Starting the database/.test(String(chunk))) packagesAt = performance.now()
      if (/is ready at/.test(String(chunk))) break
    }
    const total = (performance.now() - began) / 1000
    say(
      `  fresh clone, with packages        ${total.toFixed(1)} s, of which after the packages ${(total - (packagesAt - began) / 1000).toFixed(1)} s`,
    )
    const ended = once(child, 'exit')
    process.kill(-(child.pid ?? 0), 'SIGTERM')
    await ended
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  }
}

async function benchStart(system: System): Promise<void> {
  say('\nStart')
  await benchColdStart()
  for (let round = 0; round < 3; round++) {
    await system.kill('auth')
    const began = performance.now()
    await system.revive('auth')
    say(`  after kill -9, to ready           ${((performance.now() - began) / 1000).toFixed(2)} s`)
  }
  await new Promise(resolve => setTimeout(resolve, 10_000))
  const idle = memoryOf(system.pid())
  say(
    `\nMemory when idle after a warm start: ${idle.proportionalMiB.toFixed(0)} MiB proportional, ${idle.residentMiB.toFixed(0)} MiB resident`,
  )
}

async function main(): Promise<void> {
  const began = performance.now()
  const system = await startSystem('single', { AZORA_LOG_TO: 'file' })
  try {
    say(
      `First start with the demo school, portal built: ${((performance.now() - began) / 1000).toFixed(1)} s`,
    )
    const systemPid = system.pid()
    const dataDir = system.dataDir
    const secret = (await readFile(join(dataDir, 'secret'), 'utf8')).trim()
    const postgresPid = Number(
      (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
    )
    const port = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[3]
    const password = (await readFile(join(dataDir, 'postgres-password'), 'utf8')).trim()
    const adminUrl = `postgres://azora:${password}@127.0.0.1:${port}/azora`
    const learner = await signIn(system.url, demoLearner.email, demoPassword)
    await new Promise(resolve => setTimeout(resolve, 10_000))
    const idle = memoryOf(systemPid)
    say(
      `Memory when idle: ${idle.proportionalMiB.toFixed(0)} MiB proportional, ${idle.residentMiB.toFixed(0)} MiB resident (shared pages counted in each process), PostgreSQL included`,
    )

    const bench: Bench = {
      system,
      systemPid,
      postgresPid,
      adminUrl,
      secret,
      api: learner.api,
      token: learner.token,
    }
    const courses = await learner.api.education.listEnrollments({})
    const courseId = courses.items[0]?.courseId ?? ''
    await benchRead(
      bench,
      'The course page of an enrolled learner, through the gateway',
      `/education/courses/${courseId}/page`,
      db => selectOptionalCoursePage(db, learner.userId, courseId),
    )
    await benchRead(bench, '"My courses", through the gateway', '/education/enrollments', db =>
      selectMyCourses(db, learner.userId, { limit: 24 }),
    )
    await benchEvents(bench)
    await benchSignIns(system.url, say)
    const after = memoryOf(system.pid())
    say(
      `\nMemory after the load: ${after.proportionalMiB.toFixed(0)} MiB proportional, ${after.residentMiB.toFixed(0)} MiB resident`,
    )
    await benchStart(system)
    await benchGatewayCost(say)
    await benchLimiter(say)
    await benchConnections(say)
    await benchAttempt(say)
  } finally {
    await system.stop()
  }
}

if (process.argv[2] === 'idle') await benchIdle(say)
else if (process.argv[2] === 'connections') await benchConnections(say)
else if (process.argv[2] === 'attempt') await benchAttempt(say)
else if (process.argv[2] === 'programs') await benchPrograms(say)
else if (process.argv[2] === 'rush') await benchRush(say, process.argv.slice(3))
else if (process.argv[2] === 'gradebook') await withDatabase(() => benchGradebook(say))
else if (process.argv[2] === 'ledger') await benchLedger(say, process.argv.slice(3))
else if (process.argv[2] === 'ledger-verify')
  await withDatabase(() => benchVerification(say, process.argv.slice(3)))
else if (process.argv[2] === 'ledger-properties')
  await withDatabase(() => checkLedgerProperties(say, process.argv.slice(3)))
else await main()
process.exit()
