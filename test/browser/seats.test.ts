import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { codeFor, emailsTo, type Person, password, signIn, signUp } from '../api.ts'
import { payOnPage } from '../checkout.ts'
import { makeCourse } from '../courses.ts'
import { until } from '../system.ts'
import { askForAccount, desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { financeOfficer } from './bundle-fixture.ts'
import { visitAsInstructor } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The way of a seat: a teacher gives it, a learner takes it by a link or an email, and the teacher takes it back. */

let browser: Browser
let instructor: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

const looks = [phoneByDay, phoneByNight, deskByDay]

/** Each run has courses and seats of its own, so that the file passes twice in one system. */
const run = randomUUID().slice(0, 6)

async function courseAt(title: string): Promise<string> {
  const { courseId } = await makeCourse(systemUrl(), instructor, { title: `${title} ${run}` })
  const price = { amountMinor: 45_000, currency: 'ZAR' }
  await instructor.api.payments.setCoursePrices({ courseId, prices: [price] })
  return courseId
}

async function pooled(title: string, seats: number) {
  const courseId = await courseAt(title)
  const pool = await instructor.api.payments.createSeatPool({
    courseId,
    name: 'Class 9b',
    seats,
    endsAt: null,
  })
  return { courseId, poolId: pool.id }
}

it('a teacher gives seats, shares a link, invites people, and revokes an invitation', async () => {
  const courseId = await courseAt('Weirs with seats')
  const { page, context, faults } = await visitAsInstructor(browser, phone)
  await page.goto(`/teach/courses/${courseId}#price`, { waitUntil: 'networkidle' })
  await page.getByRole('textbox', { name: 'Name' }).fill('Class 9b, from the competition')
  await page.getByRole('textbox', { name: 'Number of seats' }).fill('30')
  await page.getByRole('button', { name: 'Give seats' }).click()
  await page.getByText('0 of 30 seats taken').waitFor()
  await assertGood(page, 'free seats of a course', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: /^Manage Class 9b/ }).click()
  const dialog = page.getByRole('dialog', { name: /^Class 9b/ })
  await dialog.getByText('No one has a seat yet.').waitFor()
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  await dialog.getByRole('button', { name: 'Copy link' }).waitFor()
  const emails = dialog.getByRole('textbox', { name: 'Email addresses' })
  await emails.fill('thandi.example.org')
  await dialog.getByRole('button', { name: 'Invite' }).click()
  await dialog.getByText('“thandi.example.org” is not an email address.').waitFor()
  await emails.fill('thandi@example.org, sipho@example.org\nthandi@example.org')
  await dialog.getByRole('button', { name: 'Invite' }).click()
  await dialog.getByText('2 of 30 seats taken').waitFor()
  await dialog.getByText('thandi@example.org').waitFor()
  await assertGood(page, 'the seats of a class', looks)
  await dialog.getByRole('button', { name: 'Revoke the seat of thandi@example.org' }).click()
  const asks = page.getByRole('alertdialog')
  await asks.getByText('The link in the email to thandi@example.org stops working.').waitFor()
  await asks.getByRole('button', { name: 'Revoke' }).click()
  await dialog.getByText('1 of 30 seats taken').waitFor()
  const { items } = await instructor.api.payments.listSeatPools({ courseId })
  assert.deepEqual([items.length, items[0]?.taken, items[0]?.code?.length], [1, 1, 16])
  assert.deepEqual(faults, [])
  await context.close()
})

it('a visitor sees what a code opens, signs up on the way, and the course is theirs', async () => {
  const { courseId, poolId } = await pooled('Sluices with seats', 1)
  const { code } = await instructor.api.payments.shareSeatPool({ poolId })
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await page.goto('/redeem', { waitUntil: 'networkidle' })
  const field = page.getByRole('textbox', { name: 'Code' })
  await field.fill('ABCD-EFGH')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('This isn’t a whole code, or a character is wrong. Check it again.').waitFor()
  await assertGood(page, 'a code that is typed', looks)
  await page.setViewportSize(phone)
  await field.fill(` ${code?.toLowerCase()} `)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: `Sluices with seats ${run}` }).waitFor()
  await assertGood(page, 'a code before the sign-in', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Sign up to take it' }).click()
  const email = await askForAccount(page, 'Nandi Sluice')
  const sent = await codeFor(systemUrl(), email)
  // The link of the email opens another tab, which knows the code as well.
  const other = await context.newPage()
  await other.goto(`/signup#code=${sent}`)
  await other.getByRole('button', { name: 'Open my account' }).click()
  await other.getByRole('button', { name: 'Take this course' }).click()
  await other.getByText('The course is yours').waitFor()
  await assertGood(other, 'a seat that was taken', looks)
  const learner = await signIn(systemUrl(), email, password)
  await until('The course is open', async () => {
    const { enrolled } = await learner.api.education.getCourseAccess({ courseId })
    return enrolled
  })
  await other.getByRole('link', { name: 'Open the course' }).click()
  await other
    .getByRole('heading', { name: `Sluices with seats ${run}` })
    .first()
    .waitFor()
  await other.goto('/account/payments', { waitUntil: 'networkidle' })
  await other.getByRole('heading', { name: 'Courses you got by a code' }).waitFor()
  await other.getByRole('link', { name: `Sluices with seats ${run}` }).waitFor()
  await assertGood(other, 'payments with a seat', looks)
  assert.deepEqual(faults, [])
  await context.close()
})

