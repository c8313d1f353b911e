import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import {
  appoint,
  clientFor,
  codeFor,
  openAuthDatabase,
  password,
  request,
  signIn,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { makeCourse } from '../courses.ts'

/** Names and addresses have one form, on every way in (contracts/names.ts, contracts/email-address.ts). */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
after(() => authDb.close())

const formsOf = (mailbox: string) => [`${mailbox}@Bücher.example`, `${mailbox}@XN--BCHER-KVA.example`]

test('Whichever form of a domain somebody signs up with, both forms sign in to the one account.', async () => {
  for (const first of [0, 1]) {
    const mailbox = `zola-${randomUUID().slice(0, 8)}`
    const forms = formsOf(mailbox)
    const kept = `${mailbox}@xn--bcher-kva.example`
    const visitor = clientFor(url, null)
    const { id } = await visitor.auth.register({ email: forms[first] ?? '', password, name: 'Zola' })
    const { account } = await visitor.auth.confirmRegistration({ id, code: await codeFor(url, kept) })
    assert.equal(account.email, kept)
    for (const form of forms) assert.equal((await signIn(url, form)).userId, account.id, form)
  }
})

test('An invitation and a change of address know both forms of a domain for one.', async () => {
  const { organizationId } = await signUp(url)
  const admin = await appoint(url, authDb, { role: 'admin', organizationId })
  const mailbox = `thabo-${randomUUID().slice(0, 8)}`
  const [own, mail] = formsOf(mailbox)
  const invite = (email = '') =>
    request(url, 'POST', '/auth/invitations', {
      token: admin.token,
      json: { email, roles: ['learner'] },
    })
  const first = await invite(own)
  const second = await invite(mail)
  assert.deepEqual([first.status, second.status], [201, 201], first.text + second.text)
  const ids = [first, second].map(({ body }) => (body as { id: string; email: string }).id)
  assert.equal(ids[0], ids[1])
  assert.equal((first.body as { email: string }).email, `${mailbox}@xn--bcher-kva.example`)
})

test('A name that shows nothing or turns text round is refused everywhere, one that can be cleaned is.', async () => {
  const { organizationId } = await signUp(url)
  const admin = await appoint(url, authDb, { role: 'admin', organizationId })
  const course = await makeCourse(url, admin)
  const places: [method: string, path: string, field: string, more: object][] = [
    ['PATCH', '/auth/me', 'name', {}],
    ['PATCH', '/auth/organization/settings', 'name', {}],
    ['POST', '/education/courses', 'title', { category: 'Science' }],
    ['PATCH', `/education/courses/${course.courseId}`, 'title', {}],
    ['POST', `/education/courses/${course.courseId}/modules`, 'title', {}],
  ]
  for (const [method, path, field, more] of places) {
    for (const name of ['\u3164', '\u200b\u00ad', 'abc\u202ecba']) {
      const { status, body } = await request(url, method, path, {
        token: admin.token,
        json: { ...more, [field]: name },
      })
      const { code, data } = body as { code: string; data: { fields: { path: string }[] } }
      assert.deepEqual([status, code, data.fields[0]?.path], [400, 'invalid_input', field], path)
    }
  }
  const typed = { token: admin.token, json: { name: ' No\u00adkuthula\u00a0 Jose\u0301 ' } }
  const { body } = await request(url, 'PATCH', '/auth/me', typed)
  assert.equal((body as { name: string }).name, 'Nokuthula José')
})
