import { formatSeatCode } from '@azora/contracts/payments/seat-code.ts'
import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Task } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalSchoolName } from '../schools/schools.store.ts'
import { hashOfCode, newSeatCode } from './seat-code.ts'
import type { seatMailTask } from './seat-mail-task.ts'
import { selectOptionalPool } from './seat-pools.store.ts'
import { storeSeatCode } from './seats.store.ts'

type Mail = typeof seatMailTask extends Task<infer Payload> ? Payload : never

/** Where a code is used. It stands in the fragment, which browsers keep to themselves, so that it reaches no log. */
export const redeemLink = (publicUrl: string, code: string) =>
  `${publicUrl}/redeem#code=${formatSeatCode(code)}`

/** Invite somebody to their seat. One that was taken or taken back meanwhile gets no email. */
export async function sendSeatInvitation(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { organizationId, seatId }: Mail,
): Promise<void> {
  const school = db.in(organizationId)
  const code = newSeatCode()
  const seat = await storeSeatCode(school, seatId, hashOfCode(code))
  if (!seat?.email) return
  const pool = await selectOptionalPool(school, seat.poolId)
  if (!pool) throw new Error('The pool of a seat vanished.')
  const schoolName = (await selectOptionalSchoolName(school)) ?? ''
  const { courseTitle, endsAt } = pool
  await mail.send(
    composeEmail({
      to: seat.email,
      subject: `Your seat in “${courseTitle}”`,
      name: null,
      parts: [
        `${schoolName} has a seat for you in the course “${courseTitle}”. You pay nothing.`,
        { link: redeemLink(publicUrl, code), label: 'Take your seat' },
        `Or type this code on the page: ${formatSeatCode(code)}`,
        ...(endsAt ? [`The seat is kept for you until ${endsAt.slice(0, 10)}.`] : []),
        'If you didn’t expect this email, you can ignore it.',
      ],
      schoolName,
      publicUrl,
    }),
  )
}
