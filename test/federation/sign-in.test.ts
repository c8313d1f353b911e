import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from '../../kit/sql.ts'
import { startFederated, toldBy } from './azora.ts'

let azora: Awaited<ReturnType<typeof startFederated>>

before(async () => {
  azora = await startFederated()
})
after(() => azora?.stop())

beforeEach(() => azora.forgetOutsiders())

for (const [provider, subject, label] of [
  ['google', 'outside-amahle', 'amahle@outside.example'],
  ['github', '1001', 'amahle'],
  ['apple', 'outside-amahle', 'amahle@outside.example'],
] as const) {
  test(`Somebody new signs up with ${provider}, and signs in with it again.`, async () => {
    const visitor = azora.createVisitor()
    const page = await azora.signIn(visitor, provider, 'outside-amahle', '?next=%2Fcourses%3Fpage%3D2')
    assert.equal(page.url.href, `${azora.url}/courses?page=2`, azora.logged.at(-1))
    const me = await azora.me(visitor)
    assert.equal(me.email, 'amahle@outside.example')
    assert.equal(me.name, 'Amahle Ndlovu')
    assert.deepEqual(me.roles, ['learner'])
    assert.deepEqual(await azora.identitiesOf(me.id), [{ provider, subject, label }])
    assert.deepEqual(await azora.auditOf(me.id), [
      { action: 'account.opened', method: provider },
      { action: 'identity.linked', provider },
      { action: 'session.started', method: provider },
    ])

    const other = azora.createVisitor()
    const again = await azora.signIn(other, provider, 'outside-amahle')
    assert.equal(again.url.href, `${azora.url}/`)
    assert.equal((await azora.me(other)).id, me.id)
    const { left } = await azora.db.across.one<{ left: number }>(
      sql`select count(*)::int as left from federation_attempts`,
    )
    assert.equal(left, 0)
  })
}

test('Nobody is signed up with an address that the provider has not verified.', async () => {
  for (const provider of ['google', 'github', 'apple']) {
    const visitor = azora.createVisitor()
    const page = await azora.signIn(visitor, provider, 'outside-zanele')
    assert.equal(toldBy(page), 'email_unverified', provider)
    assert.equal(await azora.me(visitor), 401)
  }
})

test('An account with the same address is neither entered nor linked.', async () => {
  const { userId } = await azora.addPerson()
  await azora.db.across.run(sql`update users set email = 'amahle@outside.example' where id = ${userId}`)
  for (const provider of ['google', 'github', 'apple']) {
    const visitor = azora.createVisitor()
    const page = await azora.signIn(visitor, provider, 'outside-amahle', '?next=/courses')
    assert.equal(page.url.pathname, '/signin')
    assert.equal(toldBy(page), 'link_first')
    assert.equal(page.url.searchParams.get('provider'), provider)
    assert.equal(page.url.searchParams.get('next'), '/courses')
    assert.equal(await azora.me(visitor), 401)
  }
  assert.deepEqual(await azora.identitiesOf(userId), [])
})

test('A school that takes only who was invited signs nobody up, and still signs in who is linked.', async () => {
  const first = azora.createVisitor()
  await azora.signIn(first, 'google', 'outside-amahle')
  await azora.db.across.run(sql`update organizations set registration = 'invitation' where slug = 'north'`)
  try {
    const again = azora.createVisitor()
    assert.equal(toldBy(await azora.signIn(again, 'google', 'outside-amahle')), null)
    assert.equal((await azora.me(again)).email, 'amahle@outside.example')
    await azora.forgetOutsiders()
    const stranger = azora.createVisitor()
    assert.equal(toldBy(await azora.signIn(stranger, 'google', 'outside-amahle')), 'not_registered')
    assert.equal(await azora.me(stranger), 401)
  } finally {
    await azora.db.across.run(sql`update organizations set registration = 'open' where slug = 'north'`)
  }
})

test('Anyone who signs up at a named school becomes a member of that one, and of no other by signing in.', async () => {
  const visitor = azora.createVisitor()
  await azora.signIn(visitor, 'google', 'outside-amahle', '?school=south')
  const me = await azora.me(visitor)
  assert.equal(me.organization.slug, 'south')
  const other = azora.createVisitor()
  assert.equal(
    toldBy(await azora.signIn(other, 'google', 'outside-amahle', '?school=north')),
    'not_registered',
  )
  assert.equal(await azora.me(other), 401)
})

