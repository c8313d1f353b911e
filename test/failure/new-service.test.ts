import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { testDatabaseUrl } from '@azora/kit/config.ts'
import { openDatabase } from '@azora/kit/db.ts'
import { serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { testSecret } from '@azora/kit/testing.ts'
import { createAccount } from '@azora/service-auth/accounts/create-account.ts'
import { createOrganization } from '@azora/service-auth/organizations/organizations.ts'
import pg from 'pg'
import { io } from 'socket.io-client'
import { trustBuild } from '../../apps/azora/apps-build.ts'
import { freePort } from '../../apps/azora/embedded/free-port.ts'
import { password, signIn } from '../api.ts'
import { until } from '../system.ts'
import { copyRepository, followGuide, linkService } from './copied-repository.ts'

/**
 * The guide to a new service, followed: its files are added to a copy of the repository, and what it makes is called in
 * one process and in a cluster. The service has a hyphen in its name, and another address in the specification.
 */

type Copied = {
  client: Pick<typeof import('../../clients/typescript/generate/entry-file.ts'), 'entryFile'>
  kong: Pick<typeof import('../../apps/azora/print-kong.ts'), 'kongFile'>
  cluster: Pick<typeof import('../../apps/azora/cluster.ts'), 'openCluster'>
  config: Pick<typeof import('../../kit/config.ts'), 'readConfig'>
}

let copy: Awaited<ReturnType<typeof copyRepository>>
let dataDir: string
let databaseUrl: string

const inCopy = <K extends keyof Copied>(path: string): Promise<Copied[K]> =>
  import(pathToFileURL(join(copy.folder, path)).href)

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabaseUrl() })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

const environment = (settings: Record<string, string> = {}) => ({
  ...process.env,
  HOST: '127.0.0.1',
  AZORA_DATA_DIR: dataDir,
  AZORA_SECRET: testSecret,
  AZORA_DEMO: 'false',
  DATABASE_URL: databaseUrl,
  REDIS_URL: '',
  AMQP_URL: '',
  ...settings,
})

before(async () => {
  copy = await copyRepository()
  const files = await followGuide('docs/adding-a-service.md', copy.folder)
  assert.ok(files.includes('services/study-hall/service.ts'), files.join())
  await linkService(copy.folder, 'study-hall')
  await Promise.all([trustBuild('apps/portal', copy.folder), trustBuild('apps/admin', copy.folder)])
  dataDir = await mkdtemp(join(tmpdir(), 'azora-study-hall-'))
  const name = `azora_test_${randomBytes(6).toString('hex')}`
  await onServer(`create database ${name}`)
  databaseUrl = Object.assign(new URL(testDatabaseUrl()), { pathname: `/${name}` }).href
})
after(async () => {
  await onServer(`drop database if exists ${new URL(databaseUrl).pathname.slice(1)} with (force)`)
  await rm(dataDir, { recursive: true, force: true })
  await copy.remove()
})

async function createPeople(): Promise<void> {
  const url = serviceDatabaseUrl(databaseUrl, testSecret, 'auth')
  const db = openDatabase({ service: 'auth', url, maxConnections: 1, onError: () => {} })
  for (const slug of ['hill', 'river']) {
    const organizationId = await createOrganization(db, { slug, name: slug, isDefault: slug === 'hill' })
    const person = { email: `${slug}@test.example`, name: 'Nandi Mabaso', password, organizationId }
    await createAccount(db, { ...person, roles: ['learner'] })
  }
  await db.close()
}

/** The rows of the table as the service's own role sees them in the scope of a school. */
async function rowsInScopeOf(organizationId: string): Promise<number> {
  const client = new pg.Client({
    connectionString: serviceDatabaseUrl(databaseUrl, testSecret, 'study-hall'),
  })
  await client.connect()
  await client.query("select set_config('azora.organization_id', $1, false)", [organizationId])
  const { rows } = await client.query('select count(*)::int as n from study_hall.seats')
  await client.end()
  return rows[0].n
}

/** What the service does, as seen from outside. */
async function walkThroughHall(url: string, desk: number, transport: string): Promise<void> {
  const [learner, stranger] = await Promise.all(
    ['hill', 'river'].map(slug => signIn(url, `${slug}@test.example`)),
  )
  assert.ok(learner && stranger)
  const headers = { authorization: `Bearer ${learner.token}`, 'content-type': 'application/json' }
  const visitor = io(url, {
    path: '/api/v1/classroom/socket',
    transports: [transport],
    extraHeaders: { authorization: headers.authorization },
  })
  const told: { payload: { desk: number } }[] = []
  visitor.on('told', item => told.push(item))
  try {
    const entered = await visitor.timeout(30_000).emitWithAck('enter', 'study-hall/hall', {}, null)
    assert.ok(entered.ok, JSON.stringify(entered))
    assert.deepEqual(entered.value.missed, [])
    const body = JSON.stringify({ desk })
    const taken = await fetch(`${url}/api/v1/classroom/seats`, { method: 'POST', headers, body })
    assert.equal(taken.status, 201, await taken.clone().text())
    const again = await fetch(`${url}/api/v1/study-hall/seats`, { method: 'POST', headers, body })
    assert.equal(again.status, 409)

    // Published, heard, and passed on to a job, which writes and tells the room.
    await until('The hall is told', async () => told.some(({ payload }) => payload.desk === desk))
    for (const name of ['study-hall', 'classroom']) {
      const seats = (await (await fetch(`${url}/api/v1/${name}/seats`, { headers })).json()) as {
        items: { desk: number; userId: string; announcedAt: string | null }[]
      }
      const own = seats.items.find(seat => seat.desk === desk)
      assert.equal(own?.userId, learner.userId, name)
      assert.ok(own?.announcedAt, name)
    }
    const elsewhere = await fetch(`${url}/api/v1/classroom/seats`, {
      headers: { authorization: `Bearer ${stranger.token}` },
    })
    assert.deepEqual(await elsewhere.json(), { items: [] })
    assert.deepEqual(
      [await rowsInScopeOf(learner.organizationId), await rowsInScopeOf(stranger.organizationId)],
      [desk, 0],
    )
  } finally {
    visitor.disconnect()
  }
}

