import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serversToldAt, tellOfServers } from './told-servers.ts'

test('Another process knows which servers run and which does not answer.', async t => {
  const state = { redis: true, rabbitmq: false }
  const telling = await tellOfServers({ health: async () => ({ ...state }) })
  t.after(() => telling.stop())
  const { health } = serversToldAt(telling.url)
  assert.deepEqual(await health(), { redis: true, rabbitmq: false })
  state.redis = false
  assert.deepEqual(await health(), { redis: false, rabbitmq: false })
})

test('Once the process that started them is gone, none of its servers answers.', async () => {
  const telling = await tellOfServers({ health: async () => ({ redis: true }) })
  const { health } = serversToldAt(telling.url)
  await health()
  await telling.stop()
  assert.deepEqual(await health(), { redis: false })
  assert.deepEqual(await serversToldAt(telling.url).health(), {})
})
