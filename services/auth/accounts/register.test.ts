import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { testContext } from '@azora/kit/testing.ts'
import { createOrganization } from '../organizations/organizations.ts'
import { goodPassword } from '../testing.ts'
import { purgeUnproved } from './purge.ts'
import { selectAuditActions, selectEvents } from './testing.store.ts'
import { relativeWork, startAccounts } from './testing.ts'

let auth: Awaited<ReturnType<typeof startAccounts>>
before(async () => {
  auth = await startAccounts()
})
after(() => auth.dispose())

let made = 0
const newAddress = () => `newcomer${++made}@home.example`
const newcomer = (email: string) => ({ email, password: goodPassword, name: 'Zola Dlamini' })
const confirm = (id: string, code: string, context = auth.stranger()) =>
  auth.handlers.confirmRegistration({ id, code, session: 'token' }, context)

/** Ask for an account, and read its code. */
async function registered(email = newAddress(), context = auth.stranger()) {
  const { id, expiresAt } = await auth.handlers.register(newcomer(email), context)
  const code = await auth.codeTo(email)
  assert.ok(code)
  return { email, id, code, expiresAt }
}

const otherThan = (code: string) => (code === '000000' ? '000001' : '000000')
const accountsOf = (email: string) =>
  auth.db.across.rows<{ id: string }>(sql`select id from users where email = ${email}`)

test('A code from the email opens the account of a learner, signs in, and is announced and recorded.', async () => {
  const { email, id, code, expiresAt } = await registered()
  assert.equal((await accountsOf(email)).length, 0)
  assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 10 * 60_000) < 60_000)
  const { account, tokens } = await confirm(id, code)
  assert.deepEqual(
    [account.email, account.name, account.roles, account.organization.slug],
    [email, 'Zola Dlamini', ['learner'], 'north'],
  )
  assert.equal((await auth.identity.verify(tokens?.accessToken ?? '')).userId, account.id)
  assert.equal((await selectEvents(auth.db.across, 'user.created', account.id)).length, 1)
  assert.deepEqual(await selectAuditActions(auth.db.across, account.id), [
    'account.registered',
    'session.started',
  ])
  assert.ok((await auth.login(email)).tokens)
})

test('The school named by the address or the form is joined; an unknown one is not found.', async () => {
  const email = newAddress()
  const context = Object.assign(auth.stranger(), { school: 'south' })
  const { id } = await auth.handlers.register(newcomer(email), context)
  const { account } = await confirm(id, (await auth.codeTo(email)) ?? '')
  assert.equal(account.organization.slug, 'south')
  const unknown = { ...newcomer(newAddress()), school: 'nowhere' }
  await assert.rejects(auth.handlers.register(unknown, auth.stranger()), { code: 'not_found' })
})

test('A school that takes only whom it invites says so.', async () => {
  const school = await createOrganization(auth.db, { slug: 'closed', name: 'Closed', isDefault: false })
  await auth.db.across.run(sql`update organizations set registration = 'invitation' where id = ${school}`)
  const asked = { ...newcomer(newAddress()), school: 'closed' }
  await assert.rejects(auth.handlers.register(asked, auth.stranger()), { code: 'forbidden' })
  const options = await auth.handlers.signInOptions({ school: 'closed' }, testContext())
  assert.equal(options.registration, 'invitation')
})

test('An address that has an account gets the same answer, from the same statements, and another email.', async () => {
  const { email: known } = await auth.addPerson()
  const unknown = newAddress()
  const answers: object[] = []
  const ask = (email: string) =>
    auth.statementsOf(async () =>
      answers.push(await auth.handlers.register(newcomer(email), auth.stranger())),
    )
  assert.deepEqual(await ask(known), await ask(unknown))
  assert.deepEqual(Object.keys(answers[0] as object), Object.keys(answers[1] as object))
  const [message] = await auth.emailsTo(known)
  assert.match(message?.subject ?? '', /^You already have an account/)
  assert.match(message?.text ?? '', /\/signin\n/)
  assert.match(message?.text ?? '', /\/forgot-password\n/)
  assert.equal(await auth.codeTo(known), null)
  assert.ok(await auth.codeTo(unknown))
})

