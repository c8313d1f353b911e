import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { demoAdmin, demoPassword } from '../../apps/azora/demo/school.ts'
import { codeFor, emailsTo, password, signIn, signUp } from '../api.ts'
import { until } from '../system.ts'
import {
  askForAccount,
  assertAccessible,
  assertFits,
  fillSignIn,
  fillSignUp,
  openBrowser,
  phone,
  signInAs,
  systemUrl,
  visit,
} from './browser.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const leftEntry = (url: URL) => !/^\/(signin|signup|invitation)/.test(url.pathname)

/** What the newest email to someone leads to, by the path of its link; the part behind the # included. */
async function linkFor(email: string, path: string): Promise<string> {
  const look = async () => {
    for (const { text } of await emailsTo(systemUrl(), email)) {
      const found = new RegExp(`https?://[^/\\s]+(${path}#\\S+)`).exec(text)?.[1]
      if (found) return found
    }
    return null
  }
  return until(`An email that leads to ${path}`, look)
}

/** Someone new, signed in on this page. */
async function newcomer(page: Page, name: string): Promise<string> {
  const { email } = await signUp(systemUrl(), name)
  await signInAs(page, email, password)
  return email
}

/** The code that an authenticator app shows now, or in `steps` half minutes. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

/** Set up the authenticator app; its secret and the recovery codes. */
async function setUpApp(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Set up an app' }).click()
  const dialog = page.getByRole('dialog')
  const secret = ((await dialog.locator('code').textContent()) ?? '').replace(/\s/g, '')
  await assertAccessible(page, 'setting up the app')
  await dialog.getByLabel('Code from the app').fill(codeOf(secret))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor()
  const codes = await page.getByRole('list', { name: 'Your recovery codes' }).locator('li').allTextContents()
  await assertAccessible(page, 'recovery codes')
  assert.ok(await page.getByRole('button', { name: 'Done' }).isDisabled(), 'they must be kept first')
  await page.getByText('I have saved them').click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('10 codes left').waitFor()
  return { secret, codes }
}

