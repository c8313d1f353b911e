import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { signIn } from '../api.ts'
import { fillSignUp, openBrowser, phone, systemUrl, visit } from './browser.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const courseTitle = 'How Computers and the Internet Work'

/** The right answers of every question in the demo course, by the question's text. */
async function answerKey(): Promise<Map<string, string[]>> {
  const { api } = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  const key = new Map<string, string[]>()
  for (const { id } of (await api.education.listTaughtCourses({})).items) {
    for (const quiz of (await api.assessment.listQuizzes({ courseId: id })).items) {
      for (const question of (await api.assessment.editQuiz({ quizId: quiz.id })).questions) {
        const right = question.options.filter(option => option.correct).map(option => option.id)
        key.set(question.id, right)
      }
    }
  }
  return key
}

/** Answer the quiz on the page as the key says, hand it in, and wait for the result. */
async function takeQuiz(page: Page, key: Map<string, string[]>): Promise<void> {
  const begun = page.waitForResponse(
    answer => /\/submissions$/.test(answer.url()) && answer.request().method() === 'POST',
  )
  await page.getByRole('button', { name: 'Start quiz' }).click()
  const attempt = (await (await begun).json()) as { questions: { id: string; options: { id: string }[] }[] }
  const groups = page.locator('main').locator('[role=radiogroup], [role=group]:has(input[type=checkbox])')
  await groups.first().waitFor()
  for (const [at, question] of attempt.questions.entries()) {
    const group = groups.nth(at)
    for (const option of key.get(question.id) ?? []) {
      const place = question.options.findIndex(candidate => candidate.id === option)
      await group.locator('label').nth(place).click()
    }
  }
  await page.getByText('All answers saved').waitFor()
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('Well done, you passed').waitFor()
  // What is certain shows at once, without loading the page again: the lesson is done in the outline.
  await page
    .locator('a[aria-current=page] span.sr-only', { hasText: 'Done' })
    .first()
    .waitFor({ state: 'attached' })
  await page
    .getByText(/Added to your progress: \d+% of the course done|Your certificate is ready/)
    .first()
    .waitFor()
}

it('a visitor finds a course, signs up, enrols, learns, passes and holds a certificate that anyone can check', async () => {
  const key = await answerKey()
  const { context, page, faults } = await visit(browser, { viewport: phone })

  await page.goto('/courses?q=computers')
  await page.getByRole('link', { name: courseTitle }).first().click()
  await page.getByRole('heading', { name: courseTitle, level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Sign up and enrol' }).first().click()
  await fillSignUp(page, 'Nandi Browser')
  await page.waitForURL(/\/learn\//)

  await page
    .getByRole('link', { name: /^(Start|Continue)/ })
    .first()
    .click()
  for (let lesson = 0; lesson < 30; lesson++) {
    await page.waitForLoadState('networkidle')
    if (await page.getByRole('button', { name: 'Start quiz' }).isVisible()) {
      await takeQuiz(page, key)
      if (await page.getByRole('link', { name: 'Show my certificate' }).isVisible()) break
      const next = page.getByRole('link', { name: /^(Continue|Next lesson)/ }).first()
      if (!(await next.isVisible())) break
      await next.click()
      continue
    }
    const address = page.url()
    await page.getByRole('button', { name: /Mark as done and (continue|finish)/ }).click()
    await page.waitForURL(url => url.href !== address)
  }
  await page.getByRole('link', { name: 'Show my certificate' }).first().click()
  await page.waitForURL(/\/certificates\//)
  const certificateUrl = page.url()
  assert.deepEqual(faults, [])
  await context.close()

  const employer = await visit(browser)
  await employer.page.goto(certificateUrl)
  await employer.page.getByText('Nandi Browser').first().waitFor()
  await employer.page.getByText('Verified', { exact: true }).waitFor()
  const downloading = employer.page.waitForEvent('download')
  await employer.page.getByRole('link', { name: 'Download the credential' }).click()
  const file = join(tmpdir(), `credential-${Date.now()}.json`)
  await (await downloading).saveAs(file)

  await employer.page.goto('/verify')
  await employer.page.locator('input[type=file]').setInputFiles(file)
  await employer.page.getByText('The credential is genuine').waitFor()
  const forged = (await readFile(file, 'utf8')).replace('Nandi Browser', 'Nandi Brewser')
  await writeFile(file, forged)
  await employer.page.goto('/verify')
  await employer.page.locator('input[type=file]').setInputFiles(file)
  await employer.page.getByText('The credential is not valid').waitFor()
  assert.deepEqual(employer.faults, [])
  await employer.context.close()
})

const progressOn = async (page: Page) =>
  Number(await page.getByRole('progressbar', { includeHidden: true }).first().getAttribute('aria-valuenow'))

it('a course that was kept can be read without a connection, and what is done there is sent later', async () => {
  const { context, page } = await visit(browser, { viewport: phone })
  await page.goto('/signup')
  const email = await fillSignUp(page, 'Olwethu Offline')
  await page.waitForURL(url => url.pathname !== '/signup')
  await page.goto('/courses?q=computers')
  await page.getByRole('link', { name: courseTitle }).first().click()
  await page.getByRole('button', { name: 'Enrol in this course' }).first().click()
  await page.waitForURL(/\/learn\//)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  await page.getByRole('button', { name: 'Save on this device' }).click()
  await page.getByText(/Saved on this device/).waitFor({ timeout: 60_000 })

  await context.setOffline(true)
  await page.reload()
  await page
    .getByRole('link', { name: /^(Start|Continue)/ })
    .first()
    .click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  assert.ok(((await page.locator('main').textContent()) ?? '').length > 500, 'the lesson has its text')
  const broken = await page
    .locator('main img')
    .evaluateAll(
      images =>
        images.filter(
          image => image instanceof HTMLImageElement && image.complete && image.naturalWidth === 0,
        ).length,
    )
  assert.equal(broken, 0)
  assert.equal(await progressOn(page), 0)
  const lesson = page.url()
  await page.getByRole('button', { name: /Mark as done/ }).click()
  await page.getByText("Done. Saved on this device, will sync when you're online").waitFor()
  assert.equal(
    await page.getByRole('button', { name: /Mark as done/ }).count(),
    0,
    'it cannot be pressed again',
  )
  await page
    .locator('a[aria-current=page] span.sr-only', { hasText: 'not synced yet' })
    .first()
    .waitFor({ state: 'attached' })
  assert.ok((await progressOn(page)) > 0, 'the percentage moved')

  await page.getByRole('link', { name: 'Continue' }).click()
  await page.waitForURL(url => url.href !== lesson)
  await page.getByText('1 lesson saved on this device, will sync').first().waitFor({ state: 'attached' })
  await page.goto('/account')
  await page.getByLabel('Account of Olwethu Offline').first().waitFor()
  assert.equal(await page.getByRole('link', { name: 'Sign in', exact: true }).count(), 0)

  await context.setOffline(false)
  const { api } = await signIn(systemUrl(), email)
  const progressed = async () => (await api.education.listEnrollments({})).items[0]?.progressPercent ?? 0
  for (let look = 0; look < 200 && (await progressed()) === 0; look++) await page.waitForTimeout(100)
  assert.ok((await progressed()) > 0)
  await context.close()
})
