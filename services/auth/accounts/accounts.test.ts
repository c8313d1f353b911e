import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { createOrganization } from '../organizations/organizations.ts'
import { goodPassword, startAuth } from '../testing.ts'
import { createAccount } from './create-account.ts'
import { cursorAfter, readCursor } from '../people/people.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
before(async () => {
  auth = await startAuth()
})
after(() => auth.dispose())

const sessionId = '019f0000-0000-7000-8000-000000000001'
const adminOf = (organizationId: string, userId: string) =>
  testContext({ userId, organizationId, roles: ['admin'], sessionId })

const eventsOf = (name: string, userId: string) =>
  auth.db.across.rows<{ payload: { roles: string[]; organizationId: string } }>(
    sql`select payload from outbox where name = ${name} and payload ->> 'userId' = ${userId} order by id`,
  )

const newcomer = (email: string) => ({
  email,
  password: goodPassword,
  name: 'New Comer',
  session: 'token' as const,
})

test('Whoever registers is a learner of the default school, signed in, and announced.', async () => {
  const { account, tokens } = await auth.handlers.register(newcomer('first@school.example'), testContext())
  assert.deepEqual(account.roles, ['learner'])
  assert.equal(account.organization.slug, 'north')
  const actor = await auth.identity.verify(tokens?.accessToken ?? '')
  const me = await auth.handlers.me(undefined, testContext(actor))
  assert.equal(me.email, 'first@school.example')
  const announced = await eventsOf('user.created', account.id)
  assert.deepEqual(
    announced.map(event => event.payload.roles),
    [['learner']],
  )
})

test('The school named by the address or the form is the one that is joined.', async () => {
  const byAddress = Object.assign(testContext(), { school: 'south' })
  const there = await auth.handlers.register(newcomer('second@school.example'), byAddress)
  assert.equal(there.account.organization.slug, 'south')
  const unknown = { ...newcomer('third@school.example'), school: 'nowhere' }
  await assert.rejects(auth.handlers.register(unknown, testContext()), { code: 'not_found' })
})

test('An address that is taken is refused at its field, and nothing is left behind.', async () => {
  await auth.handlers.register(newcomer('taken@school.example'), testContext())
  await assert.rejects(auth.handlers.register(newcomer('taken@school.example'), testContext()), {
    code: 'email_taken',
    data: {
      fields: [
        {
          path: 'email',
          code: 'email_taken',
          message: 'An account with this address exists already. Sign in instead.',
        },
      ],
    },
  })
  const found = await auth.db.across.rows(sql`select id from users where email = 'taken@school.example'`)
  assert.equal(found.length, 1)
})

test('Of two who register one address at once, one succeeds.', async () => {
  const attempts = await Promise.allSettled(
    [1, 2, 3].map(() => auth.handlers.register(newcomer('race@school.example'), testContext())),
  )
  assert.deepEqual(attempts.map(attempt => attempt.status).sort(), ['fulfilled', 'rejected', 'rejected'])
})

test('Seeding twice makes one school and one account, announced once.', async () => {
  const wanted = { slug: 'west', name: 'West School', isDefault: false }
  const west = await createOrganization(auth.db, wanted)
  assert.equal(await createOrganization(auth.db, wanted), west)
  const account = {
    email: 'Seed@School.example',
    name: 'Seed',
    password: goodPassword,
    roles: ['admin' as const],
    organizationId: west,
  }
  const id = await createAccount(auth.db, account)
  assert.equal(await createAccount(auth.db, account), id)
  assert.equal((await eventsOf('user.created', id)).length, 1)
})

test('People are listed newest first, page by page, each once, and only those of the school.', async () => {
  const school = await createOrganization(auth.db, { slug: 'paged', name: 'Paged', isDefault: false })
  const made: string[] = []
  for (let count = 0; count < 5; count++) made.push((await auth.addPerson(['learner'], school)).userId)
  // Several may join in one millisecond, as in an import.
  await auth.db.across.run(
    sql`update memberships set created_at = '2026-01-01T00:00:00Z' where organization_id = ${school}`,
  )
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await auth.handlers.listPeople(
      { limit: 2, ...(cursor ? { cursor } : {}) },
      adminOf(school, made[0] as string),
    )
    seen.push(...page.items.map(person => person.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  assert.deepEqual(seen, [...made].sort().reverse())
})

test('People are found by a part of their name or address, in which percent signs mean themselves.', async () => {
  const school = await createOrganization(auth.db, { slug: 'search', name: 'Search', isDefault: false })
  const instructor = await auth.addPerson(['instructor'], school)
  await auth.addPerson(['learner'], school)
  const context = adminOf(school, instructor.userId)
  const list = async (query: { q?: string; role?: 'instructor' }) =>
    (await auth.handlers.listPeople({ limit: 10, ...query }, context)).items.map(person => person.id)
  assert.deepEqual(await list({ q: instructor.email.slice(0, 9).toUpperCase() }), [instructor.userId])
  assert.deepEqual(await list({ role: 'instructor' }), [instructor.userId])
  assert.deepEqual(await list({ q: '%' }), [])
  assert.equal((await list({})).length, 2)
})

test('A cursor reads back; anything else is refused by name.', () => {
  const place = { createdAt: '2026-11-23T06:00:00.123Z', id: sessionId }
  assert.deepEqual(readCursor(cursorAfter(place)), place)
  for (const text of ['', 'x', Buffer.from("2026-99-99T99:99:99.999Z '; --").toString('base64url')]) {
    assert.throws(() => readCursor(text), { code: 'invalid_input' })
  }
})

test('Changing roles is announced; setting the same again is not.', async () => {
  const admin = await auth.addPerson(['admin'])
  const { userId } = await auth.addPerson()
  const context = adminOf(auth.north, admin.userId)
  const changed = await auth.handlers.setRoles({ userId, roles: ['instructor', 'learner'] }, context)
  assert.deepEqual(changed.roles, ['learner', 'instructor'])
  await auth.handlers.setRoles({ userId, roles: ['learner', 'instructor'] }, context)
  assert.equal((await eventsOf('user.roles_changed', userId)).length, 1)
})

test('A school keeps its last administrator, also when two step down at once.', async () => {
  const school = await createOrganization(auth.db, { slug: 'two-admins', name: 'Two', isDefault: false })
  const one = await auth.addPerson(['admin'], school)
  const two = await auth.addPerson(['admin'], school)
  const stepDown = (userId: string) =>
    auth.handlers.setRoles({ userId, roles: ['learner'] }, adminOf(school, userId))
  const outcomes = await Promise.allSettled([stepDown(one.userId), stepDown(two.userId)])
  const refused = outcomes.filter(outcome => outcome.status === 'rejected')
  assert.equal(refused.length, 1)
  assert.equal(refused[0]?.reason.code, 'conflict')
})

test('Nobody reaches into another school.', async () => {
  const { userId } = await auth.addPerson(['learner'], auth.south)
  const admin = await auth.addPerson(['admin'])
  await assert.rejects(
    auth.handlers.setRoles({ userId, roles: ['admin'] }, adminOf(auth.north, admin.userId)),
    { code: 'not_found' },
  )
})

test('Behind the queries, row-level security hides the members of other schools.', async () => {
  const { userId } = await auth.addPerson(['learner'], auth.south)
  const look = sql`select user_id from memberships where user_id = ${userId}`
  assert.equal((await auth.db.in(auth.north).rows(look)).length, 0)
  assert.equal((await auth.db.in(auth.south).rows(look)).length, 1)
})
