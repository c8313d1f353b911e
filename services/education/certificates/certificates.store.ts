import type { RevocationReason } from '@azora/contracts/education/revocation.ts'
import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type CertificateRow = {
  id: string
  courseId: string
  courseTitle: string
  recipientName: string
  schoolName: string
  instructorName: string
  issuedAt: string
  revokedAt: string | null
  revocationReason: RevocationReason | null
}

const columns = sql`id, course_id, course_title, recipient_name, school_name, instructor_name, issued_at,
  revoked_at, revocation_reason`

export async function selectMyCertificates(db: Queryable, userId: string): Promise<CertificateRow[]> {
  return db.rows<CertificateRow>(sql`
    select ${columns} from certificates
    where organization_id = ${db.organizationId} and user_id = ${userId} order by issued_at desc limit 500`)
}

/** Public: anyone who has the address may see a certificate, whichever school issued it. */
export async function selectOptionalCertificate(db: Unscoped, certificateId: string) {
  return db.optional<CertificateRow & { credential: Record<string, unknown> }>(sql`
    select ${columns}, credential from certificates where id = ${certificateId}`)
}

/** What a certificate says, gathered at the moment of completion. Null when one was issued already. */
export async function selectOptionalAward(db: Queryable, enrollmentId: string) {
  return db.optional<{
    courseTitle: string
    courseSummary: string
    recipientName: string | null
    recipientEmail: string
    instructorName: string
    schoolName: string | null
    bestQuizPercent: number | null
  }>(sql`
    select c.title as course_title, c.summary as course_summary,
      p.name as recipient_name, coalesce(p.email, '') as recipient_email,
      coalesce(i.name, '') as instructor_name, o.name as school_name,
      (select max(q.best_percent) from quiz_results q
        where q.organization_id = e.organization_id and q.enrollment_id = e.id and not exists (
          select from hidden_scores h where h.organization_id = e.organization_id and h.quiz_id = q.quiz_id and h.hidden)
      ) as best_quiz_percent
    from enrollments e
    join courses c on c.organization_id = e.organization_id and c.id = e.course_id
    left join people p on p.user_id = e.user_id and p.organization_id = e.organization_id
    left join people i on i.user_id = c.instructor_id and i.organization_id = e.organization_id
    left join organizations o on o.id = e.organization_id
    where e.organization_id = ${db.organizationId} and e.id = ${enrollmentId} and not exists (
      select from certificates t where t.organization_id = e.organization_id and t.enrollment_id = e.id)`)
}

export async function insertCertificate(
  db: Queryable,
  certificate: Omit<CertificateRow, 'revokedAt' | 'revocationReason'> & {
    organizationId: string
    userId: string
    enrollmentId: string
    credential: object
  },
): Promise<boolean> {
  const made = await db.run(sql`
    insert into certificates (id, organization_id, user_id, course_id, enrollment_id, recipient_name, course_title,
      instructor_name, school_name, issued_at, credential)
    values (${certificate.id}, ${certificate.organizationId}, ${certificate.userId}, ${certificate.courseId},
      ${certificate.enrollmentId}, ${certificate.recipientName}, ${certificate.courseTitle},
      ${certificate.instructorName}, ${certificate.schoolName}, ${certificate.issuedAt},
      ${JSON.stringify(certificate.credential)}::jsonb)
    on conflict (enrollment_id) do nothing`)
  return made === 1
}

/** Revoke a certificate that stands. Null when there is none, or it was revoked already. */
export async function revokeStanding(
  tx: Transaction,
  certificateId: string,
  revocation: { reason: RevocationReason; note: string; userId: string },
) {
  return tx.optional<CertificateRow & { userId: string; revokedAt: string }>(sql`
    update certificates set revoked_at = date_trunc('milliseconds', clock_timestamp()),
      revocation_reason = ${revocation.reason}, revocation_note = ${revocation.note}, revoked_by = ${revocation.userId}
    where organization_id = ${tx.organizationId} and id = ${certificateId} and revoked_at is null
    returning user_id, ${columns}`)
}

/** What the email about a revoked certificate says, to whom; null when either is gone. */
export async function selectOptionalRevocation(db: Queryable, certificateId: string) {
  return db.optional<{
    courseTitle: string
    schoolName: string
    note: string
    reason: RevocationReason
    name: string
    email: string
  }>(sql`
    select c.course_title, c.school_name, c.revocation_note as note, c.revocation_reason as reason, p.name, p.email
    from certificates c join people p on p.user_id = c.user_id and p.organization_id = c.organization_id
    where c.organization_id = ${db.organizationId} and c.id = ${certificateId} and c.revoked_at is not null and p.email <> ''`)
}

export async function selectOptionalIssuerKey(db: Queryable, organizationId: string) {
  return db.optional<{ did: string; privateKey: string }>(sql`
    select did, private_key from issuer_keys where organization_id = ${organizationId} and retired_at is null`)
}

export async function insertIssuerKey(
  db: Queryable,
  key: { organizationId: string; did: string; privateKey: string },
): Promise<void> {
  await db.run(sql`
    insert into issuer_keys (organization_id, did, private_key) values (${key.organizationId}, ${key.did}, ${key.privateKey})
    on conflict (organization_id) where retired_at is null do nothing`)
}

/** Whether a DID is, or was, one of this installation's schools. */
export async function selectIsOurIssuer(db: Unscoped, did: string): Promise<boolean> {
  return (await db.rows(sql`select 1 from issuer_keys where did = ${did}`)).length > 0
}
