import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, open, readFile, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { request, signIn } from '../api.ts'
import { startSystem, until } from '../system.ts'

/** A disk that is really full, under the whole of a running system, and then is not. */

const run = promisify(execFile)

/** A small file system of our own, or null where this process may not make one. */
async function mountSmallDisk(megabytes: number): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'azora-full-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder])
    return folder
  } catch {
    await rm(folder, { recursive: true })
    return null
  }
}

/** Take all space but so much. */
async function fill(folder: string, leaveBytes: number): Promise<void> {
  const ballast = await open(join(folder, 'ballast'), 'a')
  const piece = Buffer.alloc(1024 * 1024)
  try {
    for (;;) {
      const { bavail, bsize } = await statfs(folder)
      const room = bavail * bsize - leaveBytes
      if (room <= 0) return
      await ballast.write(piece, 0, Math.min(piece.length, room))
    }
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ENOSPC') throw failure
  } finally {
    await ballast.close()
  }
}

test('a full disk refuses writes as such, is told by readiness, and is forgotten when there is space', async (t: TestContext) => {
  const disk = await mountSmallDisk(400)
  if (!disk) return t.skip('Only root may mount a small file system to fill.')
  // Open to the account of the database, which is not ours, or it would be kept elsewhere.
  await mkdir(join(disk, 'data'), { mode: 0o755 })
  const system = await startSystem('single', { AZORA_DATA_DIR: join(disk, 'data') })
  const { url } = system
  const ready = async () => {
    const answer = await fetch(`${url}/health/ready`)
    return { status: answer.status, ...((await answer.json()) as { problems: string[] }) }
  }
  const logSize = async () => (await readFile(join(disk, 'data', 'access.log'))).length
  try {
    const { api, token } = await signIn(url, demoInstructor.email, demoPassword)
    const { items } = await api.education.listTaughtCourses({ limit: 1 })
    const upload = (bytes: number) =>
      request(url, 'POST', `/education/courses/${items[0]?.id}/files?name=notes.bin`, {
        token,
        body: randomBytes(bytes),
      })
    assert.equal((await upload(1_000_000)).status, 201)
    assert.equal((await ready()).status, 200)

    await fill(disk, 0)
    for (const bytes of [100_000, 20_000_000]) {
      const refused = await upload(bytes)
      assert.deepEqual([refused.status, (refused.body as { code: string }).code], [503, 'storage_full'])
    }
    // Rows need no new space at once; a megabyte of text does.
    const write = async (number: number) => {
      const answer = await request(url, 'POST', '/education/courses', {
        token,
        json: {
          title: `Course ${number}`,
          summary: '',
          description: randomBytes(20_000).toString('hex'),
          category: 'Science',
          level: 'beginner',
          language: 'en',
        },
      })
      return answer.status
    }
    const statuses = new Set<number>()
    for (let number = 0; number < 60; number++) statuses.add(await write(number))
    assert.ok(statuses.has(503), `Writes were answered ${[...statuses]}`)
    assert.deepEqual(
      [...statuses].filter(status => status !== 503 && status >= 400),
      [],
    )
    const told = await until('Readiness says why', async () => {
      const state = await ready()
      return state.status === 503 && state.problems.length > 0 ? state : null
    })
    assert.match(told.problems.join(' '), /no space left/)

    await rm(join(disk, 'ballast'))
    await until('Ready again', async () => (await ready()).status === 200, 240_000)
    const before = await logSize()
    await until('Writes succeed', async () => (await write(1000)) < 300, 240_000)
    assert.equal((await upload(1_000_000)).status, 201)
    await until('The log continues', async () => (await logSize()) > before)
    const lines = (await readFile(join(disk, 'data', 'access.log'), 'utf8')).trim().split('\n')
    const whole = lines.filter(line => {
      try {
        return Boolean(JSON.parse(line))
      } catch {
        return false
      }
    })
    assert.ok(lines.length - whole.length <= 1, 'at most the line that met the full disk is torn')
  } finally {
    await system.stop()
    await run('umount', [disk])
    await rm(disk, { recursive: true })
  }
})
