import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { appoint, openAuthDatabase, type Person, password, signIn, signUp } from '../api.ts'
import { type CardName, payOnPage } from '../checkout.ts'
import { makeCourse } from '../courses.ts'
import { until } from '../system.ts'
import { desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { offerBundle } from './bundle-fixture.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The way back of money: a buyer asks for it, a bank takes it, and the school answers and compares its books. */

let browser: Browser
let instructor: Person
let officer: Person
let authDb: ReturnType<typeof openAuthDatabase>
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  authDb = openAuthDatabase({
    adminUrl: process.env.AZORA_TEST_ADMIN_URL ?? '',
    secret: process.env.AZORA_TEST_SECRET ?? '',
  })
  officer = await appoint(systemUrl(), authDb, {
    role: 'learner',
    offices: ['finance'],
    name: 'Farai Ledger',
  })
})
after(async () => {
  await browser.close()
  await authDb.close()
})

const price = { amountMinor: 45_000, currency: 'ZAR' }
const looks = [phoneByDay, phoneByNight, deskByDay]

async function bought(title: string, buyer: string, card: CardName = 'works') {
  const { courseId } = await makeCourse(systemUrl(), instructor, { title })
  await instructor.api.payments.setCoursePrices({ courseId, prices: [price] })
  const learner = await signUp(systemUrl(), buyer)
  const { id: orderId, checkoutUrl } = await learner.api.payments.startCheckout({ courseId, price })
  await payOnPage(checkoutUrl ?? '', card)
  await until(
    'the order is paid',
    async () => (await learner.api.payments.checkOrder({ orderId })).status === 'paid',
  )
  return { learner, orderId }
}

async function visitAs(person: Person, viewport: { width: number; height: number }) {
  const seen = await visit(browser, { viewport })
  await signInWithoutForm(seen.context, person.email, password)
  return seen
}

