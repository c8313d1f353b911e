import type { Transaction } from '@azora/kit/db.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { giveEmailChangeCode, selectOptionalEmailChange } from '../accounts/email-changes.store.ts'
import { codeMinutes, sealNewCode } from '../accounts/letter-code.ts'
import { composeLetter } from './letter.ts'

export const emailChangeTask = 'auth.send_email_change'

type EmailChangeJob = { changeId: string }

export async function queueEmailChange(tx: Transaction, changeId: string): Promise<void> {
  const job: EmailChangeJob = { changeId }
  await enqueue(tx, emailChangeTask, job, { key: `email-change:${changeId}` })
}

/** What the code of a change is sealed to. */
export const emailChangePlace = (id: string) => `email_changes.code:${id}`

/** To the new address: a code; or, where it belongs to an account already, word that somebody wanted it. */
export async function sendEmailChange(
  { db, mail, sealing, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'sealing' | 'publicUrl'>,
  { changeId }: EmailChangeJob,
): Promise<void> {
  const found = await selectOptionalEmailChange(db.across, changeId)
  if (!found) return
  const { id, email, schoolName } = found
  const draft = { to: email, name: null, schoolName, publicUrl }
  if (found.accountExists) {
    const parts = [
      'Somebody, perhaps you, wanted to use this e-mail address for another account. It has an account of its own already, so that cannot be.',
      { link: `${publicUrl}/signin`, label: 'Sign in to the account of this address' },
      'If it was not you, you need not do anything: nothing has changed.',
    ]
    await mail.send(composeLetter({ ...draft, subject: 'This address has an account already', parts }))
    return
  }
  const place = emailChangePlace(id)
  const sealed = await giveEmailChangeCode(db.across, { id, code: sealNewCode(sealing, place) })
  if (!sealed) return
  await mail.send(
    composeLetter({
      ...draft,
      subject: 'Your code for the new e-mail address',
      parts: [
        `Type in this code where you asked for the new address. It works once, for ${codeMinutes} minutes:`,
        { code: sealing.open(sealed, place) },
        'If you did not ask for it, give the code to nobody. You need not do anything.',
      ],
    }),
  )
}
