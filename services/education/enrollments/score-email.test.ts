import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { certificateOf } from '../certificates/testing.store.ts'
import { education } from '../service.ts'
import { sendScoreEmail } from './score-email.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

test('The learner is told of a changed score with what it was and is; who is not enrolled gets nothing.', async () => {
  const { organizationId, userId, courseId } = await certificateOf(kit)
  const told = { organizationId, userId, courseId, quizTitle: 'Rivers', before: 50, after: 66.67 }
  const mails = async () => (await kit.mail.mailbox?.()) ?? assert.fail('no mailbox')
  await sendScoreEmail(kit, { ...told, userId: courseId })
  assert.deepEqual(await mails(), [])
  await sendScoreEmail(kit, told)
  const [email, ...more] = await mails()
  assert.deepEqual(more, [])
  assert.match(String(email?.subject), /Rivers/)
  assert.match(String(email?.text), /was 50%\. It is now 66\.7%\./)
})
