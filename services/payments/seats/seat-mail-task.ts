import { defineTask } from '@azora/kit/jobs.ts'

/** Write to somebody for whom a seat is kept. The job knows no secret: the code is made with the email. */
export const seatMailTask = defineTask<{ organizationId: string; seatId: string }>(
  'payments.send_seat_invitation',
)
