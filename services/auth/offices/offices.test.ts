import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { offices } from '@azora/contracts/offices.ts'
import { overlapped } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { createAccount } from '../accounts/create-account.ts'
import { lockOrganization } from '../organizations/organizations.store.ts'
import { lockOwnRoles } from '../people/reach.ts'
import { startPeople } from '../people/testing.ts'
import { refuseAppointment } from './office-rule.ts'
import { endOffices, insertOffice, selectHeldOffices } from './offices.store.ts'

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

const session = 'token' as const
const office = 'support' as const

async function schoolWith(held: (typeof offices)[number][] = []) {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const person = await auth.member(['learner'], school, held)
  return { school, admin, person, userId: person.userId }
}

const heldBy = (school: string, userId: string) => selectHeldOffices(auth.db.in(school), userId)
const actions = async (school: string) =>
  (await auth.audit(school)).filter(({ action }) => action.startsWith('office.'))

test('The rule: administrators give what their roles hold, to others; nobody else gives anything.', () => {
  const to = { userId: 'other', office }
  refuseAppointment({ userId: 'one', roles: ['admin'] }, to)
  assert.throws(() => refuseAppointment({ userId: 'one', roles: ['admin'] }, { ...to, userId: 'one' }), {
    code: 'forbidden',
  })
  for (const role of ['learner', 'instructor', 'auditor', 'operator'] as const) {
    assert.throws(() => refuseAppointment({ userId: 'one', roles: [role] }, to), { code: 'forbidden' }, role)
  }
})

test('An office is in the next token, in the log and in the list; the token from before is refused.', async () => {
  const { school, admin, person, userId } = await schoolWith()
  const given = await auth.handlers.giveOffice({ userId, office }, admin.context)
  assert.deepEqual(given.offices, [office])
  assert.ok(await auth.ends(person.tokens.accessToken))
  const { context } = await auth.signIn(person.email)
  assert.deepEqual([context.actor?.offices, context.actor?.roles], [[office], ['learner']])
  assert.deepEqual((await auth.handlers.me({}, context)).offices, [office])
  const [entry, ...more] = await actions(school)
  assert.deepEqual([entry?.action, entry?.subject?.id, entry?.details], ['office.given', userId, { office }])
  assert.deepEqual(more, [])
  const { items } = await auth.handlers.listOffices({ held: 'now', limit: 10 }, admin.context)
  assert.deepEqual(
    items.map(item => [item.office, item.person.id, item.givenBy?.id, item.endedAt]),
    [[office, userId, admin.userId, null]],
  )
  const found = await auth.handlers.listPeople({ office, limit: 10 }, admin.context)
  assert.deepEqual(
    found.items.map(({ id }) => id),
    [userId],
  )
})

test('An office that is taken away opens nothing any more, and the list still says who held it when.', async () => {
  const { school, admin, person, userId } = await schoolWith([office])
  assert.deepEqual(person.context.actor?.offices, [office])
  const left = await auth.handlers.endOffice({ userId, office }, admin.context)
  assert.deepEqual(left.offices, [])
  assert.ok(await auth.ends(person.tokens.accessToken))
  assert.equal((await auth.signIn(person.email)).context.actor?.offices, undefined)
  await auth.handlers.endOffice({ userId, office }, admin.context)
  assert.deepEqual(
    (await actions(school)).map(({ action }) => action),
    ['office.given', 'office.ended'],
  )
  const list = async (held: 'now' | 'ever') =>
    (await auth.handlers.listOffices({ held, limit: 10 }, admin.context)).items
  assert.deepEqual(await list('now'), [])
  const [row] = await list('ever')
  assert.deepEqual([row?.person.id, row?.givenBy, row?.endedBy?.id], [userId, null, admin.userId])
  assert.ok(row?.endedAt && row.endedAt >= row.createdAt)
})

test('Nobody gives an office to themselves, whatever the code does; and no office hands one on.', async () => {
  const { school, admin, person } = await schoolWith(['support', 'compliance'])
  await assert.rejects(auth.handlers.giveOffice({ userId: admin.userId, office }, admin.context), {
    code: 'forbidden',
    data: { reason: 'own_office', detail: 'own_office' },
  })
  const row = { id: uuidv7(), userId: admin.userId, office, givenBy: admin.userId }
  await assert.rejects(
    auth.db.in(school).transaction(tx => insertOffice(tx, row)),
    { code: '23514' },
  )
  const other = await auth.addPerson(['learner'], school)
  for (const work of [auth.handlers.giveOffice, auth.handlers.endOffice]) {
    await assert.rejects(work({ userId: other.userId, office }, person.context), { code: 'forbidden' })
  }
  const stranger = await auth.member(['admin'], await auth.addSchool())
  await assert.rejects(auth.handlers.giveOffice({ userId: other.userId, office }, stranger.context), {
    code: 'not_found',
  })
})

test('The database knows every office of the contracts.', async () => {
  const { school, userId } = await schoolWith()
  for (const one of offices) {
    const row = { id: uuidv7(), userId, office: one, givenBy: null }
    assert.ok(await auth.db.in(school).transaction(tx => insertOffice(tx, row)))
  }
})

