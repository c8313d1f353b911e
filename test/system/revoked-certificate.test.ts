import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { appoint, clientFor, emailsTo, openAuthDatabase, refusal, signUp, systemUnderTest } from '../api.ts'
import { complete, makeCourse } from '../courses.ts'
import { until } from '../system.ts'

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
after(() => authDb.close())

test('A teacher revokes a certificate: everyone who checks it sees that, the learner is told, and the log knows who did it.', async () => {
  const visitor = clientFor(url, null)
  const teacher = await appoint(url, authDb, { role: 'instructor' })
  const admin = await appoint(url, authDb, { role: 'admin' })
  const course = await makeCourse(url, teacher)
  const learner = await signUp(url, 'Lerato Khumalo')
  const certificateId = await complete(learner, course)
  const { items } = await teacher.api.education.getRoster({ courseId: course.courseId })
  assert.equal(items[0]?.certificateId, certificateId)

  const input = { certificateId, reason: 'details_wrong' as const, note: 'The surname was misspelled.' }
  assert.equal(await refusal(learner.api.education.revokeCertificate(input)), 'forbidden')
  const { revokedAt } = await teacher.api.education.revokeCertificate(input)
  assert.equal(await refusal(admin.api.education.revokeCertificate(input)), 'conflict')

  const shown = await visitor.education.getCertificate({ certificateId })
  assert.deepEqual([shown.revokedAt, shown.revocationReason], [revokedAt, 'details_wrong'])
  assert.ok(!JSON.stringify(shown).includes('surname'), 'the note is for the learner and the school')
  const { credential } = shown
  const verdict = await visitor.education.verifyCredential({ credential })
  assert.deepEqual(
    [verdict.valid, verdict.issuedHere, verdict.revokedAt, verdict.revocationReason],
    [false, true, revokedAt, 'details_wrong'],
  )

  const email = await until('The email', async () =>
    (await emailsTo(url, learner.email)).find(({ subject }) => subject.includes('was revoked')),
  )
  assert.match(email.text, /The surname was misspelled\./)
  const entry = await until('The entry', async () => {
    const page = await admin.api.auth.listAudit({ action: 'certificate.revoked' })
    return page.items.find(({ details }) => details.certificateId === certificateId)
  })
  assert.equal(entry.actor.id, teacher.userId)
  assert.equal(entry.details.revocationReason, 'details_wrong')
})
