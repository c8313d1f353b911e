import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Caller } from '@azora/kit/caller.ts'
import { sql } from '@azora/kit/sql.ts'
import { inTurn, testContext } from '@azora/kit/testing.ts'
import { startPeople } from '../people/testing.ts'
import { goodPassword } from '../testing.ts'
import { changeSettings } from './settings.ts'

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

const session = 'token' as const

test('The settings are those of one’s own school; what is not given stays.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const before = await auth.handlers.getOrganizationSettings(undefined, admin.context)
  assert.deepEqual(
    [before.id, before.registration, before.requireMfa, before.tier],
    [school, 'open', 'nobody', 'free'],
  )
  const after = await auth.handlers.saveOrganizationSettings({ registration: 'invitation' }, admin.context)
  assert.deepEqual(after, { ...before, registration: 'invitation' })
  assert.deepEqual(await auth.handlers.getOrganizationSettings(undefined, admin.context), after)
  const untouched = await auth.member(['admin'])
  const other = await auth.handlers.getOrganizationSettings(undefined, untouched.context)
  assert.equal(other.registration, 'open')
})

test('A new name is told to the services, the old one again is not, and the log holds no name.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const save = () => auth.handlers.saveOrganizationSettings({ name: 'Renamed School' }, admin.context)
  const { slug } = await save()
  await save()
  assert.deepEqual(await auth.events('organization.changed', school), [
    { organizationId: school, slug, name: 'Renamed School' },
  ])
  const entries = (await auth.audit(school)).filter(({ action }) => action.startsWith('organization'))
  assert.deepEqual(
    entries.map(({ details }) => details.changed),
    [['name']],
  )
  assert.ok(!JSON.stringify(entries).includes('Renamed'))
})

test('A rule on second factors takes the tokens of those whom it concerns, and of no others.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const safe = await auth.member(['instructor'], school)
  await auth.db.across.run(sql`update users set mfa_enabled = true where id = ${safe.userId}`)
  const instructor = await auth.member(['learner', 'instructor'], school)
  const learner = await auth.member(['learner'], school)
  const elsewhere = await auth.member(['admin'])
  await auth.handlers.saveOrganizationSettings({ requireMfa: 'staff' }, admin.context)
  assert.ok(await auth.ends(instructor.tokens.accessToken))
  assert.ok(await auth.ends(admin.tokens.accessToken))
  for (const { tokens } of [safe, learner, elsewhere]) assert.ok(await auth.holds(tokens.accessToken))
  const { refreshToken } = instructor.tokens
  const renewed = await auth.handlers.refresh({ refreshToken }, testContext())
  const lent = await auth.identity.verify(renewed.tokens?.accessToken ?? '')
  assert.deepEqual(lent.roles, ['learner'])
  await auth.handlers.saveOrganizationSettings({ requireMfa: 'everyone' }, admin.context)
  assert.ok(await auth.ends(learner.tokens.accessToken))
  assert.ok(await auth.holds(safe.tokens.accessToken))
})

