import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { endOf } from '../system.ts'

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`A part that is ended by ${signal} and was dead already is not waited for.`, {
    timeout: 20_000,
  }, async () => {
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'])
    await endOf(child, 'SIGKILL')
    assert.equal(child.signalCode, 'SIGKILL')
    assert.equal(await endOf(child, signal), null)
  })
}

test('What ended by itself tells its code.', { timeout: 20_000 }, async () => {
  const child = spawn(process.execPath, ['--eval', 'process.exit(3)'])
  await new Promise(resolve => child.once('exit', resolve))
  assert.equal(await endOf(child, 'SIGKILL'), 3)
})
