import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { cursorAfter, readCursor } from '../list-cursor.ts'
import { peopleFileHandlers } from './routes.ts'
import { startPeople } from './testing.ts'

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

test('People are listed newest first, page by page, each once, and only those of the school.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const made = [admin.userId]
  for (let count = 0; count < 4; count++) made.push((await auth.addPerson(['learner'], school)).userId)
  // Several may join in one millisecond, as in an import.
  await auth.db.across.run(
    sql`update memberships set created_at = '2026-01-01T00:00:00Z' where organization_id = ${school}`,
  )
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await auth.handlers.listPeople({ limit: 2, ...(cursor ? { cursor } : {}) }, admin.context)
    seen.push(...page.items.map(person => person.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  assert.deepEqual(seen, [...made].sort().reverse())
})

test('Who joins while somebody pages appears on no later page, and nobody is skipped.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const older = await auth.addPerson(['learner'], school)
  await auth.db.across.run(sql`
    update memberships set created_at = '2026-01-01T00:00:00Z' where user_id = ${older.userId}`)
  const first = await auth.handlers.listPeople({ limit: 1 }, admin.context)
  await auth.addPerson(['learner'], school)
  const cursor = first.nextCursor as string
  const second = await auth.handlers.listPeople({ limit: 1, cursor }, admin.context)
  assert.deepEqual(
    [...first.items, ...second.items].map(person => person.id),
    [admin.userId, older.userId],
  )
})

test('People are found by a part of their name or address, in which percent signs mean themselves.', async () => {
  const school = await auth.addSchool()
  const instructor = await auth.member(['instructor'], school)
  await auth.addPerson(['learner'], school)
  const list = async (query: { q?: string; role?: 'instructor' }) =>
    (await auth.handlers.listPeople({ limit: 10, ...query }, instructor.context)).items.map(({ id }) => id)
  const [name = ''] = instructor.email.split('@')
  assert.deepEqual(await list({ q: `${name}@`.toUpperCase() }), [instructor.userId])
  assert.deepEqual(await list({ role: 'instructor' }), [instructor.userId])
  assert.deepEqual(await list({ q: '%' }), [])
  assert.deepEqual(await list({ q: '\\' }), [])
  assert.equal((await list({})).length, 2)
})

test('The suspended are told from the active, and both from those with a second factor.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  const barred = await auth.addPerson(['learner'], school)
  await auth.handlers.suspendPerson({ userId: barred.userId, reason: 'Absent' }, admin.context)
  await auth.db.across.run(sql`update users set mfa_enabled = true where id = ${barred.userId}`)
  const list = async (status: 'active' | 'suspended') =>
    (await auth.handlers.listPeople({ limit: 10, status }, admin.context)).items
  assert.deepEqual(
    (await list('suspended')).map(({ id, status, mfaEnabled }) => ({ id, status, mfaEnabled })),
    [{ id: barred.userId, status: 'suspended', mfaEnabled: true }],
  )
  assert.deepEqual(
    (await list('active')).map(({ id, status, mfaEnabled }) => ({ id, status, mfaEnabled })),
    [{ id: admin.userId, status: 'active', mfaEnabled: false }],
  )
})

test('A cursor reads back; anything else is refused by name.', async () => {
  const place = { createdAt: '2026-11-23T06:00:00.123Z', id: '019f0000-0000-7000-8000-000000000001' }
  assert.deepEqual(readCursor(cursorAfter(place)), place)
  const admin = await auth.member(['admin'])
  const encoded = (cursor: string) => Buffer.from(cursor).toString('base64url')
  const garbage = [
    '',
    'x',
    '\0',
    encoded("2026-99-99T99:99:99.999Z '; --"),
    encoded(`2026-13-01T00:00:00.000Z ${place.id}`),
    encoded(`${place.createdAt} ${'-'.repeat(36)}`),
  ]
  for (const cursor of garbage) {
    await assert.rejects(auth.handlers.listPeople({ limit: 5, cursor }, admin.context), {
      code: 'invalid_input',
    })
    await assert.rejects(auth.handlers.listInvitations({ limit: 5, cursor }, admin.context), {
      code: 'invalid_input',
    })
  }
})

async function exported(
  context: Awaited<ReturnType<typeof auth.member>>['context'],
  filter: { q?: string; status?: 'suspended' } = {},
) {
  const headers = new Map<string, string>()
  const setHeader = (name: string, value: string) => headers.set(name, value)
  const res = Object.assign(new PassThrough(), { setHeader })
  const done = peopleFileHandlers(auth).exportPeople(filter, context, {} as never, res as never)
  const csv = await text(res)
  await done
  return { csv, headers }
}

test('The list leaves as CSV that no spreadsheet takes for formulas, and the log says who took it.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin', 'instructor'], school)
  const hostile = await auth.addPerson(['learner'], school)
  const name = '=HYPERLINK("http://evil.example","Click, now")'
  await auth.db.across.run(sql`update users set name = ${name} where id = ${hostile.userId}`)
  const { csv, headers } = await exported(admin.context)
  const lines = csv.split('\r\n')
  assert.equal(lines[0], 'id,name,email,roles,status,second_factor,joined_at,last_seen_at,offices')
  assert.match(
    lines[1] ?? '',
    /^[0-9a-f-]{36},"'=HYPERLINK\(""http:\/\/evil\.example"",""Click, now""\)",person\d+@school\.example,learner,active,no,/,
  )
  assert.match(lines[2] ?? '', /,instructor admin,active,no,/)
  assert.deepEqual(lines.slice(3), [''])
  assert.match(headers.get('Content-Type') ?? '', /^text\/csv/)
  assert.match(headers.get('Content-Disposition') ?? '', /^attachment/)
  assert.deepEqual(
    (await auth.audit(school)).map(entry => entry.action).filter(action => action.startsWith('people')),
    ['people.exported'],
  )
})

test('A list longer than one read leaves whole, each person once, and none of another school.', async () => {
  const school = await auth.addSchool()
  const admin = await auth.member(['admin'], school)
  await auth.db.across.run(sql`
    with made as (insert into users (id, email, name)
      select gen_random_uuid(), 'crowd' || n || '@school.example', 'Crowd' from generate_series(1, 1100) n returning id)
    insert into memberships (organization_id, user_id, roles, created_at)
    select ${school}, id, '{learner}', '2026-02-02T00:00:00Z' from made`)
  const { csv } = await exported(admin.context, { q: 'crowd' })
  const ids = csv
    .split('\r\n')
    .slice(1, -1)
    .map(line => line.slice(0, 36))
  assert.equal(ids.length, 1100)
  assert.equal(new Set(ids).size, 1100)
  const elsewhere = await auth.member(['admin'], await auth.addSchool())
  assert.equal((await exported(elsewhere.context)).csv.split('\r\n').length, 3)
})

test('Behind the queries, row-level security hides the members of other schools.', async () => {
  const { userId } = await auth.addPerson(['learner'], auth.south)
  const look = sql`select user_id from memberships where user_id = ${userId}`
  assert.equal((await auth.db.in(auth.north).rows(look)).length, 0)
  assert.equal((await auth.db.in(auth.south).rows(look)).length, 1)
})
