import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isSteppedUp } from '@azora/kit/access.ts'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { goodPassword } from '../testing.ts'
import { createAuthenticator } from './test-authenticator.ts'
import { startFactors } from './testing.ts'

let auth: Awaited<ReturnType<typeof startFactors>>
before(async () => {
  auth = await startFactors()
})
after(() => auth.dispose())

type Context = ReturnType<typeof testContext>
type Input = Parameters<typeof auth.handlers.reauthenticate>[0]

/** The context of a session in which the last proof lies an hour back. */
async function longAgo(context: Context): Promise<Context> {
  const { actor } = context
  assert.ok(actor)
  await auth.db.across.run(sql`
    update sessions set authenticated_at = clock_timestamp() - interval '1 hour' where id = ${actor.sessionId}`)
  return testContext({ ...actor, authenticatedAt: Math.floor(Date.now() / 1000) - 3600 })
}

const prove = (context: Context, input: Input) => auth.handlers.reauthenticate(input, context)
const byPassword = (password = goodPassword): Input => ({ method: 'password', password, session: 'token' })

test('A password opens sensitive actions again in an account without a second factor.', async () => {
  const member = await auth.member()
  const context = await longAgo(member.context)
  const before = await auth.handlers.getSecurity(undefined, context)
  assert.equal(before.stepUpUntil, null)
  assert.deepEqual(before.stepUpMethods, ['password'])
  const { tokens } = await prove(context, byPassword())
  const renewed = await auth.contextOf(tokens)
  assert.equal(renewed.actor.sessionId, member.context.actor.sessionId)
  assert.ok(isSteppedUp(renewed.actor))
  assert.ok((await auth.handlers.getSecurity(undefined, renewed)).stepUpUntil)
  assert.deepEqual((await auth.auditOf(member.userId)).at(-1), {
    action: 'session.reauthenticated',
    details: { method: 'password' },
  })
})

test('A wrong password opens nothing, and too many are stopped.', async () => {
  const { context, userId } = await auth.member()
  for (let attempt = 0; attempt < 10; attempt++) {
    await assert.rejects(prove(context, byPassword('not the password')), { code: 'wrong_credentials' })
  }
  await assert.rejects(prove(context, byPassword()), { code: 'rate_limited' })
  assert.deepEqual((await auth.auditOf(userId)).at(-1), {
    action: 'session.refused',
    details: { method: 'password', purpose: 'step_up' },
  })
})

test('With a second factor the password is not enough; a code of the app is, once.', async () => {
  const member = await auth.member()
  const { secret, codes } = await auth.addTotp(member.context)
  const context = await longAgo(member.context)
  assert.deepEqual((await auth.handlers.getSecurity(undefined, context)).stepUpMethods, ['totp'])
  await assert.rejects(prove(context, byPassword()), { code: 'wrong_credentials' })
  const recovery: Input = { method: 'totp', code: codes[0] as string, session: 'token' }
  await assert.rejects(prove(context, recovery), { code: 'code_rejected' })
  const code = await auth.freshCode(member.userId, secret)
  const { tokens } = await prove(context, { method: 'totp', code, session: 'token' })
  assert.ok(isSteppedUp((await auth.contextOf(tokens)).actor))
  await assert.rejects(prove(context, { method: 'totp', code, session: 'token' }), { code: 'code_rejected' })
})

test('A passkey proves it too, to the session that asked, once, and only one\u2019s own.', async () => {
  const member = await auth.member()
  const { authenticator } = await auth.addPasskey(member.context)
  const context = await longAgo(member.context)
  assert.deepEqual((await auth.handlers.getSecurity(undefined, context)).stepUpMethods, ['passkey'])
  const begin = () => auth.handlers.startPasskeyCheck({}, context)
  const answer = ({ ceremonyId, options }: Awaited<ReturnType<typeof begin>>, by = authenticator): Input => ({
    method: 'passkey',
    ceremonyId,
    response: by.get(options),
    session: 'token',
  })

  const stranger = await auth.member()
  const theirs = await auth.addPasskey(stranger.context)
  await assert.rejects(prove(context, answer(await begin(), theirs.authenticator)), {
    code: 'wrong_credentials',
  })
  await assert.rejects(prove(stranger.context, answer(await begin())), { code: 'link_expired' })
  const alone = await auth.handlers.startPasskeySignIn({}, testContext())
  await assert.rejects(prove(context, answer(alone)), { code: 'link_expired' })

  const begun = await begin()
  const input = answer(begun)
  const { tokens } = await prove(context, input)
  assert.ok(isSteppedUp((await auth.contextOf(tokens)).actor))
  await assert.rejects(prove(context, input), { code: 'link_expired' })
})

test('Who has no passkey can begin a check and finish none.', async () => {
  const { context } = await auth.member()
  const begun = await auth.handlers.startPasskeyCheck({}, context)
  assert.deepEqual(begun.options.allowCredentials, [])
  const foreign = createAuthenticator()
  foreign.create({ challenge: 'x', rp: { id: 'localhost' }, user: { id: 'AAAA' } })
  const response = foreign.get(begun.options)
  const input: Input = { method: 'passkey', ceremonyId: begun.ceremonyId, response, session: 'token' }
  await assert.rejects(prove(context, input), { code: 'wrong_credentials' })
})

test('A session that was ended cannot be renewed by a proof.', async () => {
  const { context } = await auth.member()
  await auth.handlers.logout({}, context)
  await assert.rejects(prove(context, byPassword()), { code: 'session_expired' })
})
