import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createLog } from '@azora/kit/log.ts'
import { startEmbeddedPostgres } from './embedded/postgres.ts'

/** What someone sees who starts Azora wrongly: what is wrong, what to do, and nothing of our insides. */

const mainFile = fileURLToPath(new URL('./main.ts', import.meta.url))
const withinMs = 60_000
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azora startup '))
})
after(() => rm(folder, { recursive: true, force: true }))

type Started = { child: ChildProcess; output: () => string; ended: Promise<number | null> }

// Where Node keeps what it has compiled: with it, each start spends a second less on importing all of Azora.
const compileCache = process.env.NODE_COMPILE_CACHE

/** Start the command line with these settings and none of the shell's, in a data folder of its own. */
function start(args: string[], settings: Record<string, string>): Started {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      ...(compileCache && { NODE_COMPILE_CACHE: compileCache }),
      AZORA_DATA_DIR: join(folder, `data ${randomUUID()}`),
      PORT: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', chunk => {
      text += String(chunk)
    })
  }
  const tooLong = setTimeout(() => child.kill('SIGKILL'), withinMs)
  const ended = once(child, 'close').then(([code]) => {
    clearTimeout(tooLong)
    return code as number | null
  })
  return { child, output: () => text, ended }
}

async function refused(args: string[], settings: Record<string, string>, ...said: RegExp[]): Promise<void> {
  const { ended, output } = start(args, settings)
  const code = await ended
  const text = output()
  assert.ok(code !== null && code !== 0, `it ended with ${code}:\n${text}`)
  for (const pattern of said) assert.match(text, pattern)
  assert.doesNotMatch(
    text,
    /^\s+at .*\.(ts|js|mjs):\d+|fault of its own/m,
    'a person was shown a stack trace',
  )
}

// None knows of the others, and each spends its time importing: two at a time keep both processors busy.
describe('Azora does not start, and says what to do, when', { concurrency: 2 }, () => {
  test('settings are wrong: each is named, all at once;', async () => {
    const wrong = {
      PORT: 'eighty',
      DATABASE_URL: 'mysql://x',
      AZORA_SECRET: 'short',
      AZORA_RATE_LIMITS: 'maybe',
    }
    await refused(
      ['start'],
      wrong,
      /PORT.*1 to 65535/,
      /DATABASE_URL.*postgres:\/\//,
      /AZORA_SECRET.*32 characters/,
      /AZORA_RATE_LIMITS/,
    )
  })

  test('the port is taken;', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    try {
      await refused(
        ['start'],
        { PORT: String(port) },
        new RegExp(`Port ${port} is used by another program`),
        new RegExp(`PORT=${port + 1}`),
      )
    } finally {
      other.close()
    }
  })

  test('the database does not answer;', async () => {
    const url = 'postgres://azora:hidden-password@127.0.0.1:9/azora'
    const { ended, output } = start(['migrate'], { DATABASE_URL: url })
    assert.notEqual(await ended, 0)
    assert.match(output(), /127\.0\.0\.1:9\/azora cannot be used: nothing answers/)
    assert.match(output(), /Check DATABASE_URL/)
    assert.doesNotMatch(output(), /hidden-password/)
    assert.doesNotMatch(output(), /^\s+at /m)
  })

  test('the data folder cannot be made;', async () => {
    const file = join(folder, 'a file')
    await writeFile(file, '')
    await refused(
      ['start'],
      { AZORA_DATA_DIR: join(file, 'data') },
      /data folder .*a file\/data/,
      /AZORA_DATA_DIR/,
    )
  })

  test('the secret in the data folder was damaged;', async () => {
    const dataDir = await mkdtemp(join(folder, 'damaged '))
    await writeFile(join(dataDir, 'secret'), 'torn')
    const database = { DATABASE_URL: process.env.AZORA_TEST_DATABASE_URL ?? '' }
    await refused(['migrate'], { ...database, AZORA_DATA_DIR: dataDir }, /secret/, /backup/)
  })

  test('one part of a cluster misses what all must share;', async () => {
    await refused(['serve', 'education'], {}, /DATABASE_URL, REDIS_URL, AMQP_URL, AZORA_SECRET/, /npm start/)
  })

  test('the gateway does not know where a service is;', async () => {
    const secret = { AZORA_SECRET: 'x'.repeat(40) }
    await refused(['serve', 'gateway'], secret, /AZORA_PORTAL_URL|AZORA_AUTH_URL/, /http:\/\//)
  })

  test('the gateway does not know the secret by which the parts know each other;', async () => {
    await refused(['serve', 'gateway'], {}, /AZORA_SECRET/)
  })

  test('a part, a role or a school is not named rightly;', async () => {
    await refused(['serve', 'kitchen'], {}, /serve needs one of: auth, /)
    await refused(['create-school', '--name', 'X'], {}, /--slug and --name/)
    await refused(
      ['create-account', '--school', 'x', '--email', 'a@b.example', '--name', 'A', '--role', 'king'],
      {},
      /--role/,
    )
  })

  test('the command is not known: then it shows those that are.', async () => {
    const { ended, output } = start(['dance'], {})
    assert.notEqual(await ended, 0)
    assert.match(output(), /npm start/)
  })
})

test('A second Azora on the same data folder is refused, and told which process has it.', async () => {
  const dataDir = join(folder, 'shared')
  const log = createLog({ level: 'error', file: null, console: false })('test')
  const postgres = await startEmbeddedPostgres({ dataDir, log })
  try {
    const school = ['create-school', '--slug', 'late', '--name', 'Late']
    const holder = new RegExp(`Another azora \\(process ${process.pid}\\) is using the data folder`)
    await refused(school, { AZORA_DATA_DIR: dataDir }, holder, /AZORA_DATA_DIR/)
  } finally {
    const cluster = realpathSync(join(dataDir, 'postgres'))
    await postgres.stop()
    await rm(cluster, { recursive: true, force: true })
  }
})
