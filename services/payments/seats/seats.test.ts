import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { cleanSeatCode, isSeatCode } from '@azora/contracts/payments/seat-code.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { inTurn } from '@azora/kit/testing.ts'
import { grantAccess } from '../access/access.ts'
import { createShop, type Shop } from '../testing.ts'
import { lookUpCode } from './find-code.ts'
import { closePool, giveFreeSeats, inviteToPool, openPool, sharePool, withdrawSeat } from './give-seats.ts'
import { requireKeeper } from './keepers.ts'
import { redeemCode } from './redeem-code.ts'
import { openCode } from './seat-code.ts'
import { sendSeatInvitation } from './seat-mail.ts'
import { selectOptionalPool } from './seat-pools.store.ts'
import { selectOwnSeats, selectSeats } from './seats.store.ts'

/** Seats that are given: who gets one, who does not, and what becomes of it. */

let shop: Shop
before(async () => {
  shop = await createShop()
})
after(() => shop?.dispose())

const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: AppError) => failure.data?.reason ?? failure.code ?? failure.message,
  )
const settled = (one: PromiseSettledResult<unknown>) =>
  one.status === 'fulfilled' ? 'done' : (one.reason.data?.reason ?? one.reason.message)

/** A learner, of whom education says this about every course. */
function learner(enrolled = false, userId = randomUUID()): AskingCaller {
  const by = shop.caller(userId, 'Nomvula Dlamini')
  const getCourseAccess = async () => ({ status: 'published', author: false, enrolled })
  return { ...by, others: { ...by.others, education: { getCourseAccess } } as never }
}

const pooled = (seats: number, courseId: string = randomUUID(), endsAt: string | null = null) =>
  giveFreeSeats(shop.kit.db, shop.caller(), { courseId, name: 'Class 9b', seats, endsAt })
const inSchool = <T>(work: Parameters<typeof shop.school.transaction<T>>[0]) => shop.school.transaction(work)
const invite = (poolId: string, emails: string[]) =>
  inSchool(tx => inviteToPool(tx, shop.officer, { poolId, emails }))
const withdraw = (poolId: string, seatId: string) =>
  inSchool(tx => withdrawSeat(tx, shop.officer, { poolId, seatId }))
const close = (poolId: string) => inSchool(tx => closePool(tx, shop.officer, poolId))
const redeem = (code: string, by = learner()) => redeemCode(shop.kit, by, code)
const lookUp = (code: string, by: AskingCaller | null = null) =>
  lookUpCode(shop.kit, by ?? { actor: null, ip: '127.0.0.1', userAgent: 'test' }, code)
const takenOf = async (poolId: string) => (await selectOptionalPool(shop.school, poolId))?.taken
const seatsOf = async (poolId: string) => (await selectSeats(shop.school, { poolId, limit: 100 })).items

/** A pool with a code for all. */
async function shared(seats: number, courseId?: string, endsAt?: string) {
  const { id } = await pooled(seats, courseId, endsAt)
  const pool = await inSchool(tx => sharePool(tx, shop.officer, { poolId: id, sealing: shop.kit.sealing }))
  return { ...pool, code: openCode(shop.kit.sealing, id, pool.codeSealed ?? '') }
}

/** A seat that is kept for an address, with the code that was mailed to it. */
async function invited(seats = 1, courseId?: string) {
  const pool = await pooled(seats, courseId)
  const to = `${randomUUID()}@example.org`
  await invite(pool.id, [to])
  const [seat] = await seatsOf(pool.id)
  return { pool, seatId: seat?.id ?? '', to, code: await mailedTo(seat?.id ?? '', to) }
}

