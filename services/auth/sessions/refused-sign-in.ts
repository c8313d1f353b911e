import { recordAudit } from '@azora/kit/audit.ts'
import type { Database } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import { selectOptionalSignIn } from '../accounts/accounts.store.ts'
import type { Visitor } from './sessions.ts'

export const refusedSignInTask = defineTask<RefusedSignInJob>('auth.record_refused_sign_in')

type RefusedSignInJob = Visitor & { email: string; organizationId: string | null }

/**
 * Note that a password was refused. Queued for every address alike: an entry written here and now for known ones
 * alone would make their answers later than others.
 */
export async function queueRefusedSignIn(db: Database, job: RefusedSignInJob): Promise<void> {
  const { email, organizationId, ip, userAgent } = job
  await db.across.transaction(tx => enqueue(tx, refusedSignInTask, { email, organizationId, ip, userAgent }))
}

/** Write it to the audit log, where the address has an account. */
export async function recordRefusedSignIn(db: Database, job: RefusedSignInJob): Promise<void> {
  const { ip, userAgent } = job
  const found = await selectOptionalSignIn(db.across, job)
  if (!found) return
  const { id, organization } = found.account
  await db.in(organization.id).transaction(tx =>
    recordAudit(
      tx,
      'auth',
      { actor: null, ip, userAgent },
      {
        action: 'session.refused',
        subject: { kind: 'person', id },
        details: { method: 'password' },
      },
    ),
  )
}
