import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoAdmin, demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { payOnPage } from '../checkout.ts'
import { makeCourse } from '../courses.ts'
import { until } from '../system.ts'
import { desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The way of a subscription: finance offers plans, a learner takes one, changes it and cancels it. */

let browser: Browser
let officer: Person
before(async () => {
  browser = await openBrowser()
  officer = await signUp(systemUrl(), 'Palesa Plan')
  const admin = await signIn(systemUrl(), demoAdmin.email, demoPassword)
  await admin.api.auth.giveOffice({ userId: officer.userId, office: 'finance' })
  // A token from before does not hold the office.
  officer = await signIn(systemUrl(), officer.email)
})
after(() => browser.close())

/** Each run has courses and plans of its own, so that the file passes twice in one system. */
const run = randomUUID().slice(0, 6)

const looks = [phoneByDay, phoneByNight, deskByDay]

async function courseNamed(title: string): Promise<string> {
  const instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  const { courseId } = await makeCourse(systemUrl(), instructor, { title })
  await instructor.api.payments.setCoursePrices({
    courseId,
    prices: [{ amountMinor: 45_000, currency: 'ZAR' }],
  })
  return courseId
}

/** On the hosted page of the sandbox. */
async function payWith(page: Page, card: string): Promise<void> {
  await page.getByLabel('Email').fill('buyer@school.example')
  await page.getByLabel('Card number').fill(card)
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on the card').fill('A Buyer')
  await page.getByRole('button', { name: /^Pay/ }).click()
}

it('who holds the office of finance makes a plan in the panel and offers it', async () => {
  const courseId = await courseNamed(`Lakes in a plan ${run}`)
  const { page, context, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, officer.email, password)
  await page.goto('/admin/plans')
  await page.getByRole('button', { name: 'New plan' }).click()
  const dialog = page.getByRole('dialog', { name: 'New plan' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(`All lakes ${run}`)
  await dialog.getByRole('textbox', { name: 'Price in ZAR' }).fill('99,50')
  await dialog.getByText(`Lakes in a plan ${run}`).click()
  await assertGood(page, 'a new plan', looks)
  await dialog.getByRole('button', { name: 'Save plan' }).click()
  const row = page.getByRole('row').filter({ hasText: `All lakes ${run}` })
  await row.getByText('Draft').waitFor()
  await row.getByRole('button', { name: `Offer All lakes ${run}` }).click()
  await row.getByText('Offered').waitFor()
  await assertGood(page, 'the plans of a school', looks)
  const { items } = await officer.api.payments.listPlans({ courseId })
  assert.deepEqual(items[0]?.prices, [{ amountMinor: 9950, currency: 'ZAR' }])
  await officer.api.payments.setPlanStatus({ planId: items[0]?.id ?? '', status: 'retired' })
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner subscribes with a card that asks for 3-D Secure, changes the plan as shown, and cancels it', async () => {
  const courseId = await courseNamed(`Deltas in a plan ${run}`)
  const plan = async (name: string, amountMinor: number) => {
    const made = await until('The course is known', () =>
      officer.api.payments
        .createPlan({
          name,
          interval: { unit: 'month', count: 1 },
          prices: [{ amountMinor, currency: 'ZAR' }],
          courseIds: [courseId],
        })
        .catch(() => null),
    )
    return officer.api.payments.setPlanStatus({ planId: made.id, status: 'offered' })
  }
  await plan(`Small deltas ${run}`, 10_000)
  await plan(`Large deltas ${run}`, 30_000)
  const learner = await signUp(systemUrl(), 'Ayanda Delta')
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/courses/${courseId}`, { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: 'See plans' }).filter({ visible: true }).click()
  await page.getByRole('heading', { name: `Small deltas ${run}` }).waitFor()
  await assertGood(page, 'plans', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: `Subscribe to Small deltas ${run}` }).click()
  await payWith(page, '4000 0025 0000 3155')
  await page.getByRole('button', { name: /^Complete/ }).click()
  await page.getByText('You’re subscribed').waitFor()
  await page.getByText(/ending in 3155.*expires/).waitFor()
  await assertGood(page, 'a subscription', looks)
  await until('The course is open', async () => {
    const { enrolled } = await learner.api.education.getCourseAccess({ courseId })
    return enrolled
  })
  await page.getByRole('button', { name: 'Change plan' }).click()
  const change = page.getByRole('dialog', { name: 'Change plan' })
  await change.getByText('You pay today').waitFor()
  await assertGood(page, 'what a change costs', looks)
  await change.getByRole('button', { name: 'Change plan' }).click()
  await page.getByRole('heading', { name: `Large deltas ${run}` }).waitFor()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  const cancel = page.getByRole('dialog', { name: 'Cancel subscription' })
  await cancel.getByText(/^Your courses stay open until/).waitFor()
  await cancel.getByRole('button', { name: 'Cancel subscription' }).click()
  await page.getByText(/^It ends on/).waitFor()
  await page.getByRole('button', { name: 'Keep it after all' }).click()
  await page
    .getByRole('dialog', { name: 'Keep subscription' })
    .getByRole('button', { name: 'Keep subscription' })
    .click()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await assertGood(page, 'a changed subscription', looks)
  assert.deepEqual(faults, [])
  await context.close()
})

it('who holds the office of finance gives a part of a bill back, and its owner sees it', async () => {
  const courseId = await courseNamed(`Springs in a plan ${run}`)
  const made = await until('The course is known', () =>
    officer.api.payments
      .createPlan({
        name: `All springs ${run}`,
        interval: { unit: 'month', count: 1 },
        prices: [{ amountMinor: 20_000, currency: 'ZAR' }],
        courseIds: [courseId],
      })
      .catch(() => null),
  )
  await officer.api.payments.setPlanStatus({ planId: made.id, status: 'offered' })
  const learner = await signUp(systemUrl(), 'Naledi Spring')
  const price = { amountMinor: 20_000, currency: 'ZAR' }
  const begun = await learner.api.payments.startSubscription({ planId: made.id, version: 1, price })
  await payOnPage(begun.checkoutUrl ?? '')
  await until('The subscription is paid', async () => {
    const { subscription } = await learner.api.payments.checkSubscription()
    return subscription?.status === 'active'
  })
  const { page, context, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, officer.email, password)
  await page.goto('/admin/payments/subscriptions')
  const row = page.getByRole('row').filter({ hasText: 'Naledi Spring' })
  await row.getByRole('button', { name: `Refund All springs ${run}` }).click()
  const dialog = page.getByRole('dialog', { name: 'Refund' })
  await dialog.getByRole('textbox', { name: 'Amount in ZAR' }).fill('50')
  await assertGood(page, 'a refund of a bill', looks)
  await dialog.getByRole('button', { name: 'Refund' }).click()
  await row.getByText(/50[.,]00 refunded/).waitFor()
  await assertGood(page, 'what was paid for subscriptions', looks)
  await page.getByRole('link', { name: 'Revenue' }).filter({ visible: true }).click()
  const recurring = page.getByRole('region', { name: 'Monthly recurring revenue', exact: true })
  await recurring
    .getByText(/customers? pays? today/)
    .or(recurring.getByText(/customers? pay today/))
    .first()
    .waitFor()
  await page.getByRole('img', { name: /^Bars of the monthly recurring revenue/ }).waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV: Movements' }).click()
  assert.equal((await saving).suggestedFilename(), 'revenue-movements-ZAR.csv')
  await assertGood(page, 'the revenue of a school', looks)
  assert.deepEqual(faults, [])
  await context.close()
  const seen = await visit(browser, { viewport: phone })
  await signInWithoutForm(seen.context, learner.email, password)
  await seen.page.goto('/account/subscription')
  await seen.page.getByText(/50[.,]00 refunded/).waitFor()
  await assertGood(seen.page, 'a subscription of which a part went back', looks)
  assert.deepEqual(seen.faults, [])
  await seen.context.close()
})
