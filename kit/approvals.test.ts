import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Role } from '@azora/contracts/permissions.ts'
import { selectApprovals, selectVotes } from './approvals.store.ts'
import { type ApprovalRule, requestApproval, takeApproved, vote, withdrawRequest } from './approvals.ts'
import type { Caller } from './caller.ts'
import { sql } from './sql.ts'
import { createTestKit, overlapped, type TestKit } from './testing.ts'

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
})
after(() => kit.dispose())

const rule: ApprovalRule = { kind: 'payout.release', permission: 'people.manage', approvers: 2, hours: 48 }
const details = { amountMinor: 120_000, currency: 'ZAR' }

const someone = (roles: Role[] = ['admin'], more: Partial<Caller['actor']> = {}): Caller => ({
  actor: { userId: randomUUID(), organizationId, sessionId: randomUUID(), roles, ...more } as Caller['actor'],
  ip: '127.0.0.1',
  userAgent: 'test',
})
const school = () => kit.db.in(organizationId)
const ask = (by: Caller, about: string = randomUUID()) =>
  school().transaction(tx => requestApproval(tx, by, rule, { about, details }))
const approve = (by: Caller, approvalId: string, approves = true) =>
  school().transaction(tx => vote(tx, by, rule, { approvalId, approves }))
const take = (by: Caller, approvalId: string, about: string) =>
  school().transaction(tx => takeApproved(tx, by, rule, { approvalId, about }))

test('What one asks for, two others approve; then it can be used once.', async () => {
  const [one, two, three] = [someone(), someone(), someone()]
  const { id, about, state } = await ask(one)
  assert.equal(state, 'waiting')
  await assert.rejects(take(one, id, about), { code: 'conflict' })
  assert.deepEqual((await approve(two, id)).justApproved, false)
  await assert.rejects(take(one, id, about), { code: 'conflict' })
  const approved = await approve(three, id)
  assert.deepEqual([approved.state, approved.justApproved], ['approved', true])
  assert.deepEqual((await take(one, id, about)).details, details)
  await assert.rejects(take(one, id, about), { code: 'conflict' })
})

test('Who asks approves nothing, nobody approves twice, and a wish that is decided takes no more.', async () => {
  const [one, two, three, four] = [someone(), someone(), someone(), someone()]
  const { id } = await ask(one)
  await assert.rejects(approve(one, id), { code: 'forbidden' })
  await approve(two, id)
  await assert.rejects(approve(two, id), { code: 'conflict' })
  await approve(three, id)
  await assert.rejects(approve(four, id), { code: 'conflict' })
  const votes = await selectVotes(school(), organizationId, id)
  assert.deepEqual(
    votes.map(given => given.personId),
    [two.actor.userId, three.actor.userId],
  )
})

test('The database itself takes no vote of who asked.', async () => {
  const { id, requestedBy } = await ask(someone())
  const own = school().run(sql`
    insert into approval_votes (organization_id, approval_id, requested_by, person_id, approves)
    values (${organizationId}, ${id}, ${requestedBy}, ${requestedBy}, true)`)
  await assert.rejects(own, { code: '23514' })
  const disguised = school().run(sql`
    insert into approval_votes (organization_id, approval_id, requested_by, person_id, approves)
    values (${organizationId}, ${id}, ${randomUUID()}, ${requestedBy}, true)`)
  await assert.rejects(disguised, { code: '23503' })
})

test('Without the permission, as a program and through borrowed eyes nobody approves.', async () => {
  const { id } = await ask(someone())
  await assert.rejects(approve(someone(['auditor']), id), { code: 'forbidden' })
  await assert.rejects(approve(someone(['admin'], { kind: 'key' }), id), { code: 'forbidden' })
  await assert.rejects(approve(someone(['admin'], { impersonatorId: randomUUID() }), id), {
    code: 'forbidden',
  })
  await assert.rejects(ask(someone(['admin'], { kind: 'client' })), { code: 'forbidden' })
})

test('An approval may be for the holders of an office: an administrator without it approves nothing.', async () => {
  const ofFinance = { ...rule, permission: 'office:finance' as const, approvers: 1 }
  const { id } = await school().transaction(tx =>
    requestApproval(tx, someone(), ofFinance, { about: randomUUID(), details }),
  )
  const decide = (by: Caller) =>
    school().transaction(tx => vote(tx, by, ofFinance, { approvalId: id, approves: true }))
  await assert.rejects(decide(someone(['admin'])), { code: 'forbidden' })
  await assert.rejects(decide(someone(['learner'], { offices: ['compliance'] })), { code: 'forbidden' })
  assert.equal((await decide(someone(['learner'], { offices: ['finance'] }))).justApproved, true)
})

test('One refusal ends it; who asked may take it back, and nobody else.', async () => {
  const one = someone()
  const refused = await ask(one)
  assert.equal((await approve(someone(), refused.id, false)).state, 'refused')
  await assert.rejects(take(one, refused.id, refused.about), { code: 'conflict' })
  const { id } = await ask(one)
  const withdraw = (by: Caller) => school().transaction(tx => withdrawRequest(tx, by, rule, id))
  await assert.rejects(withdraw(someone()), { code: 'forbidden' })
  assert.equal((await withdraw(one)).state, 'withdrawn')
  await assert.rejects(approve(someone(), id), { code: 'conflict' })
})

