import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password } from '../api.ts'
import type { TestCourse } from '../courses.ts'
import { until } from '../system.ts'
import { phone, visit } from './browser.ts'
import { learnerInCourse } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The log of an attempt: told before, noted on the device, read by its learner and the teacher. */

let browser: Browser
let instructor: Person
let learner: Person
let course: TestCourse
before(async () => {
  ;({ browser, instructor, learner, course } = await learnerInCourse('Lerato Learner', 'Rivers with a log'))
})
after(() => browser.close())

it('what is noted is told before, kept through a lost line, and read by the learner and the teacher', async () => {
  const { courseId, quizId } = course
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  await instructor.api.assessment.saveQuiz({ ...quiz, quizId, integrityLog: true, integrityLogDays: 30 })
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/learn/${courseId}/${course.quizLessonId}`, { waitUntil: 'networkidle' })
  await page.getByRole('heading', { name: 'This quiz keeps an activity log' }).waitFor()
  await page.getByText('Everything else in it is deleted after 30 days.').waitFor()
  await assertGood(page, 'what is told of a log', [phoneByDay, phoneByNight, deskByDay])
  const replies: string[] = []
  page.on('request', request => {
    if (request.url().endsWith('/log')) replies.push(request.postData() ?? '')
  })
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await page.getByText('Right', { exact: true }).first().waitFor()
  await page.waitForLoadState('networkidle')
  // What the browser of a test cannot do by itself: to go out of sight, and a paste.
  const turn = (state: string) =>
    page.evaluate(shown => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => shown })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  await turn('hidden')
  await turn('visible')
  await context.setOffline(true)
  await page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'not to be told')
    const at = document.querySelector('[id^="asked-"]')
    at?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  })
  await context.setOffline(false)
  const { id } = await learner.api.assessment.startSubmission({ quizId })
  const kinds = async () => {
    const { entries } = await learner.api.assessment.getAttemptLog({ submissionId: id })
    return entries.map(({ kind }) => kind)
  }
  const wanted = ['left', 'returned', 'pasted', 'line_down'] as const
  await until('everything is noted', async () => {
    const noted = await kinds()
    return wanted.every(kind => noted.includes(kind))
  })
  assert.ok(!replies.join(' ').includes('not to be told'), 'a paste is told by its length alone')
  await page.getByText('Right', { exact: true }).first().click()
  await page.getByText('All answers saved').waitFor()
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('button', { name: 'Show activity log' }).press('Enter')
  await page.getByText('Pasted 14 characters into question 1').waitFor()
  await assertGood(page, 'one’s own log', [phoneByDay, phoneByNight, deskByDay])
  const teacher = await visit(browser)
  await signInWithoutForm(teacher.context, demoInstructor.email, demoPassword)
  await teacher.page.goto(`/teach/courses/${courseId}/quizzes/${quizId}/attempts/${id}`, {
    waitUntil: 'networkidle',
  })
  await teacher.page.getByText('It can’t see a second device', { exact: false }).waitFor()
  await teacher.page.getByRole('button', { name: 'Show activity log' }).click()
  for (const text of ['Attempt started', 'Left the page', 'Submitted by the learner'])
    await teacher.page.getByText(text, { exact: true }).first().waitFor()
  await assertGood(teacher.page, 'the log of an attempt', [phoneByDay, deskByDay])
  assert.deepEqual(
    [...faults, ...teacher.faults].filter(fault => !/offline|ERR_INTERNET/i.test(fault)),
    [],
  )
  for (const seen of [context, teacher.context]) await seen.close()
})
