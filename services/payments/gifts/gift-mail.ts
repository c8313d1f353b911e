import { formatSeatCode } from '@azora/contracts/payments/seat-code.ts'
import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Task } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalSchoolName } from '../schools/schools.store.ts'
import { openCode } from '../seats/seat-code.ts'
import { redeemLink } from '../seats/seat-mail.ts'
import { selectOptionalPool } from '../seats/seat-pools.store.ts'
import type { giftMailTask } from './gift-mail-task.ts'

type Mail = typeof giftMailTask extends Task<infer Payload> ? Payload : never

/** One that was used or ended meanwhile, or whose buyer is gone, is not sent. */
export async function sendGiftMail(
  { db, mail, publicUrl, sealing }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl' | 'sealing'>,
  { organizationId, poolId, email, message }: Mail,
): Promise<void> {
  const school = db.in(organizationId)
  const pool = await selectOptionalPool(school, poolId)
  if (!pool?.codeSealed || !pool.giverName || pool.taken > 0 || pool.closedAt) return
  const code = openCode(sealing, poolId, pool.codeSealed)
  const schoolName = (await selectOptionalSchoolName(school)) ?? ''
  await mail.send(
    composeEmail({
      to: email,
      subject: `${pool.giverName} gives you a course`,
      name: null,
      parts: [
        `${pool.giverName} gives you the course “${pool.courseTitle}” at ${schoolName}.`,
        ...(message ? [`“${message}”`] : []),
        { link: redeemLink(publicUrl, code), label: 'Open your gift' },
        `Or type this code on the page: ${formatSeatCode(code)}`,
        'If you didn’t expect this email, you can ignore it.',
      ],
      schoolName,
      publicUrl,
    }),
  )
}
