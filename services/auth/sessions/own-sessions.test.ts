import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { createAccount } from '../accounts/create-account.ts'
import { startPeople } from '../people/testing.ts'
import { goodPassword } from '../testing.ts'

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

const session = 'token' as const

async function joinAlso(person: { email: string }, organizationId: string, roles: ['learner' | 'admin']) {
  await createAccount(auth.db, {
    email: person.email,
    name: '',
    password: goodPassword,
    roles,
    organizationId,
  })
}

test('One’s sessions in all schools are listed with device and place, the current one first.', async () => {
  const person = await auth.member(['learner'])
  await joinAlso(person, auth.south, ['learner'])
  const phone = Object.assign(testContext(), {
    ip: '41.13.0.1',
    userAgent:
      'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
  })
  const { email } = person
  await auth.handlers.login({ email, password: goodPassword, session, school: 'south' }, phone)
  await auth.member(['learner'])
  const { items } = await auth.handlers.listSessions(undefined, person.context)
  assert.deepEqual(
    items.map(({ device, place, ip, current }) => ({ device, place, ip, current })),
    [
      { device: 'test', place: null, ip: '127.0.0.1', current: true },
      { device: 'Chrome on Android', place: 'South Africa', ip: '41.13.0.1', current: false },
    ],
  )
})

test('A session that was ended is ended at once, with its access token, and listed no more.', async () => {
  const person = await auth.member()
  const other = await auth.signIn(person.email)
  await auth.handlers.revokeSession({ sessionId: other.sessionId }, person.context)
  assert.ok(await auth.ends(other.tokens.accessToken))
  const { refreshToken } = other.tokens
  await assert.rejects(auth.handlers.refresh({ refreshToken }, testContext()), { code: 'session_expired' })
  const { items } = await auth.handlers.listSessions(undefined, person.context)
  assert.deepEqual(
    items.map(({ id }) => id),
    [person.sessionId],
  )
  assert.ok(await auth.holds(person.tokens.accessToken))
})

test('Somebody else’s session is not there, nor one that has ended, even for an administrator.', async () => {
  const victim = await auth.member()
  const thief = await auth.member(['admin'])
  const gone = await auth.signIn(thief.email)
  await auth.handlers.logout({}, gone.context)
  for (const sessionId of [
    victim.sessionId,
    gone.sessionId,
    victim.userId,
    '019f0000-0000-7000-8000-000000000001',
  ]) {
    await assert.rejects(auth.handlers.revokeSession({ sessionId }, thief.context), { code: 'not_found' })
  }
  assert.ok(await auth.holds(victim.tokens.accessToken))
})

test('All others are ended, in every school, and this one goes on.', async () => {
  const person = await auth.member()
  await joinAlso(person, auth.south, ['learner'])
  const stranger = await auth.member()
  const here = await auth.signIn(person.email)
  const there = await auth.signIn(person.email)
  await auth.handlers.switchOrganization({ organizationId: auth.south, session }, there.context)
  assert.deepEqual(await auth.handlers.revokeOtherSessions({}, person.context), { ended: 2 })
  assert.ok(await auth.ends(here.tokens.accessToken))
  assert.ok(await auth.ends(there.tokens.accessToken))
  for (const { tokens } of [person, stranger]) assert.ok(await auth.holds(tokens.accessToken))
  assert.deepEqual(await auth.handlers.revokeOtherSessions({}, person.context), { ended: 0 })
})

test('In another school the same session goes on, with the rights that one has there.', async () => {
  const person = await auth.member(['admin'])
  const school = await auth.addSchool()
  await joinAlso(person, school, ['learner'])
  const there = await auth.handlers.switchOrganization({ organizationId: school, session }, person.context)
  const actor = await auth.identity.verify(there.tokens?.accessToken ?? '')
  assert.deepEqual(
    [actor.organizationId, actor.roles, actor.sessionId, actor.authenticatedAt],
    [school, ['learner'], person.sessionId, person.context.actor?.authenticatedAt],
  )
  const refreshToken = there.tokens?.refreshToken ?? ''
  const { account } = await auth.handlers.refresh({ refreshToken }, testContext())
  assert.equal(account.organization.id, school)
  const moved = (await auth.audit(school)).filter(({ action }) => action === 'session.moved')
  assert.deepEqual(
    moved.map(({ subject, details }) => [subject?.id, details.from]),
    [[person.sessionId, auth.north]],
  )
})

test('A school of which one is no member, or from which one is barred, is not there to go to.', async () => {
  const person = await auth.member(['admin'])
  const barredFrom = await auth.addSchool()
  await joinAlso(person, barredFrom, ['admin'])
  await auth.db.across.run(sql`
    update memberships set suspended_at = now() where organization_id = ${barredFrom}`)
  for (const organizationId of [auth.south, barredFrom, '019f0000-0000-7000-8000-000000000001']) {
    await assert.rejects(auth.handlers.switchOrganization({ organizationId, session }, person.context), {
      code: 'not_found',
    })
  }
  const { refreshToken } = person.tokens
  const { account } = await auth.handlers.refresh({ refreshToken }, testContext())
  assert.equal(account.organization.id, auth.north)
})