it('who signs up gives the code from the email; a wrong one is refused and the right one still works', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await page.goto('/signup?next=%2Fcourses')
  const email = await askForAccount(page, 'Thandi Newcomer')
  await page.getByRole('link', { name: 'open the inbox' }).waitFor()
  await assertAccessible(page, 'the question for the code')
  await assertFits(page, 'the question for the code')
  const code = await codeFor(systemUrl(), email)
  await page.getByLabel('Code from the email').fill(code === '111111' ? '222222' : '111111')
  await page.getByRole('button', { name: 'Open my account' }).click()
  await page.getByRole('alert').getByText('This code is wrong or was already used').waitFor()
  await page.getByLabel('Code from the email').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await page.getByRole('button', { name: 'Open my account' }).click()
  await page.waitForURL(url => url.pathname === '/courses')
  await page.getByLabel('Account of Thandi Newcomer').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('the link in the email goes on in another tab of the same browser, and opens nothing in another browser', async () => {
  const { context, page } = await visit(browser)
  await page.goto('/signup?next=%2Fcourses')
  const email = await askForAccount(page, 'Tabitha Tabs')
  const link = await linkFor(email, '/signup')

  const stranger = await visit(browser)
  await stranger.page.goto(link)
  await stranger.page.getByText('works only in the browser in which you signed up').waitFor()
  await stranger.context.close()

  const other = await context.newPage()
  await other.goto(link)
  await other.getByText('We filled in the code from your email').waitFor()
  await other.getByRole('button', { name: 'Open my account' }).click()
  await other.waitForURL(url => url.pathname === '/courses')
  await context.close()
})

it('who mistyped the address goes back, and finds the rest still there', async () => {
  const { context, page } = await visit(browser)
  await page.goto('/signup')
  await askForAccount(page, 'Miriam Mistyped')
  await page.getByRole('button', { name: 'Wrong address? Go back' }).click()
  assert.equal(await page.getByLabel('Your name').inputValue(), 'Miriam Mistyped')
  await context.close()
})

it('who forgot the password sets a new one by the email, once, and signs in with it', async () => {
  const { email } = await signUp(systemUrl(), 'Fezile Forgot')
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await page.goto('/signin')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  // The page before has a field of the same name.
  await page.waitForURL('**/forgot-password*')
  await page.getByLabel('Email address').fill(email)
  await page.getByRole('button', { name: 'Send email' }).click()
  await page.getByText('Check your inbox').waitFor()
  const link = await linkFor(email, '/reset-password')
  const chosen = `nine rivers ${randomUUID()}`
  await page.goto(link)
  await assertAccessible(page, 'choosing a new password')
  await page.getByLabel('New password', { exact: true }).fill(chosen)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('Your password is changed').waitFor()
  await page.getByRole('link', { name: 'Go to sign in' }).click()
  await fillSignIn(page, email, chosen)
  await page.waitForURL(leftEntry)

  await page.goto('/')
  await page.goto(link)
  await page.getByLabel('New password', { exact: true }).fill(`${chosen} again`)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('This link no longer works').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('an authenticator app is set up; signing in then asks for its code or, once each, a recovery code', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  const email = await newcomer(page, 'Themba Twice')
  const { secret, codes } = await setUpApp(page)
  assert.equal(codes.length, 10)
  await context.close()

  const again = await visit(browser)
  await again.page.goto('/signin?next=%2Fcourses')
  await fillSignIn(again.page, email, password)
  await again.page.getByRole('heading', { name: 'One more step' }).waitFor()
  await assertAccessible(again.page, 'the second factor')
  // A code counts once, and this half minute's may have been the one of the set-up: the next is good already.
  await again.page.getByLabel('Code from your authenticator app').fill(codeOf(secret, 1))
  await again.page.getByRole('button', { name: 'Confirm' }).click()
  await again.page.waitForURL(url => url.pathname === '/courses')
  await again.context.close()

  const lost = await visit(browser)
  await lost.page.goto('/signin')
  for (const expected of ['in', 'refused'] as const) {
    await fillSignIn(lost.page, email, password)
    await lost.page.getByRole('button', { name: 'Use a recovery code' }).click()
    await lost.page.getByLabel('Recovery code').fill(codes[0] ?? '')
    await lost.page.getByRole('button', { name: 'Confirm' }).click()
    if (expected === 'refused') break
    await lost.page.waitForURL(leftEntry)
    await lost.context.clearCookies()
    await lost.page.goto('/signin')
  }
  await lost.page.getByRole('alert').getByText('This code is wrong or was already used').waitFor()
  assert.deepEqual(faults, [])
  await lost.context.close()
})

it('a sensitive action some time after signing in asks who one is, and goes on then', async () => {
  const { context, page } = await visit(browser)
  await newcomer(page, 'Sindi Sensitive')
  // As the API answers once ten minutes have passed.
  const held = {
    code: 'step_up_required',
    status: 403,
    message: 'Confirm that it is you, then do this again.',
  }
  const answer = { status: 403, json: held }
  await page.route('**/api/v1/auth/mfa/totp', route => route.fulfill(answer), { times: 1 })
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Set up an app' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByLabel('Password').fill(password)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('heading', { name: 'Set up an authenticator app' }).waitFor()
  await context.close()
})

it('a changed password ends the sessions elsewhere, and the old one no longer signs in', async () => {
  const { context, page } = await visit(browser)
  const email = await newcomer(page, 'Chipo Change')
  const elsewhere = await visit(browser)
  await signInAs(elsewhere.page, email, password)
  const chosen = `nine rivers ${randomUUID()}`
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByLabel('Current password', { exact: true }).fill(password)
  await page.getByLabel('New password', { exact: true }).fill(chosen)
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Your password is changed').waitFor()
  await page.goto('/account')
  await page.getByRole('heading', { name: 'Your profile' }).waitFor()
  await elsewhere.page.goto('/account')
  await elsewhere.page.waitForURL(/\/signin/)
  await fillSignIn(elsewhere.page, email, password)
  await elsewhere.page.getByText('password is wrong').waitFor()
  await fillSignIn(elsewhere.page, email, chosen)
  await elsewhere.page.waitForURL(url => url.pathname === '/account')
  await elsewhere.context.close()
  await context.close()
})

it('a session is seen and ended from another browser, which is then signed out', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  const email = await newcomer(page, 'Sipho Sessions')
  const elsewhere = await visit(browser)
  await signInAs(elsewhere.page, email, password)
  await page.goto('/account/sessions')
  await page.getByText('This device').waitFor()
  // Signing up by the API and in two browsers makes three.
  assert.equal(await page.locator('main li dl').count(), 3)
  await page
    .getByRole('button', { name: /^End the session on/ })
    .first()
    .click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End' }).click()
  await until('One session fewer', async () => (await page.locator('main li dl').count()) === 2)
  await page.getByRole('button', { name: 'End all other sessions' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End all other sessions' }).click()
  await page.getByText('This is your only session').waitFor()
  await elsewhere.page.goto('/account')
  await elsewhere.page.waitForURL(/\/signin/)
  assert.deepEqual(faults, [])
  await elsewhere.context.close()
  await context.close()
})

it('name and e-mail address are changed; the new address signs in with the code that went there', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  const email = await newcomer(page, 'Mpho Moves')
  const wanted = `moved-${randomUUID()}@test.example`
  await page.goto('/account')
  await page.getByLabel('Your name').fill('Mpho Moved')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByLabel('New email address').fill(wanted)
  await page.getByRole('button', { name: 'Send code' }).click()
  await page.getByLabel('Code from the email').fill(await codeFor(systemUrl(), wanted))
  await page.getByRole('button', { name: 'Change email address' }).click()
  await page.getByText(`Your email address is now ${wanted}`).waitFor()
  await page.reload()
  await page.getByLabel('Account of Mpho Moved').waitFor()
  await until('The old address is told', async () =>
    (await emailsTo(systemUrl(), email)).some(({ subject }) => /address/i.test(subject)),
  )
  const again = await visit(browser)
  await signInAs(again.page, wanted, password)
  assert.deepEqual(faults, [])
  await again.context.close()
  await context.close()
})

it('an account is deleted after its address was typed, nobody gets in then, and the email undoes it', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  const email = await newcomer(page, 'Lerato Leaving')
  await page.goto('/account/data')
  await page.getByRole('button', { name: 'Delete my account' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your email address').fill('somebody@else.example')
  await dialog.getByRole('button', { name: 'Delete account' }).click()
  await dialog.getByText("This isn't your account's email address").waitFor()
  await assertAccessible(page, 'the confirmation')
  await dialog.getByLabel('Your email address').fill(email)
  await dialog.getByRole('button', { name: 'Delete account' }).click()
  await page.getByRole('heading', { name: 'Your account is closed' }).waitFor()
  await page.getByRole('link', { name: 'Go to the home page' }).click()
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor()
  await page.goto('/signin')
  await fillSignIn(page, email, password)
  await page.getByText('password is wrong').waitFor()

  await page.goto(await linkFor(email, '/account/undo-deletion'))
  await assertAccessible(page, 'undoing the deletion')
  await page.getByRole('button', { name: 'Keep my account' }).click()
  await page.getByText('We kept your account').waitFor()
  await signInAs(page, email, password)
  assert.deepEqual(faults, [])
  await context.close()
})

it('somebody who is invited chooses a name and a password, and is in; the link works once', async () => {
  const admin = await signIn(systemUrl(), demoAdmin.email, demoPassword)
  const email = `invited-${randomUUID()}@test.example`
  await admin.api.auth.invite({ email, roles: ['instructor'] })
  const link = await linkFor(email, '/invitation')
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await page.goto(link)
  await page.getByText('You join as an instructor.').waitFor()
  await assertAccessible(page, 'an invitation')
  await assertFits(page, 'an invitation')
  await page.getByLabel('Your name').fill('Ingrid Invited')
  await page.getByLabel('Password', { exact: true }).fill('password12')
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await page.locator('[slot=errorMessage], .text-bad').first().waitFor()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await page.waitForURL(leftEntry)
  await page.getByLabel('Account of Ingrid Invited').waitFor()
  await page.goto('/teach')
  await page.getByRole('heading', { name: 'Teaching' }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()

  const late = await visit(browser)
  await late.page.goto(link)
  await late.page.getByText('This invitation has already been used').waitFor()
  await assertAccessible(late.page, 'a used invitation')
  await assertFits(late.page, 'a used invitation')
  assert.equal(await late.page.getByText(/link_expired|accepted$/).count(), 0)
  assert.equal(await late.page.getByRole('button', { name: /again|retry/i }).count(), 0)
  assert.equal(await late.page.getByRole('main').locator('a[href="/signin"]').count(), 1)
  await late.context.close()
})

it('an invitation that was revoked, or is for a member, says so and offers what helps', async () => {
  const admin = await signIn(systemUrl(), demoAdmin.email, demoPassword)
  const email = `revoked-${randomUUID()}@test.example`
  const { id } = await admin.api.auth.invite({ email, roles: ['learner'] })
  const link = await linkFor(email, '/invitation')
  await admin.api.auth.revokeInvitation({ invitationId: id })
  const { context, page } = await visit(browser)
  await page.goto(link)
  await page.getByText('This invitation was revoked').waitFor()
  await page.getByText('Ask the person who invited you for a new invitation.').waitFor()
  assert.equal(await page.getByRole('main').locator('a[href="/signin"]').count(), 0)
  await context.close()
})

it('nothing of the account pages is kept on the device', async () => {
  const { context, page } = await visit(browser)
  await page.goto('/signup')
  await fillSignUp(page, 'Khanyi Kept')
  await page.waitForURL(leftEntry)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  // The first visit under the service worker is kept, or not, before the last one is looked at.
  for (const path of [
    '/courses',
    '/account',
    '/account/security',
    '/account/sessions',
    '/account/data',
    '/learn',
  ])
    await page.goto(path, { waitUntil: 'networkidle' })
  const kept = await page.evaluate(async () => {
    const paths: string[] = []
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname)
    return paths
  })
  assert.ok(kept.includes('/learn'), 'pages that one reads are kept')
  assert.deepEqual(
    kept.filter(path => /^\/(account|sign|reset|forgot|invitation)/.test(path)),
    [],
  )
  await context.close()
})
