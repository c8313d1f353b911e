import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { until } from '../system.ts'
import { assertAccessible, assertFits, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Access code, opening date, hidden results and surveys, as their author and a learner with a phone meet them. */

let browser: Browser
let instructor: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

type Quiz = Awaited<ReturnType<Person['api']['assessment']['editQuiz']>>

async function courseWith(title: string, settings: Partial<Quiz>): Promise<TestCourse> {
  const course = await makeCourse(systemUrl(), instructor, { title })
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId: course.quizId })
  await saveQuiz({ ...quiz, ...settings, quizId: course.quizId })
  return course
}

/** A learner with a phone, at the page of the quiz. */
async function learnerAt(course: TestCourse) {
  const learner = await signUp(systemUrl(), 'Lerato Learner')
  await learner.api.education.enroll({ courseId: course.courseId })
  const seen = await visit(browser, { viewport: phone, timezoneId: 'Africa/Johannesburg' })
  await signInWithoutForm(seen.context, learner.email, password)
  await seen.page.goto(`/learn/${course.courseId}/${course.quizLessonId}`)
  return seen
}

async function answerAll(page: Page, send: RegExp): Promise<void> {
  await page.locator('ol input[type=radio]').first().waitFor({ state: 'attached' })
  for (const group of await page.getByRole('radiogroup').all())
    await group.getByText('Wrong', { exact: true }).click()
  await page.getByRole('button', { name: send }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: send }).click()
}

const start = (page: Page) => page.getByRole('button', { name: 'Start quiz' })

it('an author sets who may start a quiz and what learners see, and finds it so again', async () => {
  const course = await courseWith('Rivers with a code', {})
  const { context, page, faults } = await visit(browser, { timezoneId: 'Africa/Johannesburg' })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}`, { waitUntil: 'networkidle' })
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByLabel('Opens on').fill('2050-01-01T08:00')
  await page.getByLabel('Access code').fill('River 7')
  await page.getByText('Shuffle answers').click()
  await page.getByRole('button', { name: /After submitting, learners see/ }).click()
  await page.getByRole('option', { name: 'Score only' }).click()
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('All changes saved').first().waitFor()
  await assertAccessible(page, 'the settings of a quiz')
  await page.reload({ waitUntil: 'networkidle' })
  await page.getByRole('tab', { name: 'Settings' }).click()
  assert.equal(await page.getByLabel('Opens on').inputValue(), '2050-01-01T08:00')
  assert.equal(await page.getByLabel('Access code').inputValue(), 'River 7')
  const stored = await instructor.api.assessment.editQuiz({ quizId: course.quizId })
  assert.deepEqual(
    [stored.opensAt, stored.accessCode, stored.resultsShown, stored.shuffleAnswers],
    ['2050-01-01T06:00:00.000Z', 'River 7', 'score', true],
  )
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner is told the opening time in their own time zone, and cannot start before', async () => {
  const course = await courseWith('Rivers later', { opensAt: '2050-01-01T06:00:00.000Z' })
  const { context, page } = await learnerAt(course)
  await page.getByText('This quiz isn’t open yet.').waitFor()
  await page.getByText(/January 1, 2050.*\b8:00/).waitFor()
  assert.equal(await start(page).count(), 0)
  await assertFits(page, 'a quiz that is not open')
  await assertAccessible(page, 'a quiz that is not open')
  await context.close()
})

it('a wrong access code is said at its field, the right one starts; the score is shown and no right answer', async () => {
  const course = await courseWith('Rivers by code', { accessCode: 'River 7', resultsShown: 'score' })
  const { context, page, faults } = await learnerAt(course)
  await start(page).click()
  await page.getByText('Enter the access code.').waitFor()
  await page.getByLabel('Access code').fill('river 7')
  await start(page).click()
  await page.getByText('This code isn’t right.').waitFor()
  await assertAccessible(page, 'a wrong access code')
  await page.getByLabel('Access code').fill('River 7')
  await start(page).click()
  await answerAll(page, /^Submit quiz$/)
  await page.getByText('Your teacher shows the score of this quiz').waitFor()
  await page.getByText('0 of 2 points').waitFor()
  assert.equal(await page.getByText('correct answer', { exact: true }).count(), 0)
  assert.equal(await page.getByText('Look again.').count(), 0)
  await assertFits(page, 'a score without answers')
  assert.deepEqual(faults, [])
  await context.close()
})

it('a hidden result is a plain confirmation', async () => {
  const course = await courseWith('Rivers in private', { resultsShown: 'none' })
  const { context, page } = await learnerAt(course)
  await start(page).click()
  await answerAll(page, /^Submit quiz$/)
  await page.getByRole('heading', { name: 'Submitted' }).waitFor()
  assert.equal(await page.getByText(/of 2 points|passed/i).count(), 0)
  await assertAccessible(page, 'a hidden result')
  await context.close()
})

it('a survey is started, submitted and thanked for, without points or a score', async () => {
  const course = await courseWith('Rivers and you', { kind: 'survey' })
  await until('Education knows that it is a survey', async () => {
    const lesson = await instructor.api.education.editLesson({ lessonId: course.quizLessonId })
    return lesson.survey
  })
  const { context, page, faults } = await learnerAt(course)
  await page.locator('header p').getByText('Survey', { exact: true }).waitFor()
  assert.equal(await page.locator('header p').getByText('Quiz', { exact: true }).count(), 0)
  assert.equal(await page.locator(`nav a[href$="${course.quizLessonId}"]`).getByText('Survey:').count(), 1)
  assert.equal(await page.getByText('Pass mark').count(), 0)
  await page.getByRole('button', { name: 'Start survey' }).click()
  await page.locator('ol input[type=radio]').first().waitFor({ state: 'attached' })
  assert.equal(await page.getByText('1 point').count(), 0)
  await answerAll(page, /^Submit$/)
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  assert.equal(await page.getByText(/of 2 points|passed/i).count(), 0)
  await assertFits(page, 'the end of a survey')
  await assertAccessible(page, 'the end of a survey')
  assert.deepEqual(faults, [])
  await context.close()
})
