import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nameFault } from '@azora/contracts/names.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit, untilBlocked } from '@azora/kit/testing.ts'
import { education } from '../service.ts'
import { issueCertificate } from './issue-certificate.ts'
import { certificateOf, completedCourse } from './testing.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

const issue = async (recipient: string, title: string) => {
  const { row, credential } = await certificateOf(kit, recipient, title)
  return { row, credential: credential as { name: string; credentialSubject: { name: string } } }
}

test('What is signed into a certificate can be seen and runs in one direction, whatever was stored.', async () => {
  const { row, credential } = await issue('Nom\u202evula\u200b', 'Rivers\u2066 of Africa')
  assert.deepEqual([credential.credentialSubject.name, credential.name], ['Nomvula', 'Rivers of Africa'])
  assert.deepEqual(
    [row.recipientName, row.courseTitle, row.schoolName],
    ['Nomvula', 'Rivers of Africa', 'Ubuntu High'],
  )
  assert.equal(nameFault(row.instructorName), null)
})

test('A learner whose stored name shows nothing still gets a certificate.', async () => {
  const { credential } = await issue('\u3164', 'Rivers')
  assert.equal(nameFault(credential.credentialSubject.name), null)
})

test('Two first certificates of a school at once are signed by one key, and an enrolment that completes twice has one.', async () => {
  const { school, organizationId, completion } = await completedCourse(kit)
  const other = await completedCourse(kit, organizationId)
  await Promise.all(
    [completion, other.completion, completion].map(one =>
      school.transaction(tx => issueCertificate(tx, one, kit)),
    ),
  )
  const issuers = await school.rows<{ did: string }>(sql`
    select credential -> 'issuer' ->> 'id' as did from certificates where organization_id = ${organizationId}`)
  assert.equal(issuers.length, 2)
  assert.equal(new Set(issuers.map(({ did }) => did)).size, 1)
})

test('The school that has made its key, and not committed, keeps another certificate waiting, which takes that key.', async () => {
  const { school, organizationId, completion } = await completedCourse(kit)
  const other = await completedCourse(kit, organizationId)
  const issued = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const first = school.transaction(async tx => {
    await issueCertificate(tx, completion, kit)
    issued.resolve()
    await commit.promise
  })
  await issued.promise
  const second = school.transaction(tx => issueCertificate(tx, other.completion, kit))
  await untilBlocked(kit.db)
  commit.resolve()
  await Promise.all([first, second])
  const keys = await school.rows(sql`select 1 from issuer_keys where organization_id = ${organizationId}`)
  assert.equal(keys.length, 1)
})
