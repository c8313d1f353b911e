import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { redisCache } from '@azora/kit/cache.ts'
import { createLimiter } from '@azora/kit/limits.ts'
import { createLog } from '@azora/kit/log.ts'
import { connectRedis } from '@azora/kit/redis.ts'
import type { Redis } from 'ioredis'
import { startRedis } from './embedded/redis.ts'
import { allAre } from './redis-testing.ts'

/** What the processes of a cluster share through a real Redis, and what each does alone while it is away. */

const log = createLog({ level: 'error', file: null, console: false })('test')
const budget = { points: 20, windowSeconds: 60 }
let server: Awaited<ReturnType<typeof startRedis>>
let mine: Redis
let theirs: Redis

before(async () => {
  server = await startRedis({ folder: null, log })
  mine = connectRedis(server.url, log)
  theirs = connectRedis(server.url, log)
  await allAre([mine, theirs], 'ready')
})
after(async () => {
  mine?.disconnect()
  theirs?.disconnect()
  await server?.stop()
})

test('A budget is one for all processes: of fifty calls at once, half from each, as many pass as it allows.', async () => {
  const limiters = [createLimiter(mine), createLimiter(theirs)]
  const key = randomUUID()
  const verdicts = await Promise.all(
    Array.from({ length: 50 }, (_, at) => (limiters[at % 2] ?? assert.fail())(key, budget)),
  )
  assert.equal(verdicts.filter(verdict => verdict.allowed).length, 20)
  assert.deepEqual(new Set(verdicts.map(verdict => verdict.limit)), new Set([20]))
  const least = Math.min(...verdicts.map(verdict => verdict.remaining))
  assert.equal(least, 0)
})

test('Of fifty clients that ask at once through two processes exactly as many pass as the budget allows, again and again.', async () => {
  const limiters = [createLimiter(mine), createLimiter(theirs)]
  for (let round = 0; round < 5; round++) {
    const key = randomUUID()
    const clients = Array.from({ length: 50 }, async (_, at) => {
      let passed = 0
      for (let request = 0; request < 4; request++)
        if ((await (limiters[at % 2] ?? assert.fail())(key, { points: 100, windowSeconds: 60 })).allowed)
          passed += 1
      return passed
    })
    const passed = (await Promise.all(clients)).reduce((sum, count) => sum + count, 0)
    assert.equal(passed, 100)
  }
})

test('What one process caches another reads, until either deletes it.', async () => {
  const fail = (failure: unknown) => assert.fail(String(failure))
  const [here, there] = [redisCache(mine, fail), redisCache(theirs, fail)]
  const key = randomUUID()
  await here.set(key, { name: 'Ünal' }, 60)
  assert.deepEqual(await there.get(key), { name: 'Ünal' })
  await there.delete(key)
  assert.equal(await here.get(key), null)
})

test('While Redis is dead each process counts on alone, at once and correctly, and shares again when it is back.', async () => {
  const told: string[] = []
  const watch = { fellBack: () => void told.push('alone'), shared: () => void told.push('shared') }
  const limiters = [createLimiter(mine, watch), createLimiter(theirs)] as const
  const gone = allAre([mine, theirs], 'close')
  await server.kill()
  await gone
  const key = randomUUID()
  const began = performance.now()
  for (const limiter of limiters) {
    let allowed = 0
    // One after another: those that waited would do so for a second each.
    for (let asked = 0; asked < 50; asked++) if ((await limiter(key, budget)).allowed) allowed += 1
    assert.equal(allowed, 20)
  }
  assert.ok(performance.now() - began < 50_000, 'requests waited for a Redis that is away')
  assert.equal(told.length, 50, 'each request that is counted alone is told')
  const failures: unknown[] = []
  assert.equal(await redisCache(mine, failure => failures.push(failure)).get('any'), null)
  assert.equal(failures.length, 1)

  const back = allAre([mine, theirs], 'ready')
  await server.restart()
  await back
  assert.equal(told.at(-1), 'shared')
  const after = randomUUID()
  const verdicts = await Promise.all(
    Array.from({ length: 50 }, (_, at) => (limiters[at % 2] ?? assert.fail())(after, budget)),
  )
  assert.equal(verdicts.filter(verdict => verdict.allowed).length, 20)
})
