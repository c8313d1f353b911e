import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '@azora/kit/config.ts'
import { createLog } from '@azora/kit/log.ts'
import { createTestDatabase } from '@azora/kit/testing.ts'
import pg from 'pg'
import { startProcess } from '../../apps/azora/process.ts'
import { services } from '../../apps/azora/services.ts'
import { until } from '../system.ts'

test('an event that a crash left in an outbox reaches the services that start after its own', async () => {
  const database = await createTestDatabase(services)
  const dataDir = await mkdtemp(join(tmpdir(), 'azora-process-'))
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  const [organizationId, userId] = [randomUUID(), randomUUID()]
  const payload = {
    userId,
    organizationId,
    email: 'late@test.example',
    name: 'Late Arrival',
    roles: ['learner'],
  }
  await client.query(
    `insert into auth.outbox (id, name, organization_id, payload, correlation_id)
     values ($1, 'user.created', $2, $3, 'crash')`,
    [randomUUID(), organizationId, payload],
  )
  const running = await startProcess({
    config: readConfig({}),
    installation: { dataDir, ...database },
    run: services.map(service => service.name),
    log: createLog({ level: 'error', file: null, console: false }),
  })
  try {
    const name = await until('Education knows the person', async () => {
      const { rows } = await client.query('select name from education.people where user_id = $1', [userId])
      return rows[0]?.name as string | undefined
    })
    assert.equal(name, 'Late Arrival')
  } finally {
    await running.stop()
    await client.end()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