it('who comes by an email takes their seat, and the next who has the link is told that it is used up', async () => {
  const { poolId } = await pooled('Locks with seats', 1)
  const learner = await signUp(systemUrl(), 'Bongani Lock')
  await instructor.api.payments.inviteToSeats({ poolId, emails: [learner.email] })
  const link = await until('The email has come', async () => {
    const mail = (await emailsTo(systemUrl(), learner.email)).find(({ subject }) => subject.includes('seat'))
    return mail?.text.match(/(\/redeem#\S+)/)?.[1]
  })
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(link)
  await page.getByRole('button', { name: 'Take this course' }).click()
  await page.getByText('The course is yours').waitFor()
  const { page: late, context: lateContext } = await visit(browser, { viewport: phone })
  await late.goto(link)
  await late.getByText('This code is used up').waitFor()
  await assertGood(late, 'a code that is used up', looks)
  await late.getByRole('button', { name: 'Use another code' }).click()
  await late.getByRole('textbox', { name: 'Code' }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
  await lateContext.close()
})

it('who holds the office of finance sees all seats of the school, and closes some', async () => {
  const { courseId } = await pooled('Dams with seats', 12)
  const officer = await financeOfficer('Zodwa Seats')
  const { page, context, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, officer.email, password)
  await page.goto('/admin/payments/seats')
  const row = page.getByRole('row').filter({ hasText: `Dams with seats ${run}` })
  await row.getByText('0 of 12').waitFor()
  await assertGood(page, 'the seats of a school', looks)
  await page.setViewportSize(desk)
  await row.getByRole('button', { name: 'Close Class 9b' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click()
  await row.getByText('Closed').waitFor()
  const { items } = await instructor.api.payments.listSeatPools({ courseId })
  assert.notEqual(items[0]?.closedAt, null)
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner buys a course as a gift and sends it, a friend uses it, and the buyer is told', async () => {
  const courseId = await courseAt('Fountains with seats')
  await until('The catalogue knows the price', async () => {
    const { prices } = await instructor.api.education.getCourse({ course: courseId })
    return prices.length > 0
  })
  const [buyer, friend] = [await signUp(systemUrl(), 'Lerato Gift'), await signUp(systemUrl(), 'Neo Friend')]
  const { page, context, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, buyer.email, password)
  await page.goto(`/courses/${courseId}`, { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: 'Give this course as a gift' }).click()
  await page.getByText('You’re buying a gift.', { exact: false }).waitFor()
  await assertGood(page, 'a course as a gift', looks)
  await page.setViewportSize(phone)
  await page
    .getByRole('button', { name: /^Buy gift for/ })
    .filter({ visible: true })
    .click()
  await page.waitForURL(/\/pay\//)
  await payOnPage(page.url())
  const [order] = (await buyer.api.payments.listOrders({})).items
  await page.goto(`/account/payments/${order?.id}?paid`)
  await page.getByText('Your gift is ready').waitFor()
  await page.getByRole('button', { name: 'Copy link' }).waitFor()
  await page.getByRole('textbox', { name: 'Their email address' }).fill(friend.email)
  await page.getByRole('textbox', { name: 'A few words' }).fill('Happy birthday, Neo')
  await assertGood(page, 'a gift that is paid', looks)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Send the gift' }).click()
  await page.getByText(`The gift is on its way to ${friend.email}`).waitFor()
  const link = await until('The email has come', async () => {
    const mail = (await emailsTo(systemUrl(), friend.email)).find(({ text }) =>
      text.includes('Happy birthday'),
    )
    return mail?.text.match(/(\/redeem#\S+)/)?.[1]
  })
  const receiver = await visit(browser, { viewport: phone })
  await signInWithoutForm(receiver.context, friend.email, password)
  await receiver.page.goto(link)
  await receiver.page.getByText('This course is a gift for you.').waitFor()
  await receiver.page.getByRole('button', { name: 'Take this course' }).click()
  await receiver.page.getByText('The course is yours').waitFor()
  await page.goto(`/account/payments/${order?.id}`)
  await page.getByText('Your gift was used').waitFor()
  await assertGood(page, 'a gift that was used', looks)
  assert.equal((await buyer.api.education.getCourseAccess({ courseId })).enrolled, false)
  assert.deepEqual([...faults, ...receiver.faults], [])
  await context.close()
  await receiver.context.close()
})
