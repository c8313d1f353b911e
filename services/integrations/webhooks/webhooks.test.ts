import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createLog } from '@azora/kit/log.ts'
import { sql } from '@azora/kit/sql.ts'
import { testContext, untilBlocked } from '@azora/kit/testing.ts'
import { startSender } from '../deliveries/sender.ts'
import { startIntegrations, startReceiver, until } from '../testing.ts'
import { countWebhooks, insertWebhook } from './webhooks.store.ts'
import { createWebhook, removeWebhook, rotateWebhookSecret, saveWebhook } from './webhooks.ts'

let azora: Awaited<ReturnType<typeof startIntegrations>>
before(async () => {
  azora = await startIntegrations()
})
after(() => azora?.dispose())

type Webhook = { id: string; secret: string; url: string; events: string[] }
const wanted = { url: 'https://hooks.school.example/azora', events: ['course.enrolled', 'course.enrolled'] }
const newWebhook = () => azora.call<Webhook>('createWebhook', wanted)

test('A secret is shown once; the database holds it sealed, lists and the audit log not at all.', async () => {
  const made = await newWebhook()
  assert.deepEqual(made.events, ['course.enrolled'])
  const rotated = await azora.call<Webhook>('rotateWebhookSecret', { webhookId: made.id })
  assert.notEqual(rotated.secret, made.secret)
  const listed = JSON.stringify(await azora.call('listWebhooks', undefined))
  const { stored } = await azora.db.across.one<{ stored: string }>(sql`
    select (select json_agg(w)::text from webhooks w) || (select json_agg(o)::text from outbox o) as stored`)
  for (const { secret } of [made, rotated]) {
    const key = secret.slice('whsec_'.length)
    for (const text of [listed, stored]) assert.ok(!text.includes(key))
  }
  assert.match(stored, /"secret":"v1\./)
})

test('No log tells a secret, a signature or a person’s data, whatever goes wrong.', async t => {
  const receiver = await startReceiver()
  receiver.answer = res => void res.writeHead(500).end()
  const file = join(azora.scratchDir, 'webhooks.log')
  const log = createLog({ level: 'debug', file, console: false })('integrations')
  const webhook = await azora.call<Webhook>('createWebhook', {
    url: `${receiver.url}?key=in-the-address`,
    events: ['user.created'],
  })
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  const calls = { timeoutMs: 5000, resolve, toPrivate: true }
  const sender = startSender({ db: azora.db, sealing: azora.sealing, log, calls, graceMs: 50 })
  // Also when this fails: a sender that runs on keeps the process from ending.
  t.after(async () => {
    await sender.stop()
    receiver.close()
  })
  const person = { userId: randomUUID(), email: 'thandi@school.example', name: 'Thandi', roles: ['learner'] }
  await azora.hear([{ name: 'user.created', payload: person }])
  sender.wake()
  await until(() => receiver.received.length === 1)
  // A row that cannot be opened, as after the loss of a key, fails inside of us.
  await azora.db.across.run(sql`update webhooks set secret = 'v1.a.b.c.d' where id = ${webhook.id}`)
  await azora.db.across.run(sql`update deliveries set next_attempt_at = now(), claimed_until = null`)
  sender.wake()
  await until(async () => (await readFile(file, 'utf8').catch(() => '')).includes('could not be sent'))
  const text = await readFile(file, 'utf8')
  const signature = String(receiver.received[0]?.headers['webhook-signature'])
  for (const secret of [webhook.secret.slice(6), signature.slice(3), 'thandi', 'Thandi', 'in-the-address'])
    assert.ok(!text.includes(secret), secret)
  await azora.call('deleteWebhook', { webhookId: webhook.id })
})

test('An address inside is refused when it is written, with what is wrong with it.', async () => {
  const tools = { db: azora.db, sealing: azora.sealing, toPrivate: false, local: false }
  for (const url of [
    'http://localhost/',
    'https://10.0.0.1/',
    'https://a:b@school.example/',
    'https://x.example:25/',
  ])
    await assert.rejects(
      createWebhook(tools, testContext(azora.admin), { url, description: '', events: ['course.saved'] }),
      { code: 'invalid_input' },
      url,
    )
  for (const url of [
    'ftp://school.example/',
    'javascript:alert(1)',
    'nonsense',
    `https://x.example/${'x'.repeat(500)}`,
  ])
    await assert.rejects(azora.call('createWebhook', { ...wanted, url }), { code: 'invalid_input' }, url)
})

test('An installation for this machine alone names the setting that allows local addresses, where that would help.', async () => {
  const refusal = (url: string, local: boolean) =>
    createWebhook(
      { db: azora.db, sealing: azora.sealing, toPrivate: false, local },
      testContext(azora.admin),
      { url, description: '', events: ['course.saved'] },
    ).then(
      () => assert.fail('accepted'),
      failure => failure.data.fields.map((field: { message: string }) => field.message).join(' '),
    )
  assert.match(await refusal('http://127.0.0.1:3000/', true), /AZORA_WEBHOOKS_TO_PRIVATE=true/)
  assert.doesNotMatch(await refusal('http://127.0.0.1:3000/', false), /AZORA_/)
  assert.doesNotMatch(await refusal('http://a:b@127.0.0.1:3000/', true), /AZORA_/)
})

test('An administrator of another school neither changes a webhook nor removes it, nor renews its secret.', async () => {
  const by = (organizationId: string) => ({
    actor: { ...azora.admin, organizationId },
    ip: '127.0.0.1',
    userAgent: 'test',
  })
  const tools = { db: azora.db, sealing: azora.sealing, toPrivate: false, local: false }
  const { id: webhookId } = await createWebhook(tools, by(azora.school), {
    url: wanted.url,
    description: 'Timetable',
    events: ['course.saved'],
  })
  const stranger = by(randomUUID())
  for (const refused of [
    () => saveWebhook(tools, stranger, { webhookId, status: 'paused' }),
    () => rotateWebhookSecret(tools, stranger, webhookId),
    () => removeWebhook(azora.db, stranger, webhookId),
  ])
    await assert.rejects(refused(), { code: 'not_found' })
  const own = await saveWebhook(tools, by(azora.school), { webhookId, description: 'Lessons' })
  assert.deepEqual([own.description, own.status], ['Lessons', 'active'])
})

test('Events that stay within the installation cannot be asked for.', async () => {
  for (const event of [
    'audit.recorded',
    'user.exported',
    'user.erased',
    'quiz.imported',
    'nonsense',
    'webhook.test',
  ])
    await assert.rejects(azora.call('createWebhook', { ...wanted, events: [event] }), {
      code: 'invalid_input',
    })
})

test('Webhooks, their secrets and deliveries are the school’s own.', async () => {
  const made = await newWebhook()
  const foreign = { ...azora.admin, organizationId: randomUUID() }
  assert.deepEqual(await azora.call('listWebhooks', undefined, foreign), { items: [] })
  const { id: webhookId } = made
  for (const [operation, input] of [
    ['saveWebhook', { webhookId, status: 'paused' }],
    ['deleteWebhook', { webhookId }],
    ['rotateWebhookSecret', { webhookId }],
    ['testWebhook', { webhookId }],
    ['listDeliveries', { webhookId }],
    ['replayFailed', { webhookId, since: '2026-01-01T00:00:00Z' }],
  ] as const)
    await assert.rejects(azora.call(operation, input, foreign), { code: 'not_found' }, operation)
})

test('A webhook is changed in part, and deleted with its log; each leaves an entry without its address.', async () => {
  const made = await newWebhook()
  const saved = await azora.call<Webhook & { description: string }>('saveWebhook', {
    webhookId: made.id,
    description: 'Register',
  })
  assert.deepEqual([saved.url, saved.description], [wanted.url, 'Register'])
  await azora.call('testWebhook', { webhookId: made.id })
  await azora.call('deleteWebhook', { webhookId: made.id })
  const { n } = await azora.db.across.one<{ n: number }>(
    sql`select count(*) as n from deliveries where webhook_id = ${made.id}`,
  )
  assert.equal(n, 0)
  const entries = await azora.db.infrastructure.rows<{
    payload: { action: string; details: { name?: string } }
  }>(sql`select payload from outbox where payload -> 'subject' ->> 'id' = ${made.id} order by id`)
  assert.deepEqual(
    entries.map(({ payload }) => payload.action),
    ['webhook.created', 'webhook.changed', 'webhook.deleted'],
  )
  assert.equal(entries.at(-1)?.payload.details.name, 'Register', 'its name is kept after it is gone')
  assert.ok(!JSON.stringify(entries).includes('hooks.school.example'))
})

test('A school has at most a hundred webhooks, also when several are made at once.', async () => {
  const admin = { ...azora.admin, organizationId: randomUUID() }
  const make = () => azora.call('createWebhook', wanted, admin)
  await azora.db.across.run(sql`
    insert into webhooks (id, organization_id, url, description, events, secret)
    select gen_random_uuid(), ${admin.organizationId}, '', '', '{course.saved}', '' from generate_series(1, 99)`)
  const last = await Promise.allSettled([make(), make(), make()])
  assert.deepEqual(last.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected'])
})

test('A school has a hundred webhooks at most, also when two make the last one at once.', async () => {
  const admin = { ...azora.admin, organizationId: randomUUID() }
  const make = () => azora.call<Webhook>('createWebhook', wanted, admin)
  const first = await make()
  const school = azora.db.in(admin.organizationId)
  await school.run(sql`
    insert into webhooks (id, organization_id, url, description, events, secret)
    select gen_random_uuid(), organization_id, url, description, events, secret
    from webhooks cross join generate_series(1, 98) where organization_id = ${admin.organizationId} and id = ${first.id}`)
  const counted = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const other = school.transaction(async tx => {
    assert.equal(await countWebhooks(tx), 99)
    await insertWebhook(tx, {
      ...wanted,
      id: randomUUID(),
      events: ['course.enrolled'],
      description: '',
      organizationId: admin.organizationId,
      secret: 'x',
    })
    counted.resolve()
    await commit.promise
  })
  await counted.promise
  const late = make()
  late.catch(() => {})
  await untilBlocked(azora.db)
  commit.resolve()
  await other
  await assert.rejects(late, { code: 'conflict' })
})
