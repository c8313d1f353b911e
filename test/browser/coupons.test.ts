import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { payOnPage } from '../checkout.ts'
import { makeCourse } from '../courses.ts'
import { until } from '../system.ts'
import { openBrowser, phone, systemUrl, visit } from './browser.ts'
import { financeOfficer } from './bundle-fixture.ts'
import { visitAsInstructor } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The way of coupons: a teacher makes one, a learner types it, and what is shown is what it comes to. */

let browser: Browser
let instructor: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

const year = new Date().getFullYear()
const thisYear = { from: `${year}-01`, to: `${year + 1}-12` }
const looks = [phoneByDay, phoneByNight, deskByDay]

it('a teacher makes a coupon, and a learner takes a course for nothing by another', async () => {
  const { courseId } = await makeCourse(systemUrl(), instructor, { title: 'Dunes with a coupon' })
  const prices = [{ amountMinor: 45_000, currency: 'ZAR' }]
  await instructor.api.payments.setCoursePrices({ courseId, prices })
  await until('The catalogue knows the price', async () => {
    const { prices: known } = await instructor.api.education.getCourse({ course: courseId })
    return known.length > 0
  })
  const teacher = await visitAsInstructor(browser, phone)
  await teacher.page.goto(`/teach/courses/${courseId}#price`, { waitUntil: 'networkidle' })
  await teacher.page.getByRole('textbox', { name: 'Code' }).fill('dunes-10')
  await teacher.page.getByRole('textbox', { name: 'Per cent off' }).fill('ten')
  await teacher.page.getByRole('button', { name: 'Make coupon' }).click()
  await teacher.page.getByText('Enter a share from 0.01 to 100.').waitFor()
  await teacher.page.getByRole('textbox', { name: 'Per cent off' }).fill('10')
  await teacher.page.getByRole('button', { name: 'Make coupon' }).click()
  await teacher.page.getByRole('button', { name: 'End coupon DUNES-10' }).waitFor()
  await assertGood(teacher.page, 'the coupons of a course', looks)
  assert.deepEqual(teacher.faults, [])
  await teacher.context.close()
  await instructor.api.payments.createCourseCoupon({
    courseId,
    code: 'DUNES-GIFT',
    off: { basisPoints: 10_000 },
    validFrom: null,
    validUntil: null,
    mostUses: 1,
    mostPerPerson: 1,
  })

  const learner = await signUp(systemUrl(), 'Ayanda Dune')
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/courses/${courseId}`, { waitUntil: 'networkidle' })
  const type = async (code: string) => {
    await page.getByRole('textbox', { name: 'Coupon code' }).filter({ visible: true }).fill(code)
    await page.getByRole('button', { name: 'Use this coupon' }).filter({ visible: true }).click()
  }
  await page.getByRole('button', { name: 'I have a coupon' }).filter({ visible: true }).click()
  await type('DUNES-99')
  await page.getByText('There is no such coupon.', { exact: false }).filter({ visible: true }).waitFor()
  await type('dunes-10')
  await page
    .getByText(/^Coupon DUNES-10: \D+45[.,]00 off$/)
    .filter({ visible: true })
    .waitFor()
  await page
    .getByRole('button', { name: /^Buy for \D+405[.,]00$/ })
    .filter({ visible: true })
    .waitFor()
  await assertGood(page, 'a course with a coupon', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Remove coupon' }).filter({ visible: true }).click()
  await page
    .getByRole('button', { name: /^Buy for \D+450[.,]00$/ })
    .filter({ visible: true })
    .waitFor()
  await type('DUNES-GIFT')
  await page.getByRole('button', { name: 'Get this course for nothing' }).filter({ visible: true }).click()
  await page.getByText('You’re enrolled').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('a finance officer makes a coupon for some courses, sees what it took off, and ends it', async () => {
  const title = 'Deltas that a coupon is for'
  const { courseId } = await makeCourse(systemUrl(), instructor, { title })
  const price = { amountMinor: 45_000, currency: 'ZAR' }
  await instructor.api.payments.setCoursePrices({ courseId, prices: [price] })
  const officer = await financeOfficer('Farai Coupon')
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, officer.email, password)
  await page.goto('/admin/coupons')
  await page.getByRole('button', { name: 'New coupon' }).press('Enter')
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  await field('Code').fill('deltas-50')
  await page.getByRole('radio', { name: 'An amount' }).press('Space')
  await field('Amount in ZAR').fill('50')
  await page.getByRole('radio', { name: 'Some courses' }).press('Space')
  await page.getByRole('button', { name: 'Make coupon' }).press('Enter')
  await page.getByText('Choose at least one course.').waitFor()
  const search = page.getByRole('searchbox', { name: 'Find a course' })
  await search.fill('xyzzy')
  await page.getByText('No course found. Try another word.').waitFor()
  await search.fill('Deltas that a coupon')
  await search.press('Enter')
  await page.getByRole('checkbox', { name: title }).press('Space')
  await search.fill('')
  await assertGood(page, 'a new coupon of the school', looks)
  await page.getByRole('button', { name: 'Make coupon' }).press('Enter')
  await page.getByText('Coupon made').waitFor()

  const learner = await signUp(systemUrl(), 'Sipho Delta')
  const total = { amountMinor: 40_000, currency: 'ZAR' }
  const { id: orderId, checkoutUrl } = await learner.api.payments.startCheckout({
    ...{ courseId, price, total, coupon: 'DELTAS-50' },
  })
  await payOnPage(checkoutUrl ?? '')
  await until(
    'the order is paid',
    async () => (await learner.api.payments.checkOrder({ orderId })).status === 'paid',
  )
  await page.goto('/admin/coupons?q=deltas&state=active')
  await page.getByText(title).waitFor()
  await page.getByText('ZAR 50.00', { exact: true }).waitFor()
  await assertGood(page, 'the coupons of the school', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'End coupon DELTAS-50' }).press('Enter')
  await page.getByRole('button', { name: 'End coupon', exact: true }).press('Enter')
  await page.getByText('Coupon ended').waitFor()
  const { items } = await officer.api.payments.listCoupons({ q: 'DELTAS' })
  assert.deepEqual(
    items.map(({ state, uses, discounts }) => [state, uses, discounts]),
    [['ended', 1, [{ amountMinor: 5_000, currency: 'ZAR' }]]],
  )
  await until('the sale is booked', async () => {
    const { items: sales } = await officer.api.mint.listSchoolSales(thisYear)
    return sales.some(sale => sale.courseId === courseId)
  })
  await page.goto('/admin/revenue')
  const revenue = page.getByRole('region', { name: 'Courses', exact: true })
  await revenue.getByText(title).waitFor()
  await revenue.getByText('ZAR 50.00', { exact: true }).first().waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV: Courses' }).press('Enter')
  assert.equal((await saving).suggestedFilename(), 'courses-ZAR.csv')
  await assertGood(page, 'revenue by course', looks)
  assert.deepEqual(faults, [])
  await context.close()
})
