import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { goodPassword } from '../testing.ts'
import { createAccount } from './create-account.ts'
import { selectAuditActions, selectEvents } from './testing.store.ts'
import { startAccounts } from './testing.ts'

let auth: Awaited<ReturnType<typeof startAccounts>>
before(async () => {
  auth = await startAccounts()
})
after(() => auth.dispose())

let made = 0
const newAddress = () => `moved${++made}@home.example`
type Context = Awaited<ReturnType<typeof auth.member>>['context']
const start = (context: Context, email: string) => auth.handlers.startEmailChange({ email }, context)
const confirm = (context: Context, id: string, code: string) =>
  auth.handlers.confirmEmailChange({ id, code }, context)

async function moving() {
  const person = await auth.member()
  const wanted = newAddress()
  const { id, expiresAt } = await start(person.context, wanted)
  const code = (await auth.codeTo(wanted)) ?? ''
  return { ...person, wanted, id, code, expiresAt }
}

test('The code from the new mailbox moves the account; every school hears it, and the old address is told.', async () => {
  const person = await auth.member()
  const { email: old, userId, context } = person
  const joined = { email: old, name: 'x', password: goodPassword, organizationId: auth.south }
  await createAccount(auth.db, { ...joined, roles: ['learner'] })
  const wanted = newAddress()
  const { id } = await start(context, wanted)
  const account = await confirm(context, id, (await auth.codeTo(wanted)) ?? '')
  assert.equal(account.email, wanted)
  const heard = await selectEvents(auth.db.across, 'user.changed', userId)
  assert.deepEqual(
    heard.map(({ organizationId, email }) => [organizationId, email]).sort(),
    [
      [auth.north, wanted],
      [auth.south, wanted],
    ].sort(),
  )
  const [message] = await auth.emailsTo(old)
  assert.equal(message?.subject, 'Your email address was changed')
  assert.ok((await auth.login(wanted)).tokens)
  await assert.rejects(auth.login(old), { code: 'wrong_credentials' })
  const actions = await selectAuditActions(auth.db.across, userId)
  assert.deepEqual(
    actions.filter(action => action.startsWith('email.')),
    ['email.change_requested', 'email.changed'],
  )
})

test('An address that has an account gets the same answer from the same statements, and word of it instead of a code.', async () => {
  const one = await auth.member()
  const other = await auth.member()
  const { email: taken } = await auth.addPerson()
  const free = newAddress()
  const answers: object[] = []
  const ask = ({ context }: { context: Context }, email: string) =>
    auth.statementsOf(async () => answers.push(await start(context, email)))
  assert.deepEqual(await ask(one, taken), await ask(other, free))
  assert.deepEqual(Object.keys(answers[0] as object), Object.keys(answers[1] as object))
  assert.equal(await auth.codeTo(taken), null)
  assert.equal((await auth.emailsTo(taken))[0]?.subject, 'This email address already has an account')
  const [{ id }] = answers as [{ id: string }]
  await assert.rejects(confirm(one.context, id, '123456'), { code: 'code_rejected' })
})

test('Five wrong codes end it, each recorded; somebody else\u2019s code is nobody\u2019s.', async () => {
  const { context, id, code, userId } = await moving()
  const stranger = await auth.member()
  await assert.rejects(confirm(stranger.context, id, code), { code: 'link_expired' })
  const wrong = code === '000000' ? '000001' : '000000'
  for (let tries = 0; tries < 5; tries++) {
    await assert.rejects(confirm(context, id, wrong), { code: 'code_rejected' })
  }
  await assert.rejects(confirm(context, id, code), { code: 'link_expired' })
  const actions = await selectAuditActions(auth.db.across, userId)
  assert.equal(actions.filter(action => action === 'email.change_refused').length, 5)
})

test('A code works once, also when it comes twice at once, and not after ten minutes.', async () => {
  const twice = await moving()
  const outcomes = await Promise.allSettled([1, 2].map(() => confirm(twice.context, twice.id, twice.code)))
  assert.deepEqual(outcomes.map(outcome => outcome.status).sort(), ['fulfilled', 'rejected'])
  const late = await moving()
  assert.ok(Math.abs(Date.parse(late.expiresAt) - Date.now() - 10 * 60_000) < 60_000)
  await auth.db.across.run(
    sql`update email_changes set expires_at = clock_timestamp() - interval '1 second' where id = ${late.id}`,
  )
  await assert.rejects(confirm(late.context, late.id, late.code), { code: 'link_expired' })
})

test('Of two who prove one address, one has it.', async () => {
  const one = await auth.member()
  const other = await auth.member()
  const wanted = newAddress()
  const first = await start(one.context, wanted)
  const firstCode = (await auth.codeTo(wanted)) ?? ''
  const second = await start(other.context, wanted)
  const secondCode = (await auth.codeTo(wanted)) ?? ''
  const outcomes = await Promise.allSettled([
    confirm(one.context, first.id, firstCode),
    confirm(other.context, second.id, secondCode),
  ])
  const refused = outcomes.filter(outcome => outcome.status === 'rejected')
  assert.deepEqual(
    refused.map(({ reason }) => reason.code),
    ['link_expired'],
  )
})

test('A newer wish replaces the older; one\u2019s own address is refused at its field.', async () => {
  const { context, id, code, email } = await moving()
  await start(context, newAddress())
  await assert.rejects(confirm(context, id, code), { code: 'link_expired' })
  await assert.rejects(start(context, email), { code: 'invalid_input' })
})

test('Anyone who reads the old mailbox can no longer set a password once the account has moved.', async () => {
  const { context, id, code, email } = await moving()
  await auth.handlers.forgotPassword({ email }, auth.stranger())
  const token = await auth.tokenTo(email)
  await confirm(context, id, code)
  const input = { token, password: 'eleven crows in a tree' }
  await assert.rejects(auth.handlers.resetPassword(input, auth.stranger()), { code: 'link_expired' })
})

test('One person cannot have codes sent about without end.', async () => {
  const { context } = await auth.member()
  for (let asked = 0; asked < 10; asked++) await start(context, newAddress())
  await assert.rejects(start(context, newAddress()), { code: 'rate_limited' })
})
