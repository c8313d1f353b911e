import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Person, password } from '../api.ts'
import { type TestCourse, takeQuiz } from '../courses.ts'
import { until } from '../system.ts'
import { desk, phone, visit } from './browser.ts'
import { learnerInCourse, visitAsInstructor } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Standards from a file to what their learner sees of them. */

let browser: Browser
let instructor: Person
let learner: Person
let course: TestCourse

before(async () => {
  ;({ browser, instructor, learner, course } = await learnerInCourse('Amahle Shown', 'Standards of rivers'))
  await takeQuiz(learner, course.quizId, 'a')
  const { courseId } = course
  await until('The standards know their learner', async () => {
    const { items } = await instructor.api.assessment.readStandardLevels({ courseId })
    return items.length === 1
  })
})
after(() => browser.close())

const teacher = (viewport: { width: number; height: number }) => visitAsInstructor(browser, viewport)
const address = () => `/teach/courses/${course.courseId}/standards`

it('a teacher reads standards from a file, looks at what it says, and saves them, at a phone', async () => {
  const { context, page, faults } = await teacher(phone)
  await page.goto(address())
  await assertGood(page, 'a course without standards', [phoneByDay])
  await page.getByRole('link', { name: 'Add standards' }).click()
  await page.getByRole('button', { name: 'Import CSV' }).click()
  const dialog = page.getByRole('dialog')
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Choose a file' }).click(),
  ])
  const buffer = Buffer.from(
    'Code,Title,Description\r\nGEO 1,Say where rivers begin,Springs and lakes\r\nGEO 2,Say where rivers end,\r\nGEO 2,Twice,\r\n',
  )
  await chooser.setFiles({ name: 'standards.csv', mimeType: 'text/csv', buffer })
  await dialog.getByText('2 standards are new').waitFor()
  await dialog.getByText('Row 4: this code was in an earlier row.').waitFor()
  await assertGood(page, 'an import of standards', [deskByDay, phoneByDay])
  await page.setViewportSize(phone)
  await dialog.getByRole('button', { name: 'Use 2 standards' }).click()
  await page.getByText('Save the standards to keep it.').waitFor()
  await page.getByRole('button', { name: 'Add standard' }).click()
  const third = page.getByRole('listitem', { name: 'Standard 3' })
  await third.getByLabel('Code').fill('GEO 3')
  await third.getByLabel('Title').fill('Draw a river')
  await assertGood(page, 'the standards of a course', [deskByDay, phoneByDay, phoneByNight])
  await page.getByRole('button', { name: 'Save standards' }).click()
  await page.getByText('The standards are saved.').waitFor()
  const { standards } = await instructor.api.assessment.getStandards({ courseId: course.courseId })
  assert.deepEqual(
    standards.map(({ code }) => code),
    ['GEO 1', 'GEO 2', 'GEO 3'],
  )
  assert.deepEqual(faults, [])
  await context.close()
})

