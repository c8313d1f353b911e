import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { nameFault } from '@azora/contracts/names.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import pg from 'pg'
import { education } from '../service.ts'
import { selectMyCertificates, selectOptionalCertificate } from './certificates.store.ts'
import { issueCertificate } from './issue-certificate.ts'

let kit: TestKit
let admin: pg.Client
before(async () => {
  kit = await createTestKit(education)
  admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  await admin.query('set search_path to education, public')
})
after(async () => {
  await admin.end()
  await kit.dispose()
})

/** The certificate for a learner and a course whose names were stored before there was a rule for them. */
async function certificateOf(recipient: string, title: string) {
  const [organizationId, userId, teacherId, courseId, enrollmentId] = Array.from({ length: 5 }, () =>
    randomUUID(),
  )
  await admin.query("insert into organizations (id, slug, name) values ($1, $2, 'Ubuntu\u202e High')", [
    organizationId,
    `s-${organizationId}`,
  ])
  await admin.query(
    "insert into people (organization_id, user_id, name, email) values ($1, $2, $3, 'a@b.example'), ($1, $4, '\u3164', 'c@d.example')",
    [organizationId, userId, recipient, teacherId],
  )
  await admin.query(
    "insert into courses (id, organization_id, slug, title, instructor_id, category, level) values ($1, $2, $3, $4, $5, 'Any', 'beginner')",
    [courseId, organizationId, `c-${courseId}`, title, teacherId],
  )
  await admin.query(
    'insert into enrollments (id, organization_id, course_id, user_id, enrolled_at) values ($1, $2, $3, $4, now())',
    [enrollmentId, organizationId, courseId, userId],
  )
  const school = kit.db.in(organizationId as string)
  await school.transaction(tx =>
    issueCertificate(
      tx,
      {
        enrollmentId: enrollmentId as string,
        courseId: courseId as string,
        userId: userId as string,
        organizationId: organizationId as string,
        completedAt: new Date().toISOString(),
      },
      kit,
    ),
  )
  const [row] = await selectMyCertificates(school, userId as string)
  assert.ok(row)
  const stored = await selectOptionalCertificate(kit.db.across, row.id)
  const credential = stored?.credential as { name: string; credentialSubject: { name: string } }
  return { row, credential }
}

test('What is signed into a certificate can be seen and runs in one direction, whatever was stored.', async () => {
  const { row, credential } = await certificateOf('Nom\u202evula\u200b', 'Rivers\u2066 of Africa')
  assert.deepEqual([credential.credentialSubject.name, credential.name], ['Nomvula', 'Rivers of Africa'])
  assert.deepEqual(
    [row.recipientName, row.courseTitle, row.schoolName],
    ['Nomvula', 'Rivers of Africa', 'Ubuntu High'],
  )
  assert.equal(nameFault(row.instructorName), null)
})

test('A learner whose stored name shows nothing still gets a certificate.', async () => {
  const { credential } = await certificateOf('\u3164', 'Rivers')
  assert.equal(nameFault(credential.credentialSubject.name), null)
})
