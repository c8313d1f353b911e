import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createLog } from '@azora/kit/log.ts'
import { connectRedis } from '@azora/kit/redis.ts'
import { createSignals } from '@azora/kit/signals.ts'
import type { Redis } from 'ioredis'
import { startRedis } from './embedded/redis.ts'

/** Signals of two processes on a real Redis. */

const log = createLog({ level: 'error', file: null, console: false })('test')
let server: Awaited<ReturnType<typeof startRedis>>
let connections: Redis[]

before(async () => {
  server = await startRedis({ folder: null, log })
  connections = [connectRedis(server.url, log), connectRedis(server.url, log)]
  await Promise.all(
    connections.map(each => new Promise<void>(resolve => void each.once('ready', () => resolve()))),
  )
})
after(async () => {
  for (const each of connections ?? []) each.disconnect()
  await server?.stop()
})

test('A signal is heard once in each process, the one that sent it among them.', {
  timeout: 60_000,
}, async t => {
  const [redis = assert.fail(), other = assert.fail()] = connections
  const [mine, theirs] = [createSignals(redis, log), createSignals(other, log)]
  t.after(() => [mine, theirs].forEach(each => void each.stop()))
  const heard: string[] = []
  const [there, back] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  mine.hear('first', () => heard.push('first'))
  mine.hear('second', () => back.resolve())
  theirs.hear('first', () => there.resolve())
  const channels = ['azora:signal:first', 'azora:signal:second']
  while (String(await redis.pubsub('NUMSUB', ...channels)) !== `${channels[0]},2,${channels[1]},1`)
    await pause(20)
  mine.send('first')
  await there.promise
  theirs.send('second')
  // What comes back from Redis comes in order: an echo of the first would have been heard by now.
  await back.promise
  assert.deepEqual(heard, ['first'])
})
