import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { peopleOperations } from '@azora/contracts/auth/people.ts'
import { hostContract } from '@azora/kit/http.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { accessCookie } from '@azora/kit/session-cookies.ts'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { startPeople } from '../people/testing.ts'

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

const session = 'token' as const
const reason = 'They see an empty page'

type Member = Awaited<ReturnType<typeof auth.member>>

async function lookThrough(admin: Member, { userId }: { userId: string }) {
  const { account, tokens } = await auth.handlers.impersonate({ userId, reason, session }, admin.context)
  assert.ok(tokens)
  const context = await auth.contextOf(tokens.accessToken)
  return { account, tokens, context, actor: context.actor as Actor }
}

async function schoolWith(...roles: Parameters<typeof auth.addPerson>[0][]) {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const people = []
  for (const held of roles) people.push(await auth.addPerson(held, school))
  return { school, admin, people }
}

test('An administrator sees with a learner’s eyes and rights, without their proofs, and the log knows both.', async () => {
  const { school, admin, people } = await schoolWith(['learner'])
  const [learner] = people as [(typeof people)[0]]
  const { account, actor, context } = await lookThrough(admin, learner as { userId: string })
  assert.equal(account.id, learner?.userId)
  assert.deepEqual(
    [actor.userId, actor.roles, actor.impersonatorId, actor.authenticatedAt],
    [learner?.userId, ['learner'], admin.userId, 0],
  )
  const back = await auth.handlers.endImpersonation({ session }, context)
  assert.equal(back.account.id, admin.userId)
  const self = await auth.identity.verify(back.tokens?.accessToken ?? '')
  assert.deepEqual([self.sessionId, self.impersonatorId], [admin.sessionId, undefined])
  const entries = (await auth.audit(school)).filter(({ action }) => action.startsWith('impersonation'))
  assert.deepEqual(
    entries.map(entry => [entry.action, entry.actor.id, entry.impersonatorId, entry.subject?.id]),
    [
      ['impersonation.started', admin.userId, null, learner?.userId],
      ['impersonation.ended', learner?.userId, admin.userId, learner?.userId],
    ],
  )
  assert.equal(entries[0]?.details.reason, reason)
})

test('Nobody is looked through who may do more than teach, is suspended, or is of another school.', async () => {
  const { school, admin, people } = await schoolWith(
    ['admin'],
    ['auditor'],
    ['learner', 'operator'],
    ['instructor', 'auditor'],
  )
  for (const { userId } of [...people, admin]) {
    const refused = auth.handlers.impersonate({ userId, reason, session }, admin.context)
    await assert.rejects(refused, { code: 'forbidden' })
  }
  const barred = await auth.addPerson(['learner'], school)
  await auth.handlers.suspendPerson({ userId: barred.userId, reason }, admin.context)
  const foreign = await auth.addPerson(['learner'], auth.south)
  for (const [{ userId }, code] of [[barred, 'conflict'] as const, [foreign, 'not_found'] as const]) {
    await assert.rejects(auth.handlers.impersonate({ userId, reason, session }, admin.context), { code })
  }
})

test('Anyone who looks through other eyes manages nobody and looks through no further ones.', async () => {
  const { admin, people } = await schoolWith(['learner'])
  const { actor } = await lookThrough(admin, people[0] as { userId: string })
  const host = hostContract({
    ...auth,
    service: 'auth',
    contract: peopleOperations,
    handlers: auth.handlers as never,
    internalKey: null,
  })
  const input = { userId: admin.userId, reason }
  // Even as one who got hold of an administrator’s roles in such a session.
  const everything = testContext({ ...actor, roles: ['admin'], authenticatedAt: Date.now() / 1000 })
  await assert.rejects(host.invoke('impersonate', input, everything), { code: 'impersonation_read_only' })
  await assert.rejects(host.invoke('removePerson', input, everything), { code: 'impersonation_read_only' })
  await assert.rejects(host.invoke('setRoles', { ...input, roles: ['admin'] }, testContext(actor)), {
    code: 'impersonation_read_only',
  })
})

test('It ends after half an hour, however often it is refreshed, and its access tokens with it.', async () => {
  const { admin, people } = await schoolWith(['learner'])
  const { tokens, actor, context } = await lookThrough(admin, people[0] as { userId: string })
  const left = (until: string) => (Date.parse(until) - Date.now()) / 60_000
  assert.ok(left(tokens.refreshExpiresAt) <= 30 && left(tokens.refreshExpiresAt) > 29)
  const soon = new Date(Date.now() + 120_000).toISOString()
  await auth.db.across.run(sql`update sessions set expires_at = ${soon} where id = ${actor.sessionId}`)
  const renewed = await auth.handlers.refresh({ refreshToken: tokens.refreshToken }, context)
  assert.equal(renewed.tokens?.refreshExpiresAt, soon)
  assert.ok(left(renewed.tokens?.accessExpiresAt ?? '') <= 2)
  const again = await auth.identity.verify(renewed.tokens?.accessToken ?? '')
  assert.equal(again.impersonatorId, admin.userId)
  await auth.db.across.run(sql`update sessions set expires_at = now() where id = ${actor.sessionId}`)
  await assert.rejects(auth.handlers.refresh({ refreshToken: renewed.tokens?.refreshToken ?? '' }, context), {
    code: 'session_expired',
  })
})

