import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Database } from '@azora/kit/db.ts'
import type { Browser } from 'playwright-core'
import {
  appoint,
  emailsTo,
  openAuthDatabase,
  openSchool,
  type Person,
  password,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { until } from '../system.ts'
import { assertAccessible, assertFits, openBrowser, phone, signInAs, visit } from './browser.ts'

/** One account in several schools, and what a school asks of the people in it. */

const system = systemUnderTest()
let browser: Browser
let authDb: Database

before(async () => {
  browser = await openBrowser()
  authDb = openAuthDatabase(system)
})
after(async () => {
  await browser.close()
  await authDb.close()
})

/** A school with an administrator. */
async function openSchoolOf(name: string): Promise<Person> {
  const organizationId = await openSchool(system.url, authDb, name)
  return appoint(system.url, authDb, { role: 'admin', organizationId })
}

/** The link of the invitation that a school has sent to someone. */
async function invitationTo(admin: Person, email: string): Promise<string> {
  await admin.api.auth.invite({ email, roles: ['learner'] })
  return until('The invitation has come', async () => {
    const messages = await emailsTo(system.url, email)
    return messages.map(({ text }) => /\/invitation#\S+/.exec(text)?.[0]).find(Boolean)
  })
}

it('an account joins another school with its password, and goes from one school to the other', async () => {
  const admin = await openSchoolOf('School of Bridges')
  const { email } = await signUp(system.url, 'Bheki Both')
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await page.goto(await invitationTo(admin, email))
  await page.getByText('You already have an account with this address').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await page.waitForURL(url => url.pathname === '/learn')
  await page.getByRole('link', { name: 'School of Bridges: home' }).waitFor()
  await page.goto('/account')
  await page.getByText('You are here').waitFor()
  await assertFits(page, 'two schools')
  await assertAccessible(page, 'two schools')
  await page.getByLabel('Account of Bheki Both').click()
  await page
    .getByRole('navigation', { name: 'Account menu' })
    .getByRole('button', { name: 'Switch to Ubuntu Open Academy' })
    .click()
  await page.waitForURL(url => url.pathname === '/learn')
  await page.getByRole('link', { name: 'Ubuntu Open Academy: home' }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('where the school asks for a second step, every page says so and leads to it', async () => {
  const admin = await openSchoolOf('School of Locks')
  await admin.api.auth.saveOrganizationSettings({ requireMfa: 'everyone' })
  const { organizationId } = admin
  const learner = await appoint(system.url, authDb, { role: 'learner', organizationId })
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInAs(page, learner.email, password)
  await page.getByRole('link', { name: 'Set it up now' }).click()
  await page.getByText('Your school requires two-step sign-in').first().waitFor()
  await assertFits(page, 'the second step is asked for')
  await assertAccessible(page, 'the second step is asked for')
  assert.deepEqual(faults, [])
  await context.close()
})
