import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { signIn, signUp } from '../api.ts'
import { complete, makeCourse } from '../courses.ts'
import { assertAccessible, assertFits, openBrowser, phone, signInAs, systemUrl, visit } from './browser.ts'

let browser: Browser
let courseId: string
let certificateId: string

before(async () => {
  browser = await openBrowser()
  const author = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  const course = await makeCourse(systemUrl(), author, { title: 'Lakes of the Rift Valley' })
  courseId = course.courseId
  certificateId = await complete(await signUp(systemUrl(), 'Rethabile Molefe'), course)
})
after(() => browser.close())

it('a teacher finds the certificate among the learners and revokes it, and everyone who checks it sees that', async () => {
  const teacher = await visit(browser)
  const { page } = teacher
  await signInAs(page, demoInstructor.email)
  await page.goto(`/teach/courses/${courseId}/learners`)
  await page.getByRole('link', { name: 'Certificate of Rethabile Molefe' }).click()
  await page.getByRole('heading', { name: 'Verified' }).waitFor()
  await page.getByRole('button', { name: 'Revoke this certificate' }).click()
  const dialog = page.getByRole('dialog')
  await assertAccessible(page, 'the dialog')
  await dialog.getByText('Wrong details, such as the name').click()
  await dialog.getByLabel('Note to the learner').fill('Your surname was misspelled.')
  await dialog.getByRole('button', { name: 'Revoke certificate' }).click()
  await page.getByText('This certificate is not valid').waitFor()
  await page.getByText('Some of its details were wrong.').first().waitFor()
  await page.getByRole('button', { name: 'Revoke this certificate' }).waitFor({ state: 'detached' })
  await teacher.context.close()

  const visitor = await visit(browser, { viewport: phone })
  await visitor.page.goto(`/certificates/${certificateId}`)
  await visitor.page.getByText('This certificate is not valid').waitFor()
  await visitor.page.getByText('Your surname').waitFor({ state: 'detached' })
  await assertAccessible(visitor.page, 'a revoked certificate')
  await assertFits(visitor.page, 'a revoked certificate')
  await visitor.page.goto('/verify', { waitUntil: 'networkidle' })
  await visitor.page.getByLabel('Certificate number, link or credential text').fill(certificateId)
  await visitor.page.getByRole('button', { name: 'Verify', exact: true }).click()
  await visitor.page.getByText(/^The school revoked this certificate on/).waitFor()
  await visitor.page.getByText('Reason: some of its details were wrong.').waitFor()
  await visitor.page.getByRole('heading', { name: 'Genuine, but revoked' }).waitFor()
  await visitor.context.close()
})
