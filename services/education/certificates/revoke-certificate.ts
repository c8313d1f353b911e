import type { RevocationReason } from '@azora/contracts/education/revocation.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import { publish } from '@azora/kit/outbox.ts'
import { selectAuthoredCourse } from '../courses/course-access.ts'
import { revokeStanding, selectOptionalCertificate } from './certificates.store.ts'
import { withUrl } from './check-certificate.ts'
import { type RevocationEmail, revocationEmailTask } from './revocation-email.ts'

/**
 * Revoke a certificate, for good: a certificate that could come back would have to be checked each time anew by
 * everyone who relies on it. The note stays with the certificate, where it can be erased with the learner; the audit
 * log, which cannot, holds the kind of reason alone.
 *
 * @throws AppError `not_found`, `forbidden` unless the caller authors the course, `conflict` once it was revoked.
 */
export async function revokeCertificate(
  db: Database,
  caller: Caller,
  input: { certificateId: string; reason: RevocationReason; note: string },
  publicUrl: string,
) {
  const { actor } = caller
  const { certificateId, reason, note } = input
  return db.in(actor.organizationId).transaction(async tx => {
    const found = await selectOptionalCertificate(tx, certificateId)
    if (!found) throw new AppError('not_found')
    await selectAuthoredCourse(tx, actor, found.courseId)
    const revoked = await revokeStanding(tx, certificateId, { reason, note, userId: actor.userId })
    if (!revoked) throw refusal('certificate_revoked')
    const { userId, ...certificate } = revoked
    const { courseId } = certificate
    await publish(tx, 'education', 'certificate.revoked', {
      certificateId,
      courseId,
      userId,
      organizationId: tx.organizationId,
      reason,
      revokedAt: revoked.revokedAt,
    })
    await recordAudit(tx, 'education', caller, {
      action: 'certificate.revoked',
      subject: { kind: 'person', id: userId },
      details: { certificateId, courseId, revocationReason: reason },
    })
    const email: RevocationEmail = { certificateId, organizationId: tx.organizationId }
    await enqueue(tx, revocationEmailTask, email, { key: `revocation:${certificateId}` })
    return withUrl(certificate, publicUrl)
  })
}
