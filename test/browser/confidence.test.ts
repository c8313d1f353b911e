import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password } from '../api.ts'
import type { TestCourse } from '../courses.ts'
import { phone, visit } from './browser.ts'
import { learnerInCourse } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** How sure learners are of their answers: set by the author, said by keyboard and offline, and told in the results. */

let browser: Browser
let instructor: Person
let learner: Person
let course: TestCourse
before(async () => {
  ;({ browser, instructor, learner, course } = await learnerInCourse('Certain Cele', 'Rivers with certainty'))
})
after(() => browser.close())

it('an author lets the certainty of learners count', async () => {
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}`, { waitUntil: 'networkidle' })
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByRole('button', { name: /How sure learners are/ }).click()
  await page.getByRole('option', { name: 'Asked and counted' }).click()
  await page.getByText('earns a third of its points when not sure').waitFor()
  await assertGood(page, 'the settings of a quiz with certainty', [phoneByDay, deskByDay])
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('All changes saved').first().waitFor()
  const { confidence } = await instructor.api.assessment.editQuiz({ quizId: course.quizId })
  assert.equal(confidence, 'counted')
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner says how sure they are, with the line down too, and sees how well they judged themselves', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/learn/${course.courseId}/${course.quizLessonId}`, { waitUntil: 'networkidle' })
  await page.getByText('The surer you are, the more a correct answer earns').waitFor()
  await page.getByRole('button', { name: 'Start quiz' }).click()
  const sure = page.getByRole('radiogroup', { name: 'How sure are you?' })
  await sure.nth(1).waitFor()
  assert.equal(await sure.getByRole('radio', { checked: true }).count(), 0)
  await sure.first().getByText('+0.67 if correct, -0.67 if incorrect').waitFor()
  await page.getByText('Right', { exact: true }).first().click()
  await sure
    .first()
    .getByRole('radio', { name: /Not sure/ })
    .focus()
  for (const _ of [1, 2]) await page.keyboard.press('ArrowDown')
  await sure
    .first()
    .getByRole('radio', { name: /Certain/, checked: true })
    .waitFor({ state: 'attached' })
  await page.getByText('All answers saved').waitFor()
  await assertGood(page, 'a quiz that asks for certainty', [phoneByDay, phoneByNight, deskByDay])
  await page.setViewportSize(phone)
  await page.getByText('Wrong', { exact: true }).nth(1).click()
  await page.getByText('All answers saved').waitFor()
  await context.setOffline(true)
  await sure.nth(1).getByText('Fairly sure').click()
  await page.getByText('Saved on this device.').waitFor()
  await context.setOffline(false)
  await page.getByText('All answers saved').waitFor()
  await page.reload({ waitUntil: 'networkidle' })
  await sure
    .nth(1)
    .getByRole('radio', { name: /Fairly sure/, checked: true })
    .waitFor({ state: 'attached' })
  await sure
    .first()
    .getByRole('radio', { name: /Certain/, checked: true })
    .waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('heading', { name: 'How well you judged yourself' }).waitFor()
  await page.getByText('Certain: 1 time, correct 1 time').waitFor()
  await page.getByText('Fairly sure: 1 time, correct 0 times').waitFor()
  await page.getByText('How sure: Certain. That gives 1 of 1 point.').waitFor()
  await assertGood(page, 'a result with certainty', [phoneByDay, phoneByNight, deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})

it('who teaches sees how often the class was certain and wrong', async () => {
  const { id, questions } = await learner.api.assessment.startSubmission({ quizId: course.quizId })
  const first = questions[0]?.id ?? ''
  await learner.api.assessment.submit({
    submissionId: id,
    answers: { [first]: ['b'] },
    confidence: { [first]: 3 },
  })
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  const quiz = `/teach/courses/${course.courseId}/quizzes/${course.quizId}`
  await page.goto(`${quiz}/results`, { waitUntil: 'networkidle' })
  await page.getByText('Certain: 1 of 2 answers incorrect').waitFor()
  await assertGood(page, 'results with certainty', [phoneByDay, phoneByNight, deskByDay])
  await page.goto(`${quiz}/attempts/${id}`, { waitUntil: 'networkidle' })
  await page.getByText('How sure: Certain. That gives -2 of 1 point.').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