test('Asking with a known address takes about as long as with an unknown one.', async () => {
  const { email: known } = await auth.addPerson()
  const ask = (email: string) => auth.handlers.register(newcomer(email), auth.stranger())
  const ratio = await relativeWork(
    () => ask(known),
    () => ask(newAddress()),
  )
  assert.ok(ratio > 1 / 3 && ratio < 3, `${ratio}`)
})

test('For a known address every code is wrong, and the fifth ends it, as for an unknown one.', async () => {
  const { email } = await auth.addPerson()
  const { id } = await auth.handlers.register(newcomer(email), auth.stranger())
  await auth.settle()
  for (let tries = 0; tries < 5; tries++) {
    await assert.rejects(confirm(id, '123456'), { code: 'code_rejected' })
  }
  await assert.rejects(confirm(id, '123456'), { code: 'link_expired' })
})

test('A wrong code takes the same statements whether or not the address has an account.', async () => {
  const { email } = await auth.addPerson()
  const { id: known } = await auth.handlers.register(newcomer(email), auth.stranger())
  const unknown = await registered()
  const attempt = (id: string, code: string) =>
    auth.statementsOf(() => assert.rejects(confirm(id, code), { code: 'code_rejected' }))
  assert.deepEqual(await attempt(known, '123456'), await attempt(unknown.id, otherThan(unknown.code)))
})

test('Five wrong codes end a registration, also when they come at once; the right one is too late then.', async () => {
  const { id, code, email } = await registered()
  const outcomes = await Promise.allSettled(Array.from({ length: 9 }, () => confirm(id, otherThan(code))))
  const codes = outcomes.map(outcome => (outcome.status === 'rejected' ? outcome.reason.code : 'opened'))
  assert.equal(codes.filter(text => text === 'code_rejected').length, 5)
  assert.equal(codes.filter(text => text === 'link_expired').length, 4)
  await assert.rejects(confirm(id, code), { code: 'link_expired' })
  assert.equal((await accountsOf(email)).length, 0)
})

test('A code works once, also when it comes twice at once.', async () => {
  const { id, code, email } = await registered()
  const outcomes = await Promise.allSettled([confirm(id, code), confirm(id, code), confirm(id, code)])
  assert.deepEqual(outcomes.map(outcome => outcome.status).sort(), ['fulfilled', 'rejected', 'rejected'])
  await assert.rejects(confirm(id, code), { code: 'link_expired' })
  assert.equal((await accountsOf(email)).length, 1)
})

test('Of two who ask for one address, one gets it, also when both codes come at once.', async () => {
  const email = newAddress()
  const one = await registered(email)
  const other = await auth.handlers.register({ ...newcomer(email), name: 'Somebody' }, auth.stranger())
  const otherCode = (await auth.codeTo(email)) ?? ''
  const outcomes = await Promise.allSettled([confirm(one.id, one.code), confirm(other.id, otherCode)])
  assert.deepEqual(outcomes.map(outcome => outcome.status).sort(), ['fulfilled', 'rejected'])
  assert.equal((await accountsOf(email)).length, 1)
})

test('The code of one registration opens no other of the same address: who began it is asked for too.', async () => {
  const email = newAddress()
  const stranger = await auth.handlers.register(newcomer(email), auth.stranger())
  await auth.settle()
  const owner = await auth.handlers.register({ ...newcomer(email), name: 'Owner' }, auth.stranger())
  const code = (await auth.codeTo(email)) ?? ''
  await assert.rejects(confirm(stranger.id, code), { code: 'code_rejected' })
  assert.equal((await confirm(owner.id, code)).account.name, 'Owner')
  const [message] = await auth.emailsTo(email)
  assert.ok(!message?.text.includes(owner.id) && !message?.text.includes(stranger.id))
})

test('After ten minutes the code is worth nothing, and the purge leaves no trace of it.', async () => {
  const { id, code, email } = await registered()
  await auth.db.across.run(
    sql`update registrations set expires_at = clock_timestamp() - interval '1 second' where id = ${id}`,
  )
  await assert.rejects(confirm(id, code), { code: 'link_expired' })
  await purgeUnproved(auth.db)
  const left = await auth.db.across.rows(sql`select id from registrations where email = ${email}`)
  assert.equal(left.length, 0)
})

