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
import { visitAsInstructor } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The books in the panel, and what an instructor is shown of them. */

let browser: Browser
let officer: Person
let instructor: Person
let bookingKind: string
const looks = [phoneByDay, phoneByNight, deskByDay]
const price = { amountMinor: 45_000, currency: 'ZAR' }

before(async () => {
  browser = await openBrowser()
  const url = systemUrl()
  instructor = await signIn(url, demoInstructor.email, demoPassword)
  const someone = await signUp(url, 'Gugu Ledger')
  const admin = await signIn(url, demoAdmin.email, demoPassword)
  await admin.api.auth.giveOffice({ userId: someone.userId, office: 'finance' })
  officer = await signIn(url, someone.email)
  const { courseId } = await makeCourse(url, instructor, { title: 'Rivers in the books' })
  await instructor.api.payments.setCoursePrices({ courseId, prices: [price] })
  await until('The catalogue knows the price', async () => {
    const { prices } = await instructor.api.education.getCourse({ course: courseId })
    return prices.length > 0
  })
  const learner = await signUp(url, 'Buyer Brook')
  const order = await learner.api.payments.startCheckout({ courseId, price })
  await payOnPage(order.checkoutUrl ?? '')
  const { mint } = officer.api
  await until('The sale is booked', async () => {
    const { items } = await instructor.api.mint.listCourseSales({ from: '2026-01', to: '2099-12' })
    return items.some(one => one.courseId === courseId)
  })
  // An own kind, by which the journal is searched.
  bookingKind = `capital_${randomUUID().slice(0, 8)}`
  const owner = { type: 'school', id: null } as const
  const bank = await mint.openAccount({ kind: 'cash_at_bank', owner, currency: 'ZAR' })
  const equity = await mint.openAccount({ kind: 'equity', owner, currency: 'ZAR' })
  const bookingId = randomUUID()
  await mint.createTransfers({
    bookings: [{ id: bookingId, kind: bookingKind }],
    transfers: [1_250_000, 50].map(amountMinor => ({
      id: randomUUID(),
      phase: 'posted' as const,
      kind: bookingKind,
      bookingId,
      debitAccountId: bank.id,
      creditAccountId: equity.id,
      amountMinor,
      description: 'Paid in by the founders',
    })),
  })
})
after(() => browser.close())

it('who keeps the books reads balances, an account, the journal and a booking', async () => {
  const { page, context, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, officer.email, password)
  await page.goto('/admin/ledger')
  await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Cash at the bank' }).first().waitFor()
  await assertGood(page, 'the balances of the books', looks)
  await page.setViewportSize(desk)
  await page.getByRole('link', { name: 'Cash at the bank' }).first().click()
  await page.getByRole('tab', { name: 'Accounts', selected: true }).waitFor()
  await page
    .getByText(/12[,. \u00a0]?500[.,]50/)
    .first()
    .waitFor()
  await assertGood(page, 'the accounts of the books', looks)
  await page.setViewportSize(desk)
  await page.getByRole('link', { name: 'Cash at the bank' }).click()
  await page.getByText('Paid in by the founders').first().waitFor()
  await page.getByText('Opening balance').waitFor()
  await page.getByText('Closing balance').waitFor()
  await assertGood(page, 'the statement of an account', looks)
  await page.setViewportSize(desk)
  await page.goto('/admin/ledger?part=journal')
  await page.getByLabel('Kind').fill(bookingKind)
  await page.getByText(/^[^\d-]*0[.,]50$/).waitFor()
  // What stood there before the filter stays until the list has come.
  await page.getByRole('link', { name: 'Booking' }).nth(2).waitFor({ state: 'detached' })
  assert.equal(await page.getByRole('link', { name: 'Booking' }).count(), 2)
  await assertGood(page, 'the journal', looks)
  await page.setViewportSize(desk)
  await page.getByRole('link', { name: 'Booking' }).first().click()
  await page.getByRole('heading', { name: 'Booking', level: 1 }).waitFor()
  await page.getByText(/^[^\d-]*0[.,]50$/).waitFor()
  await assertGood(page, 'a booking', looks)
  const csv = await context.request.get(`/api/v1/mint/transfers.csv?kind=${bookingKind}`)
  assert.equal((await csv.text()).trim().split('\r\n').length, 3)
  assert.deepEqual(faults, [])
  await context.close()
})

it('who keeps the books adds a version of how sales are shared, and says who may send money', async () => {
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, officer.email, password)
  await page.goto('/admin/ledger?part=rules')
  await page.getByRole('heading', { name: 'How sales are shared' }).waitFor()
  for (const [label, text] of [
    ['Platform (%)', '10'],
    ['School (%)', 'a lot'],
    ['Instructor (%)', '67,5'],
  ] as const)
    await page.getByRole('textbox', { name: label }).fill(text)
  await page.getByRole('button', { name: 'Add version' }).click()
  await page.getByText('Enter a percentage such as 12.5.').waitFor()
  await page.getByRole('textbox', { name: 'School (%)' }).fill('22.5')
  await page.getByRole('button', { name: 'Add version' }).click()
  await page.getByText(/^67[.,]5\s?%$/).waitFor()
  await page.getByText('Current').waitFor()
  await page.getByLabel('Who may send').selectOption('everyone')
  await page.getByLabel('Limit in 24 hours (ZAR)').fill('500')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved', { exact: true }).waitFor()
  await assertGood(page, 'the rules of the books', looks)
  const { senders, limits } = await officer.api.mint.getWalletSettings()
  assert.deepEqual([senders, limits], ['everyone', [{ amountMinor: 50_000, currency: 'ZAR' }]])
  await officer.api.mint.saveWalletSettings({ senders: 'nobody', limits: [] })
  assert.deepEqual(faults, [])
  await context.close()
})

it('an instructor sees what a course sold, month by month, and what of it is theirs', async () => {
  const { page, context, faults } = await visitAsInstructor(browser, phone)
  await page.goto('/teach', { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: 'Sales' }).click()
  await page.getByRole('heading', { name: 'Sales', level: 1 }).waitFor()
  await page.getByText('Rivers in the books').waitFor()
  await assertGood(page, 'the sales of an instructor', looks)
  const href = await page.getByRole('link', { name: 'Download CSV' }).getAttribute('href')
  const csv = await (await context.request.get(href ?? '')).text()
  assert.match(csv, /Rivers in the books,1,450\.00,0\.00,/)
  await page.goto('/teach/sales?from=2024-01&to=2024-03', { waitUntil: 'networkidle' })
  await page.getByText('No sales in these months').waitFor()
  await assertGood(page, 'sales where there are none', looks)
  assert.deepEqual(faults, [])
  await context.close()
})
