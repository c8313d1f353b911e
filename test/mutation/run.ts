import { type ChildProcess, spawn } from 'node:child_process'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTemporaryPostgres } from '../../apps/azora/embedded/postgres.ts'
import type { Fault } from './fault.ts'
import { faults } from './faults/all.ts'
import { importsOf, nearestTests } from './nearest-tests.ts'
import { makeWorkingCopy, removeWorkingCopy } from './working-copy.ts'

/**
 * `npm run mutate`: makes each fault of `faults/` in a copy of the sources, runs the tests nearest to it, and says
 * whether one of them noticed. A fault that no test notices is one that anyone could make tomorrow.
 *
 * `npm run mutate -- assessment race` runs those whose file or words hold one of these. Exits with 1 when fewer than
 * nine in ten are noticed, or when a fault no longer fits its file.
 */

const root = fileURLToPath(new URL('../..', import.meta.url))
const wantedShare = 0.9
/** A test that a fault makes wait for ever has noticed it. */
const mostMsPerTest = 60_000
const mostMsPerFault = 240_000
const mostMs = 75 * 60_000
const workers = 2

const say = (line: string) => process.stdout.write(`${line}\n`)
const children = new Set<ChildProcess>()
const undo: (() => Promise<unknown>)[] = []

type Outcome = { fault: Fault; outcome: 'caught' | 'survived' | 'stale' | 'not tried'; by: string | null }

function runTest(copy: string, test: string, databaseUrl: string): Promise<'passed' | 'failed'> {
  const { promise, resolve } = Promise.withResolvers<'passed' | 'failed'>()
  const child = spawn(process.execPath, ['--test-force-exit', test], {
    cwd: copy,
    env: { ...process.env, AZORA_TEST_DATABASE_URL: databaseUrl },
    stdio: 'ignore',
    // A group of its own: what a test has started goes with it.
    detached: true,
  })
  children.add(child)
  const end = () => child.pid && endGroup(child.pid)
  const timer = setTimeout(end, mostMsPerTest)
  child.on('exit', code => {
    clearTimeout(timer)
    end()
    children.delete(child)
    resolve(code === 0 ? 'passed' : 'failed')
  })
  return promise
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ESRCH') throw failure
  }
}

async function readSources(): Promise<Map<string, string>> {
  const sources = new Map<string, string>()
  for await (const path of glob('{billing,contracts,credential,documents,kit,qti,services}/**/*.ts', {
    cwd: root,
    exclude: ['**/node_modules/**'],
  }))
    sources.set(path, await readFile(join(root, path), 'utf8'))
  return sources
}

const asked = process.argv.slice(2)
const chosen = faults.filter(
  ({ file, says }) => asked.length === 0 || asked.some(word => file.includes(word) || says.includes(word)),
)
const imports = importsOf(await readSources())
const endsAt = performance.now() + mostMs
const outcomes: Outcome[] = []
let stopping = false

async function work(copy: string, queue: Fault[], databaseUrl: string): Promise<void> {
  // Whether a test passes without any fault, asked only of those that failed with one.
  const sound = new Map<string, boolean>()
  const isSound = async (test: string) => {
    const known = sound.get(test) ?? (await runTest(copy, test, databaseUrl)) === 'passed'
    sound.set(test, known)
    return known
  }
  for (let fault = queue.shift(); fault; fault = queue.shift()) {
    const outcome = await tryFault(copy, fault, databaseUrl, isSound)
    outcomes.push(outcome)
    const mark = { caught: '✔', survived: '✖', stale: '?', 'not tried': '-' }[outcome.outcome]
    say(
      `${mark} ${outcome.outcome.padEnd(9)} ${fault.file}: ${fault.says}${outcome.by ? ` (${outcome.by})` : ''}`,
    )
  }
}

async function tryFault(
  copy: string,
  fault: Fault,
  databaseUrl: string,
  isSound: (test: string) => Promise<boolean>,
): Promise<Outcome> {
  const before = performance.now()
  if (stopping || before > endsAt) return { fault, outcome: 'not tried', by: null }
  const path = join(copy, fault.file)
  const text = await readFile(path, 'utf8').catch(() => '')
  if (text.split(fault.from).length !== 2 || fault.from === fault.to)
    return { fault, outcome: 'stale', by: null }
  for (const test of fault.tests ?? nearestTests(imports, fault.file)) {
    // A machine that is too busy to run the tests has shown nothing of them.
    if (stopping || performance.now() - before > mostMsPerFault)
      return { fault, outcome: 'not tried', by: null }
    await writeFile(
      path,
      text.replace(fault.from, () => fault.to),
    )
    const result = await runTest(copy, test, databaseUrl)
    await writeFile(path, text)
    if (stopping) break
    if (result === 'failed' && (await isSound(test))) return { fault, outcome: 'caught', by: test }
  }
  return { fault, outcome: stopping ? 'not tried' : 'survived', by: null }
}

let cleaned: Promise<void> | null = null

/** After the end, a failure and Ctrl-C alike, and once: the second caller waits for the first. */
function cleanUp(): Promise<void> {
  stopping = true
  for (const { pid } of children) if (pid) endGroup(pid)
  cleaned ??= undo
    .splice(0)
    .reduceRight((before, step) => before.then(async () => void (await step())), Promise.resolve())
  return cleaned
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Not once: what started this passes on a signal that it may have had already.
  process.on(signal, () => {
    if (!stopping) say('\nStopping …')
    void cleanUp().finally(() => process.exit(130))
  })
}

try {
  const quiet = { debug() {}, info() {}, warn: say, error: say }
  const postgres = await startTemporaryPostgres({ log: quiet })
  undo.push(() => postgres.stop())
  const queue = [...chosen]
  await Promise.all(
    Array.from({ length: workers }, async () => {
      const copy = await makeWorkingCopy(root)
      undo.push(() => removeWorkingCopy(copy))
      await work(copy, queue, postgres.adminUrl)
    }),
  )
} finally {
  await cleanUp()
}

const count = (wanted: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length
const tried = count('caught') + count('survived')
const share = tried === 0 ? 0 : count('caught') / tried
say('')
say(
  `${count('caught')} of ${tried} faults were caught (${(share * 100).toFixed(1)} %); ${count('stale')} fit their file no longer, ${count('not tried')} were not tried.`,
)
for (const { outcome, fault } of outcomes) {
  if (outcome === 'survived' || outcome === 'stale') say(`${outcome}: ${fault.file}: ${fault.says}`)
}
process.exit(share > wantedShare && count('stale') === 0 && count('not tried') === 0 ? 0 : 1)
