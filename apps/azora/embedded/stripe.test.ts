import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '@azora/kit/config.ts'
import { openStripe } from '@azora/kit/stripe.ts'
import { openServers } from './servers.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }

test('The Stripe sandbox runs where no key is set, keeps its keys and state, and comes back by itself once it has some.', async t => {
  const dataDir = mkdtempSync(join(tmpdir(), 'azora-stripe-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const open = (settings: Record<string, string> = {}) =>
    openServers({ config: readConfig({ PORT: '1', ...settings }), dataDir, log })

  const keyed = open({ STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_1' })
  assert.equal(await keyed.use('stripe'), null)

  const first = open()
  t.after(() => first.stop())
  first.resume()
  assert.equal(first.running('stripe'), null, 'It has never been used.')
  const started = await first.use('stripe')
  assert.ok(started)
  assert.equal((await first.running('stripe'))?.url, started.url)
  assert.deepEqual(await first.health(), { 'stripe-sandbox': true })
  const { api, sandbox } = await openStripe(started.access)
  assert.equal(sandbox, true)
  const { id } = await api.customers.create()
  for (const file of ['keys.json', 'stripe.sqlite'])
    assert.equal(statSync(join(dataDir, 'stripe-sandbox', file)).mode & 0o077, 0, `Others may read ${file}.`)
  await assert.rejects(open().use('stripe'), /already runs a server/)
  await first.stop()
  assert.equal(await started.answers(), false)

  const second = open()
  t.after(() => second.stop())
  second.resume()
  const again = await second.running('stripe')
  assert.equal(again?.access.secretKey, started.access.secretKey)
  const door = await openStripe(again?.access ?? started.access)
  assert.equal((await door.api.customers.retrieve(id)).id, id)
})