/** What documents and pages say of the service. */
async function readReference(url: string): Promise<void> {
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Record<string, unknown>>>
    tags: { name: string; description: string }[]
    webhooks: Record<string, unknown>
  }
  const take = document.paths['/study-hall/seats']?.post
  assert.deepEqual(
    [take?.['x-azora-operation'], take?.['x-azora-scope']],
    ['study-hall.takeSeat', 'study-hall:write'],
  )
  // Once, under its own name; the other address is told in words.
  assert.deepEqual(
    Object.keys(document.paths).filter(path => path.startsWith('/classroom')),
    [],
  )
  assert.match(document.tags.find(tag => tag.name === 'study-hall')?.description ?? '', /classroom/)
  assert.ok('seat.taken' in document.webhooks)
  const page = await fetch(`${url}/developers/reference/v1/study-hall/takeSeat`)
  assert.equal(page.status, 200)
  const scripts = join(copy.folder, 'apps/developers/dist/assets')
  const texts = (await readdir(scripts)).filter(name => name.endsWith('.js'))
  const written = await Promise.all(texts.map(name => readFile(join(scripts, name), 'utf8')))
  assert.ok(written.some(text => text.includes('Desks to study at, and who has taken them.')))
}

test('What the guide writes keeps the rules of the repository.', async () => {
  const rules = ['circles', 'failures', 'imports', 'school-named', 'tasks'].map(
    name => `tidy/${name}.test.ts`,
  )
  // A runner within a test reports to that one unless told apart.
  const env: NodeJS.ProcessEnv = environment()
  delete env.NODE_TEST_CONTEXT
  const child = spawn(process.execPath, ['--test', '--test-reporter=dot', ...rules], {
    cwd: copy.folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', chunk => void output.push(String(chunk)))
  const [code] = await once(child, 'exit')
  assert.equal(code, 0, output.join(''))
})

test('What is printed for Kong and for integrators holds a service made by the guide.', async () => {
  const { entryFile } = await inCopy<'client'>('clients/typescript/generate/entry-file.ts')
  assert.match(entryFile(), /^ {2}studyHall: StudyHall$/m)
  const { readConfig } = await inCopy<'config'>('kit/config.ts')
  const { kongFile } = await inCopy<'kong'>('apps/azora/print-kong.ts')
  const printed = await kongFile(readConfig({ AZORA_STUDY_HALL_URL: 'http://hall:8080' }), null)
  assert.match(printed, /name: study-hall\n {4}url: http:\/\/hall:8080/)
  for (const name of ['study-hall', 'classroom']) assert.ok(printed.includes(`~/api/v1/${name}/seats$`), name)
})

test('A service made by the guide runs in one process.', async () => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child: ChildProcess = spawn(process.execPath, [join(copy.folder, 'apps/azora/main.ts'), 'start'], {
    env: environment({ PORT: String(port), AZORA_PUBLIC_URL: url }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', chunk => void output.push(String(chunk)))
  try {
    const ready = async () => {
      assert.equal(child.exitCode, null, output.join(''))
      return output.some(text => text.includes('is ready at'))
    }
    await until('Azora is ready', ready, 180_000)
    await createPeople()
    await walkThroughHall(url, 1, 'websocket')
    await readReference(url)
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
})

test('The same service runs as a part of a cluster.', async () => {
  const { readConfig } = await inCopy<'config'>('kit/config.ts')
  const { openCluster } = await inCopy<'cluster'>('apps/azora/cluster.ts')
  const port = await freePort()
  const settings = environment({ PORT: String(port), AZORA_PUBLIC_URL: `http://127.0.0.1:${port}` })
  const cluster = await openCluster(() => {}, readConfig(settings))
  try {
    assert.ok(cluster.parts.has('study-hall'))
    await walkThroughHall(cluster.url, 2, 'polling')
    // A process that is busy may miss one look.
    await until('The gateway calls it up', async () => {
      const answer = await fetch(`${cluster.url}/health/parts`)
      const { parts } = (await answer.json()) as { parts: Record<string, string> }
      return parts['study-hall'] === 'up'
    })
  } finally {
    await cluster.stop()
  }
})