test('After its time nobody approves and nothing is used, and it can be asked for again.', async () => {
  const one = someone()
  const about = randomUUID()
  const { id } = await ask(one, about)
  await assert.rejects(ask(someone(), about), { code: 'conflict' })
  const end = () =>
    school().run(sql`update approvals set expires_at = clock_timestamp() where subject = ${about}`)
  await end()
  await assert.rejects(approve(someone(), id), { code: 'link_expired' })
  const again = await ask(one, about)
  await approve(someone(), again.id)
  await approve(someone(), again.id)
  await end()
  await assert.rejects(take(one, again.id, about), { code: 'link_expired' })
})

/** What the audit log says of one request, in order. */
const steps = (id: string) =>
  kit.db.infrastructure.rows<{ action: string; by: string | null }>(sql`
    select payload ->> 'action' as action, payload -> 'actor' ->> 'id' as by from outbox
    where name = 'audit.recorded' and payload -> 'subject' ->> 'id' = ${id} order by id`)

test('What is approved is not asked for a second time before it was used.', async () => {
  const about = randomUUID()
  const { id } = await ask(someone(), about)
  await approve(someone(), id)
  await approve(someone(), id)
  await assert.rejects(ask(someone(), about), { code: 'conflict' })
  await take(someone(), id, about)
  assert.equal((await ask(someone(), about)).state, 'waiting')
})

test('Who asks while what is approved is being used asks for the next time.', async () => {
  const about = randomUUID()
  const { id } = await ask(someone(), about)
  await approve(someone(), id)
  await approve(someone(), id)
  const later = await overlapped(
    kit.db,
    organizationId,
    tx => takeApproved(tx, someone(), rule, { approvalId: id, about }),
    () => ask(someone(), about),
  )
  assert.notEqual(later.id, id)
})

test('What nobody approved or used in time closes as expired when the same is asked for again, by one of two.', async () => {
  for (const approvals of [0, 2]) {
    const one = someone()
    const about = randomUUID()
    const { id } = await ask(one, about)
    for (let given = 0; given < approvals; given++) await approve(someone(), id)
    await school().run(sql`update approvals set expires_at = clock_timestamp() where id = ${id}`)
    const second = overlapped(
      kit.db,
      organizationId,
      tx => requestApproval(tx, one, rule, { about, details }),
      () => ask(someone(), about),
    )
    await assert.rejects(second, { code: 'conflict' })
    const rows = await school().rows<{ id: string; state: string }>(
      sql`select id, state from approvals where subject = ${about} order by id`,
    )
    assert.deepEqual(
      rows.map(({ state }) => state),
      ['expired', 'waiting'],
    )
    assert.equal(rows[0]?.id, id)
    assert.deepEqual((await steps(id)).at(-1), { action: 'approval.expired', by: null })
    await assert.rejects(approve(someone(), id), { code: 'link_expired' })
    await assert.rejects(take(one, id, about), { code: 'link_expired' })
  }
})

test('An approval is for its own kind, its own thing and its own school.', async () => {
  const { id } = await ask(someone())
  const other = { ...rule, kind: 'refund.release' }
  const asOther = school().transaction(tx => vote(tx, someone(), other, { approvalId: id, approves: true }))
  await assert.rejects(asOther, { code: 'not_found' })
  await approve(someone(), id)
  await approve(someone(), id)
  await assert.rejects(take(someone(), id, 'another payout'), { code: 'not_found' })
  const elsewhere = kit.db
    .in(randomUUID())
    .transaction(tx => vote(tx, someone(), rule, { approvalId: id, approves: true }))
  await assert.rejects(elsewhere, { code: 'not_found' })
})

test('Of two who approve at once, in whichever order, the second completes it, and only once.', async () => {
  const [two, three, four] = [someone(), someone(), someone()]
  for (const [first, second] of [
    [two, three],
    [three, two],
  ] as const) {
    const { id } = await ask(someone())
    const votes: boolean[] = []
    const later = await overlapped(
      kit.db,
      organizationId,
      async tx => votes.push((await vote(tx, first, rule, { approvalId: id, approves: true })).justApproved),
      () => approve(second, id),
    )
    assert.deepEqual([...votes, later.justApproved], [false, true])
    await assert.rejects(approve(four, id), { code: 'conflict' })
  }
})

test('Two windows of one person are one approval.', async () => {
  const { id } = await ask(someone())
  const two = someone()
  const later = overlapped(
    kit.db,
    organizationId,
    tx => vote(tx, two, rule, { approvalId: id, approves: true }),
    () => approve(two, id),
  )
  await assert.rejects(later, { code: 'conflict' })
  const [found] = await selectApprovals(school(), { organizationId, kind: rule.kind, before: null, limit: 1 })
  assert.deepEqual([found?.id, found?.state], [id, 'waiting'])
})

test('Each step is in the audit log.', async () => {
  const [one, two, three] = [someone(), someone(), someone()]
  const { id, about } = await ask(one)
  await approve(two, id)
  await approve(three, id)
  await take(one, id, about)
  assert.deepEqual(await steps(id), [
    { action: 'approval.requested', by: one.actor.userId },
    { action: 'approval.approved', by: two.actor.userId },
    { action: 'approval.approved', by: three.actor.userId },
    { action: 'approval.used', by: one.actor.userId },
  ])
})
