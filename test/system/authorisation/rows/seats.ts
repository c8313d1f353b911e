import { randomUUID } from 'node:crypto'
import {
  admins,
  members,
  membersAs,
  nothing,
  ofCourse,
  type Row,
  visitorsToo,
  type World,
} from '../callers.ts'

const unknown = () => ({ poolId: randomUUID() })
const code = '0000-0000-0000-0000'
/** The teacher of the course and the administrator; the finance office gives seats of every course. */
const givers = (status: number) => [401, 403, 403, status, 403, status, 404, 404, 404]

/** Nobody was given a seat, and there is no code. */
export const seatRows: Record<string, Row> = {
  'payments.listSeatPools': { expect: givers(200), finance: 200, input: ofCourse },
  'payments.createSeatPool': {
    expect: givers(201),
    finance: 201,
    input: (world: World) => ({ ...ofCourse(world), name: 'Class 9b', seats: 1, endsAt: null }),
  },
  'payments.getSeatPool': { expect: membersAs(404), input: unknown },
  'payments.shareSeatPool': { expect: membersAs(404), input: unknown },
  'payments.closeSeatPool': { expect: membersAs(404), input: unknown },
  'payments.inviteToSeats': {
    expect: membersAs(404),
    input: () => ({ ...unknown(), emails: ['somebody@example.org'] }),
  },
  'payments.listSeats': { expect: membersAs(404), input: unknown },
  'payments.withdrawSeat': {
    expect: membersAs(404),
    input: () => ({ ...unknown(), seatId: randomUUID() }),
  },
  'payments.listSchoolSeatPools': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.lookUpSeatCode': { expect: visitorsToo(409), input: () => ({ code }) },
  'payments.redeemSeatCode': { expect: membersAs(409), input: () => ({ code }) },
  // Nobody has bought a gift.
  'payments.getGift': { expect: membersAs(404), input: () => ({ orderId: randomUUID() }) },
  'payments.sendGift': {
    expect: membersAs(404),
    input: () => ({ orderId: randomUUID(), email: 'somebody@example.org' }),
  },
  'payments.listOwnSeats': { expect: members, input: nothing },
}
