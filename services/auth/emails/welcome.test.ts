import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { createAccount } from '../accounts/create-account.ts'
import { createOrganization } from '../organizations/organizations.ts'
import { auth } from '../service.ts'
import { sendWelcome } from './welcome.ts'

let kit: TestKit
let organizationId: string

before(async () => {
  kit = await createTestKit(auth)
  organizationId = await createOrganization(kit.db, {
    slug: 'letters',
    name: 'School of Letters',
    isDefault: true,
  })
})
after(() => kit.dispose())

it('writes to who has joined, in the name of the school', async () => {
  const person = { email: 'reader@test.example', name: 'Nandi Reader', password: 'seven goats on a wall' }
  const userId = await createAccount(kit.db, { ...person, roles: ['learner'], organizationId })
  await sendWelcome(kit, { userId, organizationId })
  const [message] = (await kit.mail.mailbox?.()) ?? []
  assert.equal(message?.to, person.email)
  assert.equal(message?.subject, 'Welcome to School of Letters')
  assert.match(message?.text ?? '', /Hello Nandi Reader/)
})

it('writes to nobody who is not a member', async () => {
  const before = ((await kit.mail.mailbox?.()) ?? []).length
  await sendWelcome(kit, { userId: randomUUID(), organizationId })
  assert.equal(((await kit.mail.mailbox?.()) ?? []).length, before)
})
