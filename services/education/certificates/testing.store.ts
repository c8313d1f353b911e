import { randomUUID } from 'node:crypto'
import { sql } from '@azora/kit/sql.ts'
import type { TestKit } from '@azora/kit/testing.ts'
import { selectMyCertificates, selectOptionalCertificate } from './certificates.store.ts'
import { issueCertificate } from './issue-certificate.ts'

/** A learner who has completed a course. Names are stored as they are given, past the rule for them. */
export async function completedCourse(
  kit: TestKit,
  organizationId: string = randomUUID(),
  { recipient = 'Nomvula Dlamini', title = 'Rivers' } = {},
) {
  const [userId, instructorId, courseId, enrollmentId] = [0, 1, 2, 3].map(() => randomUUID()) as [
    string,
    string,
    string,
    string,
  ]
  const school = kit.db.in(organizationId)
  await school.run(sql`
    insert into organizations (id, slug, name) values (${organizationId}, ${`s-${organizationId}`}, ${'Ubuntu\u202e High'})
    on conflict do nothing`)
  await school.run(sql`
    insert into people (organization_id, user_id, name, email) values
      (${organizationId}, ${userId}, ${recipient}, 'nomvula@school.example'),
      (${organizationId}, ${instructorId}, ${'\u3164'}, 'thabo@school.example')`)
  await school.run(sql`
    insert into courses (id, organization_id, slug, title, instructor_id, category, level)
    values (${courseId}, ${organizationId}, ${`c-${courseId}`}, ${title}, ${instructorId}, 'Any', 'beginner')`)
  await school.run(sql`
    insert into enrollments (id, organization_id, course_id, user_id, enrolled_at)
    values (${enrollmentId}, ${organizationId}, ${courseId}, ${userId}, now())`)
  const completion = { enrollmentId, courseId, userId, organizationId, completedAt: new Date().toISOString() }
  return { school, organizationId, userId, instructorId, courseId, completion }
}

/** A learner's certificate, in a school of its own. */
export async function certificateOf(kit: TestKit, recipient?: string, title?: string) {
  const { completion, ...course } = await completedCourse(kit, undefined, { recipient, title })
  const { school, userId } = course
  await school.transaction(tx => issueCertificate(tx, completion, kit))
  const [row] = await selectMyCertificates(school, userId)
  const stored = row && (await selectOptionalCertificate(kit.db.across, row.id))
  if (!stored) throw new Error('No certificate was issued.')
  return { ...course, row, credential: stored.credential }
}

/** What was told of revoked certificates of a school: to other services, to the audit log. */
export const selectRevocationEvents = (kit: TestKit, organizationId: string) =>
  kit.db.infrastructure.rows<{ name: string; payload: Record<string, unknown> }>(sql`
    select name, payload from outbox where organization_id = ${organizationId}
      and (name = 'certificate.revoked' or payload ->> 'action' = 'certificate.revoked') order by name`)
