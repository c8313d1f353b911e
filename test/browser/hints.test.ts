import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password } from '../api.ts'
import type { TestCourse } from '../courses.ts'
import { phone, visit } from './browser.ts'
import { learnerInCourse } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Hints that cost points: written, taken on a phone and by keyboard, and seen in the results. */

let browser: Browser
let instructor: Person
let learner: Person
let course: TestCourse
before(async () => {
  ;({ browser, instructor, learner, course } = await learnerInCourse('Hanna Hint', 'Rivers with hints'))
})
after(() => browser.close())

const isFocused = (page: Page, text: string) =>
  page.waitForFunction(words => document.activeElement?.textContent?.includes(words), text)

it('an author writes hints with what they cost, and puts them in order', async () => {
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}`, { waitUntil: 'networkidle' })
  const question = page.getByRole('group', { name: 'Question 1', exact: true })
  await question.getByText('Hints', { exact: true }).click()
  for (const [at, text] of ['It is salty.', 'It is not a lake.'].entries()) {
    await question.getByRole('button', { name: 'Add hint' }).click()
    await question.getByLabel(`Hint ${at + 1}`, { exact: true }).fill(text)
  }
  await question.getByRole('button', { name: 'Move hint 2 up' }).click()
  await question.getByLabel('Hint 2 costs (%)').fill('33')
  await assertGood(page, 'hints in the editor of a quiz', [phoneByDay, phoneByNight, deskByDay])
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('All changes saved').first().waitFor()
  const { questions } = await instructor.api.assessment.editQuiz({ quizId: course.quizId })
  assert.deepEqual(questions[0]?.hints, [
    { content: '<p>It is not a lake.</p>', costPercent: 10 },
    { content: '<p>It is salty.</p>', costPercent: 33 },
  ])
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner is told what a hint costs, takes it by keyboard, and keeps it; the result says what it took', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  const replies: Promise<string>[] = []
  page.on('response', reply => replies.push(reply.text().catch(() => '')))
  await page.goto(`/learn/${course.courseId}/${course.quizLessonId}`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Start quiz' }).click()
  const first = page.getByRole('button', { name: 'Show hint 1 of 2 · costs 0.1 points' })
  await first.waitFor()
  assert.equal(await page.getByRole('button', { name: /^Show hint/ }).count(), 1)
  await first.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Show hint 1?' })
  await dialog.getByText('This hint costs 0.1 points, even if your answer is correct.').waitFor()
  await assertGood(page, 'the question before a hint', [phoneByDay, phoneByNight, deskByDay])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  const told = (await Promise.all(replies)).join(' ') + (await page.content())
  for (const text of ['It is not a lake.', 'It is salty.']) assert.ok(!told.includes(text), text)
  await first.press('Enter')
  await dialog.getByRole('button', { name: 'Show hint' }).press('Enter')
  await isFocused(page, 'It is not a lake.')
  const second = page.getByRole('button', { name: /Show hint 2 of 2 · costs 33% of this question/ })
  await second.waitFor()
  await assertGood(page, 'a question with a hint', [phoneByDay, phoneByNight, deskByDay])
  await page.setViewportSize(phone)
  await page.reload({ waitUntil: 'networkidle' })
  await page.getByText('It is not a lake.').waitFor()
  assert.ok(!(await page.content()).includes('It is salty.'))
  await context.setOffline(true)
  await second.click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Show hint' }).click()
  await page.getByText('We couldn’t show the hint because you’re offline.').waitFor()
  await context.setOffline(false)
  for (const group of await page.getByRole('radiogroup').all())
    await group.getByText('Right', { exact: true }).click()
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('Hints: 1 of 2, minus 10%. That leaves 0.9 of 1 point.').waitFor()
  await assertGood(page, 'a result with a hint', [phoneByDay, phoneByNight, deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})

it('who teaches sees how many took each hint, and what it took from whom', async () => {
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  const quiz = `/teach/courses/${course.courseId}/quizzes/${course.quizId}`
  await page.goto(`${quiz}/results`, { waitUntil: 'networkidle' })
  await page.getByText('Hint 1 used').waitFor()
  await assertGood(page, 'results with hints', [phoneByDay, deskByDay])
  const { items } = await instructor.api.assessment.listSubmissions({ quizId: course.quizId })
  await page.goto(`${quiz}/attempts/${items[0]?.id}`, { waitUntil: 'networkidle' })
  await page.getByText('Hints: 1 of 2, minus 10%. That leaves 0.9 of 1 point.').waitFor()
  await page.goto(`${quiz}/preview`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await page.getByRole('button', { name: /^Show hint 1 of 2/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Show hint' }).click()
  await page.getByText('It is not a lake.').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