test('Who leaves the school leaves their offices, and comes back without them.', async () => {
  const { school, admin, person, userId } = await schoolWith([office])
  await auth.handlers.removePerson({ userId }, admin.context)
  assert.deepEqual(
    (await actions(school)).map(({ action }) => action),
    ['office.given', 'office.ended'],
  )
  const { id } = await auth.handlers.invite({ email: person.email, roles: ['learner'] }, admin.context)
  const { token } = await auth.invitationEmail(id, school)
  const { account } = await auth.handlers.acceptInvitation(
    { token, password: 'seven goats on a wall', session },
    { ...person.context, actor: null },
  )
  assert.deepEqual(account?.offices, [])
})

test('While the school asks staff for a second factor, who holds an office counts as staff and lends none without it.', async () => {
  const { admin, person, userId } = await schoolWith([office])
  await auth.handlers.saveOrganizationSettings({ requireMfa: 'staff' }, admin.context)
  const { context } = await auth.signIn(person.email)
  assert.equal(context.actor?.offices, undefined)
  const me = await auth.handlers.me({}, context)
  assert.deepEqual([me.mfaEnrolmentRequired, me.id], [true, userId])
})

test('A key acts without the offices of its owner.', async () => {
  const { person } = await schoolWith(['compliance'])
  const wanted = { name: 'Mine', scopes: ['auth:read' as const], expiresInDays: 1 }
  const { secret: key } = await auth.handlers.createApiKey(wanted, person.context)
  const { accessToken } = await auth.handlers.exchangeApiKey({ key }, person.context)
  const { actor, ...rest } = await auth.contextOf(accessToken)
  assert.deepEqual([actor?.kind, actor?.offices], ['key', undefined])
  assert.deepEqual((await auth.handlers.me({}, { ...rest, actor })).offices, [])
})

test('Nobody looks through the eyes of who holds an office, and borrowed eyes close when one is given.', async () => {
  const { admin, userId } = await schoolWith([office])
  const reason = 'They see an empty page'
  const look = (id: string) => auth.handlers.impersonate({ userId: id, reason, session }, admin.context)
  await assert.rejects(look(userId), { code: 'forbidden' })
  await auth.handlers.endOffice({ userId, office }, admin.context)
  const { tokens } = await look(userId)
  await auth.handlers.giveOffice({ userId, office }, admin.context)
  assert.ok(await auth.ends(tokens?.accessToken ?? ''))
  await assert.rejects(auth.handlers.refresh({ refreshToken: tokens?.refreshToken ?? '' }, admin.context), {
    code: 'session_expired',
  })
})

test('An account with an office in another school is not one school’s to weaken.', async () => {
  const { admin, person, userId } = await schoolWith()
  await auth.handlers.resetFactors({ userId }, admin.context)
  const elsewhere = await auth.addSchool()
  const account = { email: person.email, name: 'Person', password: '', roles: ['learner' as const] }
  await createAccount(auth.db, { ...account, offices: [office], organizationId: elsewhere })
  await assert.rejects(auth.handlers.resetFactors({ userId }, admin.context), { code: 'forbidden' })
})

test('Of two administrators at once neither undoes what the other does, and the same is done once.', async () => {
  const { school, admin, userId } = await schoolWith(['compliance'])
  const other = await auth.member(['admin'], school)
  const calls = [
    () => auth.handlers.giveOffice({ userId, office }, admin.context),
    () => auth.handlers.endOffice({ userId, office: 'compliance' }, other.context),
    () => auth.handlers.giveOffice({ userId, office }, other.context),
  ]
  await Promise.all(calls.map(call => call()))
  assert.deepEqual(await heldBy(school, userId), [office])
  assert.deepEqual((await actions(school)).map(({ action }) => action).sort(), [
    'office.ended',
    'office.given',
    'office.given',
  ])
})

for (const taken of [true, false]) {
  test(`An office that is taken away at the same moment ${taken ? 'was not' : 'was'} there for the call that came ${taken ? 'after' : 'before'}.`, async () => {
    const { school, admin, person, userId } = await schoolWith([office])
    const wanted = { email: `late-${userId}@school.example`, roles: ['learner' as const] }
    const { id: invitationId } = await auth.handlers.invite(wanted, admin.context)
    const resend = () => auth.handlers.resendInvitation({ invitationId }, person.context)
    const end = () => auth.handlers.endOffice({ userId, office }, admin.context)
    if (taken) {
      const late = overlapped(
        auth.db,
        school,
        async tx => {
          await lockOrganization(tx, school)
          await endOffices(tx, { userId, office, endedBy: admin.userId })
        },
        resend,
      )
      await assert.rejects(late, { code: 'forbidden' })
      return
    }
    const by = { actor: person.context.actor as never, ip: '', userAgent: '' }
    await overlapped(auth.db, school, tx => lockOwnRoles(tx, by, 'people.support'), end)
    await assert.rejects(resend(), { code: 'forbidden' })
  })
}
