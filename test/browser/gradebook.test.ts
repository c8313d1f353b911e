import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type Person, password } from '../api.ts'
import { type TestCourse, takeQuiz } from '../courses.ts'
import { until } from '../system.ts'
import { desk, phone, visit } from './browser.ts'
import { learnerInCourse, visitAsInstructor } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** A gradebook from its set-up to what its learner sees of it. */

let browser: Browser
let instructor: Person
let learner: Person
let course: TestCourse

before(async () => {
  ;({ browser, instructor, learner, course } = await learnerInCourse('Amahle Graded', 'Grades of rivers'))
  await takeQuiz(learner, course.quizId, 'a')
  const { courseId } = course
  await until('The gradebook knows its learner', async () => {
    const { items } = await instructor.api.assessment.readGrades({ courseId })
    return items.length === 1
  })
})
after(() => browser.close())

const teacher = (viewport: { width: number; height: number }) => visitAsInstructor(browser, viewport)
const address = () => `/teach/courses/${course.courseId}/gradebook`
const saved = (page: Page) => page.getByRole('status').filter({ hasText: /^Saved/ })

it('a teacher sets up categories and a column, at a phone', async () => {
  const { context, page, faults } = await teacher(phone)
  await page.goto(`${address()}/setup`)
  await page.getByLabel('Calculation').selectOption('weights')
  await page.getByText('Show learners their course grade').click()
  await page.getByRole('button', { name: 'Add category' }).click()
  const second = page.getByRole('listitem', { name: 'Category 2' })
  await second.getByLabel('Name').fill('Journals')
  await second.getByLabel('Weight in %').fill('100')
  await page.getByRole('button', { name: 'Add column' }).click()
  const column = page.getByRole('listitem', { name: 'New column' })
  await column.getByLabel('Category').selectOption({ label: 'Journals' })
  await column.getByLabel('Points').fill('20')
  await column.getByLabel('Title').fill('Journal')
  await page.getByRole('button', { name: 'Add grade' }).click()
  await page.getByLabel('Grade', { exact: true }).fill('Pass')
  await page.getByLabel('From %').fill('50')
  await assertGood(page, 'the set-up of a gradebook', [phoneByDay, phoneByNight, deskByDay])
  await page.getByRole('button', { name: 'Save set-up' }).click()
  await page.getByText('The set-up is saved.').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('grades are typed into the sheet by keyboard alone, taken back, and replaced with a reason', async () => {
  const { context, page, faults } = await teacher(desk)
  await page.goto(address())
  const sheet = page.getByRole('grid')
  await sheet.getByRole('gridcell').first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('18,5')
  await page.keyboard.press('Enter')
  await saved(page).waitFor()
  await sheet.getByText('18.5').waitFor()
  await page.keyboard.press('Control+z')
  await page
    .getByRole('status')
    .filter({ hasText: /^Undone/ })
    .waitFor()
  assert.equal(await sheet.getByText('18.5').count(), 0)
  await page.keyboard.type('10')
  await page.keyboard.press('Enter')
  await sheet.getByText('75% Pass').waitFor()
  // A quiz is graded from its attempts: to replace its score takes a reason.
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Score').fill('1')
  await dialog.getByRole('button', { name: 'Save grade' }).click()
  await dialog.getByText('Say why you replace this grade.').waitFor()
  await dialog.getByLabel('Reason').fill('A key was wrong.')
  await dialog.getByLabel('Comment for the learner').fill('Well argued.')
  await dialog.getByRole('button', { name: 'Save grade' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await sheet.getByText('50% Pass').waitFor()
  await assertGood(page, 'the gradebook', [deskByDay])
  await page.getByRole('link', { name: 'Amahle Graded' }).click()
  await page.getByText('Reason: A key was wrong.').waitFor()
  await assertGood(page, 'the grades of a learner', [phoneByDay, phoneByNight, deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})

it('at a phone one column is shown at a time, and a file of grades is looked at before it is imported', async () => {
  const { context, page, faults } = await teacher(phone)
  await page.goto(address())
  await page.getByLabel('Column').selectOption({ label: 'Journal' })
  const field = page.getByRole('textbox', { name: /Amahle Graded, Journal/ })
  await field.fill('12')
  await field.press('Enter')
  await saved(page).waitFor()
  await assertGood(page, 'a column of the gradebook', [phoneByDay, phoneByNight])
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ])
  const text = await readFile(await file.path(), 'utf8')
  assert.match(text, /Amahle Graded,[^,]+,1,12,/)
  await page.goto(`${address()}/import`)
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a file' }).click(),
  ])
  const buffer = Buffer.from(
    `${text.replace(',1,12,', ',1,16,')}nobody,Nobody,nobody@school.example,,3,,\r\n`,
  )
  await chooser.setFiles({ name: 'grades.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('heading', { name: '1 grade changes' }).waitFor()
  await page.getByText('no learner of this course is nobody@school.example').waitFor()
  await assertGood(page, 'an import of grades', [phoneByDay, phoneByNight, deskByDay])
  await page.getByRole('button', { name: 'Import 1 grade' }).click()
  await page.getByText('1 grade was imported.').waitFor()
  const { items } = await instructor.api.assessment.readGrades({ courseId: course.courseId })
  assert.deepEqual(items[0]?.scores, [1, 16])
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner sees how their grade comes about, and tries out other scores that are not saved', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/learn/${course.courseId}`)
  await page.getByRole('link', { name: 'Grades' }).click()
  await page.getByText('Well argued.').waitFor()
  assert.equal(await page.getByText('A key was wrong.').count(), 0)
  await page.getByText('65%Pass').waitFor()
  await assertGood(page, 'one’s grades', [phoneByDay, phoneByNight, deskByDay])
  await page.getByRole('button', { name: 'Try out scores' }).click()
  await page.getByLabel(/Imagined score in Journal/).fill('20')
  await page.getByText('Imagined', { exact: true }).waitFor()
  await page.getByRole('status').getByText('75%').waitFor()
  await assertGood(page, 'imagined grades', [phoneByDay])
  await page.getByRole('button', { name: 'Reset' }).click()
  assert.equal(await page.getByText('Imagined', { exact: true }).count(), 0)
  const mine = await learner.api.assessment.getMyGrades({ courseId: course.courseId })
  assert.equal(mine.percent, 65)
  assert.deepEqual(faults, [])
  await context.close()
})
