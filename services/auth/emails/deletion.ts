import { composeEmail } from '@azora/kit/compose-email.ts'
import { defineTask } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalLeaver } from '../privacy/deletion.store.ts'
import { issueUndoToken } from '../privacy/undo-token.ts'

export const deletionEmailTask = defineTask<{ userId: string }>('auth.send_deletion')

/** Tell someone that their account is about to go, with the key that keeps it. The key is made here and stored hashed. */
export async function sendDeletion(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { userId }: { userId: string },
): Promise<void> {
  const person = await selectOptionalLeaver(db.across, userId)
  if (!person) return
  const token = await issueUndoToken(db, userId)
  await mail.send(
    composeEmail({
      to: person.email,
      subject: 'Your account will be deleted',
      name: person.name,
      parts: [
        `Your account is closed. On ${person.deletesAt.slice(0, 10)} we will delete it with everything in it: your courses, results and certificates.`,
        'Changed your mind, or didn’t ask for this? You can keep your account until that day:',
        { link: `${publicUrl}/account/undo-deletion#token=${token}`, label: 'Keep my account' },
      ],
      schoolName: person.schoolName,
      publicUrl,
    }),
  )
}
