import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { inTurn } from '@azora/kit/testing.ts'
import { insertIdentity } from '../federation/identities.store.ts'
import { unlinkIdentity } from '../federation/link.ts'
import { removePasskey } from './passkeys.ts'
import { startFactors } from './testing.ts'

/** Anyone without a password keeps a way to sign in, whatever they remove at the same moment. */

let auth: Awaited<ReturnType<typeof startFactors>>
before(async () => {
  auth = await startFactors()
})
after(() => auth.dispose())

type Person = Awaited<ReturnType<typeof auth.member>>
type Way = (person: Person) => Promise<() => Promise<unknown>>

/** Each adds a way to sign in, and gives what removes it. */
const passkey: Way = async ({ context }) => {
  const { passkey } = await auth.addPasskey(context)
  return () => removePasskey(auth.db, { ...context, revocations: auth.revocations }, passkey.id)
}
const linked =
  (provider: 'google' | 'github'): Way =>
  async ({ context, userId }) => {
    await insertIdentity(auth.db.across, { userId, provider, subject: userId, label: 'octo' })
    return () => unlinkIdentity(auth.db, context, provider)
  }

const ways = { 'a passkey': passkey, Google: linked('google'), GitHub: linked('github') }
const pairs = [
  ['a passkey', 'Google'],
  ['Google', 'a passkey'],
  ['a passkey', 'a passkey'],
  ['Google', 'GitHub'],
] as const

for (const [one, other] of pairs) {
  test(`Of ${one} and ${other}, removed at once in this order, the second stays as the last way in.`, async () => {
    const person = await auth.member()
    const removeOne = await ways[one](person)
    const removeOther = await ways[other](person)
    await auth.db.across.run(sql`update users set password_hash = null where id = ${person.userId}`)
    const account = sql`select from users where id = ${person.userId} for update`
    const [first, second] = await inTurn(auth.db, account, removeOne, removeOther)
    assert.equal(first.status, 'fulfilled')
    assert.equal(second.status === 'rejected' && second.reason.code, 'last_way_in')
    const { passkeys, identities } = await auth.handlers.getSecurity(undefined, person.context)
    assert.equal(passkeys.length + identities.length, 1)
  })
}