test('Pressing the button again within a minute names the same registration and sends no second email.', async () => {
  const email = newAddress()
  const context = auth.stranger()
  const first = await auth.handlers.register(newcomer(email), context)
  const again = await auth.handlers.register(newcomer(email), context)
  assert.deepEqual(again, first)
  assert.equal((await auth.emailsTo(email)).length, 1)
})

test('One who asks again with another password is somebody else, and does not get the first one\u2019s registration.', async () => {
  const email = newAddress()
  const first = await auth.handlers.register(newcomer(email), auth.stranger())
  const other = { ...newcomer(email), password: 'a wall of seven goats' }
  assert.notEqual((await auth.handlers.register(other, auth.stranger())).id, first.id)
})

test('One network fills no mailbox, is answered as ever, and keeps nobody elsewhere from registering.', async () => {
  const email = newAddress()
  const flood = auth.stranger()
  for (let asked = 0; asked < 8; asked++) {
    const input = { ...newcomer(email), name: `Flood ${asked}` }
    assert.ok((await auth.handlers.register(input, flood)).id)
  }
  assert.equal((await auth.emailsTo(email)).length, 3)
  const { account } = await auth.handlers
    .register({ ...newcomer(email), name: 'Owner' }, auth.stranger())
    .then(async ({ id }) => confirm(id, (await auth.codeTo(email)) ?? ''))
  assert.equal(account.name, 'Owner')
})

test('Many networks together fill no mailbox either.', async () => {
  const email = newAddress()
  for (let asked = 0; asked < 9; asked++) {
    await auth.handlers.register({ ...newcomer(email), name: `Many ${asked}` }, auth.stranger())
  }
  assert.equal((await auth.emailsTo(email)).length, 6)
  const rows = await auth.db.across.rows(sql`select id from registrations where email = ${email}`)
  assert.equal(rows.length, 6)
})

test('Guessing at codes of many registrations from one network is stopped.', async () => {
  const guesser = auth.stranger()
  for (let tries = 0; tries < 60; tries++) {
    await assert.rejects(confirm(randomUUID(), '123456', guesser), { code: 'link_expired' })
  }
  await assert.rejects(confirm(randomUUID(), '123456', guesser), { code: 'rate_limited' })
  const { id, code } = await registered()
  assert.ok((await confirm(id, code)).tokens)
})

test('A password that is easy to guess is refused before an email goes out.', async () => {
  const email = newAddress()
  const input = { ...newcomer(email), password: 'zola dlamini 1' }
  await assert.rejects(auth.handlers.register(input, auth.stranger()), {
    code: 'invalid_input',
    data: {
      fields: [
        {
          path: 'password',
          code: 'password_contains_name',
          reason: 'password_contains_name',
          message: 'The password must not contain your name.',
        },
      ],
    },
  })
  assert.equal((await auth.emailsTo(email)).length, 0)
})

test('What a stranger calls themselves stands in no email to an address that they have not proved.', async () => {
  const email = newAddress()
  const name = 'You have won http://evil.example'
  await auth.handlers.register({ ...newcomer(email), name }, auth.stranger())
  const [message] = await auth.emailsTo(email)
  assert.ok(message && !`${message.subject} ${message.text} ${message.html}`.includes('evil'))
})

test('A code stands nowhere in the database as it is typed, and neither does the password.', async () => {
  const { id, code } = await registered()
  const row = await auth.db.across.one<{ text: string; sealed: string }>(
    sql`select r::text as text, code as sealed from registrations r where id = ${id}`,
  )
  assert.match(row.sealed, /^v1\./)
  assert.ok(!row.text.includes(`,${code},`) && !row.text.includes(goodPassword))
})

test('An email that is sent again brings the same code.', async () => {
  const { email, id, code } = await registered()
  const { sendRegistration } = await import('../emails/registration.ts')
  await sendRegistration(auth, { registrationId: id })
  assert.equal(await auth.codeTo(email), code)
  assert.equal((await auth.emailsTo(email)).length, 2)
})

test('How one can sign in names the school, its rule, the providers, and that emails stay here.', async () => {
  const options = await auth.handlers.signInOptions({ school: 'south' }, testContext())
  assert.equal(options.organization.slug, 'south')
  assert.deepEqual([options.registration, options.providers, options.localMailbox], ['open', [], true])
  await assert.rejects(auth.handlers.signInOptions({ school: 'nowhere' }, testContext()), {
    code: 'not_found',
  })
})
