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
  await courseChanged(course, settings)
  return course
}

async function courseChanged(course: TestCourse, settings: Partial<Quiz>): Promise<void> {
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId: course.quizId })
  await saveQuiz({ ...quiz, ...settings, quizId: course.quizId })
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
  await page.getByLabel('Closes on').fill('2049-12-01T08:00')
  await page.getByLabel('Due on').fill('2050-06-15T08:00')
  await page.getByRole('textbox', { name: 'Late attempts lose' }).fill('10')
  await page.getByLabel('Access code').fill('River 7')
  await page.getByText('Shuffle answers').click()
  await page.getByRole('button', { name: /After submitting, learners see/ }).click()
  await page.getByRole('option', { name: 'Score only' }).click()
  await page.getByRole('button', { name: /With several attempts, the result is/ }).click()
  await page.getByRole('option', { name: 'The average of all attempts' }).click()
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('Choose a closing date after the opening date.', { exact: true }).waitFor()
  await page.getByLabel('Closes on').fill('2050-07-01T08:00')
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
  assert.deepEqual(
    [stored.dueAt, stored.closesAt, stored.latePercentPerDay, stored.countedAttempt],
    ['2050-06-15T06:00:00.000Z', '2050-07-01T06:00:00.000Z', 10, 'average'],
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

it('a late attempt is told beforehand and in the result; a closed quiz says when it closed', async () => {
  const dueAt = new Date(Date.now() - 3_600_000).toISOString()
  const course = await courseWith('Rivers too late', { dueAt, latePercentPerDay: 10, passingScore: 0 })
  const { context, page, faults } = await learnerAt(course)
  await page.getByText('Each day late costs 10% of your points.').waitFor()
  await start(page).click()
  await answerAll(page, /^Submit quiz$/)
  await page.getByText('1 day late: 10% less. Without that it would be 0.').waitFor()
  await courseChanged(course, { closesAt: dueAt })
  await page.goto(`/learn/${course.courseId}/${course.quizLessonId}`)
  await page.getByText('This quiz is closed. It closed:').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0)
  await assertFits(page, 'a quiz that is closed')
  await assertAccessible(page, 'a quiz that is closed')
  assert.deepEqual(faults, [])
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

it('a teacher gives a learner more time; the clock of the open attempt follows with the next answer', async () => {
  const course = await courseWith('Rivers with more time', { timeLimitMinutes: 20 })
  const learner = await learnerAt(course)
  await start(learner.page).click()
  await learner.page
    .getByRole('timer')
    .getByText(/(20:00|19:\d\d)$/)
    .waitFor()
  const second = await signUp(systemUrl(), 'Zanele Zuma')
  await second.api.education.enroll({ courseId: course.courseId })
  const teacher = await visit(browser, { viewport: phone })
  await signInWithoutForm(teacher.context, demoInstructor.email, demoPassword)
  await teacher.page.goto(`/teach/courses/${course.courseId}/learners`, { waitUntil: 'networkidle' })
  await teacher.page.getByRole('button', { name: 'Accommodations' }).click()
  await teacher.page.getByText('No accommodations yet.').waitFor()
  await teacher.page.getByRole('button', { name: 'Add accommodation' }).click()
  const more = teacher.page.getByRole('textbox', { name: 'Extra time (minutes)' })
  await more.fill('30')
  await more.press('Tab')
  // What was entered for one learner is not offered for the next.
  const who = teacher.page.getByRole('dialog').locator('select').first()
  await who.selectOption({ label: 'Zanele Zuma' })
  await until('The form is empty', async () => (await more.inputValue()) === '0')
  await who.selectOption({ label: 'Lerato Learner' })
  await more.fill('30')
  await assertAccessible(teacher.page, 'the form of an accommodation')
  await teacher.page.getByRole('button', { name: 'Save accommodation' }).click()
  await teacher.page.getByText('30 minutes more').waitFor()
  await assertFits(teacher.page, 'the accommodations of a course')
  await assertAccessible(teacher.page, 'the accommodations of a course')
  await learner.page.getByText('Wrong', { exact: true }).first().click()
  await learner.page
    .getByRole('timer')
    .getByText(/4\d:\d\d$/)
    .waitFor()
  await learner.page.reload()
  await learner.page
    .getByRole('timer')
    .getByText(/4\d:\d\d$/)
    .waitFor()
  await teacher.page.getByRole('button', { name: 'Remove accommodation: Lerato Learner' }).click()
  const asked = teacher.page.getByRole('alertdialog', { name: 'Remove this accommodation?' })
  await asked.getByText('it may end sooner').waitFor()
  await assertAccessible(teacher.page, 'the question before an accommodation is removed')
  await asked.getByRole('button', { name: 'Remove accommodation' }).click()
  await teacher.page.getByText('No accommodations yet.').waitFor()
  assert.deepEqual([learner.faults, teacher.faults], [[], []])
  for (const { context } of [learner, teacher]) await context.close()
})

it('a learner uses the calculator and the formulas that the author allows, by keyboard and on a phone', async () => {
  const course = await courseWith('Rivers in numbers', {
    calculator: true,
    formulaSheet: '<p>speed = distance / time</p>',
  })
  const { context, page, faults } = await learnerAt(course)
  await start(page).click()
  await page.getByRole('button', { name: 'Calculator', exact: true }).press('Enter')
  const line = page.getByLabel('Calculation')
  await line.fill('0.1 + 0.2')
  await line.press('Enter')
  await page.getByText('= 0.3', { exact: true }).waitFor()
  for (const key of ['Clear', 'Square root', '9', 'Divide', '0', 'Calculate'])
    await page.getByRole('button', { name: key, exact: true }).click()
  await page.getByText("You can't divide by zero.").waitFor()
  await assertFits(page, 'the calculator')
  await assertAccessible(page, 'the calculator')
  await line.press('Escape')
  assert.equal(await page.getByLabel('Calculation').count(), 0)
  await page.getByRole('button', { name: 'Formula sheet', exact: true }).click()
  await page.getByText('speed = distance / time').waitFor()
  await assertAccessible(page, 'the formula sheet')
  await page.getByRole('button', { name: 'Close the formula sheet' }).click()
  assert.equal(await page.getByText('speed = distance / time').count(), 0)
  assert.deepEqual(faults, [])
  await context.close()
})
