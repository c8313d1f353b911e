import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Person, password } from '../api.ts'
import { desk, openBrowser, visit } from './browser.ts'
import { financeOfficer } from './bundle-fixture.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Rates of exchange are kept, and revenue in all currencies is told in one. */

let browser: Browser
let officer: Person
before(async () => {
  browser = await openBrowser()
  officer = await financeOfficer('Refilwe Rates')
})
after(async () => {
  const { currencies } = await officer.api.payments.getPaymentSettings()
  await officer.api.payments.savePaymentSettings({ currencies, reportingCurrency: null })
  await browser.close()
})

const looks = [phoneByDay, phoneByNight, deskByDay]
const file = (text: string) => ({ name: 'rates.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

it('rates are saved and taken over from a file, and revenue is told in the reporting currency', async () => {
  const { page, context, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, officer.email, password)
  await page.goto('/admin/payments/settings')
  const reporting = page.getByLabel('Reporting currency')
  await reporting.selectOption('BWP')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Settings saved').waitFor()
  await assertGood(page, 'sales settings', looks)

  await page.getByRole('link', { name: 'Exchange rates' }).click()
  await page.getByRole('heading', { name: 'Exchange rates', level: 1 }).waitFor()
  await page.getByLabel('One unit of').selectOption('USD')
  await page.getByLabel('Is worth, in').selectOption('BWP')
  await page.getByLabel('Rate', { exact: true }).fill('13,4012')
  await page.getByLabel('Day', { exact: true }).fill('2026-01-05')
  await page
    .getByRole('textbox', { name: /^Source/ })
    .first()
    .fill('Bank of Botswana')
  await page.getByRole('button', { name: 'Save rate' }).click()
  await page.getByRole('row', { name: /1 USD in BWP.*13\.4012.*Bank of Botswana/ }).waitFor()

  const chooser = page.locator('input[type=file]')
  await chooser.setInputFiles(file('Date,BWP\nyesterday,1'))
  await page.getByText(/Line 2 can’t be read/).waitFor()
  await chooser.setInputFiles(file('Date,BWP,ZAR\n2026-01-05,14.61,19.7150\n2026-01-02,14.6,19.70'))
  await page.getByText(/4 rates saved, up to/).waitFor()
  await page.getByRole('row', { name: /1 EUR in ZAR.*19\.7150/ }).waitFor()
  await assertGood(page, 'exchange rates', looks)

  await page.goto('/admin/revenue')
  const currency = page.getByRole('combobox', { name: 'Currency' })
  await currency.waitFor()
  assert.equal(await currency.locator('option:checked').textContent(), 'All currencies, in BWP')
  await page.getByRole('heading', { name: 'Monthly recurring revenue' }).waitFor()
  await assertGood(page, 'revenue of all currencies', looks)
  assert.deepEqual(faults, [])
  await context.close()
})
