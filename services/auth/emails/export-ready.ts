import { composeEmail } from '@azora/kit/compose-email.ts'
import { defineTask } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalRecipient } from '../privacy/exports.store.ts'

export const exportEmailTask = defineTask<{ exportId: string }>('auth.send_export_ready')

/** Tell someone that their export can be fetched. */
export async function sendExportReady(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { exportId }: { exportId: string },
): Promise<void> {
  const person = await selectOptionalRecipient(db.across, exportId)
  if (!person) return
  await mail.send(
    composeEmail({
      to: person.email,
      subject: 'Your data is ready',
      name: person.name,
      parts: [
        'The copy of your data that you asked for is ready. Sign in and download it within seven days:',
        { link: `${publicUrl}/account/data`, label: 'Download your data' },
        'If you didn’t ask for it, change your password. Another person may have used your account.',
      ],
      schoolName: person.schoolName,
      publicUrl,
    }),
  )
}
