import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nameFault } from '@azora/contracts/names.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { education } from '../service.ts'
import { certificateOf } from './testing.store.ts'

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
