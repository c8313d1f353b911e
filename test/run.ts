import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartupFault } from '@azora/kit/config.ts'
import { buildPortal, buildStaticApps } from '../apps/azora/apps-build.ts'
import { startTemporaryPostgres } from '../apps/azora/embedded/postgres.ts'
import { ensureDebianPackages } from '../apps/azora/setup/debian.ts'
import { allFiles, read, sources } from '../tidy/repository.ts'
import { startOutsideProviders } from './federation/outside-provider.ts'
import { companies } from './runner/companies.ts'
import type { FileRun } from './runner/run-file.ts'
import { hasPassed, isSecond, isUnsteady, report, runFailedAgain, runFiles } from './runner/run-files.ts'
import { changedFiles } from './selection/changed-files.ts'
import { type Stage, select } from './selection/select.ts'
import { readWishes, stages } from './selection/wishes.ts'
import { type Mode, modes, startSystem } from './system.ts'

/**
 * `npm test`: sets up what the tests need, runs them stage by stage, and cleans up after itself, also after a
 * failure or Ctrl-C. `npm test -- unit` runs one stage; `npm test -- unit kit/db.test.ts` some files of it;
 * `npm test -- --changed` what the work since `main` can reach, `--changed <commit>` since that.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const { stage: onlyStage, files: onlyFiles, since } = readWishes(process.argv.slice(2))
const undo: (() => Promise<unknown>)[] = []
const children = new Set<ChildProcess>()
const stopping = new AbortController()
/** The test files that run now. */
const running = new Set<Promise<unknown>>()
let passed = 0
let failed = 0
const failures: string[] = []
const unsteady: string[] = []

const say = (line: string) => process.stdout.write(`${line}\n`)
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

type Run = { code: number | null; output: string }

function command(file: string, args: string[], environment: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.add(child)
    const output: string[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => output.push(String(chunk)))
    child.on('error', reject)
    child.on('exit', code => {
      children.delete(child)
      resolve({ code, output: output.join('') })
    })
  })
}

const wanted = (stage: string) => onlyStage === null || onlyStage === stage

/** A tool that checks the sources: one test that passes or fails. */
async function check(name: string, file: string, args: string[]): Promise<void> {
  const began = performance.now()
  const { code, output } = await command(file, args)
  if (code === 0) passed += 1
  else {
    failed += 1
    failures.push(name)
    say(output.split('\n').slice(-80).join('\n'))
  }
  say(`${code === 0 ? '✔' : '✖'} ${name.padEnd(34)} ${seconds(began)}`)
}

/** How many files run at once where nothing hinders it: one more than two cores, as tests wait for half of their time. */
const atOnceFiles = 3

/** How long a test may take, and its file. Node ends a test that takes longer, the runner ends such a file. */
const limits = { testLimitMs: 240_000, fileLimitMs: 420_000 }

/** A journey through the browser waits even longer, for pages and for what runs in the background. */
const browserLanes = 4

/** How many files of the browser share a process: each takes about as long as twelve others. */
const mostOfBrowser = 3

/** How many files may fail and pass when they run again, in the whole suite. */
const mostUnsteady = 2

let secondRuns: Promise<unknown> = Promise.resolve()

/** Of stages that run at once, one after another looks at what failed: together they may have so many unsteady files. */
function oneByOne<T>(work: () => Promise<T>): Promise<T> {
  const mine = secondRuns.then(work)
  secondRuns = mine.catch(() => {}) // told to its own stage; the next one goes on
  return mine
}

/** Run test files on the lanes, those of a company in one process. Prints the failing tests alone. */
async function tests(
  name: string,
  companies: string[][],
  lanes: Record<string, string>[],
  { testLimitMs, fileLimitMs } = limits,
): Promise<void> {
  const began = performance.now()
  const options = { testLimitMs, fileLimitMs, signal: stopping.signal }
  const work = runFiles(companies, lanes, options).then(first =>
    oneByOne(async () => {
      const left = mostUnsteady - unsteady.length
      const runs = await runFailedAgain(first, left, { ...options, environment: lanes[0] })
      unsteady.push(...runs.filter(isUnsteady).map(({ file }) => file))
      return runs
    }),
  )
  running.add(work)
  const runs = await work.finally(() => running.delete(work))
  const sum = (count: (run: FileRun) => number) => runs.reduce((total, run) => total + count(run), 0)
  const good = sum(run => run.passed)
  const bad = sum(run => run.failed + (run.fault ? 1 : 0))
  const skipped = sum(run => run.skipped)
  passed += good
  // A stage that finds nothing to run has not passed.
  failed += bad || (good === 0 ? 1 : 0)
  if (bad > 0 || good === 0) failures.push(name)
  for (const run of runs) {
    if (isUnsteady(run)) say(`${report(run.first)}\n⚠ ${run.file} passed when it ran again`)
    else if (!hasPassed(run))
      say(isSecond(run) ? `${report(run.first)}\nAnd again, alone:\n${report(run)}` : report(run))
  }
  say(
    `${bad === 0 && good > 0 ? '✔' : '✖'} ${name.padEnd(34)} ${seconds(began)}   ${good} passed, ${bad} failed${skipped ? `, ${skipped} skipped` : ''}`,
  )
}

