import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoAdmin, demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { payOnPage } from '../checkout.ts'
import { makeSoldCourse } from '../courses.ts'
import { until } from '../system.ts'
import { openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** A wallet: money is put in, buys a course, is sent to a friend, and stands in a statement. */

let browser: Browser
let instructor: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

const rand = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const looks = [phoneByDay, phoneByNight, deskByDay]

const soldCourse = (title: string) => makeSoldCourse(systemUrl(), instructor, rand(45_000), { title })

const balanceOf = async ({ api }: Person) => (await api.mint.listWallets()).items[0]?.balance.amountMinor ?? 0

async function deposit(person: Person, amountMinor: number): Promise<void> {
  const { checkoutUrl } = await person.api.payments.startDeposit({ amount: rand(amountMinor) })
  await payOnPage(checkoutUrl ?? '')
  await until('The money is in the wallet', async () => (await balanceOf(person)) === amountMinor)
}

async function walletOf(learner: Person, path = '/account/wallet') {
  const seen = await visit(browser, { viewport: phone })
  await signInWithoutForm(seen.context, learner.email, password)
  await seen.page.goto(path, { waitUntil: 'networkidle' })
  return seen
}

it('a learner puts money into the wallet with a card, and finds it there', async () => {
  const learner = await signUp(systemUrl(), 'Naledi Brook')
  const { page, context, faults } = await walletOf(learner)
  await page.getByText('Your wallet is empty').waitFor()
  await assertGood(page, 'an empty wallet', looks)
  await page.setViewportSize(phone)
  const field = page.getByRole('textbox', { name: 'Amount' })
  await field.fill('two hundred')
  await field.press('Enter')
  await page.getByText(/^Enter an amount such as/).waitFor()
  await field.fill('600,50')
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await payWith(page)
  await page.getByText('The money is on its way to your wallet').waitFor()
  await assertGood(page, 'a paid deposit', looks)
  await until('The money is in the wallet', async () => (await balanceOf(learner)) === 60_050)
  await page.getByRole('link', { name: 'Go to your wallet' }).click()
  await page
    .getByText(/^\D+600[.,]50$/)
    .first()
    .waitFor()
  await page.getByText('Money added').waitFor()
  await assertGood(page, 'a wallet', looks)
  assert.deepEqual(faults, [])
  await context.close()
})

it('a course is bought from the wallet without a card, and the wallet says so', async () => {
  const courseId = await soldCourse('Lakes from a wallet')
  const learner = await signUp(systemUrl(), 'Ayanda Brook')
  await deposit(learner, 50_000)
  const { page, context, faults } = await walletOf(learner, `/courses/${courseId}`)
  const pay = page.getByRole('button', { name: /^Pay \D+450[.,]00 from wallet$/ }).filter({ visible: true })
  await pay.waitFor()
  await assertGood(page, 'a course that the wallet can pay', looks)
  await page.setViewportSize(phone)
  await pay.click()
  await page.getByText('You’re enrolled').waitFor()
  await until('The purchase is booked', async () => (await balanceOf(learner)) === 5_000)
  await page.goto('/account/wallet', { waitUntil: 'networkidle' })
  await page.getByText('Lakes from a wallet').waitFor()
  await page.getByText(/^-\D+450[.,]00$/).waitFor()
  const other = await soldCourse('Seas from a wallet')
  await page.goto(`/courses/${other}`, { waitUntil: 'networkidle' })
  await page
    .getByRole('button', { name: /^Buy for/ })
    .filter({ visible: true })
    .waitFor()
  assert.equal(await page.getByRole('button', { name: /from wallet$/ }).count(), 0, 'there is not enough')
  assert.deepEqual(faults, [])
  await context.close()
})

it('money is sent to a friend once the school allows it, and a statement holds all of it', async () => {
  const admin = await signIn(systemUrl(), demoAdmin.email, demoPassword)
  const officer = await signUp(systemUrl(), 'Farah Ledger')
  await admin.api.auth.giveOffice({ userId: officer.userId, office: 'finance' })
  const finance = await signIn(systemUrl(), officer.email)
  const learner = await signUp(systemUrl(), 'Palesa Brook')
  const friend = await signUp(systemUrl(), 'Kabelo Ford')
  await deposit(learner, 20_000)
  const { page, context, faults } = await walletOf(learner)
  assert.equal(await page.getByRole('heading', { name: 'Send money' }).count(), 0)
  await finance.api.mint.saveWalletSettings({ senders: 'everyone', limits: [rand(100_000)] })
  await page.reload({ waitUntil: 'networkidle' })
  await page.getByLabel('Their email address').fill(friend.email)
  await page.getByRole('textbox', { name: 'Amount (ZAR)' }).fill('75')
  await page.getByLabel('Note (optional)').fill('For the book')
  await assertGood(page, 'sending money', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Send money' }).click()
  await page.getByText('To Kabelo Ford').waitFor()
  assert.equal(await balanceOf(friend), 7_500)
  const pdf = await page.getByRole('link', { name: 'Download PDF' }).getAttribute('href')
  const csv = await page.getByRole('link', { name: 'Download CSV' }).getAttribute('href')
  const bytes = await (await context.request.get(pdf ?? '')).body()
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-')
  const lines = (await (await context.request.get(csv ?? '')).text()).trim().split('\r\n')
  assert.equal(lines.length, 5)
  assert.match(lines[3] ?? '', /Transfer to Kabelo Ford: For the book,-75\.00,125\.00,ZAR/)
  assert.deepEqual(faults, [])
  await finance.api.mint.saveWalletSettings({ senders: 'nobody', limits: [] })
  await context.close()
})

/** On the hosted page of the sandbox. */
async function payWith(page: Page): Promise<void> {
  await page.getByLabel('Email').fill('buyer@school.example')
  await page.getByLabel('Card number').fill('4242 4242 4242 4242')
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on the card').fill('A Buyer')
  await page.getByRole('button', { name: /^Pay/ }).click()
}
