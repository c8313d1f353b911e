import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig, StartupFault } from './config.ts'

function faults(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
  } catch (failure) {
    assert.ok(failure instanceof StartupFault)
    return failure.remedies
  }
  return []
}

test('Nothing needs to be set.', () => {
  const config = readConfig({})
  assert.deepEqual([config.port, config.host, config.publicUrl], [8080, '127.0.0.1', 'http://localhost:8080'])
  assert.deepEqual([config.databaseUrl, config.redisUrl, config.amqpUrl, config.s3], [null, null, null, null])
})

test('The demo, whose passwords everybody knows, is only for an installation that nobody else can reach.', () => {
  const demo = (environment: Record<string, string>) => readConfig(environment).demo
  assert.equal(demo({}), true)
  assert.equal(demo({ AZORA_PUBLIC_URL: 'http://127.0.0.1:9000' }), true)
  for (const elsewhere of [
    { HOST: '0.0.0.0' },
    { HOST: '::' },
    { AZORA_PUBLIC_URL: 'https://school.example' },
    { AZORA_PUBLIC_URL: 'https://localhost.example' },
    { DATABASE_URL: 'postgres://azora@127.0.0.1/azora' },
  ] as Record<string, string>[]) {
    assert.equal(demo(elsewhere), false, JSON.stringify(elsewhere))
    assert.equal(demo({ ...elsewhere, AZORA_DEMO: 'true' }), true)
  }
})

test('An empty setting is as good as none.', () => {
  assert.deepEqual(readConfig({ DATABASE_URL: '', PORT: '', AZORA_SECRET: '' }), readConfig({}))
})

test('Every wrong setting is named at once, with what to write instead and without its value.', () => {
  const found = faults({
    PORT: '99999',
    REDIS_URL: 'http://secret-host',
    AZORA_SECRET: 'hunter2',
    AZORA_DEMO: 'perhaps',
  })
  assert.equal(found.length, 4)
  for (const name of ['PORT', 'REDIS_URL', 'AZORA_SECRET', 'AZORA_DEMO']) {
    assert.ok(
      found.some(line => line.includes(name)),
      name,
    )
  }
  assert.doesNotMatch(found.join(), /hunter2|secret-host|perhaps/)
})

test('Lists are split at commas, and the public address loses its last slash.', () => {
  const config = readConfig({
    AZORA_CORS_ORIGINS: 'https://a.example, https://b.example,',
    AZORA_PUBLIC_URL: 'https://school.example/',
    AZORA_PREVIOUS_SECRETS: 'one,two',
  })
  assert.deepEqual(config.corsOrigins, ['https://a.example', 'https://b.example'])
  assert.equal(config.publicUrl, 'https://school.example')
  assert.deepEqual(config.previousSecrets, ['one', 'two'])
})

test('MongoDB may be several hosts, as a replica set is written.', () => {
  const address = 'mongodb://user:word@one:27017,two:27017,three/azora?replicaSet=rs0'
  assert.equal(readConfig({ MONGODB_URL: address }).mongodbUrl, address)
  for (const wrong of ['mongodb://', 'one:27017', 'mongodb://one:port,two']) {
    assert.equal(faults({ MONGODB_URL: wrong }).length, 1, wrong)
  }
})

test('A part may have several addresses, separated by commas, and each must be one.', () => {
  const { partUrls } = readConfig({ AZORA_AUTH_URL: 'http://a:8080/, http://b:8080' })
  assert.deepEqual(partUrls, { auth: ['http://a:8080', 'http://b:8080'] })
  for (const wrong of ['a:8080', 'http://a:8080,b', 'ftp://a', ','])
    assert.throws(() => readConfig({ AZORA_AUTH_URL: wrong }), /AZORA_AUTH_URL/, wrong)
})

test('Stripe is reached with both of its secrets, or not at all; a sandbox only on this machine.', () => {
  assert.equal(readConfig({}).stripe, null)
  const secrets = { STRIPE_SECRET_KEY: 'sk_live_4eC39', STRIPE_WEBHOOK_SECRET: 'whsec_9f2c' }
  assert.deepEqual(readConfig(secrets).stripe, {
    secretKey: 'sk_live_4eC39',
    webhookSecret: 'whsec_9f2c',
    sandboxUrl: null,
  })
  const alone = faults({ STRIPE_SECRET_KEY: 'sk_test_4eC39' })
  assert.match(alone[0] ?? '', /STRIPE_WEBHOOK_SECRET is missing/)
  assert.match(alone[1] ?? '', /\/api\/v1\/payments\/stripe\/events/)
  assert.match(faults({ STRIPE_WEBHOOK_SECRET: 'whsec_9f2c' })[0] ?? '', /STRIPE_SECRET_KEY is missing/)
  for (const wrong of ['pk_live_4eC39', 'sk_live_', 'secret'])
    assert.match(faults({ ...secrets, STRIPE_SECRET_KEY: wrong })[0] ?? '', /STRIPE_SECRET_KEY is wrong/)

  const sandbox = { AZORA_STRIPE_SANDBOX_URL: 'http://sk_test_a1:whsec_b2@127.0.0.1:24680' }
  assert.deepEqual(readConfig(sandbox).stripe, {
    secretKey: 'sk_test_a1',
    webhookSecret: 'whsec_b2',
    sandboxUrl: 'http://127.0.0.1:24680',
  })
  assert.equal(readConfig({ ...sandbox, ...secrets }).stripe?.sandboxUrl, null)
  const elsewhere = { AZORA_STRIPE_SANDBOX_URL: 'http://sk_test_a1:whsec_b2@pay.example:80' }
  assert.match(faults(elsewhere)[0] ?? '', /AZORA_STRIPE_SANDBOX_URL is wrong/)
})