const patterns: Record<Stage, string[]> = {
  unit: [
    '{billing,contracts,credential,documents,kit,qti,services,tidy,clients,deploy}/**/*.test.ts',
    'apps/**/*.test.{ts,tsx}',
    'test/{federation,payments,runner,selection}/**/*.test.ts',
  ],
  system: ['test/system/**/*.test.ts'],
  failure: ['test/failure/**/*.test.ts'],
  browser: ['test/browser/**/*.test.ts'],
}

/** All test files of a stage. */
async function filesOf(stage: Stage): Promise<string[]> {
  const found: string[] = []
  for (const pattern of patterns[stage]) {
    for await (const file of glob(pattern, { cwd: root, exclude: ['**/node_modules/**', '**/.next/**'] }))
      found.push(file)
  }
  return found.sort()
}

/** The test files to run of each stage: those that were asked for, those that a change can reach, or all. */
async function findFiles(): Promise<Record<Stage, string[]>> {
  const all = Object.fromEntries(
    await Promise.all(stages.map(async stage => [stage, await filesOf(stage)])),
  ) as Record<Stage, string[]>
  if (onlyFiles.length > 0) return { ...all, [onlyStage as Stage]: onlyFiles }
  if (since === null) return all
  const changed = await changedFiles(root, since)
  const texts = new Map(sources.map(file => [file, read(file)]))
  const { everything, files } = select({ changed, files: allFiles, texts, tests: all })
  say(`${changed.length} files differ from ${since}${everything ? `; all tests run: ${everything}` : ''}`)
  for (const stage of stages) say(`  ${stage.padEnd(9)} ${files[stage].length} of ${all[stage].length} files`)
  return files
}

const textOf = (file: string) => readFileSync(resolve(root, file), 'utf8')

/**
 * The companies that take long first, going by how long their files are, so that none is left alone at the end; before them
 * the files that stand alone, of which some take very long.
 */
function longestFirst(companies: string[][]): string[][] {
  const sizeOf = (files: string[]) => files.reduce((sum, file) => sum + textOf(file).length, 0)
  return companies
    .map(files => ({ files, alone: Number(files.length === 1), size: sizeOf(files) }))
    .sort(
      (a, b) => b.alone - a.alone || b.size - a.size || ((a.files[0] ?? '') < (b.files[0] ?? '') ? -1 : 1),
    )
    .map(({ files }) => files)
}

const eachAlone = (files: string[]) => files.map(file => [file])

/** A system to test: what its tests are told of it, and its end. */
async function openSystem(mode: Mode, settings: Record<string, string> = {}) {
  const began = performance.now()
  const system = await startSystem(mode, settings)
  const stop = () => system.stop()
  undo.push(stop)
  say(`✔ ${`a system to test, ${mode}`.padEnd(34)} ${seconds(began)}`)
  const { adminUrl, secret } = await system.access()
  const partUrls = Object.fromEntries(
    [...(system.cluster?.parts ?? [])].map(([name, { url }]) => [name, url]),
  )
  const environment = {
    AZORA_TEST_URL: system.url,
    AZORA_TEST_MODE: mode,
    AZORA_TEST_ADMIN_URL: adminUrl,
    AZORA_TEST_SECRET: secret,
    AZORA_TEST_PARTS: JSON.stringify(partUrls),
  }
  return {
    mode,
    environment,
    async stop() {
      await stop()
      undo.splice(undo.indexOf(stop), 1)
    },
  }
}

/** All at once; where one fails the others are let finish, so that nothing of them is left behind. */
async function atOnce<T>(works: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works)
  return Promise.all(works)
}

/** They measure how long an answer takes, so nothing else runs beside them. */
const timed = new Set(['test/system/loop-delay.test.ts'])

/** The system tests in both modes at once, one file after another in each. */
async function systemTests(files: string[]): Promise<void> {
  const systems = await atOnce(modes.map(mode => openSystem(mode)))
  const [alone, beside] = [files.filter(file => timed.has(file)), files.filter(file => !timed.has(file))]
  if (beside.length > 0)
    await atOnce(
      systems.map(({ mode, environment }) =>
        tests(`system, ${mode}`, companies(beside, textOf), [environment]),
      ),
    )
  for (const { mode, environment } of systems)
    if (alone.length > 0) await tests(`system, ${mode}, timed`, eachAlone(alone), [environment])
  await atOnce(systems.map(({ stop }) => stop()))
}

