import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

test('What a command says is whole in a pipe that is read late, though it is longer than a pipe holds.', async () => {
  // The shell's pipe, not one of `spawn`: Node empties its own when the child has ended, read or not.
  const child = spawn('sh', ['-c', '"$0" "$1" kong | (sleep 3; cat)', process.execPath, here('main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) said += chunk
  assert.equal(said, await readFile(here('../../deploy/kong/kong.yaml'), 'utf8'))
})
