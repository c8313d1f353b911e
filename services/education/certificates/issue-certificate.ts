import { randomBytes } from 'node:crypto'
import { learningRoom } from '@azora/contracts/education/rooms.ts'
import type { EventPayload } from '@azora/contracts/events.ts'
import { nameFrom } from '@azora/contracts/names.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Transaction } from '@azora/kit/db.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { tell } from '@azora/kit/tell.ts'
import { v7 as uuidv7 } from 'uuid'
import {
  insertCertificate,
  insertIssuerKey,
  selectOptionalAward,
  selectOptionalIssuerKey,
} from './certificates.store.ts'
import { hashRecipientEmail, issueCredential } from './credential/issue-credential.ts'
import { generateIssuerKey, type IssuerKey } from './credential/issuer-key.ts'

type Issuing = { sealing: Sealing; publicUrl: string; metrics: Metrics }

export function certificateUrl(publicUrl: string, certificateId: string): string {
  return `${publicUrl}/certificates/${certificateId}`
}

const keyContext = (organizationId: string) => `education.issuer_keys.private_key/${organizationId}`

async function issuerKeyOf(tx: Transaction, sealing: Sealing): Promise<IssuerKey> {
  const { organizationId } = tx
  let stored = await selectOptionalIssuerKey(tx, organizationId)
  if (!stored) {
    const made = generateIssuerKey()
    await insertIssuerKey(tx, {
      organizationId,
      did: made.did,
      privateKey: sealing.seal(made.privateKey, keyContext(organizationId)),
    })
    stored = await selectOptionalIssuerKey(tx, organizationId)
  }
  if (!stored) throw new Error('The school has no signing key.')
  return {
    did: stored.did,
    publicKeyMultibase: stored.did.slice('did:key:'.length),
    privateKey: sealing.open(stored.privateKey, keyContext(organizationId)),
  }
}

const withoutMilliseconds = (time: string) => `${time.slice(0, 19)}Z`

/**
 * The certificate that follows from a completed course. An enrolment has at most one, however often the event
 * arrives; its names and titles are those of the day of completion.
 */
export async function issueCertificate(
  tx: Transaction,
  completion: EventPayload<'course.completed'>,
  { sealing, publicUrl, metrics }: Issuing,
): Promise<void> {
  const award = await selectOptionalAward(tx, completion.enrollmentId)
  if (!award) return
  // Their events come from another service and may be late; the inbox tries again until the names are known.
  if (award.recipientName === null || award.schoolName === null)
    throw new Error('The learner or the school is not known here yet.')
  const recipientName = signedName(award.recipientName, 'A learner')
  const schoolName = signedName(award.schoolName, 'A school')
  const courseTitle = signedName(award.courseTitle, 'A course')
  const instructorName = signedName(award.instructorName, 'An instructor')
  const id = uuidv7()
  const issuedAt = completion.completedAt
  const credential = await issueCredential({
    issuer: { name: schoolName, url: publicUrl, key: await issuerKeyOf(tx, sealing) },
    credentialId: `urn:uuid:${id}`,
    credentialUrl: certificateUrl(publicUrl, id),
    recipient: {
      name: recipientName,
      ...(award.recipientEmail
        ? { emailHash: hashRecipientEmail(award.recipientEmail, randomBytes(16).toString('base64url')) }
        : {}),
    },
    achievement: {
      id: `${publicUrl}/courses/${completion.courseId}`,
      name: courseTitle,
      description: award.courseSummary || courseTitle,
      criteriaNarrative: 'Complete every required lesson and pass every required quiz of the course.',
    },
    validFrom: withoutMilliseconds(issuedAt),
    ...(award.bestQuizPercent === null
      ? {}
      : { result: { scorePercent: Math.round(award.bestQuizPercent) } }),
  })
  const made = await insertCertificate(tx, {
    id,
    organizationId: completion.organizationId,
    userId: completion.userId,
    courseId: completion.courseId,
    enrollmentId: completion.enrollmentId,
    recipientName,
    courseTitle,
    instructorName,
    schoolName,
    issuedAt,
    credential,
  })
  if (!made) return
  await publish(tx, 'education', 'certificate.issued', {
    certificateId: id,
    courseId: completion.courseId,
    userId: completion.userId,
    organizationId: completion.organizationId,
    issuedAt,
  })
  await recordAudit(tx, 'education', 'system', {
    action: 'certificate.issued',
    subject: { kind: 'person', id: completion.userId },
    details: { certificateId: id, courseId: completion.courseId },
  })
  tell(tx, learningRoom, completion, 'certificate.issued', {
    courseId: completion.courseId,
    certificateId: id,
  })
  tx.afterCommit(() => metrics.business.inc({ event: 'certificate_issued' }))
}

// Names that were stored before there was a rule for them may deceive or show nothing; none of those is signed.
const signedName = (stored: string, otherwise: string) => nameFrom(stored, 300) || otherwise
