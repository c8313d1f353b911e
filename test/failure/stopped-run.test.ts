import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { until } from '../system.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
// In the repository, so that the run takes it for one of its own.
const folder = await mkdtemp(join(root, 'node_modules/.stopped-run-'))

test('A run of the tests that is told twice to stop takes its database with it.', async () => {
  const file = join(folder, 'waits.test.mjs')
  await writeFile(
    file,
    `import { test } from 'node:test'
import { writeFileSync } from 'node:fs'
process.on('SIGTERM', () => setTimeout(() => process.exit(1), 1500)) // so that the run has something to wait for
test('waits', async () => {
  writeFileSync(${JSON.stringify(join(folder, 'url'))}, process.env.AZORA_TEST_DATABASE_URL)
  await new Promise(resolve => setTimeout(resolve, 200_000))
})
`,
  )
  try {
    const run = spawn(process.execPath, ['test/run.ts', 'unit', relative(root, file)], {
      cwd: root,
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const said: string[] = []
    run.stdout.on('data', chunk => said.push(String(chunk)))
    const ended = new Promise<number | null>(resolve => run.once('exit', resolve))
    const url = await until('The test runs', () => readFile(join(folder, 'url'), 'utf8').catch(() => null))
    run.kill('SIGTERM')
    await until('It is stopping', async () => said.join('').includes('Stopping'))
    run.kill('SIGTERM')
    assert.notEqual(await ended, null, 'The second signal ended it in the middle.')
    const client = new pg.Client({ connectionString: url })
    await assert.rejects(client.connect(), { code: 'ECONNREFUSED' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