async function mailedTo(seatId: string, to: string): Promise<string> {
  await sendSeatInvitation(shop.kit, { organizationId: shop.organizationId, seatId })
  const mails = (await shop.kit.mail.mailbox?.()) ?? []
  const link = mails.find(mail => mail.to === to)?.text.match(/#code=([0-9A-Z-]+)/)
  return cleanSeatCode(link?.[1] ?? '')
}

type Work = () => Promise<unknown>
const inOrder = (asGiven: boolean, one: Work, two: Work): [Work, Work] => (asGiven ? [one, two] : [two, one])
const hold = (poolId: string) =>
  sql`select from seat_pools where organization_id = ${shop.organizationId} and id = ${poolId} for update`
const eventsOf = async (courseId: string) =>
  (
    await shop.kit.db.across.rows<{ name: string }>(sql`
      select name from outbox where (payload ->> 'courseId' = ${courseId} or payload -> 'courseIds' ? ${courseId})
        and name not like 'audit.%' order by id`)
  ).map(({ name }) => name)

test('A shared code opens the course for as many people as there are seats, and tells it once for each.', async () => {
  const { id, code, courseId } = await shared(2)
  assert.ok(isSeatCode(code))
  const seat = await redeem(code)
  assert.deepEqual([seat.courseId, seat.kind], [courseId, 'free'])
  await redeem(code)
  assert.equal(await reasonOf(redeem(code)), 'seats_out')
  assert.equal(await takenOf(id), 2)
  assert.deepEqual(
    (await eventsOf(courseId)).sort(),
    ['course.purchased', 'course.purchased', 'seat.claimed', 'seat.claimed'].sort(),
  )
})

test('A code says what it opens, and how it stands, to anyone who holds it.', async () => {
  const { code, courseId } = await shared(1)
  const by = learner()
  const looked = await lookUp(code)
  assert.deepEqual([looked.courseId, looked.courseTitle, looked.state], [courseId, 'Rivers', 'open'])
  await redeem(code, by)
  assert.deepEqual([(await lookUp(code, by)).state, (await lookUp(code)).state], ['yours', 'used'])
})

test('Who repeats it has one seat, and another code of the same course is not wasted on them.', async () => {
  const { id, code, courseId } = await shared(3)
  const by = learner()
  const first = await redeem(code, by)
  assert.equal((await redeem(code, by)).id, first.id)
  assert.equal(await takenOf(id), 1)
  const other = await shared(1, courseId)
  assert.equal(await reasonOf(redeem(other.code, by)), 'seat_yours_already')
  assert.equal(await takenOf(other.id), 0)
})

test('Who has the course already keeps their code, unless only a subscription opens it.', async () => {
  const { code, courseId } = await shared(2)
  assert.equal(await reasonOf(redeem(code, learner(true))), 'already_enrolled')
  const subscriber = learner(true)
  const { userId } = subscriber.actor
  const reason = { userId, source: 'subscription', sourceId: randomUUID() } as const
  await inSchool(tx => grantAccess(tx, reason, [courseId], new Date().toISOString()))
  assert.equal((await redeem(code, subscriber)).courseId, courseId)
})

test('People are invited once each, however often they are named, with a code of their own.', async () => {
  const { id } = await pooled(3)
  const [one, two] = [`${randomUUID()}@example.org`, `${randomUUID()}@example.org`]
  assert.equal(await invite(id, [one, two, one]), 2)
  assert.equal(await invite(id, [two]), 0)
  assert.equal(await takenOf(id), 2)
  const seats = await seatsOf(id)
  const codes = await Promise.all(seats.map(seat => mailedTo(seat.id, seat.email ?? '')))
  assert.equal(new Set(codes).size, 2)
  assert.ok(codes.every(isSeatCode))
})

test('A seat that is kept for somebody is nobody else’s, and taking it takes no other.', async () => {
  const { pool, code } = await invited(1)
  assert.equal(await reasonOf(invite(pool.id, ['late@example.org'])), 'seats_too_few')
  const by = learner()
  await redeem(code, by)
  assert.equal(await takenOf(pool.id), 1)
  const [seat] = await seatsOf(pool.id)
  assert.deepEqual(
    [seat?.status, seat?.holderName, seat?.userId],
    ['claimed', 'Nomvula Dlamini', by.actor.userId],
  )
  assert.equal(await reasonOf(redeem(code)), 'seats_out')
})

test('Where more are invited than seats are left, nobody is.', async () => {
  const { id } = await pooled(1)
  assert.equal(await reasonOf(invite(id, ['a@example.org', 'b@example.org'])), 'seats_too_few')
  assert.deepEqual([await takenOf(id), await seatsOf(id)], [0, []])
})

test('An email that is sent again carries another code, and the first one ends.', async () => {
  const { seatId, to, code } = await invited()
  const again = await mailedTo(seatId, to)
  assert.equal(await reasonOf(lookUp(code)), 'seat_code_unknown')
  assert.equal((await lookUp(again)).state, 'open')
})

test('Who lost a seat does not take another by the same shared code, but may be invited.', async () => {
  const { id, code } = await shared(2)
  const by = learner()
  await withdraw(id, (await redeem(code, by)).id)
  assert.deepEqual([await reasonOf(redeem(code, by)), (await lookUp(code, by)).state], ['seat_over', 'over'])
  const to = `${randomUUID()}@example.org`
  await invite(id, [to])
  const [seat] = await seatsOf(id)
  assert.equal(await reasonOf(redeem(await mailedTo(seat?.id ?? '', to), by)), 'done')
})

test('A seat that is withdrawn closes the course, and its place is free.', async () => {
  const { id, code, courseId } = await shared(1)
  const by = learner()
  const seat = await redeem(code, by)
  await withdraw(id, seat.id)
  await withdraw(id, seat.id)
  assert.deepEqual((await eventsOf(courseId)).sort(), [
    'course.access_ended',
    'course.purchased',
    'seat.claimed',
    'seat.withdrawn',
  ])
  assert.deepEqual((await selectOwnSeats(shop.school, { userId: by.actor.userId, limit: 10 })).items, [])
  await redeem(code)
  assert.equal(await takenOf(id), 1)
})

test('An invitation that is withdrawn opens nothing any more, and tells nobody.', async () => {
  const { pool, seatId, code } = await invited()
  await withdraw(pool.id, seatId)
  assert.equal(await reasonOf(redeem(code)), 'seat_over')
  assert.deepEqual([await takenOf(pool.id), await eventsOf(pool.courseId)], [0, []])
})

test('A seat is withdrawn by its own pool alone.', async () => {
  const { seatId } = await invited()
  const other = await pooled(1)
  assert.equal(await reasonOf(withdraw(other.id, seatId)), 'not_found')
})

test('A closed pool gives no seats, ends its invitations, and who has one keeps it.', async () => {
  const { id, code, courseId } = await shared(3)
  const by = learner()
  await redeem(code, by)
  await invite(id, [`${randomUUID()}@example.org`])
  await close(id)
  await close(id)
  assert.equal(await reasonOf(redeem(code)), 'seat_over')
  assert.equal(await reasonOf(invite(id, ['late@example.org'])), 'seat_pool_over')
  assert.deepEqual([await takenOf(id), (await lookUp(code, by)).state], [1, 'yours'])
  assert.ok(!(await eventsOf(courseId)).includes('course.access_ended'))
})

test('After its end a code opens nothing; an end that is past is refused.', async () => {
  const { id, code } = await shared(1, randomUUID(), new Date(Date.now() + 60_000).toISOString())
  await shop.school.run(sql`
    update seat_pools set ends_at = now() - interval '1 second'
    where organization_id = ${shop.organizationId} and id = ${id}`)
  assert.deepEqual([(await lookUp(code)).state, await reasonOf(redeem(code))], ['over', 'seat_over'])
  assert.equal(
    await reasonOf(pooled(1, randomUUID(), new Date(Date.now() - 1).toISOString())),
    'invalid_input',
  )
})

test('A new shared code ends the one before it.', async () => {
  const { id, code } = await shared(1)
  await inSchool(tx => sharePool(tx, shop.officer, { poolId: id, sealing: shop.kit.sealing }))
  assert.equal(await reasonOf(redeem(code)), 'seat_code_unknown')
})

test('Who guesses codes is stopped, and who uses a right one is not counted.', async () => {
  const { code } = await shared(30)
  const by = learner()
  for (let round = 0; round < 25; round++) await lookUp(code, by)
  for (let round = 0; round < 20; round++)
    assert.equal(await reasonOf(lookUp('0000000000000000', by)), 'seat_code_unknown')
  assert.equal(await reasonOf(redeem(code, by)), 'rate_limited')
})

test('A code of another school is not used up by who is in this one.', async () => {
  const { id, code } = await shared(1)
  const by = learner()
  const elsewhere = { ...by, actor: { ...by.actor, organizationId: randomUUID() } }
  assert.equal(await reasonOf(redeem(code, elsewhere)), 'seat_of_other_school')
  assert.equal(await takenOf(id), 0)
})

test('Free seats are kept by the teacher of the course and by the finance office, and by nobody else.', async () => {
  const { id } = await pooled(1)
  const keeps = (by: AskingCaller) => reasonOf(requireKeeper(shop.kit.db, by, id))
  const officer = learner()
  assert.equal(await keeps(shop.caller()), 'done')
  assert.equal(await keeps({ ...officer, actor: { ...officer.actor, offices: ['finance'] } }), 'done')
  assert.equal(await keeps(learner()), 'forbidden')
})

test('Seats of an account are kept by the finance office alone, and open the course as what was paid for.', async () => {
  const pool = await inSchool(tx =>
    openPool(tx, shop.officer, {
      ...{
        id: randomUUID(),
        kind: 'account',
        courseId: randomUUID(),
        courseTitle: 'Rivers',
        name: 'Mill',
        seats: 5,
      },
      ...{ givenBy: null, giverName: null, institutionId: randomUUID(), orderId: null, endsAt: null },
    }),
  )
  assert.equal(await reasonOf(requireKeeper(shop.kit.db, shop.caller(), pool.id)), 'not_found')
  const to = `${randomUUID()}@example.org`
  await invite(pool.id, [to])
  const [seat] = await seatsOf(pool.id)
  const by = learner()
  await redeem(await mailedTo(seat?.id ?? '', to), by)
  const { source } = await shop.kit.db.across.one<{ source: string }>(sql`
    select payload ->> 'source' as source from outbox
    where name = 'course.purchased' and payload ->> 'userId' = ${by.actor.userId}`)
  assert.equal(source, 'seat')
})

test('Of two who take the last seat at once, one is told that all are taken.', async () => {
  const { id, code } = await shared(1)
  const both = await inTurn(
    shop.kit.db,
    hold(id),
    () => redeem(code),
    () => redeem(code),
  )
  assert.deepEqual(both.map(settled), ['done', 'seats_out'])
})

test('One person in two tabs has one seat.', async () => {
  const { id, code } = await shared(2)
  const by = learner()
  const [one, two] = await inTurn(
    shop.kit.db,
    hold(id),
    () => redeem(code, by),
    () => redeem(code, by),
  )
  assert.ok(one.status === 'fulfilled' && two.status === 'fulfilled')
  assert.deepEqual([one.value.id, await takenOf(id)], [two.value.id, 1])
})

test('One person with two codes of a course at once uses one of them up.', async () => {
  const first = await shared(1)
  const second = await shared(1, first.courseId)
  const by = learner()
  const revision = { organizationId: shop.organizationId, userId: by.actor.userId }
  await shop.school.run(sql`
    insert into access_revisions (organization_id, user_id, revision)
    values (${revision.organizationId}, ${revision.userId}, 1)`)
  const held = sql`select from access_revisions
    where organization_id = ${revision.organizationId} and user_id = ${revision.userId} for update`
  const both = await inTurn(
    shop.kit.db,
    held,
    () => redeem(first.code, by),
    () => redeem(second.code, by),
  )
  assert.deepEqual(both.map(settled), ['done', 'seat_yours_already'])
  assert.deepEqual([await takenOf(first.id), await takenOf(second.id)], [1, 0])
})

test('Of an invitation that is taken and withdrawn at once, the course is closed in either order.', async () => {
  for (const takenFirst of [true, false]) {
    const { pool, seatId, code } = await invited()
    const [first, second] = inOrder(
      takenFirst,
      () => redeem(code),
      () => withdraw(pool.id, seatId),
    )
    const both = await inTurn(shop.kit.db, hold(pool.id), first, second)
    assert.deepEqual(both.map(settled), takenFirst ? ['done', 'done'] : ['done', 'seat_over'])
    assert.equal(await takenOf(pool.id), 0)
    const last = (await eventsOf(pool.courseId)).filter(name => name.startsWith('course.')).at(-1)
    assert.equal(last, takenFirst ? 'course.access_ended' : undefined)
  }
})

test('Of a seat that is taken while its pool is closed, the first is right.', async () => {
  for (const takenFirst of [true, false]) {
    const { pool, code } = await invited()
    const [first, second] = inOrder(
      takenFirst,
      () => redeem(code),
      () => close(pool.id),
    )
    const both = await inTurn(shop.kit.db, hold(pool.id), first, second)
    assert.deepEqual(both.map(settled), takenFirst ? ['done', 'done'] : ['done', 'seat_over'])
    assert.equal(await takenOf(pool.id), takenFirst ? 1 : 0)
  }
})

test('Two who invite at once do not give more seats than there are.', async () => {
  const { id } = await pooled(3)
  const two = () => invite(id, [`${randomUUID()}@example.org`, `${randomUUID()}@example.org`])
  const both = await inTurn(shop.kit.db, hold(id), two, two)
  assert.deepEqual(both.map(settled), ['done', 'seats_too_few'])
})
