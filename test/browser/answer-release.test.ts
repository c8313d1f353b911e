import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse } from '../courses.ts'
import { openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** When the right answers are shown, as an author sets it and a learner with a phone is told. */

let browser: Browser
let instructor: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

it('a learner has the score at once, and the answers when they are released', async () => {
  const course = await makeCourse(systemUrl(), instructor, { title: 'Rivers with answers to come' })
  const { courseId, quizId } = course
  const closeAt = async (closesAt: string) => {
    const quiz = await instructor.api.assessment.editQuiz({ quizId })
    await instructor.api.assessment.saveQuiz({ ...quiz, quizId, closesAt })
  }
  await closeAt('2050-12-03T12:00:00.000Z')
  const author = await visit(browser, { timezoneId: 'Africa/Johannesburg' })
  await signInWithoutForm(author.context, demoInstructor.email, demoPassword)
  await author.page.goto(`/teach/courses/${courseId}/quizzes/${quizId}`, { waitUntil: 'networkidle' })
  await author.page.getByRole('tab', { name: 'Settings' }).click()
  await author.page.getByRole('button', { name: /Show the correct answers/ }).focus()
  await author.page.keyboard.press('Enter')
  await author.page.getByRole('option', { name: 'After the due date' }).press('Enter')
  await author.page.getByText('when the quiz has closed for everyone', { exact: false }).waitFor()
  await author.page.getByRole('button', { name: /^Save/ }).click()
  await author.page.getByText('All changes saved').first().waitFor()
  await author.context.close()

  const learner = await signUp(systemUrl(), 'Lerato Learner')
  await learner.api.education.enroll({ courseId })
  const seen = await visit(browser, { viewport: phone, timezoneId: 'Africa/Johannesburg' })
  const { context, page, faults } = seen
  await signInWithoutForm(context, learner.email, password)
  const path = `/learn/${courseId}/${course.quizLessonId}`
  await page.goto(path, { waitUntil: 'networkidle' })
  const from = /Answers are shown from Saturday, December 3, 2050 at 2:00.PM GMT\+2/
  await page.getByText(from).waitFor()
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await page.locator('ol input[type=radio]').first().waitFor({ state: 'attached' })
  for (const group of await page.getByRole('radiogroup').all())
    await group.getByText('Wrong', { exact: true }).click()
  await page.getByRole('button', { name: /Submit/ }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /Submit/ })
    .click()
  await page.getByText(/of \d+ points?/).waitFor()
  await page.getByText(from).waitFor()
  await assertGood(page, 'a result whose answers come later', [phoneByDay, phoneByNight, deskByDay])
  assert.equal(await page.getByText('correct, not chosen').count(), 0)
  await closeAt(new Date(Date.now() - 3_600_000).toISOString())
  await page.goto(path, { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: 'Show attempt 1' }).click()
  await page.getByText('correct, not chosen').first().waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('by keyboard, an answer that is chosen alone clears the others, and the other way round', async () => {
  const course = await makeCourse(systemUrl(), instructor, { title: 'None of these' })
  const { courseId, quizId } = course
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const options = ['Zambezi', 'Orange', 'None of these'].map((content, at) => ({
    content,
    correct: at === 2,
    ...(at === 2 ? { exclusive: true, last: true } : {}),
  }))
  const questions = [{ type: 'multiple_choice' as const, content: '<p>Which are lakes?</p>', options }]
  await instructor.api.assessment.saveQuiz({ ...quiz, quizId, questions })
  const learner = await signUp(systemUrl(), 'Lerato Learner')
  await learner.api.education.enroll({ courseId })
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/learn/${courseId}/${course.quizLessonId}`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Start quiz' }).click()
  const box = (name: RegExp) => page.getByRole('checkbox', { name })
  const chosen = async () => {
    const all = await page.getByRole('checkbox').all()
    return Promise.all(all.map(one => one.isChecked()))
  }
  await box(/Zambezi/).focus()
  await page.keyboard.press('Space')
  await box(/Orange/).focus()
  await page.keyboard.press('Space')
  assert.deepEqual(await chosen(), [true, true, false])
  await box(/None of these\s*Clears the other answers/).focus()
  await page.keyboard.press('Space')
  assert.deepEqual(await chosen(), [false, false, true])
  await box(/Orange/).focus()
  await page.keyboard.press('Space')
  assert.deepEqual(await chosen(), [false, true, false])
  await box(/None of these/).focus()
  await page.keyboard.press('Space')
  await page.getByText('All answers saved').waitFor()
  await assertGood(page, 'an answer that is chosen alone', [phoneByDay, phoneByNight, deskByDay])
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('1 of 1 point').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
