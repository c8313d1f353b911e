import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoAdmin, demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { payOnPage } from '../checkout.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { until } from '../system.ts'
import { assertFits, desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { visitAsInstructor } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The way of money: a teacher sets a price, a learner pays it with a card, and the course is theirs. */

let browser: Browser
let instructor: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

const rand = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })

async function courseAt(amountMinor: number, title: string): Promise<TestCourse> {
  const course = await makeCourse(systemUrl(), instructor, { title })
  await instructor.api.payments.setCoursePrices({ courseId: course.courseId, prices: [rand(amountMinor)] })
  await until('The catalogue knows the price', async () => {
    const { prices } = await instructor.api.education.getCourse({ course: course.courseId })
    return prices.length > 0
  })
  return course
}

async function buyerAt(learner: Person, courseId: string, viewport: { width: number; height: number }) {
  const seen = await visit(browser, { viewport })
  await signInWithoutForm(seen.context, learner.email, password)
  await seen.page.goto(`/courses/${courseId}`, { waitUntil: 'networkidle' })
  return seen
}

const buyButton = (page: Page) => page.getByRole('button', { name: /^Buy for \D+450[.,]00$/ })

it('a teacher sets a price by keyboard, is told what is no amount, and sees what it cost before', async () => {
  const course = await makeCourse(systemUrl(), instructor, { title: 'Rivers at a price' })
  const { page, context, faults } = await visitAsInstructor(browser, phone)
  await page.goto(`/teach/courses/${course.courseId}#price`, { waitUntil: 'networkidle' })
  const field = page.getByRole('textbox', { name: 'Price in South African Rand' })
  await field.fill('four fifty')
  await field.press('Enter')
  await page.getByText(/^Enter an amount such as/).waitFor()
  await field.fill('450,00')
  await field.press('Enter')
  await page.getByText('Price saved').waitFor()
  await page.getByRole('textbox', { name: 'Price in South African Rand' }).fill('399')
  await page.getByRole('button', { name: 'Save price' }).press('Enter')
  await page.getByText(/^\D+399[.,]00$/).waitFor()
  await page.getByText(/^\D+450[.,]00$/).waitFor()
  await assertGood(page, 'the price of a course', [phoneByDay, phoneByNight, deskByDay])
  const { prices } = await instructor.api.payments.getCoursePrices({ courseId: course.courseId })
  assert.deepEqual(prices, [rand(39_900)])
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner on a phone pays with a card that asks for 3-D Secure, is enrolled, and finds the payment', async () => {
  const course = await courseAt(45_000, 'Tides for a price')
  const learner = await signUp(systemUrl(), 'Lindiwe Quay')
  const { page, context, faults } = await buyerAt(learner, course.courseId, phone)
  await page.goto('/courses?q=Tides', { waitUntil: 'networkidle' })
  await page
    .getByText(/^\D+450[.,]00$/)
    .first()
    .waitFor()
  await assertGood(page, 'a catalogue with a price', [phoneByDay, phoneByNight, deskByDay])
  await page.goto(`/courses/${course.courseId}`, { waitUntil: 'networkidle' })
  await page.getByText('Test mode: no real money moves.').filter({ visible: true }).waitFor()
  await assertGood(page, 'a course that is sold', [phoneByDay, phoneByNight, deskByDay])
  await page.setViewportSize(phone)
  await buyButton(page).filter({ visible: true }).click()
  await payWith(page, '4000 0027 6000 3184')
  await page.getByRole('button', { name: /^Complete/ }).click()
  await page.getByRole('heading', { name: 'Order', level: 1 }).waitFor()
  await page.getByText('You’re enrolled').waitFor()
  await assertGood(page, 'a paid order', [phoneByDay, phoneByNight, deskByDay])
  await page.getByRole('link', { name: 'Go to the course' }).click()
  await page.getByRole('heading', { name: 'Tides for a price' }).first().waitFor()
  await page.goto('/account/payments', { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: 'Tides for a price' }).waitFor()
  await assertGood(page, 'payments', [phoneByDay, phoneByNight, deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})

it('a card that is declined says so on the page, and another one pays the same order', async () => {
  const course = await courseAt(45_000, 'Clouds for a price')
  const learner = await signUp(systemUrl(), 'Sipho Weir')
  const { page, context } = await buyerAt(learner, course.courseId, desk)
  await buyButton(page).filter({ visible: true }).click()
  await payWith(page, '4000 0000 0000 9995')
  await page
    .getByText(/insufficient funds/i)
    .first()
    .waitFor()
  await assertFits(page, 'a declined card')
  await payWith(page, '4242 4242 4242 4242')
  await page.getByText('You’re enrolled').waitFor()
  const { items } = await learner.api.payments.listOrders({})
  assert.equal(items.length, 1)
  assert.equal(items[0]?.status, 'paid')
  await context.close()
})

it('a price that changed while the page was open is not charged', async () => {
  const course = await courseAt(45_000, 'Winds for a price')
  const learner = await signUp(systemUrl(), 'Thabo Gale')
  const { page, context } = await buyerAt(learner, course.courseId, phone)
  await instructor.api.payments.setCoursePrices({ courseId: course.courseId, prices: [rand(50_000)] })
  await buyButton(page).filter({ visible: true }).click()
  await page
    .getByText('The price has changed since you opened this page. Nothing was charged.', { exact: false })
    .filter({ visible: true })
    .waitFor()
  assert.deepEqual((await learner.api.payments.listOrders({})).items, [])
  await page
    .getByRole('button', { name: /^Buy for \D+500[.,]00$/ })
    .filter({ visible: true })
    .waitFor()
  await context.close()
})

it('who holds the office of finance finds the order in the panel and gives a part of it back', async () => {
  const course = await courseAt(45_000, 'Storms for a price')
  const learner = await signUp(systemUrl(), 'Zanele Storm')
  const order = await learner.api.payments.startCheckout({ courseId: course.courseId, price: rand(45_000) })
  await payOnPage(order.checkoutUrl ?? '')
  await until('The order is paid', async () => {
    const { status } = await learner.api.payments.checkOrder({ orderId: order.id })
    return status === 'paid'
  })
  const officer = await signUp(systemUrl(), 'Fatima Ledger')
  const admin = await signIn(systemUrl(), demoAdmin.email, demoPassword)
  await admin.api.auth.giveOffice({ userId: officer.userId, office: 'finance' })
  const { page, context, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, officer.email, password)
  await page.goto('/admin/payments')
  const row = page.getByRole('row').filter({ hasText: order.id })
  await row.getByText('Zanele Storm').waitFor()
  await assertGood(page, 'the payments of a school', [phoneByDay, phoneByNight, deskByDay])
  await row.getByRole('button', { name: 'Refund Storms for a price' }).click()
  const dialog = page.getByRole('dialog', { name: 'Refund' })
  await dialog.getByRole('textbox', { name: 'Amount in ZAR' }).fill('a lot')
  await dialog.getByRole('button', { name: 'Refund' }).click()
  await dialog.getByText('Enter an amount such as 450.00.').waitFor()
  await dialog.getByRole('textbox', { name: 'Amount in ZAR' }).fill('100,50')
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Two lessons were missing')
  await assertGood(page, 'a refund', [phoneByDay, phoneByNight, deskByDay])
  await dialog.getByRole('button', { name: 'Refund' }).click()
  await row.getByText(/100[.,]50 refunded/).waitFor()
  const { refunded, refunds } = await learner.api.payments.getOrder({ orderId: order.id })
  assert.deepEqual([refunded, refunds[0]?.note], [rand(10_050), 'Two lessons were missing'])
  assert.deepEqual(faults, [])
  await context.close()
})

/** On the hosted page of the sandbox. */
async function payWith(page: Page, card: string): Promise<void> {
  await page.getByLabel('Email').fill('buyer@school.example')
  await page.getByLabel('Card number').fill(card)
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on the card').fill('A Buyer')
  await page.getByRole('button', { name: /^Pay/ }).click()
}
