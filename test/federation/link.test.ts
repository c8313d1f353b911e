import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { decodeJwt } from 'jose'
import { sql } from '../../kit/sql.ts'
import { sendIdentityNotice } from '../../services/auth/emails/identity-notice.ts'
import { startFederated, toldBy } from './azora.ts'
import { proveOutside, type Visitor } from './visitor.ts'

let azora: Awaited<ReturnType<typeof startFederated>>

before(async () => {
  azora = await startFederated()
})
beforeEach(async () => {
  await azora.forgetOutsiders()
  await azora.db.across.run(sql`delete from identities`)
})
afterEach(() => {
  delete azora.outside.google.interference.tokens
})
after(() => azora?.stop())

/** Go from the account to a provider; `way` is `''` to link, `/reauthenticate` to prove oneself. */
async function go(
  visitor: Visitor,
  provider: string,
  personId: string,
  { way = '', next, halt }: { way?: string; next?: string; halt?: (to: URL) => boolean } = {},
) {
  const answer = await azora.post(visitor, `/identities/${provider}${way}`, next ? { next } : {})
  assert.equal(answer.status, 200, answer.text)
  return proveOutside(visitor, await visitor.open(JSON.parse(answer.text).url), personId, halt)
}

const codeOf = ({ text }: { text: string }) => JSON.parse(text).code
const home = () => `${azora.url}/account/security`

test('An account elsewhere is linked, signs one in from then on, and is unlinked again.', async () => {
  const { userId, visitor } = await azora.member()
  for (const provider of ['google', 'github', 'apple']) {
    const page = await go(visitor, provider, 'outside-thabo', { next: '/account/security?tab=ways' })
    assert.equal(page.url.href, `${azora.url}/account/security?tab=ways`)
    const other = azora.createVisitor()
    await azora.signIn(other, provider, 'outside-thabo')
    assert.equal((await azora.me(other)).id, userId)
    assert.equal((await azora.post(visitor, `/identities/${provider}`, {}, 'DELETE')).status, 200)
    assert.equal(codeOf(await azora.post(visitor, `/identities/${provider}`, {}, 'DELETE')), 'not_found')
    assert.notEqual(toldBy(await azora.signIn(azora.createVisitor(), provider, 'outside-zanele')), null)
  }
  assert.deepEqual(await azora.identitiesOf(userId), [])
  const actions = (await azora.auditOf(userId)).filter(entry => entry.action.startsWith('identity.'))
  assert.deepEqual(actions[0], { action: 'identity.linked', provider: 'google' })
  assert.deepEqual(actions[1], { action: 'identity.unlinked', provider: 'google' })
  assert.equal(actions.length, 6)
})

test('Linking what is linked already changes nothing, and another account of the same provider waits.', async () => {
  const { userId, visitor } = await azora.member()
  await go(visitor, 'google', 'outside-thabo')
  assert.equal(toldBy(await go(visitor, 'google', 'outside-thabo')), null)
  await azora.db.across.run(sql`update identities set subject = 'an earlier one' where user_id = ${userId}`)
  const page = await go(visitor, 'google', 'outside-thabo')
  assert.equal(toldBy(page), 'already_linked')
  assert.equal(page.url.pathname, '/account/security')
})

test('An account elsewhere that signs in somebody else is not linked a second time.', async () => {
  const first = await azora.member()
  await go(first.visitor, 'google', 'outside-thabo')
  const second = await azora.member()
  assert.equal(toldBy(await go(second.visitor, 'google', 'outside-thabo')), 'identity_taken')
  assert.deepEqual(await azora.identitiesOf(second.userId), [])
})

test('What one session began no other finishes: neither of somebody else nor after signing out.', async () => {
  const first = await azora.member()
  const second = await azora.member()
  const toAzora = (to: URL) => to.href.startsWith(azora.api)
  const begun = await go(first.visitor, 'google', 'outside-thabo', { halt: toAzora })
  // The same browser, in which meanwhile someone else signed in.
  await azora.enterAs(first.visitor, second.userId)
  assert.equal(toldBy(await first.visitor.open(begun.url)), 'signed_out')

  const third = await azora.member()
  const left = await go(third.visitor, 'google', 'outside-thabo', { halt: toAzora })
  await azora.post(third.visitor, '/logout', {})
  assert.equal(toldBy(await third.visitor.open(left.url)), 'signed_out')
  for (const { userId } of [first, second, third]) assert.deepEqual(await azora.identitiesOf(userId), [])
})

test('An access token that ran out on the way does no harm.', async () => {
  const { userId, visitor } = await azora.member()
  const begun = await go(visitor, 'google', 'outside-thabo', { halt: to => to.href.startsWith(azora.api) })
  visitor.forget(azora.url, 'azora_access')
  assert.equal((await visitor.open(begun.url)).url.href, home())
  assert.equal((await azora.identitiesOf(userId)).length, 1)
})

test('The last way to sign in stays.', async () => {
  const visitor = azora.createVisitor()
  await azora.signIn(visitor, 'google', 'outside-amahle')
  const { id } = await azora.me(visitor)
  assert.equal(codeOf(await azora.post(visitor, '/identities/google', {}, 'DELETE')), 'last_way_in')
  assert.equal((await azora.identitiesOf(id)).length, 1)
  await go(visitor, 'github', 'outside-amahle')
  assert.equal((await azora.post(visitor, '/identities/google', {}, 'DELETE')).status, 200)
  assert.equal(codeOf(await azora.post(visitor, '/identities/github', {}, 'DELETE')), 'last_way_in')
})

