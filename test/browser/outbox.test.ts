import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { until } from '../system.ts'
import { assertAccessible, assertFits, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** What a learner does without a line, or in two tabs at once, reaches the server whole. */

let browser: Browser
let instructor: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

async function learnerAt(course: TestCourse, lessonId: string) {
  const learner = await signUp(systemUrl(), 'Thabo Twotabs')
  await learner.api.education.enroll({ courseId: course.courseId })
  const seen = await visit(browser, { viewport: phone })
  await signInWithoutForm(seen.context, learner.email, password)
  const path = `/learn/${course.courseId}/${lessonId}`
  await seen.page.goto(path)
  return { learner, path, ...seen }
}

const choose = (page: Page, question: number, text: string) =>
  page.getByRole('radiogroup').nth(question).getByText(text, { exact: true }).click()

/** What the outbox of this device holds, in a state. */
const held = (page: Page, state: string) =>
  page.evaluate(async wanted => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('azora')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const rows = await new Promise<{ state: string }[]>(resolve => {
      const request = database.transaction('outbox').objectStore('outbox').getAll()
      request.onsuccess = () => resolve(request.result)
    })
    database.close()
    return rows.filter(row => row.state === wanted).length
  }, state)

async function openAttempt(context: BrowserContext, page: Page, path: string): Promise<[Page, string]> {
  const begun = page.waitForResponse(
    answer => /\/submissions$/.test(answer.url()) && answer.request().method() === 'POST',
  )
  await page.getByRole('button', { name: 'Start quiz' }).click()
  const { id } = (await (await begun).json()) as { id: string }
  await page.getByRole('radiogroup').nth(1).waitFor()
  const other = await context.newPage()
  await other.goto(path)
  await other.getByRole('radiogroup').nth(1).waitFor()
  return [other, id]
}

it('answers that two tabs give without a line are all sent when it comes back', async () => {
  const course = await makeCourse(systemUrl(), instructor, { title: 'Rivers in two tabs' })
  const { context, page, path, learner, faults } = await learnerAt(course, course.quizLessonId)
  const [other, submissionId] = await openAttempt(context, page, path)
  await context.setOffline(true)
  await Promise.all([choose(page, 0, 'Right'), choose(other, 1, 'Right')])
  await page.getByText('Saved on this device').first().waitFor()
  await other.getByText('Saved on this device').first().waitFor()
  assert.equal(await held(page, 'waiting'), 2)
  await context.setOffline(false)
  await page.getByText('All answers saved').waitFor()
  await other.getByText('All answers saved').waitFor()
  const { answers } = await learner.api.assessment.getSubmission({ submissionId })
  assert.equal(Object.keys(answers).length, 2)

  // Submitted in one tab, with what both have answered.
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('Well done, you passed').waitFor()

  // The other tab does not know yet. Its late answer is refused, and said to be.
  await choose(other, 0, 'Wrong')
  await other.getByText("We couldn't save some of what you did on this device.").waitFor()
  await other.getByText('Well done, you passed').waitFor()
  await assertFits(other, 'a page with what was refused')
  await assertAccessible(other, 'a page with what was refused')
  await other.getByRole('button', { name: 'Dismiss' }).click()
  await other.getByRole('button', { name: 'Dismiss' }).waitFor({ state: 'detached' })
  assert.equal(await held(other, 'refused'), 0)
  assert.deepEqual(faults, [])
  await context.close()
})

it('what a tab was sending when it was closed is sent again by the next', async () => {
  const course = await makeCourse(systemUrl(), instructor, { title: 'Rivers and a closed tab' })
  const { context, page, path, learner } = await learnerAt(course, course.pageId)
  const asked = /\/education\/lessons\/[^/]+\/progress$/
  let reached = () => {}
  const sending = new Promise<void>(resolve => {
    reached = resolve
  })
  // The request never gets an answer: the tab goes while it waits.
  await context.route(asked, () => reached())
  await page.getByRole('button', { name: /Mark as done/ }).click()
  await sending
  await page.close()
  await context.unroute(asked)
  const next = await context.newPage()
  await next.goto(path)
  await until('The lesson is done', async () => {
    const { items } = await learner.api.education.listEnrollments({})
    return (items[0]?.progressPercent ?? 0) > 0
  })
  await until('Nothing waits on the device any more', async () => (await held(next, 'waiting')) === 0)
  await context.close()
})
