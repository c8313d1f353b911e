import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startAuth } from '../testing.ts'
import { ageAccount } from './testing.store.ts'

let auth: Awaited<ReturnType<typeof startAuth>>
before(async () => {
  auth = await startAuth()
})
after(() => auth.dispose())

test('A password does not expire: after ten years it signs in, and nobody is asked to change it.', async () => {
  const { email, userId } = await auth.addPerson()
  await ageAccount(auth.db.across, userId, 10)
  const answer = await auth.login(email)
  assert.ok(answer.tokens)
  assert.deepEqual(
    Object.keys(answer).sort(),
    Object.keys(await auth.login((await auth.addPerson()).email)).sort(),
  )
})
