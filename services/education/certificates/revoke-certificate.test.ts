import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Role } from '@azora/contracts/permissions.ts'
import type { Caller } from '@azora/kit/caller.ts'
import { createTestKit, type TestKit, untilBlocked } from '@azora/kit/testing.ts'
import { education } from '../service.ts'
import { revokeStanding } from './certificates.store.ts'
import { checkCredential, listMyCertificates, readCertificate } from './check-certificate.ts'
import { sendRevocationEmail } from './revocation-email.ts'
import { revokeCertificate } from './revoke-certificate.ts'
import { certificateOf, selectRevocationEvents } from './testing.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

type Issued = Awaited<ReturnType<typeof certificateOf>>

const callerAs = ({ organizationId }: Issued, userId: string, roles: Role[]): Caller => ({
  actor: { userId, organizationId, sessionId: randomUUID(), roles, authenticatedAt: 0 },
  ip: '127.0.0.1',
  userAgent: 'test',
})
const input = ({ row }: Issued) => ({
  certificateId: row.id,
  reason: 'details_wrong' as const,
  note: 'Your name was misspelled.',
})
const revoke = (issued: Issued, by = callerAs(issued, issued.instructorId, ['instructor'])) =>
  revokeCertificate(kit.db, by, input(issued), kit.publicUrl)

test('A certificate that was revoked is not valid any more, and all who check it see when and why.', async () => {
  const issued = await certificateOf(kit)
  const before = await checkCredential(kit.db, issued.credential, 'a')
  assert.deepEqual([before.valid, before.revokedAt, before.revocationReason], [true, null, null])
  const { revokedAt } = await revoke(issued)
  assert.ok(revokedAt)
  const verdict = await checkCredential(kit.db, issued.credential, 'a')
  assert.deepEqual(
    [verdict.valid, verdict.revokedAt, verdict.revocationReason],
    [false, revokedAt, 'details_wrong'],
  )
  const failed = verdict.checks.filter(({ ok }) => !ok)
  assert.deepEqual(
    failed.map(({ name }) => name),
    ['register'],
  )
  assert.equal(failed[0]?.detail, 'The school revoked this certificate.')
  const shown = await readCertificate(kit.db, issued.row.id, kit.publicUrl)
  assert.deepEqual([shown.revokedAt, shown.revocationReason], [revokedAt, 'details_wrong'])
  const { items } = await listMyCertificates(kit.db, callerAs(issued, issued.userId, []).actor, kit.publicUrl)
  assert.equal(items[0]?.revokedAt, revokedAt)
  assert.ok(!JSON.stringify([verdict, shown, items]).includes('misspelled'), 'the note is not public')
})

test("The course's instructor and who manages all courses may revoke; a colleague, the learner and another school may not.", async () => {
  const issued = await certificateOf(kit)
  await assert.rejects(revoke(issued, callerAs(issued, randomUUID(), ['instructor'])), { code: 'forbidden' })
  await assert.rejects(revoke(issued, callerAs(issued, issued.userId, ['learner'])), { code: 'forbidden' })
  const other = await certificateOf(kit)
  await assert.rejects(revoke(issued, callerAs(other, randomUUID(), ['admin'])), { code: 'not_found' })
  await assert.rejects(revoke(issued, callerAs(issued, issued.instructorId, ['learner'])), {
    code: 'forbidden',
  })
  assert.equal((await readCertificate(kit.db, issued.row.id, kit.publicUrl)).revokedAt, null)
  assert.ok((await revoke(issued, callerAs(issued, randomUUID(), ['admin']))).revokedAt)
})

test('A revocation is told to other services and to the audit log once, and the log holds no note.', async () => {
  const issued = await certificateOf(kit)
  const by = callerAs(issued, randomUUID(), ['admin'])
  const { revokedAt } = await revoke(issued, by)
  await assert.rejects(revoke(issued), { code: 'conflict' })
  const [audit, event, ...more] = await selectRevocationEvents(kit, issued.organizationId)
  assert.deepEqual(more, [])
  assert.deepEqual(event?.payload, {
    certificateId: issued.row.id,
    courseId: issued.courseId,
    userId: issued.userId,
    organizationId: issued.organizationId,
    reason: 'details_wrong',
    revokedAt,
  })
  assert.partialDeepStrictEqual(audit?.payload, {
    actor: { kind: 'person', id: by.actor.userId },
    subject: { kind: 'person', id: issued.userId },
    details: { certificateId: issued.row.id, courseId: issued.courseId, revocationReason: 'details_wrong' },
  })
  assert.ok(!JSON.stringify(audit).includes('misspelled'))
})

test('Of two who revoke at once the second is told, and nothing is told twice.', async () => {
  const issued = await certificateOf(kit)
  const revoked = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const first = issued.school.transaction(async tx => {
    await revokeStanding(tx, issued.row.id, { reason: 'other', note: 'A note', userId: randomUUID() })
    revoked.resolve()
    await commit.promise
  })
  await revoked.promise
  const second = revoke(issued)
  second.catch(() => {})
  await untilBlocked(kit.db)
  commit.resolve()
  await first
  await assert.rejects(second, { code: 'conflict' })
  assert.deepEqual(await selectRevocationEvents(kit, issued.organizationId), [])
})

test('The learner gets an email with the reason and the note.', async () => {
  const issued = await certificateOf(kit)
  const job = { certificateId: issued.row.id, organizationId: issued.organizationId }
  const mails = async () => (await kit.mail.mailbox?.()) ?? assert.fail('no mailbox')
  await sendRevocationEmail(kit, job)
  assert.deepEqual(await mails(), [], 'nothing is told before it happens')
  await revoke(issued)
  await sendRevocationEmail(kit, job)
  const [email, ...more] = await mails()
  assert.deepEqual(more, [])
  assert.equal(email?.to, 'nomvula@school.example')
  assert.match(String(email?.text), /Some of its details were wrong\.[\s\S]*Your name was misspelled\./)
  assert.ok(email?.text.includes(`/certificates/${issued.row.id}`))
})

test('The register makes nothing good that was changed after it was signed.', async () => {
  const { credential, row } = await certificateOf(kit)
  const verdict = await checkCredential(kit.db, { ...credential, name: 'Medicine' }, 'a')
  assert.deepEqual([verdict.valid, verdict.certificateId], [false, row.id])
  const failed = verdict.checks.filter(({ ok }) => !ok).map(({ name }) => name)
  assert.deepEqual(failed, ['signature'])
})