test('An operator sees every school and how many belong to it, page by page, and nobody in them.', async () => {
  const school = await auth.addSchool()
  await auth.addPerson(['learner'], school)
  await auth.addPerson(['admin'], school)
  const operator = await auth.member(['learner', 'operator'])
  const seen: { id: string; members: number }[] = []
  let cursor: string | undefined
  do {
    const page = await auth.handlers.listOrganizations(
      { limit: 2, ...(cursor ? { cursor } : {}) },
      operator.context,
    )
    for (const item of page.items) {
      const keys = ['createdAt', 'id', 'members', 'name', 'registration', 'requireMfa', 'slug', 'tier']
      assert.deepEqual(Object.keys(item).sort(), keys)
    }
    seen.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  const all = await auth.db.across.rows<{ id: string }>(sql`select id from organizations`)
  assert.deepEqual(new Set(seen.map(({ id }) => id)), new Set(all.map(({ id }) => id)))
  assert.equal(seen.length, all.length)
  assert.equal(seen.find(({ id }) => id === school)?.members, 2)
  const found = await auth.handlers.listOrganizations({ q: 'SOUTH', limit: 5 }, operator.context)
  assert.deepEqual(
    found.items.map(({ slug }) => slug),
    ['south'],
  )
  assert.deepEqual((await auth.handlers.listOrganizations({ q: '_', limit: 5 }, operator.context)).items, [])
})

test('An operator opens a school, whose first administrator comes by email; the operator is not in it.', async () => {
  const operator = await auth.member(['learner', 'operator'])
  const adminEmail = 'head@opened.example'
  const wanted = { slug: 'opened', name: 'Opened School', adminEmail }
  const school = await auth.handlers.createOrganization(wanted, operator.context)
  assert.deepEqual([school.slug, school.name, school.members], ['opened', 'Opened School', 0])
  assert.equal((await auth.events('organization.created', school.id)).length, 1)
  const [invitation] = await auth.db.across.rows<{ id: string }>(
    sql`select id from invitations where organization_id = ${school.id}`,
  )
  const { token, message } = await auth.invitationEmail(invitation?.id as string, school.id)
  assert.equal(message.to, adminEmail)
  const given = { token, name: 'Head', password: goodPassword, session }
  const { account } = await auth.handlers.acceptInvitation(given, testContext())
  assert.deepEqual([account?.organization.id, account?.roles], [school.id, ['admin']])
  await assert.rejects(
    auth.handlers.switchOrganization({ organizationId: school.id, session }, operator.context),
    { code: 'not_found' },
  )
  const actions = (await auth.audit(school.id)).map(({ action, actor }) => [action, actor.id])
  assert.deepEqual(actions.slice(0, 2), [
    ['organization.created', operator.userId],
    ['person.invited', operator.userId],
  ])
})

test('A slug is taken once, also when two take it at once, and nothing is left of the second.', async () => {
  const operator = await auth.member(['learner', 'operator'])
  const open = (adminEmail: string) =>
    auth.handlers.createOrganization({ slug: 'wanted', name: 'Wanted', adminEmail }, operator.context)
  const both = await Promise.allSettled([open('one@wanted.example'), open('two@wanted.example')])
  const refused = both.filter(one => one.status === 'rejected')
  assert.deepEqual(
    refused.map(({ reason }) => [reason.code, reason.data.fields[0].path, reason.data.fields[0].code]),
    [['invalid_input', 'slug', 'slug_taken']],
  )
  const invitations = await auth.db.across.rows(
    sql`select id from invitations where email like '%@wanted.example'`,
  )
  assert.equal(invitations.length, 1)
})

test('An operator sets a school’s tier, which its next tokens carry, and the school’s log says so.', async () => {
  const school = await auth.addSchool()
  const learner = await auth.member(['learner'], school)
  const operator = await auth.member(['learner', 'operator'])
  const changed = await auth.handlers.saveOrganization(
    { organizationId: school, tier: 'pro', name: 'Paying School' },
    operator.context,
  )
  assert.deepEqual([changed.tier, changed.name, changed.members], ['pro', 'Paying School', 1])
  const { refreshToken } = learner.tokens
  const { tokens } = await auth.handlers.refresh({ refreshToken }, testContext())
  assert.equal((await auth.identity.verify(tokens?.accessToken ?? '')).tier, 'pro')
  const [entry] = (await auth.audit(school)).filter(({ action }) => action.startsWith('organization'))
  assert.deepEqual([entry?.actor.id, entry?.details.changed], [operator.userId, ['tier', 'name']])
  assert.equal((await auth.events('organization.changed', school)).length, 1)
  const nowhere = { organizationId: '019f0000-0000-7000-8000-000000000001', tier: 'pro' as const }
  await assert.rejects(auth.handlers.saveOrganization(nowhere, operator.context), { code: 'not_found' })
})

test('Two who save settings at once, in whichever order, each keep what the other changed.', async () => {
  const changes = [{ name: 'Saved School' }, { registration: 'invitation' }, { tier: 'pro' }] as const
  for (const [one, other] of [
    [changes[0], changes[1]],
    [changes[1], changes[0]],
    [changes[1], changes[2]],
  ] as const) {
    const school = await auth.addSchool()
    const by = { ...(await auth.member(['admin'], school)).context }
    const save = (change: (typeof changes)[number]) => () =>
      changeSettings(auth, by as Caller, school, change)
    const row = sql`select from organizations where id = ${school} for update`
    const outcomes = await inTurn(auth.db, row, save(one), save(other))
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'fulfilled'],
    )
    const saved = await auth.handlers.getOrganizationSettings(undefined, by)
    assert.deepEqual(saved, { ...saved, ...one, ...other })
    const entries = (await auth.audit(school)).filter(({ action }) => action.startsWith('organization'))
    assert.deepEqual(
      entries.map(({ details }) => details.changed),
      [Object.keys(one), Object.keys(other)],
    )
  }
})
