import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import pg from 'pg'
import { selectOptionalSignIn } from '../accounts/accounts.store.ts'
import { createAccount } from '../accounts/create-account.ts'
import { deletionEmailTask, sendDeletion } from '../emails/deletion.ts'
import { goodPassword, startAuth } from '../testing.ts'
import { cancelDeletion, eraseDueAccounts, requestDeletion } from './deletion.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
let announced = 0

before(async () => {
  auth = await startAuth()
  await auth.addPerson(['admin'])
})
after(() => auth.dispose())

const contextOf = (userId: string, organizationId = auth.north) =>
  testContext({ userId, organizationId, roles: ['learner'], sessionId: randomUUID() })
const request = (userId: string) => {
  const announce = () => {
    announced += 1
  }
  const revocations = { ...auth.revocations, announce }
  return requestDeletion({ db: auth.db, revocations }, contextOf(userId))
}
const addSession = (userId: string) =>
  auth.db.across.run(sql`
    insert into sessions (id, organization_id, user_id, token, generation, ip, user_agent, expires_at)
    values (${randomUUID()}, ${auth.north}, ${userId}, ${randomUUID()}, 1, '192.0.2.1', 'test', now() + interval '1 day')`)
const isOpen = async (email: string) =>
  (await selectOptionalSignIn(auth.db.across, { email, organizationId: null })) !== null
const actionsOf = async (userId: string) =>
  (
    await auth.db.across.rows<{ action: string; school: string }>(sql`
      select payload ->> 'action' as action, organization_id as school from outbox
      where name = 'audit.recorded' and payload -> 'subject' ->> 'id' = ${userId} order by id`)
  ).map(row => `${row.action} ${row.school === auth.north ? 'north' : 'south'}`)

/** Write the email, and read the key out of it. */
async function keyFromEmail(userId: string): Promise<string> {
  await sendDeletion(auth, { userId })
  const [message] = (await auth.mail.mailbox?.()) ?? []
  return /#token=([\w-]{43})/.exec(message?.text ?? '')?.[1] ?? assert.fail('no key in the email')
}

test('Who asks for it is shut out at once, from all sessions and tokens, and gets an email.', async () => {
  const { userId, email } = await auth.addPerson()
  await addSession(userId)
  announced = 0
  const { deletesAt } = await request(userId)
  const days = (Date.parse(deletesAt) - Date.now()) / 86_400_000
  assert.ok(days > 6.9 && days <= 7)
  assert.equal(
    await auth.db.across.run(sql`select from sessions where user_id = ${userId} and revoked_at is null`),
    0,
  )
  assert.equal(
    await auth.db.across.run(sql`select from revocations where id = ${userId} and kind = 'user'`),
    1,
  )
  assert.deepEqual([announced, await isOpen(email)], [1, false])
  const { n } = await auth.db.across.one<{ n: number }>(
    sql`select waiting as n from azora_jobs.own_counts(null)`,
  )
  assert.ok(n > 0, `a job ${deletionEmailTask.name} waits`)
  assert.deepEqual(await actionsOf(userId), ['deletion.requested north'])
})

test('Asking again changes nothing about the day.', async () => {
  const { userId } = await auth.addPerson()
  const first = await request(userId)
  assert.deepEqual(await request(userId), first)
})

describe('The key from the email', () => {
  test('opens the account again, once.', async () => {
    const { userId, email } = await auth.addPerson()
    await request(userId)
    const token = await keyFromEmail(userId)
    await cancelDeletion(auth, testContext(), token)
    assert.equal(await isOpen(email), true)
    assert.deepEqual(await actionsOf(userId), ['deletion.requested north', 'deletion.cancelled north'])
    await assert.rejects(cancelDeletion(auth, testContext(), token), { code: 'link_expired' })
  })

  test('is stored as a hash, and replaced when the email is written again.', async () => {
    const { userId } = await auth.addPerson()
    await request(userId)
    const first = await keyFromEmail(userId)
    const stored = await auth.db.across.one<{ digest: string }>(
      sql`select digest from deletion_tokens where user_id = ${userId}`,
    )
    assert.match(stored.digest, /^[0-9a-f]{64}$/)
    const second = await keyFromEmail(userId)
    await assert.rejects(cancelDeletion(auth, testContext(), first), { code: 'link_expired' })
    await cancelDeletion(auth, testContext(), second)
  })

  test('opens nothing after the last day, nor does a made-up one.', async () => {
    const { userId } = await auth.addPerson()
    await request(userId)
    const token = await keyFromEmail(userId)
    await auth.db.across.run(
      sql`update users set deletes_at = now() - interval '1 second' where id = ${userId}`,
    )
    for (const wrong of [token, 'x'.repeat(43), "' or true --"])
      await assert.rejects(cancelDeletion(auth, testContext(), wrong), { code: 'link_expired' })
  })

  test('is not written for who keeps the account.', async () => {
    const { userId } = await auth.addPerson()
    const before = (await auth.mail.mailbox?.())?.length
    await sendDeletion(auth, { userId })
    assert.equal((await auth.mail.mailbox?.())?.length, before)
  })
})

