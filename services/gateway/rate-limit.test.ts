import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { readLimits } from './limits.ts'
import { internalKey, listen, signToken, startGateway } from './testing.ts'

/** Small budgets, so that a test reaches their end: a key 3, a person 5, an address 20, or 40 of an enterprise. */
function smallLimits() {
  const limits = readLimits(null)
  for (const [name, tier] of Object.entries(limits.tiers)) {
    tier.general = { key: 3, person: 5, address: name === 'enterprise' ? 40 : 20 }
  }
  return limits
}

// Behind one proxy of ours, so that a request's address is the one named.
const config = { trustedProxies: 1 } as never

async function withLimits(
  work: (ask: (address: string, authorization?: string) => Promise<Response>) => Promise<void>,
): Promise<void> {
  const gateway = await startGateway({ limits: smallLimits(), config })
  try {
    await work((address, authorization) =>
      fetch(`${gateway.url}/api/v1/auth/organization`, {
        headers: { 'x-forwarded-for': address, ...(authorization ? { authorization } : {}) },
      }),
    )
  } finally {
    await gateway.close()
  }
}

const passed = (answers: Response[]) => answers.filter(answer => answer.status === 200).length
const times = <T>(count: number, work: () => Promise<T>) => Promise.all(Array.from({ length: count }, work))
const bearer = async (options: Parameters<typeof signToken>[0]) => `Bearer ${await signToken(options)}`

test('Of fifty requests at once from one address exactly as many pass as its budget allows.', async () => {
  await withLimits(async ask => {
    assert.equal(passed(await times(50, () => ask('192.0.2.1'))), 20)
    assert.equal(passed(await times(10, () => ask('192.0.2.2'))), 10)
  })
})

test('A person has one budget wherever they are, and is told what is left of each that counts.', async () => {
  await withLimits(async ask => {
    const authorization = await bearer({ userId: randomUUID() })
    const first = await ask('192.0.2.1', authorization)
    assert.equal(
      first.headers.get('ratelimit-policy'),
      '"general-address";q=20;w=60, "general-person";q=5;w=60',
    )
    assert.match(
      first.headers.get('ratelimit') ?? '',
      /^"general-address";r=19;t=\d+, "general-person";r=4;t=\d+$/,
    )
    let address = 10
    const answers = await times(9, () => ask(`192.0.2.${address++}`, authorization))
    assert.equal(passed(answers), 4)
    const refused = answers.find(answer => answer.status === 429)
    assert.ok(Number(refused?.headers.get('retry-after')) > 0)
    assert.match(refused?.headers.get('ratelimit') ?? '', /"general-person";r=0/)
  })
})

test('A key has less than its owner, and several keys no more than their owner.', async () => {
  await withLimits(async ask => {
    const userId = randomUUID()
    const keyOf = () => bearer({ userId, sessionId: randomUUID(), claims: { kind: 'key' } })
    const [one, other] = [await keyOf(), await keyOf()]
    assert.equal(passed(await times(6, () => ask('192.0.2.1', one))), 3)
    assert.equal(passed(await times(6, () => ask('192.0.2.2', other))), 2)
    assert.equal((await ask('192.0.2.3', await bearer({ userId }))).status, 429)
  })
})

test('The plan of a school widens what its address may use, for its own people alone.', async () => {
  await withLimits(async ask => {
    const rich = await times(30, () => bearer({ userId: randomUUID(), claims: { tier: 'enterprise' } }))
    const answers = await Promise.all(rich.map(authorization => ask('192.0.2.1', authorization)))
    assert.equal(passed(answers), 30)
    assert.equal((await ask('192.0.2.1')).status, 429)
  })
})

test('Tokens that are not good draw from the budget of a visitor.', async () => {
  await withLimits(async ask => {
    const answers = await times(30, () => ask('192.0.2.1', 'Bearer x.y.z'))
    assert.equal(answers.filter(answer => answer.status === 401).length, 20)
    assert.equal(answers.filter(answer => answer.status === 429).length, 10)
  })
})

test('What the portal asks while it renders a page counts for the visitor whom the gateway named to it.', async () => {
  const named: string[] = []
  const portal = await listen((req, res) => {
    named.push(String(req.headers['x-azora-visitor']))
    res.end('page')
  })
  const gateway = await startGateway({ limits: smallLimits(), portal: [portal.url], config })
  try {
    await fetch(`${gateway.url}/`, {
      headers: { 'x-forwarded-for': '192.0.2.1', 'x-azora-visitor': '192.0.2.99 made up' },
    })
    const [visitor = ''] = named
    assert.match(visitor, /^192\.0\.2\.1 \d{13}\./)
    const ask = (headers: Record<string, string>) =>
      fetch(`${gateway.url}/api/v1/auth/organization`, { headers })
    const answers = await times(25, () => ask({ 'x-azora-visitor': visitor }))
    assert.equal(passed(answers), 19)
    const other = `192.0.2.2 ${internalKey.sign('192.0.2.2')}`
    assert.equal((await ask({ 'x-azora-visitor': other })).status, 200)
    // A seal of another address is none: the request counts for its sender.
    const forged = visitor.replace('192.0.2.1', '192.0.2.77')
    const answer = await ask({ 'x-azora-visitor': forged, 'x-forwarded-for': '192.0.2.50' })
    assert.match(answer.headers.get('ratelimit') ?? '', /r=19/)
    const seen = (await answer.json()) as { headers: Record<string, string> }
    assert.equal(seen.headers['x-azora-visitor'], undefined)
  } finally {
    await gateway.close()
    await portal.close()
  }
})
