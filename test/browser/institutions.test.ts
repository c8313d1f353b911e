import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeSoldCourse } from '../courses.ts'
import { until } from '../system.ts'
import { desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { financeOfficer } from './bundle-fixture.ts'
import { managedInstitution } from './institution-fixture.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The way of an institution: the finance office adds it and records what it pays, and its managers order and invite. */

let browser: Browser
let instructor: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

const run = randomUUID().slice(0, 6)
const looks = [phoneByDay, phoneByNight, deskByDay]

const price = { amountMinor: 45_000, currency: 'ZAR' }
const soldCourse = (title: string) => makeSoldCourse(systemUrl(), instructor, price, { title })

async function addInstitution(page: Page, name: string) {
  await page.goto('/admin/institutions')
  await page.getByRole('button', { name: 'New institution' }).click()
  const dialog = page.getByRole('dialog', { name: 'New institution' })
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await dialog.getByRole('textbox', { name: 'Legal name' }).fill(`${name} (Pty) Ltd`)
  await dialog.getByRole('textbox', { name: 'Address' }).fill('7 Mill Road\nParys 9585')
  await dialog.getByRole('textbox', { name: 'Tax number' }).fill('4111111111')
  await dialog.getByRole('textbox', { name: 'Billing email' }).fill(`${run}@vaal.example`)
  await dialog.getByRole('textbox', { name: 'Credit limit in ZAR' }).fill('10 000')
  await assertGood(page, 'a new institution', looks)
  await dialog.getByRole('button', { name: 'Save institution' }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

it('the finance office adds an institution, orders seats for it, and records its payment', async () => {
  const course = `Dairy hygiene ${run}`
  await soldCourse(course)
  const officer = await financeOfficer('Palesa Account')
  const member = await signUp(systemUrl(), 'Sizwe Nkosi')
  const { page, context, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, officer.email, password)
  const name = `Vaal Dairies ${run}`
  await addInstitution(page, name)
  await page.getByRole('button', { name: 'Add manager' }).click()
  const adding = page.getByRole('dialog', { name: 'Add manager' })
  await adding.getByRole('textbox', { name: 'Email' }).fill(member.email)
  await adding.getByRole('button', { name: 'Add manager' }).click()
  await page.getByRole('link', { name: 'Sizwe Nkosi' }).waitFor()

  await page.getByRole('button', { name: 'Order seats' }).click()
  const ordering = page.getByRole('dialog', { name: `Order seats for ${name}` })
  await ordering.getByRole('searchbox', { name: 'Find a course' }).fill(course)
  await ordering.getByRole('combobox', { name: 'Course' }).selectOption({ label: course })
  await ordering.getByRole('button', { name: 'Show the total' }).click()
  await ordering.getByText(/It may order for \D+10[, .]?000[.,]00 more\./).waitFor()
  await assertGood(page, 'seats that are ordered', looks)
  await ordering.getByRole('button', { name: /^Order for \D+4[, .]?500[.,]00$/ }).click()
  const row = page.getByRole('row').filter({ hasText: course })
  await row.getByText('0 of 10 given').waitFor()
  await assertGood(page, 'an institution', looks)

  await row.getByRole('button', { name: /^Record payment for/ }).click()
  const recording = page.getByRole('dialog', { name: /^Record a payment for/ })
  await recording.getByRole('textbox', { name: 'Amount in ZAR' }).fill('5 000')
  await recording.getByRole('textbox', { name: 'Reference' }).fill('FNB 4711')
  await recording.getByRole('button', { name: 'Record payment' }).click()
  await recording.getByText('Less than that is open on this invoice.').waitFor()
  await recording.getByRole('textbox', { name: 'Amount in ZAR' }).fill('1 500')
  await assertGood(page, 'a payment of an invoice', looks)
  await recording.getByRole('button', { name: 'Record payment' }).click()
  await row.getByText(/FNB 4711/).waitFor()
  await row.getByText(/3[, .]?000[.,]00/).waitFor()

  await page.goto('/admin/institutions/receivables')
  await page.getByRole('row').filter({ hasText: name }).waitFor()
  await assertGood(page, 'receivables', looks)
  await page.goto('/admin/institutions')
  await page.getByRole('link', { name }).waitFor()
  await assertGood(page, 'the institutions of a school', looks)
  assert.deepEqual(faults, [])
  await context.close()
})

it('the finance office cancels an order that nothing was paid for', async () => {
  const courseId = await soldCourse(`Cheese ${run}`)
  const officer = await financeOfficer('Palesa Cancels')
  const manager = await signUp(systemUrl(), 'Lerato Karoo')
  const institutionId = await managedInstitution(manager, `Karoo College ${run}`)
  const { invoice } = await officer.api.payments.orderSeats({
    ...{ institutionId, courseId, seats: 2, total: { amountMinor: 90_000, currency: 'ZAR' } },
  })
  const { page, context, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, officer.email, password)
  await page.goto(`/admin/institutions/${institutionId}`)
  await page.getByRole('button', { name: `Cancel order of ${invoice.number}` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Ordered twice')
  await dialog.getByRole('button', { name: 'Cancel order' }).click()
  await page.getByText('Cancelled', { exact: true }).waitFor()
  await until('Nothing is owed', async () => {
    const { open } = await officer.api.payments.getInstitution({ institutionId })
    return open.length === 0
  })
  assert.deepEqual(faults, [])
  await context.close()
})

it('a manager orders seats, invites a person, and sees the invoice', async () => {
  const course = `Soil and water ${run}`
  await soldCourse(course)
  const manager = await signUp(systemUrl(), 'Thabo Orchard')
  const name = `Elgin Orchards ${run}`
  const institutionId = await managedInstitution(manager, name)
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, manager.email, password)
  await page.goto('/account/payments', { waitUntil: 'networkidle' })
  await page.getByRole('link', { name }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await page.getByRole('combobox', { name: 'Course' }).selectOption({ label: course })
  await page.getByRole('button', { name: 'Show the total' }).click()
  await page.getByText(/\D+450[.,]00 for each seat/).waitFor()
  await assertGood(page, 'seats that a manager orders', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: /^Order for \D+4[, .]?500[.,]00$/ }).click()
  await page.getByText('0 of 10 given').waitFor()
  await page.getByRole('button', { name: new RegExp(`^Invite people to ${course}`) }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Email addresses' }).fill(`lerato-${run}@elgin.example`)
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
  await dialog.getByText(`lerato-${run}@elgin.example`).waitFor()
  await assertGood(page, 'the seats of an order', looks)
  await page.setViewportSize(phone)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByText('1 of 10 given').waitFor()
  await assertGood(page, 'an institution, for its manager', looks)
  const [order] = (await manager.api.payments.listOwnAccountOrders({ institutionId })).items
  const pdf = await context.request.get(`/api/v1/payments/invoices/${order?.invoice.id}/document.pdf`)
  assert.equal(pdf.headers()['content-type'], 'application/pdf')
  assert.deepEqual(faults, [])
  await context.close()
})
