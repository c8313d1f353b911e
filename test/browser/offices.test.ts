import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoAdmin, demoPassword } from '../../apps/azora/demo/school.ts'
import { emailsTo, password, request, signIn, signUp } from '../api.ts'
import { until } from '../system.ts'
import { openBrowser, signInAs, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Offices in the panel: how they are given and taken away, and what their holders find there. */

const url = systemUrl()
const looks = [deskByDay, phoneByDay, phoneByNight]
let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

async function openAsAdmin(path: string) {
  const opened = await visit(browser)
  await signInWithoutForm(opened.context, demoAdmin.email, demoPassword)
  await opened.page.goto(`/admin${path}`)
  return opened
}

/** A new person of the demo school who holds an office. */
async function officer(office: 'support' | 'compliance') {
  const person = await signUp(url, `Office ${randomUUID().slice(0, 8)}`)
  const { api } = await signIn(url, demoAdmin.email, demoPassword)
  await api.auth.giveOffice({ userId: person.userId, office })
  return { ...person, admin: api }
}

/** The sections at the side of the panel. */
async function sectionsOf(page: Page): Promise<string[]> {
  const links = page.getByRole('navigation', { name: 'Sections' }).getByRole('link')
  await links.first().waitFor()
  return links.allTextContents()
}

it('an administrator gives an office and takes it away, and both are in the log and in the list', async () => {
  const { name, userId, token } = await signUp(url, `Office ${randomUUID().slice(0, 8)}`)
  const { context, page, faults } = await openAsAdmin(`/people/${userId}`)
  await page.getByText('Can find people, send their invitations again').waitFor()
  await page.getByRole('button', { name: 'Give the office Support' }).click()
  await page.getByText(`${name} now has the office Support.`).waitFor()
  await page.locator('main header').getByText('Support').waitFor()
  await assertGood(page, 'a person with an office', looks)
  await until('The token from before is refused', async () => {
    return (await request(url, 'GET', '/auth/me', { token })).status === 401
  })
  await page.goto(`/admin/people?office=support&q=${encodeURIComponent(name)}`)
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('button', { name: 'Take away the office Support' }).click()
  await page.getByText(`${name} no longer has the office Support.`).waitFor()
  await page.goto(`/admin/audit?subject=${userId}`)
  await page.getByText(`${demoAdmin.name} gave ${name} the office Support`).waitFor()
  await page.getByText(`${demoAdmin.name} took the office Support from ${name}`).waitFor()
  await page.goto('/admin/offices')
  const row = page.getByRole('row').filter({ hasText: name })
  await row.getByText(`by ${demoAdmin.name}`).nth(1).waitFor()
  await assertGood(page, 'offices', looks)
  assert.deepEqual(faults, [])
  await context.close()
})

it('an administrator is not offered an office for themselves', async () => {
  const { context, page } = await openAsAdmin(`/people?q=${demoAdmin.email}`)
  await page.getByRole('link', { name: demoAdmin.name }).click()
  await page.getByText('Another administrator has to give you an office.').waitFor()
  assert.equal(await page.getByRole('button', { name: /^Give the office/ }).count(), 0)
  await context.close()
})

it('support lands at the people, helps them sign in, and finds nothing else', async () => {
  const { email, admin } = await officer('support')
  const helped = await signUp(url, `Helped ${randomUUID().slice(0, 8)}`)
  const invited = `office-${randomUUID()}@test.example`
  await admin.auth.invite({ email: invited, roles: ['instructor'] })
  await until('The invitation has arrived', async () => (await emailsTo(url, invited)).length === 1)
  const { context, page, faults } = await visit(browser, deskByDay)
  await signInAs(page, email, password)
  await page.waitForURL(/\/admin\/people$/)
  assert.deepEqual(await sectionsOf(page), ['People', 'Invitations'])
  await page.goto(`/admin/people/${helped.userId}`)
  await page
    .getByRole('button', { name: /^End the session/ })
    .first()
    .click()
  await page.getByText('No active sessions.').waitFor()
  for (const name of ['Change roles', 'Suspend', 'View as', 'Remove']) {
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name)
  }
  await assertGood(page, 'a person, for support', looks)
  await page.goto('/admin/invitations')
  await page.getByRole('button', { name: `Resend to ${invited}` }).click()
  await page.getByText(`We sent a new invitation to ${invited}.`).waitFor()
  await until('The second email has arrived', async () => (await emailsTo(url, invited)).length === 2)
  assert.equal(await page.getByRole('button', { name: 'Invite people' }).count(), 0)
  assert.equal(await page.getByRole('button', { name: /^Revoke/ }).count(), 0)
  await assertGood(page, 'invitations, for support', looks)
  await page.goto('/admin/audit')
  await page.getByRole('link', { name: 'Go to my courses' }).waitFor()
  await page.goto('/admin')
  await page.waitForURL(/\/admin\/people$/)
  assert.deepEqual(faults, [])
  await context.close()
})

it('compliance lands at the audit log, follows what people ask for, and changes nothing', async () => {
  const { email } = await officer('compliance')
  const asks = await signUp(url, `Asks ${randomUUID().slice(0, 8)}`)
  await asks.api.auth.requestDeletion({})
  const { context, page, faults } = await visit(browser, deskByDay)
  await signInAs(page, email, password)
  await page.waitForURL(/\/admin\/audit$/)
  assert.deepEqual(await sectionsOf(page), ['People', 'Offices', 'Audit log', 'Personal data'])
  await page.goto('/admin/privacy')
  const row = page.getByRole('row').filter({ hasText: asks.name })
  await row.getByText('Can still be undone').waitFor()
  await assertGood(page, 'requests about personal data', looks)
  await page.goto(`/admin/people/${asks.userId}`)
  await page.getByRole('heading', { level: 1, name: asks.name }).waitFor()
  assert.equal(await page.getByRole('heading', { name: 'Actions' }).count(), 0)
  await assertGood(page, 'a person, for compliance', looks)
  assert.deepEqual(faults, [])
  await context.close()
})
