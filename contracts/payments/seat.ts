import { z } from 'zod'
import { email } from '../auth/shapes.ts'
import { operation } from '../operation.ts'
import { growing, id, line, pageOf, paging, time } from '../wire.ts'
import { paymentsFailures } from './failures.ts'
import { cleanSeatCode, isSeatCode } from './seat-code.ts'
import { tags } from './shapes.ts'

/** A code as it is typed: in fours, in small letters, with an O for a 0. */
const seatCode = z
  .string()
  .max(60)
  .overwrite(cleanSeatCode)
  .refine(isSeatCode, paymentsFailures.fields.seat_code_mistyped)
  .meta({ examples: ['7K3M-9QXT-2B4F-HD6S'] })

/** Who paid for seats: nobody, an institution on its account, or the person who gives one as a gift. */
export const seatKind = z.enum(['free', 'account', 'gift']).meta(growing)

const pool = z.object({
  id,
  kind: seatKind,
  courseId: id,
  courseTitle: z.string(),
  name: z.string(),
  seats: z.number().int(),
  /** Those that people have, and those that are kept for who was invited. */
  taken: z.number().int(),
  /** Null where their account is gone. */
  giver: z.object({ id, name: z.string() }).nullable(),
  endsAt: time.nullable(),
  closedAt: time.nullable(),
  createdAt: time,
})

/** For those who give its seats away. */
const keptPool = pool.extend({
  /** The one that several people may use; null until it is made. */
  code: z.string().nullable(),
})

const seat = z.object({
  id,
  poolId: id,
  status: z.enum(['invited', 'claimed', 'withdrawn']),
  /** Who was invited; null for a seat that was taken by the code of its pool. */
  email: z.string().nullable(),
  /** Whose it is; null while it waits, and where their account is gone. */
  holder: z.object({ id, name: z.string() }).nullable(),
  createdAt: time,
  claimedAt: time.nullable(),
})

const ownSeat = z.object({ id, kind: seatKind, courseId: id, courseTitle: z.string(), claimedAt: time })

const ofPool = z.object({ poolId: id })

/** Seats that are given or paid for, and the codes that open them. */
export const seatOperations = {
  listSeatPools: operation({
    method: 'GET',
    path: '/payments/courses/{courseId}/seat-pools',
    access: 'member',
    tags,
    summary: 'The free seats of a course that you teach, the newest first.',
  })
    .input(z.object({ courseId: id, ...paging }))
    .output(pageOf(keptPool)),
  getSeatPool: operation({
    method: 'GET',
    path: '/payments/seat-pools/{poolId}',
    access: 'member',
    tags,
    summary:
      'Seats that you give away: as a teacher of the course, or for the institution that has paid for them.',
  })
    .input(ofPool)
    .output(keptPool),
  createSeatPool: operation({
    method: 'POST',
    path: '/payments/courses/{courseId}/seat-pools',
    access: 'member',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Give free seats of a course: by its teacher, or the finance office.',
  })
    .input(
      z.object({
        courseId: id,
        name: line(120),
        seats: z.number().int().min(1).max(10_000),
        endsAt: time.nullable(),
      }),
    )
    .output(keptPool),
  shareSeatPool: operation({
    method: 'POST',
    path: '/payments/seat-pools/{poolId}/code',
    access: 'member',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Make a code that people may use until the seats are taken. One that was made before ends.',
  })
    .input(ofPool)
    .output(keptPool),
  closeSeatPool: operation({
    method: 'DELETE',
    path: '/payments/seat-pools/{poolId}',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Give no more seats. Who has one keeps it, and who was invited does not get one any more.',
  })
    .input(ofPool)
    .output(keptPool),
  inviteToSeats: operation({
    method: 'POST',
    path: '/payments/seat-pools/{poolId}/invitations',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Invite people to seats by email, each with a code of their own. A seat is kept for each.',
    description: 'Who was invited already, or has a seat of these, is passed over.',
  })
    .input(z.object({ poolId: id, emails: z.array(email).min(1).max(200) }))
    .output(z.object({ invited: z.number().int(), pool: keptPool })),
  listSeats: operation({
    method: 'GET',
    path: '/payments/seat-pools/{poolId}/seats',
    access: 'member',
    tags,
    summary: 'Who was invited and who has a seat, the newest first.',
  })
    .input(z.object({ poolId: id, ...paging }))
    .output(pageOf(seat)),
  withdrawSeat: operation({
    method: 'DELETE',
    path: '/payments/seat-pools/{poolId}/seats/{seatId}',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Take a seat or an invitation back. The course closes unless something else opens it.',
  })
    .input(z.object({ poolId: id, seatId: id }))
    .output(seat),
  listSchoolSeatPools: operation({
    method: 'GET',
    path: '/payments/seat-pools',
    access: 'payments.read',
    tags,
    summary: 'All seats that are given or paid for in the school, the newest first.',
  })
    .input(z.object(paging))
    .output(pageOf(pool)),
  lookUpSeatCode: operation({
    method: 'POST',
    path: '/payments/seat-codes/look-up',
    access: 'public',
    reads: true,
    tags,
    summary: 'What a code opens, before it is used.',
  })
    .input(z.object({ code: seatCode }))
    .output(
      z.object({
        kind: seatKind,
        courseId: id,
        courseTitle: z.string(),
        school: z.string(),
        /** `used`: all that it opens is taken. `over`: it was taken back, closed, or ended. */
        state: z.enum(['open', 'yours', 'used', 'over']).meta(growing),
      }),
    ),
  redeemSeatCode: operation({
    method: 'POST',
    path: '/payments/seat-codes/redeem',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Use a code: its seat is yours, and the course opens.',
    description: 'Repeating it changes nothing.',
  })
    .input(z.object({ code: seatCode }))
    .output(ownSeat),
  listOwnSeats: operation({
    method: 'GET',
    path: '/payments/seats',
    access: 'member',
    tags,
    summary: 'The seats that you have, the newest first.',
  })
    .input(z.object(paging))
    .output(pageOf(ownSeat)),
}
