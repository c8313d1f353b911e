import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Cluster } from '../../apps/azora/cluster.ts'
import { type System, startSystem, until } from '../system.ts'
import { assemble, checkBooks, takeQuizzes } from './class.ts'

/** Redis and RabbitMQ may go away: learners go on, and what was to be told is told when they are back. */

let system: System
let cluster: Cluster

before(async () => {
  system = await startSystem('cluster')
  assert.ok(system.cluster)
  cluster = system.cluster
})
after(() => system?.stop())

test('While RabbitMQ is dead every attempt is accepted, and its events arrive once it is back.', async () => {
  const { rabbitmq } = cluster
  assert.ok(rabbitmq)
  const group = await assemble(system, 8)
  await rabbitmq.kill()
  const receipts = await takeQuizzes(group, () => {})
  const [learner] = group.learners
  assert.deepEqual(
    (await learner?.api.education.listCertificates())?.items,
    [],
    'an event came without a broker',
  )
  await rabbitmq.restart()
  await checkBooks(system, group, receipts)
})

test('RabbitMQ dying in the middle of deliveries loses no event and doubles none.', async () => {
  const { rabbitmq } = cluster
  assert.ok(rabbitmq)
  const group = await assemble(system, 8)
  let outage: Promise<void> | null = null
  const receipts = await takeQuizzes(group, count => {
    if (count === 5) outage = rabbitmq.kill().then(() => rabbitmq.restart())
  })
  await outage
  await checkBooks(system, group, receipts)
})

test('While Redis is dead people sign up, learn and hand in as before.', async () => {
  const { redis } = cluster
  assert.ok(redis)
  await redis.kill()
  try {
    const group = await assemble(system, 4)
    await checkBooks(system, group, await takeQuizzes(group, () => {}))
    const health = await fetch(`${system.url}/health/ready`)
    assert.equal(health.status, 200)
  } finally {
    await redis.restart()
  }
  const group = await assemble(system, 2)
  await checkBooks(system, group, await takeQuizzes(group, () => {}))
})

test('The gateway tells of the servers that the cluster started, and which of them is away.', async () => {
  const { redis } = cluster
  assert.ok(redis)
  const told = (expected: Record<string, string>) =>
    until(`The parts are ${JSON.stringify(expected)}`, async () => {
      const answer = await fetch(`${system.url}/health/parts`)
      const { parts } = (await answer.json()) as { parts: Record<string, string> }
      return Object.entries(expected).every(([name, state]) => parts[name] === state)
    })
  await told({ postgres: 'up', redis: 'up', rabbitmq: 'up' })
  await redis.kill()
  try {
    await told({ postgres: 'up', redis: 'down', rabbitmq: 'up' })
  } finally {
    await redis.restart()
  }
  await told({ redis: 'up' })
})
