import { createHash, randomBytes } from 'node:crypto'
import { seatCodeOf } from '@azora/contracts/payments/seat-code.ts'
import type { Sealing } from '@azora/kit/sealing.ts'

/**
 * A code is worth the price of a course. What is mailed is stored as a hash alone; what its giver sees again is sealed as
 * well. 75 random bits need no salt: nobody tries them all.
 */
export const newSeatCode = (): string => seatCodeOf(randomBytes(15))

export const hashOfCode = (code: string): string => createHash('sha256').update(code).digest('hex')

const contextOf = (poolId: string) => `payments.seat_pools.code:${poolId}`

export const sealCode = (sealing: Sealing, poolId: string, code: string): string =>
  sealing.seal(code, contextOf(poolId))

export const openCode = (sealing: Sealing, poolId: string, sealed: string): string =>
  sealing.open(sealed, contextOf(poolId))
