import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { identify } from './embedded/process-identity.ts'
import { openScratch, sweepScratch } from './scratch.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'azora-scratch-'))
})
afterEach(() => rm(root, { recursive: true }))

async function leave(name: string, owner: object | null, hoursOld = 0): Promise<void> {
  const folder = join(root, name)
  await mkdir(join(folder, 'import-abc'), { recursive: true })
  if (owner) await writeFile(join(folder, 'owner.json'), JSON.stringify(owner))
  const then = new Date(Date.now() - hoursOld * 3_600_000)
  await utimes(folder, then, then)
}

test('A process that is just starting, and has half written whose folder it is, stops no other one and keeps its folder.', async () => {
  for (const [name, text] of Object.entries({ empty: '', half: '{"pid":1,"st' })) {
    await mkdir(join(root, name))
    await writeFile(join(root, name, 'owner.json'), text)
  }
  assert.equal(await sweepScratch(root), 0)
  assert.deepEqual((await readdir(root)).sort(), ['empty', 'half'])
})

test('What a killed process left is swept at the next start; what a living one uses is not.', async () => {
  const self = identify(process.pid)
  await leave('killed', { pid: process.pid, startedAt: 'before the reboot', host: hostname() })
  await leave('living', { ...self, host: hostname() }, 48)
  await leave('elsewhere', { pid: 1, startedAt: 'x', host: 'another-machine' })
  await leave('elsewhere-gone', { pid: 1, startedAt: 'x', host: 'another-machine' }, 2)
  await leave('import-of-an-earlier-release', null, 2)
  let swept = 0
  const scratch = await openScratch(root, {
    swept: count => {
      swept = count
    },
    failed: assert.ifError,
  })
  const own = scratch.folder.split('/').at(-1) ?? ''
  assert.equal(swept, 3)
  assert.deepEqual((await readdir(root)).sort(), [own, 'elsewhere', 'living'].sort())
  assert.equal(await sweepScratch(root), 0)
  await scratch.close()
  assert.deepEqual((await readdir(root)).sort(), ['elsewhere', 'living'])
})
