import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Redis } from 'ioredis'
import { ensureDebianPackages } from '../setup/debian.ts'
import { startRedis } from './redis.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

async function command<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { retryStrategy: () => null, maxRetriesPerRequest: 0 })
  redis.on('error', () => {})
  try {
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

test('Redis answers with its password only, forgets on a crash, and is gone after stop', async () => {
  await ensureDebianPackages(['redis-server'], silent)
  const server = await startRedis({ folder: null, log: silent })
  await command(server.url, redis => redis.set('colour', 'green'))
  const open = new URL(server.url)
  open.password = ''
  await assert.rejects(
    command(open.href, redis => redis.get('colour')),
    /NOAUTH/,
  )
  await server.kill()
  await assert.rejects(command(server.url, redis => redis.get('colour')))
  await server.restart()
  assert.equal(await command(server.url, redis => redis.get('colour')), null)
  await server.stop()
  await assert.rejects(command(server.url, redis => redis.get('colour')))
})
