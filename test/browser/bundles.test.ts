import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { payOnPage } from '../checkout.ts'
import { makeCourse } from '../courses.ts'
import { until } from '../system.ts'
import { desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { financeOfficer, offerBundle } from './bundle-fixture.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The way of a bundle: finance offers it, a learner buys it, and each of its courses opens. */

let browser: Browser
let instructor: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

/** Each run has courses and bundles of its own, so that the file passes twice in one system. */
const run = randomUUID().slice(0, 6)
const looks = [phoneByDay, phoneByNight, deskByDay]

async function courseAt(amountMinor: number, title: string): Promise<string> {
  const { courseId } = await makeCourse(systemUrl(), instructor, { title: `${title} ${run}` })
  await instructor.api.payments.setCoursePrices({ courseId, prices: [{ amountMinor, currency: 'ZAR' }] })
  return courseId
}

it('who holds the office of finance makes a bundle in the panel and offers it', async () => {
  await courseAt(30_000, 'Reeds together')
  await courseAt(50_000, 'Marshes together')
  const officer = await financeOfficer('Palesa Bundle')
  const { page, context, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, officer.email, password)
  await page.goto('/admin/bundles')
  await page.getByRole('button', { name: 'New bundle' }).click()
  const dialog = page.getByRole('dialog', { name: 'New bundle' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(`All wetlands ${run}`)
  await dialog.getByRole('textbox', { name: 'Price in ZAR' }).fill('699,50')
  const find = (text: string) => dialog.getByRole('searchbox', { name: 'Find a course' }).fill(text)
  await find(`Reeds together ${run}`)
  await dialog.getByText(`Reeds together ${run}`).click()
  await dialog.getByRole('button', { name: 'Save bundle' }).click()
  await dialog.getByText('Choose from 2 to 50 courses.').waitFor()
  await find(`Marshes together ${run}`)
  await dialog.getByText(`Marshes together ${run}`).click()
  await assertGood(page, 'a new bundle', looks)
  await dialog.getByRole('button', { name: 'Save bundle' }).click()
  const row = page.getByRole('row').filter({ hasText: `All wetlands ${run}` })
  await row.getByText('Draft').waitFor()
  await row.getByRole('button', { name: `Offer All wetlands ${run}` }).click()
  await row.getByText('Offered').waitFor()
  await assertGood(page, 'the bundles of a school', looks)
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner is told what they have, buys the bundle from the page of a course, and all of it is theirs', async () => {
  const long = 'Estuaries, lagoons and the long way of a river from its spring in the mountains to the sea'
  const [one, other] = [await courseAt(30_000, long), await courseAt(50_000, 'Deltas together')]
  const title = `Where rivers end ${run}`
  const bundleId = await offerBundle([one, other], title)
  const learner = await signUp(systemUrl(), 'Ayanda Estuary')
  const single = await learner.api.payments.startCheckout({
    courseId: one,
    price: { amountMinor: 30_000, currency: 'ZAR' },
  })
  await payOnPage(single.checkoutUrl ?? '')
  await until('The course is theirs', async () => {
    await learner.api.payments.checkOrder({ orderId: single.id })
    return (await learner.api.payments.getBundle({ bundleId })).owned.length === 1
  })
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto('/courses', { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: title }).waitFor()
  await page.goto(`/courses/${other}`, { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: title }).filter({ visible: true }).click()
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  await page.getByText('You already have', { exact: true }).waitFor()
  await page
    .getByText(/One by one these courses cost \D+800[.,]00\. Together you save \D+100[.,]00\./)
    .waitFor()
  await assertGood(page, 'a bundle', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: /^Buy for \D+700[.,]00$/ }).click()
  await page.waitForURL(/\/pay\//)
  await payOnPage(page.url())
  const [order] = (await learner.api.payments.listOrders({})).items
  assert.equal(order?.bundle?.title, title)
  await page.goto(`/account/payments/${order?.id}?paid`)
  await page.getByText('Your payment is confirmed and the courses are yours.').waitFor()
  await assertGood(page, 'a paid order of a bundle', looks)
  await page.goto('/account/payments', { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: title }).waitFor()
  await page.goto(`/bundles/${bundleId}`, { waitUntil: 'networkidle' })
  await page.getByText('You already have all the courses in this bundle.').waitFor()
  for (const courseId of [one, other])
    await until('The course is open', async () => {
      const { enrolled } = await learner.api.education.getCourseAccess({ courseId })
      return enrolled
    })
  assert.deepEqual(faults, [])
  await context.close()
})
