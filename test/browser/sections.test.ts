import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { desk, phone, systemUrl, visit } from './browser.ts'
import { learnerInCourse } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Sections with their own times: written by a teacher, taken one after another, and printed. */

let browser: Browser
let instructor: Person
let learner: Person
let course: TestCourse
before(async () => {
  ;({ browser, instructor, learner, course } = await learnerInCourse('Sefako Learner', 'Rivers in sections'))
})
after(() => browser.close())

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const asked = (page: Page, name: string | RegExp) => page.getByRole('heading', { name })

/** A quiz of two questions in a section and one in another. */
async function sectioned({ quizId }: TestCourse, minutes: number, settings: { layout?: 'one_by_one' } = {}) {
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const [sample] = quiz.questions
  assert.ok(sample)
  const { id: _id, ...question } = sample
  const [reading, grammar] = [randomUUID(), randomUUID()]
  const ask = (content: string, sectionId: string) => ({
    ...question,
    sectionId,
    content: `<p>${content}</p>`,
  })
  await instructor.api.assessment.saveQuiz({
    ...quiz,
    ...settings,
    quizId,
    sections: [
      { id: reading, title: 'Reading', instructions: '<p>Read slowly.</p>', timeLimitMinutes: minutes },
      { id: grammar, title: 'Grammar', timeLimitMinutes: 20 },
    ],
    questions: [
      ask('Where do rivers end?', reading),
      ask('Where do they rise?', reading),
      ask('Is “river” a noun?', grammar),
    ],
  })
}

async function learnerAt(viewport: typeof phone, { courseId, quizLessonId }: TestCourse) {
  const seen = await visit(browser, { viewport })
  await signInWithoutForm(seen.context, learner.email, password)
  await seen.page.goto(`/learn/${courseId}/${quizLessonId}`, { waitUntil: 'networkidle' })
  return seen
}

/** What the page told beside that a device was without a line. */
const unexpected = (faults: string[]) =>
  faults.filter(fault => !/409|offline|ERR_INTERNET|Failed to load/i.test(fault))