test('Who is suspended or about to be deleted does not get in.', async () => {
  const visitor = azora.createVisitor()
  await azora.signIn(visitor, 'google', 'outside-amahle')
  const { id } = await azora.me(visitor)
  await azora.db.across.run(sql`update memberships set suspended_at = now() where user_id = ${id}`)
  const suspended = azora.createVisitor()
  assert.equal(toldBy(await azora.signIn(suspended, 'google', 'outside-amahle')), 'account_suspended')
  const refusal = { action: 'session.refused', method: 'google', reason: 'suspended' }
  assert.deepEqual((await azora.auditOf(id)).at(-1), refusal)
  await azora.db.across.run(sql`update memberships set suspended_at = null where user_id = ${id}`)
  await azora.db.across.run(sql`update users set deletes_at = now() + interval '1 day' where id = ${id}`)
  const leaving = azora.createVisitor()
  assert.equal(toldBy(await azora.signIn(leaving, 'google', 'outside-amahle')), 'not_registered')
  assert.equal(await azora.me(leaving), 401)
})

test('A second factor is asked for after the provider as well, by a challenge in the fragment.', async () => {
  const visitor = azora.createVisitor()
  await azora.signIn(visitor, 'google', 'outside-amahle')
  const { id } = await azora.me(visitor)
  await azora.db.across.run(sql`update users set mfa_enabled = true where id = ${id}`)
  await azora.db.across.run(sql`insert into recovery_codes (user_id, digest) values (${id}, 'x')`)
  const again = azora.createVisitor()
  const page = await azora.signIn(again, 'google', 'outside-amahle', '?next=/courses')
  assert.equal(page.url.pathname, '/signin')
  assert.equal(page.url.searchParams.get('next'), '/courses')
  const fragment = new URLSearchParams(page.url.hash.slice(1))
  assert.match(fragment.get('challenge') ?? '', /^[\w-]{43}$/)
  assert.equal(fragment.get('methods'), 'recovery_code')
  assert.ok(Date.parse(fragment.get('expires') ?? '') > Date.now())
  assert.equal(await azora.me(again), 401)
})

test('Anyone who turns back at the provider is told so where they came from.', async () => {
  for (const provider of ['google', 'github', 'apple']) {
    const visitor = azora.createVisitor()
    const page = await azora.signIn(visitor, provider, '', '?next=/courses')
    assert.equal(toldBy(page), 'cancelled', provider)
    assert.equal(page.url.pathname, '/signin')
    assert.equal(page.url.searchParams.get('next'), '/courses')
  }
})

test('Nobody is sent to another site afterwards.', async () => {
  const places = [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    'https://evil.example/',
    '/.//evil.example',
  ]
  for (const next of [...places, '/%2Fevil.example', '/\t/evil.example', 'javascript:alert(1)']) {
    const visitor = azora.createVisitor()
    const page = await azora.signIn(visitor, 'google', 'outside-amahle', `?next=${encodeURIComponent(next)}`)
    assert.equal(page.url.href, `${azora.url}/`, next)
  }
})

test('At the address of a school the way begins at the address that providers know.', async () => {
  const answer = await azora
    .createVisitor()
    .ask(`${azora.api}/federation/google?next=/courses&school=south`, {
      headers: { 'x-azora-school': 'north' },
    })
  assert.equal(answer.status, 303)
  assert.equal(answer.headers.get('location'), `${azora.api}/federation/google?school=north&next=%2Fcourses`)
})

test('What is posted by form gets into no address: neither code nor name.', async () => {
  const visitor = azora.createVisitor()
  const way: string[] = []
  const halt = (to: URL) => {
    way.push(to.href)
    return false
  }
  await azora.signIn(visitor, 'apple', 'outside-amahle', '', halt)
  const back = way.filter(address => address.startsWith(azora.api))
  assert.equal(back.length, 1)
  assert.deepEqual([...new URL(back[0] ?? '').searchParams.keys()], ['state'])
  assert.doesNotMatch(azora.logged.join(), /code=|Amahle|amahle/)
})

test('A session that began at a provider lasts as long as any other, whatever the provider says of its own.', async () => {
  const visitor = azora.createVisitor()
  await azora.signIn(visitor, 'google', 'outside-amahle')
  const me = await azora.me(visitor)
  const local = await azora.member()
  const lifetimeOf = (userId: string) =>
    azora.db.across.one<{ days: number }>(sql`
      select round(extract(epoch from expires_at - now()) / 86400)::int as days from sessions
      where user_id = ${userId} order by expires_at desc limit 1`)
  // The provider's own tokens end within an hour.
  assert.equal((await lifetimeOf(me.id)).days, 30)
  assert.equal((await lifetimeOf(local.userId)).days, 30)
})
