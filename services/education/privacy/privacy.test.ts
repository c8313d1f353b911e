import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { selectOptionalCertificate } from '../certificates/certificates.store.ts'
import { checkCredential } from '../certificates/check-certificate.ts'
import { certificateOf } from '../certificates/testing.store.ts'
import { education } from '../service.ts'
import { educationPersonalData } from './personal-data.ts'
import { selectEnrollmentsOf } from './privacy.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

test('With a learner go their enrolments and certificates, and the school vouches for them no more.', async () => {
  const [gone, other] = [await certificateOf(kit), await certificateOf(kit)]
  const { gather, erase } = educationPersonalData(kit)
  const files = await gather(gone.school, gone.userId)
  assert.ok(JSON.stringify(files).includes(gone.row.id))
  await gone.school.transaction(tx => erase(tx, gone.userId))
  assert.equal(await selectOptionalCertificate(kit.db.across, gone.row.id), null)
  assert.deepEqual(await selectEnrollmentsOf(gone.school, gone.userId), [])
  assert.equal((await checkCredential(kit.db, gone.credential, 'a')).valid, false)
  assert.equal((await checkCredential(kit.db, other.credential, 'a')).valid, true)
})
