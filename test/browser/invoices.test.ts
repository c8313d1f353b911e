import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoAdmin, demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { payOnPage } from '../checkout.ts'
import { makeCourse } from '../courses.ts'
import { until } from '../system.ts'
import { desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The way of documents: the school says how it taxes, a buyer who they are, and both find the invoice. */

let browser: Browser
let instructor: Person
let officer: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  officer = await signUp(systemUrl(), 'Amina Folio')
  const admin = await signIn(systemUrl(), demoAdmin.email, demoPassword)
  await admin.api.auth.giveOffice({ userId: officer.userId, office: 'finance' })
})
after(() => browser.close())

const rand = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const looks = [phoneByDay, phoneByNight, deskByDay]

it('a finance officer registers the school for tax, and is told what is missing', async () => {
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, officer.email, password)
  await page.goto('/admin/payments/tax')
  await page.getByRole('textbox', { name: 'Registered name' }).fill('Rivers Academy (Pty) Ltd')
  await page.getByRole('textbox', { name: 'Address' }).fill('1 Long Street\nCape Town 8001')
  // It may have run in this school before.
  const registered = page.getByRole('checkbox', { name: 'The school is registered for tax' })
  if (!(await registered.isChecked())) await page.getByText('The school is registered for tax').click()
  await page.getByRole('textbox', { name: 'Tax number' }).fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Enter the tax number.', { exact: false }).first().waitFor()
  await page.getByRole('textbox', { name: 'Tax number' }).fill('4000000000')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Tax settings saved').waitFor()
  await assertGood(page, 'the tax settings of a school', looks)
  assert.deepEqual(faults, [])
  await context.close()
})

it('a buyer says who they are, sees the tax, pays, and downloads the invoice; the school finds it', async () => {
  const course = await makeCourse(systemUrl(), instructor, { title: 'Lakes with an invoice' })
  const { courseId } = course
  await instructor.api.payments.setCoursePrices({ courseId, prices: [rand(11_500)] })
  await until('The catalogue knows the price', async () => {
    const { prices } = await instructor.api.education.getCourse({ course: courseId })
    return prices.length > 0
  })
  const learner = await signUp(systemUrl(), 'Naledi Folio')
  const company = `Tembo ${randomUUID().slice(0, 6)} CC`
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto('/account/payments', { waitUntil: 'networkidle' })
  await page.getByRole('textbox', { name: 'Name or company' }).fill(company)
  await page.getByRole('textbox', { name: 'Address' }).fill('2 Main Road\nDurban')
  await page.getByRole('combobox', { name: 'Country' }).selectOption('ZA')
  await page.getByRole('button', { name: 'Save billing details' }).click()
  await page.getByText('Billing details saved').waitFor()
  await assertGood(page, 'billing details', looks)
  await page.goto(`/courses/${courseId}`, { waitUntil: 'networkidle' })
  await page
    .getByText(/^Includes \D+15[.,]00 VAT$/)
    .filter({ visible: true })
    .waitFor()
  await assertGood(page, 'a course whose price holds tax', looks)
  const order = await learner.api.payments.startCheckout({ courseId, price: rand(11_500) })
  await payOnPage(order.checkoutUrl ?? '')
  await until('The order is paid', async () => {
    const { status } = await learner.api.payments.checkOrder({ orderId: order.id })
    return status === 'paid'
  })
  await page.goto(`/account/payments/${order.id}`, { waitUntil: 'networkidle' })
  const link = page.getByRole('link', { name: /^Download as PDF: Invoice TEST-INV-\d{6}$/ })
  await assertGood(page, 'an order with its invoice', looks)
  const address = (await link.getAttribute('href')) ?? ''
  const answer = await context.request.get(`${systemUrl()}${address}`)
  assert.equal(answer.headers()['content-type'], 'application/pdf')
  assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-')
  assert.deepEqual(faults, [])
  await context.close()

  const desktop = await visit(browser, { viewport: desk })
  await signInWithoutForm(desktop.context, officer.email, password)
  await desktop.page.goto('/admin/payments/invoices')
  const row = desktop.page.getByRole('row').filter({ hasText: company })
  await row.getByRole('button', { name: /as PDF$/ }).waitFor()
  await desktop.page.getByRole('combobox', { name: 'Kind' }).selectOption('credit_note')
  // Other tests of the same school may have left credit notes.
  await row.waitFor({ state: 'detached' })
  await desktop.page.getByRole('combobox', { name: 'Kind' }).selectOption('invoice')
  await row.waitFor()
  await assertGood(desktop.page, 'the invoices of a school', looks)
  assert.deepEqual(desktop.faults, [])
  await desktop.context.close()
})
