import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

test('What a command says is whole in a pipe that is read late, though it is longer than a pipe holds.', async () => {
  const child = spawn(process.execPath, [here('main.ts'), 'kong'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await pause(3000)
  let said = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) said += chunk
  assert.equal(said, await readFile(here('../../deploy/kong/kong.yaml'), 'utf8'))
})