it('a buyer asks for a refund on a phone, takes it back, asks again, and reads what the school says', async () => {
  const { learner, orderId } = await bought('Dunes to give back', 'Zola Returner')
  const { page, context, faults } = await visitAs(learner, phone)
  await page.goto(`/account/payments/${orderId}`, { waitUntil: 'networkidle' })
  await page.getByText('Ask for a refund').click()
  await page
    .getByRole('textbox', { name: 'Why do you want the money back?' })
    .fill('I have no time this term.')
  await assertGood(page, 'asking for a refund', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Send request' }).click()
  await page.getByText('You asked for a refund').waitFor()
  await assertGood(page, 'a request for a refund', looks)
  await page.getByRole('button', { name: 'Take request back' }).click()
  await page.getByText('Ask for a refund').click()
  await page.getByRole('textbox', { name: 'Why do you want the money back?' }).fill('Half a term is enough.')
  await page.getByRole('button', { name: 'Send request' }).click()
  await page.getByText('You asked for a refund').waitFor()

  const desk1 = await visitAs(officer, desk)
  await desk1.page.goto('/admin/payments/requests?status=open')
  await desk1.page.getByText('“Half a term is enough.”').waitFor()
  await assertGood(desk1.page, 'requests for refunds', looks)
  await desk1.page.setViewportSize(desk)
  await desk1.page.getByRole('button', { name: 'Answer the request for Dunes to give back' }).press('Enter')
  await desk1.page.getByRole('textbox', { name: 'Amount in ZAR' }).fill('225')
  await desk1.page.getByRole('textbox', { name: 'A word to the buyer' }).fill('Half of it goes back.')
  await assertGood(desk1.page, 'answering a request', looks)
  await desk1.page.setViewportSize(desk)
  await desk1.page.getByRole('button', { name: 'Refund', exact: true }).click()
  await desk1.page.getByText('The refund is on its way.').waitFor()
  await desk1.context.close()

  await page.reload({ waitUntil: 'networkidle' })
  await page.getByText('The school gave money back').waitFor()
  await page.getByText('Half of it goes back.').first().waitFor()
  const { status, refunded } = await learner.api.payments.getOrder({ orderId })
  assert.deepEqual([status, refunded.amountMinor], ['paid', 22_500])
  assert.deepEqual([...faults, ...desk1.faults], [])
  await context.close()
})

it('a buyer of a bundle asks for one course back, and a finance officer gives back that course, then another', async () => {
  const courses = []
  for (const title of ['Tides', 'Springs and wells', 'A long walk along the rivers of the south'])
    courses.push(await makeCourse(systemUrl(), instructor, { title }))
  const courseIds = courses.map(({ courseId }) => courseId)
  for (const courseId of courseIds)
    await instructor.api.payments.setCoursePrices({ courseId, prices: [price] })
  const bundleId = await offerBundle(courseIds, 'All about water')
  const learner = await signUp(systemUrl(), 'Naledi Halfway')
  const { id: orderId, checkoutUrl } = await learner.api.payments.startBundleCheckout({
    ...{ bundleId, version: 1, price: { amountMinor: 70_000, currency: 'ZAR' } },
  })
  await payOnPage(checkoutUrl ?? '')
  const order = () => learner.api.payments.checkOrder({ orderId })
  await until('the order is paid', async () => (await order()).status === 'paid')

  const { page, context, faults } = await visitAs(learner, phone)
  await page.goto(`/account/payments/${orderId}`, { waitUntil: 'networkidle' })
  await page.getByText('Ask for a refund').click()
  await page.getByRole('checkbox', { name: 'Tides' }).waitFor()
  for (const name of ['Springs', 'A long walk']) await page.getByRole('checkbox', { name }).press('Space')
  await page.getByRole('textbox', { name: 'Why do you want the money back?' }).fill('Two are enough.')
  await assertGood(page, 'asking for one course back', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Send request' }).click()
  await page.getByText('You asked for a refund').waitFor()

  const office = await visitAs(officer, phone)
  await office.page.goto('/admin/payments/requests?status=open')
  await office.page.getByRole('button', { name: 'Answer the request for Tides' }).press('Enter')
  await office.page.getByText('Goes back: ZAR 233.34').waitFor()
  await assertGood(office.page, 'answering a request for a course', looks)
  await office.page.setViewportSize(desk)
  await office.page.getByRole('button', { name: 'Refund', exact: true }).click()
  await office.page.getByText('The refund is on its way.').waitFor()
  await office.page.goto('/admin/payments')
  await office.page.getByRole('button', { name: 'Refund All about water' }).first().press('Enter')
  await office.page.getByRole('radio', { name: 'Single courses' }).press('Space')
  await office.page.getByRole('button', { name: 'Refund', exact: true }).click()
  await office.page.getByText('Choose at least one course.').waitFor()
  await office.page.getByRole('checkbox', { name: 'Springs' }).press('Space')
  await assertGood(office.page, 'refunding courses of a bundle', looks)
  await office.page.setViewportSize(desk)
  await office.page.getByRole('button', { name: 'Refund', exact: true }).click()
  await office.page.getByText('The refund is on its way.').waitFor()

  await page.reload({ waitUntil: 'networkidle' })
  await page.getByText('The school gave money back').waitFor()
  await page.getByText('For Springs and wells').waitFor()
  await assertGood(page, 'an order of which courses went back', looks)
  const { items, status } = await order()
  assert.deepEqual([status, items.map(({ refundable }) => refundable.amountMinor)], ['paid', [0, 0, 23_333]])
  assert.deepEqual([...faults, ...office.faults], [])
  await context.close()
  await office.context.close()
})

it('a finance officer answers a dispute, and sees that the books agree', async () => {
  const { orderId } = await bought('Storms in dispute', 'Themba Doubter', 'disputed')
  const { page, context, faults } = await visitAs(officer, desk)
  await until('the dispute is known', async () => {
    const { items } = await officer.api.payments.listDisputes({})
    return items.some(one => one.orderId === orderId)
  })
  await page.goto('/admin/payments/disputes')
  await page.getByText('The card’s owner says that they didn’t pay this').first().waitFor()
  await assertGood(page, 'disputes', looks)
  await page.setViewportSize(desk)
  await page.getByRole('button', { name: 'Answer the dispute about Storms in dispute' }).press('Enter')
  await page.getByRole('textbox', { name: 'What speaks for the school' }).fill('winning_evidence')
  await assertGood(page, 'answering a dispute', looks)
  await page.setViewportSize(desk)
  await page.getByRole('button', { name: 'Send to the bank' }).click()
  await page.getByText('Your answer was sent.').waitFor()
  await page.getByText('Won').first().waitFor()

  await page.getByRole('link', { name: 'Reconciliation' }).click()
  await page.getByRole('button', { name: 'Compare now' }).click()
  await page.getByText('All agree').first().waitFor()
  await page.getByText('Nothing differs.').waitFor()
  await assertGood(page, 'reconciliation', looks)
  assert.deepEqual(faults, [])
  await context.close()
})

it('a finance officer says in which currencies the school sells, and for how long money can be asked for', async () => {
  const { page, context, faults } = await visitAs(officer, phone)
  await page.goto('/admin/payments/settings')
  const field = page.getByRole('textbox', { name: 'Currencies' })
  await field.fill('ZAR, XYZ')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('This is not the code of a currency', { exact: false }).waitFor()
  await field.fill('zar usd')
  await page.getByRole('textbox', { name: 'Days for refund requests' }).fill('7')
  await page.getByRole('button', { name: 'Save settings' }).press('Enter')
  await page.getByText('Settings saved').waitFor()
  await assertGood(page, 'settings of sales', looks)
  const { currencies, refundRequestDays } = await officer.api.payments.getPaymentSettings({})
  assert.deepEqual([currencies, refundRequestDays], [['ZAR', 'USD'], 7])
  await officer.api.payments.savePaymentSettings({ currencies: ['ZAR'], refundRequestDays: 14 })
  assert.deepEqual(faults, [])
  await context.close()
})