let cleaned: Promise<void> | null = null

/** Once, and to its end: the stages ask for it when they are over, and so does a signal, which may arrive twice. */
function cleanUp(): Promise<void> {
  cleaned ??= stopAll()
  return cleaned
}

async function stopAll(): Promise<void> {
  stopping.abort()
  for (const child of children) child.kill('SIGTERM')
  // Before what they use: each file takes with it what it has started.
  await Promise.allSettled(running)
  for (const step of undo.splice(0).reverse()) await step()
}

async function runStages(): Promise<void> {
  const quiet = {
    debug() {},
    info() {},
    warn: (line: string) => say(line),
    error: (line: string) => say(line),
  }
  const files = await findFiles()
  /** The stage is wanted, and has something to do; that of which all are asked for has, or fails. */
  const has = (stage: Stage) => wanted(stage) && (since === null || files[stage].length > 0)
  if (stages.some(has))
    await ensureDebianPackages(
      [
        ...['redis-server', 'rabbitmq-server', 'chromium', 'nginx', 'openssl'],
        // Programs of learners are run in a sandbox on Linux alone; these make it, and one of its languages.
        ...['bubblewrap', 'python3'],
      ],
      quiet,
    )
  const bin = (name: string) => join(root, 'node_modules/.bin', name)
  if (wanted('check')) {
    const ofApps = async () => {
      for (const app of ['portal', 'admin', 'developers', 'programs'])
        await check(`types of apps/${app} (tsc)`, bin('tsc'), ['--noEmit', '-p', `apps/${app}`])
    }
    const ofTheRest = async () => {
      await check('format and lint (Biome)', bin('biome'), ['check', '.'])
      await check('types (tsc)', bin('tsc'), ['--noEmit', '-p', '.'])
      await check('dead code (knip)', bin('knip'), ['--no-progress'])
    }
    await atOnce([ofTheRest(), ofApps()])
  }
  const postgres = await startTemporaryPostgres({ log: quiet })
  undo.push(() => postgres.stop())
  const database = { AZORA_TEST_DATABASE_URL: postgres.adminUrl }
  if (has('unit'))
    await tests('unit', longestFirst(companies(files.unit, textOf)), Array(atOnceFiles).fill(database))
  if (has('system') || has('failure') || has('browser')) {
    const began = performance.now()
    await buildPortal(() => {})
    await buildStaticApps(() => {})
    say(`✔ ${'portal, admin, developers are built'.padEnd(34)} ${seconds(began)}`)
  }
  if (has('system')) await systemTests(files.system)
  // The tests of failures wait for most of their time, and each starts what it needs: they run beside those of the browser.
  await atOnce([
    ...(has('browser') ? [browserTests(files.browser)] : []),
    ...(has('failure') ? [failureTests(files.failure, has('browser') ? 1 : 2, database)] : []),
  ])
}

/** In schools of their own: what the system tests leave behind is no school that a person would look at. */
async function browserTests(files: string[]): Promise<void> {
  // Tests play the outside world: providers to sign in with, and a receiver of webhooks on this machine.
  const outside = await startOutsideProviders()
  undo.push(() => outside.stop())
  const settings = { ...outside.settings, AZORA_WEBHOOKS_TO_PRIVATE: 'true' }
  const queue = longestFirst(companies(files, textOf, mostOfBrowser))
  // Files that run at once are in schools of their own: one would meet what the other leaves there.
  const systems = await atOnce(
    Array.from({ length: Math.min(browserLanes, queue.length) }, () => openSystem('single', settings)),
  )
  const lanes = systems.map(({ environment }) => environment)
  await tests('browser', queue, lanes)
  await atOnce(systems.map(({ stop }) => stop()))
}

/** Each file alone, as it starts, kills and fills up what it needs. */
async function failureTests(files: string[], lanes: number, database: Record<string, string>): Promise<void> {
  await tests('failure', longestFirst(eachAlone(files)), Array(lanes).fill(database), {
    testLimitMs: 480_000,
    fileLimitMs: 900_000,
  })
}

// Not once: Ctrl-C reaches the whole group, and what started this passes it on. The second would end this in the middle.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!stopping.signal.aborted) say('\nStopping …')
    void cleanUp().finally(() => process.exit(130))
  })
}

const began = performance.now()
try {
  await runStages()
} catch (failure) {
  failed += 1
  failures.push('setting up')
  say(
    failure instanceof StartupFault
      ? failure.remedies.join('\n')
      : String((failure as Error).stack ?? failure),
  )
} finally {
  await cleanUp()
}
say('')
if (unsteady.length > 0) say(`Unsteady, which is a fault to look for: ${unsteady.join('; ')}`)
if (failures.length > 0) say(`Failed: ${failures.join('; ')}`)
say(`Took ${seconds(began)}`)
say(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
