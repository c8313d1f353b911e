import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoLearner } from '../../apps/azora/demo/school.ts'
import { freePort } from '../../apps/azora/embedded/free-port.ts'
import { password, signUp } from '../api.ts'
import { type OutsideProviders, startOutsideProviders } from '../federation/outside-provider.ts'
import { type System, startSystem } from '../system.ts'
import { assertAccessible, assertFits, fillSignIn, openBrowser, phone, signInAs, visit } from './browser.ts'

/**
 * Passkeys and outside providers need a system of their own: the one knows only hosts with a name, the others send
 * people back to the one address that they were told.
 */
let url: string
let system: System
let outside: OutsideProviders
let browser: Browser

before(async () => {
  url = `http://localhost:${await freePort()}`
  outside = await startOutsideProviders()
  system = await startSystem('single', {
    ...outside.settings,
    PORT: new URL(url).port,
    AZORA_PUBLIC_URL: url,
  })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await system?.stop()
  await outside?.stop()
})

/** Give the page an authenticator as phones have one: it keeps passkeys and knows its owner. */
async function giveAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

const standIn = (name: string) => `${name} (simulated)`

/** At a provider's stand-in: say who one is, and allow what it asks. */
async function proveOutside(page: Page, person: string): Promise<void> {
  await page.getByRole('button', { name: person }).click()
  await page.getByRole('button', { name: 'Allow' }).click()
}

it('a passkey is added with its recovery codes, signs in alone and after the password, is renamed and removed', async () => {
  const { email } = await signUp(url, 'Palesa Passkey')
  const { context, page, faults } = await visit(browser, { viewport: phone, baseURL: url })
  await giveAuthenticator(page)
  await signInAs(page, email, password)
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('My phone')
  await page.getByRole('button', { name: 'Create passkey' }).click()
  await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor()
  await page.getByText('I have saved them').click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('My phone').waitFor()

  await context.clearCookies()
  await page.evaluate(() => localStorage.clear())
  await page.goto('/signin')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(at => at.pathname === '/learn')

  await context.clearCookies()
  await page.evaluate(() => localStorage.clear())
  await page.goto('/signin')
  await fillSignIn(page, email, password)
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.waitForURL(at => at.pathname === '/learn')

  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Rename My phone' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Old phone')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Old phone').waitFor()
  await page.getByRole('button', { name: 'Remove Old phone' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('No passkeys yet.').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('where a passkey was used before, the e-mail field offers it', async () => {
  const { email } = await signUp(url, 'Autumn Fill')
  const { context, page } = await visit(browser, { baseURL: url })
  await giveAuthenticator(page)
  await signInAs(page, email, password)
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: 'Create passkey' }).click()
  await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor()
  await context.clearCookies()
  // The authenticator of the test answers as if the one that is offered were chosen.
  await page.goto('/signin')
  await page.waitForURL(at => at.pathname === '/learn')
  await context.close()
})

it('somebody new signs up with a provider from a course, and is enrolled in it', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone, baseURL: url })
  await page.goto('/courses?q=computers')
  await page.getByRole('link', { name: 'How Computers and the Internet Work' }).first().click()
  await page.getByRole('link', { name: 'Sign up and enrol' }).first().click()
  await page.waitForURL(at => at.pathname === '/signup')
  await assertFits(page, 'signing up with providers')
  await assertAccessible(page, 'signing up with providers')
  await page.getByRole('link', { name: standIn('Google') }).click()
  await proveOutside(page, 'Amahle')
  await page.waitForURL(/\/learn\/how-computers/)
  await page.getByText('You are not enrolled').waitFor({ state: 'hidden' })
  await page.goto('/learn')
  await page.getByRole('link', { name: 'How Computers and the Internet Work' }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('anyone who turns back at a provider is told so, and can try another way', async () => {
  const { context, page } = await visit(browser, { baseURL: url })
  await page.goto('/signin?next=%2Fcourses')
  await page.getByRole('link', { name: standIn('GitHub') }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('You cancelled at GitHub').waitFor()
  await signInAs(page, demoLearner.email)
  await context.close()
})

it('an account with the same address is linked only from within, and signs in by the provider from then on', async () => {
  const { context, page, faults } = await visit(browser, { baseURL: url })
  await page.goto('/signin')
  await page.getByRole('link', { name: standIn('Google') }).click()
  await proveOutside(page, 'Thabo')
  await page.getByText('An account with this email address already exists').waitFor()
  await assertAccessible(page, 'told to link first')
  await signInAs(page, 'thabo@ubuntu.example')
  await page.goto('/account/security')
  await page.getByRole('button', { name: `Link ${standIn('Google')}`, exact: true }).click()
  // The provider remembers who was there; it asks again only for what it has not been told.
  await page.waitForURL(at => at.origin === url || at.origin === outside.url)
  await finishOutside(page, 'Thabo')
  await page.getByText('thabo@ubuntu.example ·').waitFor()

  await context.clearCookies()
  await page.goto('/signin?next=%2Fcourses')
  await page.getByRole('link', { name: standIn('Google') }).click()
  await finishOutside(page, 'Thabo')
  await page.waitForURL(at => at.pathname === '/courses')
  await page.goto('/account/security')
  await page.getByRole('button', { name: `Unlink ${standIn('Google')}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click()
  await page.getByRole('button', { name: `Link ${standIn('Google')}`, exact: true }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

/** Answer whatever a stand-in still asks, until the browser is back. */
async function finishOutside(page: Page, person: string): Promise<void> {
  for (;;) {
    await page.waitForLoadState()
    if (new URL(page.url()).origin !== outside.url) return
    const who = page.getByRole('button', { name: person })
    await ((await who.isVisible()) ? who : page.getByRole('button', { name: 'Allow' })).click()
  }
}