describe('The last administrator of a school', () => {
  const refused = (failure: AppError) =>
    failure.code === 'conflict' &&
    failure.data.detail === 'last_admin' &&
    failure.data.reason === 'last_admin_of'

  test('cannot go before another one is named who can act.', async () => {
    const { userId } = await auth.addPerson(['admin'], auth.south)
    await assert.rejects(request(userId), refused)
    const { userId: barred } = await auth.addPerson(['admin'], auth.south)
    await auth.db.across.run(sql`update memberships set suspended_at = now() where user_id = ${barred}`)
    await assert.rejects(request(userId), refused)
    await auth.db.across.run(sql`update memberships set suspended_at = null where user_id = ${barred}`)
    await request(userId)
    // And the one who is left is the last.
    await assert.rejects(request(barred), refused)
  })

  test('is left when two go at once.', async () => {
    const both = [await auth.addPerson(['admin']), await auth.addPerson(['admin'])]
    await auth.db.across.run(sql`update memberships set roles = array['learner']
      where organization_id = ${auth.north} and not user_id = any(${both.map(person => person.userId)}::uuid[])`)
    const outcomes = await Promise.allSettled(both.map(person => request(person.userId)))
    assert.deepEqual(outcomes.map(outcome => outcome.status).sort(), ['fulfilled', 'rejected'])
  })
})

describe('When the days of grace are over', () => {
  test('the account goes with all that hangs on it, and each school that knew it is told, past ones too.', async () => {
    const { userId, email } = await auth.addPerson()
    const again = {
      email,
      name: 'x',
      password: goodPassword,
      roles: ['learner' as const],
      organizationId: auth.south,
    }
    await createAccount(auth.db, again)
    await addSession(userId)
    await auth.db.across.run(
      sql`delete from memberships where user_id = ${userId} and organization_id = ${auth.south}`,
    )
    await request(userId)
    const { userId: stays } = await auth.addPerson()
    await request(stays)
    await auth.db.across.run(
      sql`update users set deletes_at = now() - interval '1 second' where id = ${userId}`,
    )
    assert.ok((await eraseDueAccounts(auth.db)) >= 1)
    for (const table of [sql`users`, sql`sessions`, sql`memberships`, sql`past_memberships`]) {
      const column = table.strings[0] === 'users' ? sql`id` : sql`user_id`
      assert.equal(
        await auth.db.across.run(sql`select from ${table} where ${column} = ${userId}`),
        0,
        table.strings[0],
      )
    }
    const told = await auth.db.across.rows<{ organizationId: string }>(sql`
      select organization_id from outbox where name = 'user.deleted' and payload ->> 'userId' = ${userId}`)
    assert.deepEqual(told.map(row => row.organizationId).sort(), [auth.north, auth.south].sort())
    assert.equal(await auth.db.across.run(sql`select from users where id = ${stays}`), 1)
    assert.equal(await eraseDueAccounts(auth.db), 0)
  })

  test('one that cannot be erased keeps none of the others.', async () => {
    const [stuck, other] = [await auth.addPerson(), await auth.addPerson()]
    await auth.db.across.run(sql`
      update users set deletes_at = now() - case when id = ${stuck.userId} then interval '2 days' else interval '1 day' end
      where id in (${stuck.userId}, ${other.userId})`)
    const admin = new pg.Client({ connectionString: auth.adminUrl })
    await admin.connect()
    try {
      await admin.query('create table auth.holds (user_id uuid references auth.users (id))')
      await admin.query('insert into auth.holds values ($1)', [stuck.userId])
      await assert.rejects(eraseDueAccounts(auth.db), { name: 'AggregateError', message: /holds/ })
    } finally {
      await admin.query('drop table auth.holds')
      await admin.end()
    }
    const left = await auth.db.across.rows<{ id: string }>(
      sql`select id from users where id in (${stuck.userId}, ${other.userId})`,
    )
    assert.deepEqual(left, [{ id: stuck.userId }])
    assert.equal(await eraseDueAccounts(auth.db), 1)
  })

  test('two processes erase an account once.', async () => {
    const { userId } = await auth.addPerson()
    await auth.db.across.run(
      sql`update users set deletes_at = now() - interval '1 second' where id = ${userId}`,
    )
    const erased = await Promise.all([eraseDueAccounts(auth.db), eraseDueAccounts(auth.db)])
    assert.equal(erased[0] + erased[1], 1)
    assert.equal(
      await auth.db.across.run(
        sql`select from outbox where name = 'user.deleted' and payload ->> 'userId' = ${userId}`,
      ),
      1,
    )
  })
})