test('Of two who each remove one of two ways at the same moment, one is refused.', async () => {
  const visitor = azora.createVisitor()
  await azora.signIn(visitor, 'google', 'outside-amahle')
  await go(visitor, 'github', 'outside-amahle')
  const { id } = await azora.me(visitor)
  const answers = await Promise.all(
    ['google', 'github'].map(provider => azora.post(visitor, `/identities/${provider}`, {}, 'DELETE')),
  )
  assert.deepEqual(answers.map(answer => answer.status).sort(), [200, 409])
  assert.equal((await azora.identitiesOf(id)).length, 1)
})

async function tire(userId: string, visitor: Visitor) {
  await azora.db.across.run(
    sql`update sessions set authenticated_at = now() - interval '1 hour' where user_id = ${userId}`,
  )
  assert.equal((await azora.post(visitor, '/refresh', {})).status, 200)
  assert.equal(codeOf(await azora.post(visitor, '/identities/apple', {})), 'step_up_required')
}

for (const provider of ['google', 'github', 'apple']) {
  test(`Who proves by ${provider} who they are may do sensitive things again.`, async () => {
    const { userId, visitor } = await azora.member()
    await go(visitor, provider, 'outside-thabo')
    await tire(userId, visitor)
    const page = await go(visitor, provider, 'outside-thabo', { way: '/reauthenticate', next: '/courses' })
    assert.equal(page.url.href, `${azora.url}/courses`)
    assert.equal((await azora.post(visitor, '/identities/apple', {})).status, 200)
    assert.deepEqual((await azora.auditOf(userId)).at(-1), {
      action: 'session.reauthenticated',
      method: provider,
      ...(provider === 'github' ? { freshness: 'untold' } : {}),
    })
  })
}

test('Another account at the provider proves nothing.', async () => {
  const { userId, visitor } = await azora.member()
  await go(visitor, 'google', 'outside-thabo')
  await tire(userId, visitor)
  const page = await go(visitor, 'google', 'outside-amahle', { way: '/reauthenticate' })
  assert.equal(toldBy(page), 'wrong_identity')
  assert.equal(codeOf(await azora.post(visitor, '/identities/apple', {})), 'step_up_required')
  assert.deepEqual((await azora.auditOf(userId)).at(-1), {
    action: 'session.refused',
    method: 'google',
    purpose: 'step_up',
    reason: 'wrong_identity',
  })
})

test('A proof that was given before, or when nobody knows, does not count where the provider can tell.', async () => {
  const { userId, visitor } = await azora.member()
  await go(visitor, 'google', 'outside-thabo')
  await tire(userId, visitor)
  for (const change of [
    (claims: Record<string, unknown>) => ({ ...claims, auth_time: Number(claims.iat) - 600 }),
    ({ auth_time: _, ...claims }: Record<string, unknown>) => claims,
  ]) {
    azora.outside.google.interference.tokens = async answer => ({
      ...answer,
      id_token: await azora.outside.google.forge(change(decodeJwt(String(answer.id_token)))),
    })
    const page = await go(visitor, 'google', 'outside-thabo', { way: '/reauthenticate' })
    assert.equal(toldBy(page), 'not_fresh')
  }
  assert.equal(codeOf(await azora.post(visitor, '/identities/apple', {})), 'step_up_required')
})

test('A provider is asked to let the person prove themselves anew, not to vouch from memory.', async () => {
  const { visitor } = await azora.member()
  await go(visitor, 'google', 'outside-thabo')
  const { url } = JSON.parse((await azora.post(visitor, '/identities/google/reauthenticate', {})).text)
  assert.equal(new URL(url).searchParams.get('prompt'), 'login')
  // It knows this browser, and shows its page all the same.
  const page = await visitor.open(url)
  assert.match(page.text, /Who are you\?/)
})

test('An account with a second factor proves itself by that, before and after the visit.', async () => {
  const { userId, visitor } = await azora.member()
  await go(visitor, 'google', 'outside-thabo')
  await tire(userId, visitor)
  const halt = (to: URL) => to.href.startsWith(azora.api)
  const begun = await go(visitor, 'google', 'outside-thabo', { way: '/reauthenticate', halt })
  await azora.db.across.run(sql`update users set mfa_enabled = true where id = ${userId}`)
  assert.equal(toldBy(await visitor.open(begun.url)), 'second_factor_required')
  assert.equal(codeOf(await azora.post(visitor, '/identities/google/reauthenticate', {})), 'conflict')
})

test('Nothing can be proved by what is not linked, nor linked at what is not set up.', async () => {
  const { visitor } = await azora.member()
  assert.equal(codeOf(await azora.post(visitor, '/identities/google/reauthenticate', {})), 'not_found')
  assert.equal(codeOf(await azora.post(visitor, '/identities/facebook', {})), 'invalid_input')
  assert.equal((await azora.post(azora.createVisitor(), '/identities/google', {})).status, 401)
})

test('The owner is told by email, and no name of theirs can add a line to its head.', async () => {
  const { userId, email } = await azora.addPerson()
  await azora.db.across.run(
    sql`update users set name = ${'Eve\nBcc: all@school.example'} where id = ${userId}`,
  )
  const at = new Date().toISOString()
  const notice = { userId, organizationId: azora.north, provider: 'google', at } as const
  for (const change of ['linked', 'unlinked'] as const) {
    await sendIdentityNotice(azora, { ...notice, change })
  }
  const [second, first] = (await azora.mail.mailbox?.()) ?? []
  assert.equal(first?.to, email)
  assert.equal(first?.subject, 'Google was linked to your account')
  assert.match(first?.text ?? '', /Anyone who can use it can sign in/)
  assert.match(first?.text ?? '', /^Hello Eve Bcc: all@school.example,$/m)
  assert.equal(second?.subject, 'Google was unlinked from your account')
})
