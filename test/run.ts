import { type ChildProcess, spawn } from 'node:child_process'
import { glob, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartupFault } from '@azora/kit/config.ts'
import { buildPortal, buildStaticApps } from '../apps/azora/apps-build.ts'
import { startTemporaryPostgres } from '../apps/azora/embedded/postgres.ts'
import { ensureDebianPackages } from '../apps/azora/setup/debian.ts'
import { startOutsideProviders } from './federation/outside-provider.ts'
import type { FileRun } from './runner/run-file.ts'
import { report, runFiles } from './runner/run-files.ts'
import { type Mode, modes, startSystem } from './system.ts'

/**
 * `npm test`: sets up what the tests need, runs them stage by stage, and cleans up after itself, also after a
 * failure or Ctrl-C. `npm test -- unit` runs one stage; `npm test -- unit kit/db.test.ts` some files of it.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const [onlyStage, ...onlyFiles] = process.argv.slice(2)
const undo: (() => Promise<unknown>)[] = []
const children = new Set<ChildProcess>()
const stopping = new AbortController()
let passed = 0
let failed = 0
const failures: string[] = []

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

const wanted = (stage: string) => onlyStage === undefined || onlyStage === stage

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

/** How long a test may take, and its file. Node ends a test that takes longer, the runner ends such a file. */
const limits = { testLimitMs: 240_000, fileLimitMs: 420_000 }

/** Run test files on the lanes, two with nothing of their own unless told otherwise. Prints the failing tests alone. */
async function tests(
  name: string,
  files: string[],
  lanes: Record<string, string>[],
  { testLimitMs, fileLimitMs } = limits,
): Promise<void> {
  const began = performance.now()
  const runs = await runFiles(files, lanes, { testLimitMs, fileLimitMs, signal: stopping.signal })
  const sum = (count: (run: FileRun) => number) => runs.reduce((total, run) => total + count(run), 0)
  const good = sum(run => run.passed)
  const bad = sum(run => run.failed + (run.fault ? 1 : 0))
  const skipped = sum(run => run.skipped)
  passed += good
  // A stage that finds nothing to run has not passed.
  failed += bad || (good === 0 ? 1 : 0)
  if (bad > 0 || good === 0) failures.push(name)
  for (const run of runs) if (run.failed > 0 || run.fault) say(report(run))
  say(
    `${bad === 0 && good > 0 ? '✔' : '✖'} ${name.padEnd(34)} ${seconds(began)}   ${good} passed, ${bad} failed${skipped ? `, ${skipped} skipped` : ''}`,
  )
}

/** The test files that were asked for, else those of the patterns. */
async function findFiles(...patterns: string[]): Promise<string[]> {
  if (onlyFiles.length > 0) return onlyFiles
  const found: string[] = []
  for (const pattern of patterns) {
    for await (const file of glob(pattern, { cwd: root, exclude: ['**/node_modules/**', '**/.next/**'] }))
      found.push(file)
  }
  return found.sort()
}

/** The files that take long first, going by how long they are, so that none is left alone at the end. */
async function longestFirst(files: string[]): Promise<string[]> {
  const sized = await Promise.all(
    files.map(async file => ({ file, size: (await stat(resolve(root, file))).size })),
  )
  return sized.sort((a, b) => b.size - a.size || (a.file < b.file ? -1 : 1)).map(({ file }) => file)
}

/** Two lists of files that take about equally long: the first, the fourth, the fifth, the eighth … and the others. */
async function halves(files: string[]): Promise<string[][]> {
  const lists: [string[], string[]] = [[], []]
  for (const [at, file] of (await longestFirst(files)).entries()) lists[(at + 1) % 4 < 2 ? 1 : 0].push(file)
  return lists.filter(list => list.length > 0)
}

/** Start a system, run the tests against it one after another, and stop it. */
async function onSystem(
  mode: Mode,
  name: string,
  files: string[],
  settings: Record<string, string> = {},
): Promise<void> {
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
  await tests(name, files, [environment])
  await stop()
  undo.splice(undo.indexOf(stop), 1)
}

async function cleanUp(): Promise<void> {
  stopping.abort()
  for (const child of children) child.kill('SIGTERM')
  for (const step of undo.splice(0).reverse()) await step()
}

async function runStages(): Promise<void> {
  const quiet = {
    debug() {},
    info() {},
    warn: (line: string) => say(line),
    error: (line: string) => say(line),
  }
  if (onlyStage === undefined || ['unit', 'system', 'failure', 'browser'].includes(onlyStage)) {
    await ensureDebianPackages(['redis-server', 'rabbitmq-server', 'chromium', 'nginx', 'openssl'], quiet)
  }
  const bin = (name: string) => join(root, 'node_modules/.bin', name)
  if (wanted('check')) {
    await check('format and lint (Biome)', bin('biome'), ['check', '.'])
    await check('types (tsc)', bin('tsc'), ['--noEmit', '-p', '.'])
    for (const app of ['portal', 'admin', 'developers'])
      await check(`types of apps/${app} (tsc)`, bin('tsc'), ['--noEmit', '-p', `apps/${app}`])
    await check('dead code (knip)', bin('knip'), ['--no-progress'])
  }
  const postgres = await startTemporaryPostgres({ log: quiet })
  undo.push(() => postgres.stop())
  const database = { AZORA_TEST_DATABASE_URL: postgres.adminUrl }
  if (wanted('unit')) {
    const patterns = [
      '{contracts,credential,kit,services,tidy,clients,deploy}/**/*.test.ts',
      'apps/**/*.test.{ts,tsx}',
      'test/{federation,runner}/**/*.test.ts',
    ]
    await tests('unit', await longestFirst(await findFiles(...patterns)), [database, database])
  }
  if (wanted('system') || wanted('failure') || wanted('browser')) {
    const began = performance.now()
    await buildPortal(() => {})
    await buildStaticApps(() => {})
    say(`✔ ${'portal, admin, developers are built'.padEnd(34)} ${seconds(began)}`)
  }
  for (const mode of modes) {
    if (wanted('system')) await onSystem(mode, `system, ${mode}`, await findFiles('test/system/**/*.test.ts'))
  }
  // A school of its own: what the system tests leave behind is no school that a person would look at.
  if (wanted('browser')) {
    // Tests play the outside world: providers to sign in with, and a receiver of webhooks on this machine.
    const outside = await startOutsideProviders()
    undo.push(() => outside.stop())
    const settings = { ...outside.settings, AZORA_WEBHOOKS_TO_PRIVATE: 'true' }
    // Two at a time, each half of the files in a school of its own: one would meet what the other leaves there.
    const lists = await halves(await findFiles('test/browser/**/*.test.ts'))
    const runs = lists.map((files, at) =>
      onSystem('single', `browser, ${at + 1} of ${lists.length}`, files, settings),
    )
    // The other one is let finish, so that nothing of it is left behind.
    await Promise.allSettled(runs)
    await Promise.all(runs)
  }
  if (wanted('failure'))
    await tests(
      'failure',
      await longestFirst(await findFiles('test/failure/**/*.test.ts')),
      [database, database],
      { testLimitMs: 480_000, fileLimitMs: 900_000 },
    )
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say('\nStopping …')
    cleanUp().finally(() => process.exit(130))
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
if (failures.length > 0) say(`Failed: ${failures.join('; ')}`)
say(`Took ${seconds(began)}`)
say(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
