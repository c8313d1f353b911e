import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { giveFreeSeats, sharePool } from '../seats/give-seats.ts'
import { redeemCode } from '../seats/redeem-code.ts'
import { openCode } from '../seats/seat-code.ts'
import { selectOptionalPool } from '../seats/seat-pools.store.ts'
import { selectSeats } from '../seats/seats.store.ts'
import { createShop, type Shop } from '../testing.ts'
import { paymentsPersonalData } from './personal-data.ts'

/** What an export shows of seats, and what an erasure leaves. */

let shop: Shop
before(async () => {
  shop = await createShop()
})
after(() => shop?.dispose())

/** A seat of one pool that a person has taken. */
async function taken() {
  const teacher = shop.caller(randomUUID(), 'Thandi Teacher')
  const { kit, school } = shop
  const terms = { courseId: randomUUID(), name: 'Class 9b', seats: 1, endsAt: null }
  const { id } = await giveFreeSeats(kit.db, teacher, terms)
  const { codeSealed } = await school.transaction(tx =>
    sharePool(tx, teacher, { poolId: id, sealing: kit.sealing }),
  )
  const learner = shop.caller(randomUUID(), 'Nomvula Dlamini')
  const code = openCode(kit.sealing, id, codeSealed ?? '')
  await redeemCode(kit, learner, code)
  return { poolId: id, teacher: teacher.actor.userId, learner: learner.actor.userId }
}

const fileOf = async (userId: string, name: string) =>
  (await paymentsPersonalData.gather(shop.school, userId)).find(file => file.name === name)
    ?.content as Record<string, unknown>[]

test('An export shows the seats that a person has, and those that they gave.', async () => {
  const { teacher, learner } = await taken()
  const [seat] = await fileOf(learner, 'seats.json')
  assert.deepEqual(
    [seat?.courseTitle, seat?.status, seat?.holderName],
    ['Rivers', 'claimed', 'Nomvula Dlamini'],
  )
  const [pool] = await fileOf(teacher, 'seats-given.json')
  assert.deepEqual([pool?.name, pool?.seats, pool?.taken], ['Class 9b', 1, 1])
})

test('Erasing who has a seat, and who gave it, leaves that it is taken and nothing of who they are.', async () => {
  const { poolId, teacher, learner } = await taken()
  for (const userId of [teacher, learner, learner])
    await shop.school.transaction(tx => paymentsPersonalData.erase(tx, userId))
  const pool = await selectOptionalPool(shop.school, poolId)
  assert.deepEqual([pool?.taken, pool?.givenBy, pool?.giverName], [1, null, null])
  const [seat] = (await selectSeats(shop.school, { poolId, limit: 10 })).items
  assert.deepEqual([seat?.status, seat?.userId, seat?.holderName, seat?.email], ['claimed', null, null, null])
})
