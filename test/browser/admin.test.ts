import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoAdmin, demoPassword } from '../../apps/azora/demo/school.ts'
import { emailsTo, request, signIn, signUp } from '../api.ts'
import { until } from '../system.ts'
import { assertAccessible, openBrowser, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

const url = systemUrl()
let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** A desk at which the demo school's administrator sits, on a page of the panel. */
async function openPanel(path: string) {
  const opened = await visit(browser)
  await signInWithoutForm(opened.context, demoAdmin.email, demoPassword)
  await opened.page.goto(`/admin${path}`)
  return opened
}

const openPerson = async (page: Page, name: string) => {
  await page.getByLabel('Name or email').fill(name)
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

const dialog = (page: Page) => page.getByRole('dialog')

/** Each page with something that shows that it has come. */
const pages: [path: string, shows: string][] = [
  ['', 'System status'],
  ['/people', 'Lindiwe Khumalo'],
  ['/people?q=nobody-is-called-this', 'No people found'],
  ['/invitations', 'Invite people'],
  ['/invitations?new=1', 'Email addresses'],
  ['/courses', 'How Computers and the Internet Work'],
  ['/audit', 'The log is intact'],
  ['/events?q=course.enrolled', 'course.enrolled'],
  ['/events?tab=jobs', 'No failed jobs'],
  ['/schools', 'Ubuntu Open Academy'],
  ['/settings', 'Who needs two-step sign-in'],
]

it('every page of the panel is accessible and fits on a desk by day and on a phone by night', async () => {
  const { context, page, faults } = await visit(browser, deskByDay)
  await signInWithoutForm(context, demoAdmin.email, demoPassword)
  for (const [path, shows] of pages) {
    await page.goto(`/admin${path}`)
    await page.locator('main, [role=dialog]').getByText(shows).first().waitFor()
    await assertGood(page, path, [deskByDay, phoneByNight])
  }
  assert.deepEqual(faults, [])
  await context.close()
})

it('a person is accessible and fits on a desk by day and on a phone by night', async () => {
  const { context, page, faults } = await openPanel('/people')
  await openPerson(page, 'Lindiwe Khumalo')
  await page.getByText('Active sessions').waitFor()
  await assertGood(page, 'a person', [deskByDay, phoneByNight])
  assert.deepEqual(faults, [])
  await context.close()
})

it('the slash, the arrows, Enter and Escape lead through the people without a mouse', async () => {
  const { context, page } = await openPanel('/people')
  await page.getByRole('link', { name: 'Lindiwe Khumalo' }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('ubuntu.example')
  await page.waitForURL(/q=ubuntu/)
  await until('Only those found are listed', async () => {
    const busy = await page.locator('[aria-busy]').count()
    return busy === 0 && !(await page.locator('tbody').textContent())?.includes('@test.example')
  })
  const names = page.getByRole('rowheader').getByRole('link')
  await names.first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  const second = (await names.nth(1).textContent()) ?? ''
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: second }).waitFor()
  // Escape closes the dialog first, and then the person.
  await page.getByRole('button', { name: 'Change roles' }).click()
  await dialog(page).waitFor()
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  await page.getByRole('heading', { level: 1, name: second }).waitFor()
  await page.keyboard.press('Escape')
  await page.waitForURL(/\/people\?q=ubuntu/)
  await context.close()
})

it('the list of people is downloaded as it is filtered', async () => {
  const { context, page } = await openPanel('/people?q=lindiwe')
  await page.getByText('Lindiwe Khumalo').waitFor()
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const text = await readFile(await (await coming).path(), 'utf8')
  assert.match(text, /Lindiwe Khumalo/)
  assert.doesNotMatch(text, /Thabo Mokoena/)
  await context.close()
})

it('an administrator changes roles, suspends and reinstates, and each is in the audit log', async () => {
  const name = `Roles ${randomUUID().slice(0, 8)}`
  const person = await signUp(url, name)
  const { context, page, faults } = await openPanel('/people')
  await openPerson(page, name)
  await page.getByRole('button', { name: 'Change roles' }).click()
  await dialog(page).getByText('creates and teaches courses').click()
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await page.getByText(`Roles changed for ${name}.`).waitFor()
  await page.locator('main header').getByText('Instructor').waitFor()

  await page.getByRole('button', { name: 'Suspend' }).click()
  await dialog(page).getByLabel('Reason').fill('left the course group')
  await dialog(page).getByRole('button', { name: 'Suspend' }).click()
  await page.getByText('is suspended and signed out').waitFor()
  await page.getByText('No active sessions.').waitFor()
  const refused = await until('The suspended person is refused', async () => {
    const answer = await request(url, 'GET', '/auth/me', { token: person.token })
    return answer.status !== 200 && answer.status
  })
  assert.ok(refused === 401 || refused === 403)

  await page.getByRole('button', { name: 'Reinstate' }).click()
  await page.getByText(`${name} can sign in again.`).waitFor()
  await signIn(url, person.email)

  await page.getByRole('link', { name: `About ${name}` }).click()
  await page.getByText(`Nomsa Dlamini suspended ${name}`).waitFor()
  await page.getByText(`Nomsa Dlamini reinstated ${name}`).waitFor()
  await page.getByText(`changed the roles of ${name} from learner to learner, instructor`).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('an administrator ends the session of a person, who is then signed out', async () => {
  const name = `Session ${randomUUID().slice(0, 8)}`
  const person = await signUp(url, name)
  const { context, page } = await openPanel('/people')
  await openPerson(page, name)
  await page.getByRole('button', { name: /^End the session on/ }).click()
  await page.getByText('Session ended.').waitFor()
  await until('The token no longer opens anything', async () => {
    return (await request(url, 'GET', '/auth/me', { token: person.token })).status === 401
  })
  await context.close()
})

it('an administrator sends the email with which a person sets a new password', async () => {
  const name = `Letter ${randomUUID().slice(0, 8)}`
  const { email } = await signUp(url, name)
  const before = (await emailsTo(url, email)).length
  const { context, page } = await openPanel('/people')
  await openPerson(page, name)
  await page.getByRole('button', { name: 'Send email' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Send email' }).click()
  await page.getByText(`We sent ${name} a password reset email.`).waitFor()
  await until('The email has arrived', async () => (await emailsTo(url, email)).length > before)
  await context.close()
})

it('an administrator who is asked who they are confirms it, and the person is removed', async () => {
  const name = `Removed ${randomUUID().slice(0, 8)}`
  await signUp(url, name)
  const { context, page } = await openPanel('/people')
  await openPerson(page, name)
  // As after ten minutes: the service is asked once with a proof that has grown old.
  let asked = 0
  await page.route(/\/api\/v1\/auth\/people\/[^/]+$/, (route, request) => {
    if (request.method() !== 'DELETE' || asked++ > 0) return route.continue()
    return route.fulfill({
      status: 403,
      contentType: 'application/json',
      body: JSON.stringify({ code: 'step_up_required', status: 403, message: 'Confirm.' }),
    })
  })
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  const proof = page.locator('dialog[open]')
  await proof.getByLabel('Password').fill(demoPassword)
  await assertAccessible(page, 'the proof of who one is')
  await proof.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText(`${name} is no longer a member of this school.`).waitFor()
  await page.getByLabel('Name or email').fill(name)
  await page.getByText('No people found').waitFor()
  await context.close()
})

it('viewing as a person needs a reason, shows a banner, is stopped there and is in the log', async () => {
  const name = `Seen ${randomUUID().slice(0, 8)}`
  await signUp(url, name)
  const { context, page } = await openPanel('/people')
  await openPerson(page, name)
  await page.getByRole('button', { name: 'View as' }).click()
  await dialog(page).getByLabel('Reason').fill('helps with a lesson that does not open')
  await dialog(page).getByRole('button', { name: 'View as' }).click()
  await page.waitForURL(/\/learn/)
  await page.getByText(`${demoAdmin.name}, you are viewing as ${name}.`).waitFor()
  await page.getByText('This is read-only').waitFor()
  const courses = await page.request.get('/api/v1/education/courses?limit=100')
  const { items }: { items: { slug: string; prices: object[] }[] } = await courses.json()
  await page.goto(`/courses/${items.find(({ prices }) => prices.length === 0)?.slug}`)
  await page
    .getByRole('button', { name: /^Enrol/ })
    .first()
    .click()
  await page.getByText('You are viewing as another person, so nothing can be changed.').waitFor()
  await page.getByRole('button', { name: 'Return to your account' }).click()
  await page.getByText(`you are viewing as ${name}`).waitFor({ state: 'detached' })
  await page.goto('/admin/audit?action=impersonation.started')
  await page.getByText(`started to view as ${name}`).waitFor()
  await context.close()
})

it('an administrator cannot suspend, remove or view as themselves', async () => {
  const { context, page } = await openPanel('/people?q=admin@ubuntu.example')
  await page.getByRole('link', { name: demoAdmin.name }).click()
  for (const name of ['Suspend', 'Remove', 'View as']) {
    assert.equal(await page.getByRole('button', { name, exact: true }).isDisabled(), true, name)
  }
  await context.close()
})

it('several addresses are invited at once, each told of; an invitation is resent and revoked', async () => {
  const [first, second] = [1, 2].map(n => `invited-${n}-${randomUUID()}@test.example`) as [string, string]
  const { context, page, faults } = await openPanel('')
  await page.getByRole('link', { name: /^Invite people/ }).click()
  await dialog(page).getByLabel('Email addresses').fill(`Ayanda Cele <${first}>\n${second}, no-address`)
  await dialog(page).getByText('This is not an email address and will be skipped: no-address').waitFor()
  await dialog(page).getByRole('button', { name: 'Send 2 invitations' }).click()
  await dialog(page).getByText('2 invitations sent, out of 2.').waitFor()
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await until('The email has arrived', async () => (await emailsTo(url, first)).length === 1)

  await assertAccessible(page, 'invitations')
  await page.getByRole('button', { name: `Resend to ${first}` }).click()
  await page.getByText(`We sent a new invitation to ${first}.`).waitFor()
  await until('The second email has arrived', async () => (await emailsTo(url, first)).length === 2)
  await page.getByRole('button', { name: `Revoke the invitation to ${second}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('row').filter({ hasText: second }).getByText('Revoked').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