it('a learner takes one section after another by keyboard, and cannot come back', async () => {
  await sectioned(course, 10)
  const { context, page, faults } = await learnerAt(phone, course)
  await asked(page, '2 sections, one after another').waitFor()
  await page.getByText('2 questions · 10 minutes').waitFor()
  await assertGood(page, 'the sections of a quiz to come', [phoneByDay, phoneByNight, deskByDay])
  await button(page, 'Start quiz').press('Enter')
  await asked(page, /Section 1 of 2\s*Reading/).waitFor()
  await page.getByText('Read slowly.').waitFor()
  await page.getByText('Section: 9:', { exact: false }).waitFor()
  assert.equal(await page.getByText('Is “river” a noun?').count(), 0)
  await page.getByText('Right', { exact: true }).first().click()
  await page.getByText('All answers saved').waitFor()
  await button(page, 'Flag question 2').click()
  await assertGood(page, 'a section of an attempt', [phoneByDay, phoneByNight, deskByDay])
  await button(page, 'Go to section 2').press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Go to section 2?' })
  await dialog.getByText('1 question has no answer yet.').waitFor()
  await dialog.getByText('You flagged 1 question to look at again.').waitFor()
  await dialog.getByText('You can’t come back to section 1 after you leave it.').waitFor()
  await assertGood(page, 'the question before the next section', [phoneByDay, phoneByNight, deskByDay])
  await dialog.getByRole('button', { name: 'Go to section 2' }).press('Enter')
  await asked(page, /Section 2 of 2\s*Grammar/).waitFor()
  await page.waitForFunction(() => document.activeElement?.tagName === 'H2')
  await page.reload({ waitUntil: 'networkidle' })
  await asked(page, /Section 2 of 2\s*Grammar/).waitFor()
  assert.equal(await page.getByText('Where do rivers end?').count(), 0)
  await page.getByText('Question 3', { exact: false }).first().waitFor()
  await page.getByText('Right', { exact: true }).first().click()
  await page.getByText('All answers saved').waitFor()
  await button(page, 'Submit quiz').press('Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).press('Enter')
  await asked(page, 'Section 1: Reading').waitFor()
  await asked(page, 'Section 2: Grammar').waitFor()
  assert.equal(await page.getByText('Where do rivers end?').count(), 1)
  await assertGood(page, 'the result of sections', [phoneByDay, deskByDay])
  assert.deepEqual(unexpected(faults), [])
  await context.close()
})

it('the page goes on by itself when the time of a section is over, and says so', async () => {
  const timed = await makeCourse(systemUrl(), instructor, { title: 'Rivers against the clock' })
  await learner.api.education.enroll({ courseId: timed.courseId })
  await sectioned(timed, 1, { layout: 'one_by_one' })
  const { context, page, faults } = await learnerAt(desk, timed)
  await button(page, 'Start quiz').click()
  await asked(page, /Section 1 of 2\s*Reading/).waitFor()
  await page.getByText('Right', { exact: true }).first().click()
  await button(page, 'Next question').click()
  await page.getByText('Right', { exact: true }).first().click()
  await page.getByText('The time for section 1 is over.', { exact: false }).waitFor({ timeout: 90_000 })
  await asked(page, /Section 2 of 2\s*Grammar/).waitFor()
  await asked(page, 'Question 3 of 3').waitFor()
  await assertGood(page, 'a section after the clock', [phoneByDay, deskByDay])
  const { id } = await learner.api.assessment.startSubmission({ quizId: timed.quizId })
  const open = await learner.api.assessment.getSubmission({ submissionId: id })
  assert.equal(Object.keys(open.answers).length, 2)
  assert.deepEqual(unexpected(faults), [])
  await context.close()
})

it('a phone without a line waits at the end of a section, and follows where another device went on', async () => {
  const lost = await makeCourse(systemUrl(), instructor, { title: 'Rivers without a line' })
  await learner.api.education.enroll({ courseId: lost.courseId })
  await sectioned(lost, 5)
  const { context, page, faults } = await learnerAt(phone, lost)
  await page.clock.install()
  await button(page, 'Start quiz').click()
  await page.getByText('Right', { exact: true }).first().click()
  await page.getByText('All answers saved').waitFor()
  const { id } = await learner.api.assessment.startSubmission({ quizId: lost.quizId })
  await context.setOffline(true)
  await page.clock.fastForward('05:30')
  await page.getByText('The time for this section is over.', { exact: false }).waitFor()
  await page.waitForFunction(() => document.querySelector('input[type=radio]:not(:disabled)') === null)
  const other = await signIn(systemUrl(), learner.email, password)
  await other.api.assessment.nextSection({ submissionId: id, number: 2 })
  await context.setOffline(false)
  await asked(page, /Section 2 of 2\s*Grammar/).waitFor()
  assert.deepEqual(unexpected(faults), [])
  await context.close()
})

it('a teacher divides a quiz into sections by keyboard, moves a question, and prints it', async () => {
  const { quizId, courseId } = await makeCourse(systemUrl(), instructor, { title: 'Rivers to divide' })
  const { context, page, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  const editor = `/teach/courses/${courseId}/quizzes/${quizId}`
  await page.goto(editor, { waitUntil: 'networkidle' })
  await button(page, 'Divide into sections').press('Enter')
  const section = (name: string) => page.getByRole('region', { name, exact: true })
  const title = (number: number) =>
    page.getByRole('region', { name: `Section ${number}`, exact: false }).getByLabel('Section title')
  await title(1).fill('Reading')
  await section('Section 1: Reading').getByRole('textbox', { name: 'Time limit in minutes' }).fill('10')
  await section('Section 1: Reading').getByLabel('Instructions').fill('Read slowly.')
  await button(page, 'Add section').press('Enter')
  await title(2).fill('Grammar')
  await button(page, 'Save quiz').click()
  await page.getByText('Put at least one question into this section, or remove it.').first().waitFor()
  await assertGood(page, 'a section without questions', [phoneByDay, phoneByNight, deskByDay])
  await button(page, 'Actions for question 2').press('Enter')
  await page.getByRole('menuitem', { name: 'Move to: Grammar', exact: true }).press('Enter')
  await button(page, 'Save quiz').click()
  await page.getByText('Saved', { exact: true }).or(page.getByText('All changes saved')).first().waitFor()
  const { sections, questions } = await instructor.api.assessment.editQuiz({ quizId })
  const [reading, grammar] = sections ?? []
  assert.deepEqual(
    [reading?.title, reading?.timeLimitMinutes, reading?.instructions, grammar?.title],
    ['Reading', 10, '<p>Read slowly.</p>', 'Grammar'],
  )
  assert.equal(questions.at(-1)?.sectionId, grammar?.id)
  // Nothing is half below the bar at the top.
  await page.evaluate(() => scrollTo(0, 0))
  await assertGood(page, 'sections in the editor', [phoneByDay, phoneByNight, deskByDay])
  await page.goto(`${editor}/print`, { waitUntil: 'networkidle' })
  await asked(page, 'Section 1: Reading').waitFor()
  await page.getByText('Time: 10 minutes').waitFor()
  await asked(page, 'Section 2: Grammar').waitFor()
  await page.goto(`${editor}/preview`, { waitUntil: 'networkidle' })
  await page
    .getByRole('button', { name: /start|preview/i })
    .first()
    .click()
    .catch(() => {})
  await asked(page, 'Section 2: Grammar').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
