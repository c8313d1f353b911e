import type { seatOperations } from '@azora/contracts/payments/seat.ts'
import { askingCallerOf, callerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { lookUpCode } from './find-code.ts'
import { closePool, giveFreeSeats, inviteToPool, sharePool, withdrawSeat } from './give-seats.ts'
import { requireGiver, requireKeeper } from './keepers.ts'
import { redeemCode } from './redeem-code.ts'
import { openCode } from './seat-code.ts'
import { type SeatPool, selectOptionalPool, selectPools } from './seat-pools.store.ts'
import { type Seat, selectOwnSeats, selectSeats } from './seats.store.ts'

type Tools = Pick<ServiceKit, 'db' | 'limiter' | 'sealing' | 'others'>

/** A pool as the school's books show it. */
function shownPool({
  givenBy,
  giverName,
  institutionId: _i,
  orderId: _o,
  codeSealed: _c,
  ...pool
}: SeatPool) {
  return { ...pool, giver: givenBy === null ? null : { id: givenBy, name: giverName ?? '' } }
}

function shownSeat({ userId, holderName, courseId: _c, ...seat }: Seat) {
  return { ...seat, holder: userId === null ? null : { id: userId, name: holderName ?? '' } }
}

/** Seats and their codes, each operation handed to its use case. */
export function seatRoutes(tools: Tools): Handlers<typeof seatOperations> {
  const { db, sealing } = tools
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  /** The same for who gives its seats away. */
  const keptPool = (pool: SeatPool) => ({
    ...shownPool(pool),
    code: pool.codeSealed && openCode(sealing, pool.id, pool.codeSealed),
  })
  const keeper = (context: RequestContext, poolId: string) =>
    requireKeeper(db, askingCallerOf(tools, context), poolId)
  return {
    async listSeatPools({ courseId, cursor, limit }, context) {
      await requireGiver(db, askingCallerOf(tools, context), courseId)
      const wanted = { courseId, kind: 'free', cursor: idCursor(cursor), limit } as const
      const found = await selectPools(school(context), wanted)
      return { ...found, items: found.items.map(keptPool) }
    },
    getSeatPool: async ({ poolId }, context) => keptPool(await keeper(context, poolId)),
    createSeatPool: async (input, context) =>
      keptPool(await giveFreeSeats(db, askingCallerOf(tools, context), input)),
    async shareSeatPool({ poolId }, context) {
      await keeper(context, poolId)
      return keptPool(
        await school(context).transaction(tx => sharePool(tx, callerOf(context), { poolId, sealing })),
      )
    },
    async closeSeatPool({ poolId }, context) {
      await keeper(context, poolId)
      return keptPool(await school(context).transaction(tx => closePool(tx, callerOf(context), poolId)))
    },
    async inviteToSeats({ poolId, emails }, context) {
      const before = await keeper(context, poolId)
      const invited = await school(context).transaction(tx =>
        inviteToPool(tx, callerOf(context), { poolId, emails }),
      )
      return { invited, pool: keptPool((await selectOptionalPool(school(context), poolId)) ?? before) }
    },
    async listSeats({ poolId, cursor, limit }, context) {
      await keeper(context, poolId)
      const found = await selectSeats(school(context), { poolId, cursor: idCursor(cursor), limit })
      return { ...found, items: found.items.map(shownSeat) }
    },
    async withdrawSeat({ poolId, seatId }, context) {
      await keeper(context, poolId)
      return shownSeat(
        await school(context).transaction(tx => withdrawSeat(tx, callerOf(context), { poolId, seatId })),
      )
    },
    async listSchoolSeatPools({ cursor, limit }, context) {
      const found = await selectPools(school(context), { cursor: idCursor(cursor), limit })
      return { ...found, items: found.items.map(shownPool) }
    },
    lookUpSeatCode: ({ code }, context) => lookUpCode(tools, context, code),
    redeemSeatCode: ({ code }, context) => redeemCode(tools, askingCallerOf(tools, context), code),
    async listOwnSeats({ cursor, limit }, context) {
      const { userId } = actorOf(context)
      return selectOwnSeats(school(context), { userId, cursor: idCursor(cursor), limit })
    },
  }
}