it('what the questions of a quiz show is chosen by keyboard alone', async () => {
  const { context, page, faults } = await teacher(desk)
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}`)
  await page.getByRole('button', { name: 'Actions for this quiz' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Standards of this quiz' }).focus()
  await page.keyboard.press('Enter')
  const saved = page.getByRole('status').filter({ hasText: 'Saved.' })
  const choice = page.getByRole('combobox', { name: 'Standard' })
  await choice.first().focus()
  // Not by its letters: where a second passes between two, a space opens the list.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await saved.waitFor()
  const first = page.getByRole('listitem', { name: 'Question 1' })
  await first.getByRole('button', { name: 'Remove GEO 1 from question 1' }).waitFor()
  await first
    .getByRole('combobox', { name: 'Standard' })
    .selectOption({ label: 'GEO 2 · Say where rivers end' })
  await first.getByRole('button', { name: 'Add the standard to question 1' }).press('Enter')
  await first.getByRole('button', { name: 'Remove GEO 2 from question 1' }).waitFor()
  await first.getByRole('button', { name: 'Remove GEO 1 from question 1' }).press('Enter')
  await first.getByRole('button', { name: 'Remove GEO 1 from question 1' }).waitFor({ state: 'hidden' })
  await assertGood(page, 'the standards of a quiz', [deskByDay, phoneByDay, phoneByNight])
  const { questions } = await instructor.api.assessment.getQuizStandards({ quizId: course.quizId })
  assert.deepEqual(
    questions.map(({ standardIds }) => standardIds.length),
    [1, 1],
  )
  assert.deepEqual(faults, [])
  await context.close()
})

it('a level is opened in the sheet and set by judgement with a reason, by keyboard alone', async () => {
  const { context, page, faults } = await teacher(desk)
  await page.goto(address())
  const sheet = page.getByRole('grid')
  const cell = (name: RegExp) => sheet.getByRole('gridcell', { name })
  await cell(/Amahle Shown, GEO 1: (?!no evidence)/).focus()
  await page.keyboard.press('End')
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-at') === '0:2')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('No graded attempt has a question that shows this standard.').waitFor()
  await dialog.getByRole('combobox', { name: 'Set the level' }).focus()
  await page.keyboard.type('Proficient')
  await dialog.getByLabel('Reason').fill('Drew the Zambezi in class.')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('Saved: GEO 3 of Amahle Shown.').waitFor()
  await cell(/Amahle Shown, GEO 3: Proficient, set by a teacher/).waitFor()
  await assertGood(page, 'the levels of a course', [deskByDay])
  await cell(/Amahle Shown, GEO 1/).click()
  await dialog.getByRole('link', { name: 'View answer' }).waitFor()
  await assertGood(page, 'the evidence of a level', [deskByDay, phoneByDay])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ])
  assert.match(
    await readFile(await file.path(), 'utf8'),
    /Amahle Shown,[^,]+,[^,]+,\d+,[^,]+,\d+,Proficient,\r\n/,
  )
  assert.deepEqual(faults, [])
  await context.close()
})

it('at a phone one standard is shown at a time, and a level that was set is taken back', async () => {
  const { context, page, faults } = await teacher(phone)
  await page.goto(address())
  await page.getByRole('combobox', { name: 'Standard' }).selectOption({ label: 'GEO 3 · Draw a river' })
  await assertGood(page, 'a standard of a course', [phoneByDay, phoneByNight])
  await page.getByRole('button', { name: /Amahle Shown, GEO 3: Proficient, set by a teacher/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Reason: Drew the Zambezi in class.').waitFor()
  // Opened at night: a dialog that is open while the theme turns is of neither for a while.
  await assertGood(page, 'the evidence of a level, opened at night', [phoneByNight])
  await dialog
    .getByRole('combobox', { name: 'Set the level' })
    .selectOption({ label: 'Use the calculated level' })
  await dialog.getByRole('button', { name: 'Save level' }).click()
  await page.getByRole('button', { name: 'Amahle Shown, GEO 3: no evidence' }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner sees their levels once the teacher shows them', async () => {
  const { courseId } = course
  const { getStandards, saveStandards } = instructor.api.assessment
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/learn/${courseId}/grades`)
  await page.getByRole('heading', { name: 'Grades', level: 1 }).waitFor()
  assert.equal(await page.getByText('GEO 1').count(), 0)
  await saveStandards({ ...(await getStandards({ courseId })), standardsShown: true })
  await page.reload()
  const standards = page.getByRole('region', { name: 'Standards' })
  await standards.getByText('Say where rivers begin').waitFor()
  await standards.getByText('Based on 1 quiz').first().click()
  await standards.getByText('What flows?').first().waitFor()
  assert.equal(await standards.getByText('Not shown yet').count(), 1)
  await assertGood(page, 'one’s standards', [deskByDay, phoneByDay, phoneByNight])
  assert.deepEqual(faults, [])
  await context.close()
})

it('a course of the demo has four standards that its quizzes show', async () => {
  const { education, assessment } = instructor.api
  const { items } = await education.listTaughtCourses({ limit: 100 })
  const courseId = items.find(({ title }) => title.startsWith('Money Matters'))?.id ?? ''
  const { standards, standardsShown } = await assessment.getStandards({ courseId })
  assert.deepEqual(
    standards.map(({ code, questionCount }) => [code, questionCount]),
    [
      ['MON 1', 5],
      ['MON 2', 10],
      ['MON 3', 6],
      ['MON 4', 8],
    ],
  )
  assert.equal(standardsShown, true)
})