test('It ends with the administrator’s own session, their suspension, or a change of either one’s roles.', async () => {
  const reason = 'No longer with us'
  type Scene = { admin: Member; chief: Member; userId: string }
  const { handlers } = auth
  const ways: ((scene: Scene) => Promise<unknown>)[] = [
    ({ admin }) => handlers.logout({}, admin.context),
    ({ admin }) => handlers.revokeSession({ sessionId: admin.sessionId }, admin.context),
    ({ admin, chief }) => handlers.suspendPerson({ userId: admin.userId, reason }, chief.context),
    ({ admin, chief }) => handlers.removePerson({ userId: admin.userId }, chief.context),
    ({ admin, chief }) => handlers.setRoles({ userId: admin.userId, roles: ['auditor'] }, chief.context),
    ({ chief, userId }) => handlers.setRoles({ userId, roles: ['admin'] }, chief.context),
    ({ chief, userId }) => handlers.suspendPerson({ userId, reason }, chief.context),
    ({ chief, userId }) => handlers.revokePersonSessions({ userId }, chief.context),
  ]
  for (const way of ways) {
    const { school, admin, people } = await schoolWith(['learner'])
    const chief = await auth.member(['admin'], school)
    const { userId } = people[0] as { userId: string }
    const { tokens, context } = await lookThrough(admin, { userId })
    await way({ admin, chief, userId })
    assert.ok(await auth.ends(tokens.accessToken), String(way))
    const { refreshToken } = tokens
    await assert.rejects(handlers.refresh({ refreshToken }, context), { code: 'session_expired' })
    await assert.rejects(handlers.endImpersonation({ session }, context), { code: 'session_expired' })
  }
})

test('The way back is gone once the administrator’s session is, and the browser is told to forget.', async () => {
  const { admin, people } = await schoolWith(['learner'])
  const { actor } = await lookThrough(admin, people[0] as { userId: string })
  await auth.db.across.run(sql`update sessions set expires_at = now() where id = ${admin.sessionId}`)
  const context = testContext(actor, { [accessCookie]: 'held' })
  await assert.rejects(auth.handlers.endImpersonation({ session: 'cookie' }, context), {
    code: 'session_expired',
  })
  assert.ok(context.setCookies.length > 0 && context.setCookies.every(text => /Max-Age=0/.test(text)))
})

test('The way back opens once: an access token that outlived its session leads nowhere.', async () => {
  const { admin, people } = await schoolWith(['learner'])
  const { context } = await lookThrough(admin, people[0] as { userId: string })
  const both = await Promise.allSettled(
    [1, 2].map(() => auth.handlers.endImpersonation({ session }, context)),
  )
  const refused = both.filter(one => one.status === 'rejected')
  assert.deepEqual(
    refused.map(one => one.reason.code),
    ['session_expired'],
  )
})

test('Who looks through nobody’s eyes has nothing to end, and an ended session opens no other.', async () => {
  const { admin, people } = await schoolWith(['learner'])
  await assert.rejects(auth.handlers.endImpersonation({ session }, admin.context), { code: 'conflict' })
  await auth.handlers.logout({}, admin.context)
  const { userId } = people[0] as { userId: string }
  await assert.rejects(auth.handlers.impersonate({ userId, reason, session }, admin.context), {
    code: 'session_expired',
  })
})

test('A person sees that an administrator looks through their eyes, not from where, and can end it.', async () => {
  const { admin, people } = await schoolWith(['learner'])
  const [person] = people as [{ userId: string; email: string }]
  const { actor, tokens } = await lookThrough(admin, person)
  const { context } = await auth.signIn(person.email)
  const { items } = await auth.handlers.listSessions(undefined, context)
  const seen = items.find(({ id }) => id === actor.sessionId)
  assert.match(seen?.impersonatedBy ?? '', /^Person/)
  assert.deepEqual([seen?.ip, seen?.place], ['', null])
  await auth.handlers.revokeSession({ sessionId: actor.sessionId }, context)
  assert.ok(await auth.ends(tokens.accessToken))
  assert.ok(await auth.holds(admin.tokens.accessToken))
})
