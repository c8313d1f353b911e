import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { desk, phone, systemUrl, visit } from './browser.ts'
import { learnerInCourse } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** A text with several questions: written by a teacher, read and answered beside or above them, and printed. */

let browser: Browser
let instructor: Person
let learner: Person
let course: TestCourse
before(async () => {
  ;({ browser, instructor, learner, course } = await learnerInCourse('Palesa Reader', 'Rivers to read about'))
})
after(() => browser.close())

const line = 'The Zambezi rises in Zambia and flows through six countries. '
const text = `${`<p>${line.repeat(6)}</p>`.repeat(8)}<table><tr><th>River</th><th>km</th></tr><tr><td>Zambezi</td><td>2574</td></tr></table>`

/** A quiz of a question alone, two under a text, and another alone. */
async function quizWith(layout: 'all_at_once' | 'one_by_one') {
  const { quizId } = course
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const [sample] = quiz.questions
  assert.ok(sample)
  const { id: _id, ...question } = sample
  const name = randomUUID()
  const ask = (asked: string, passageId: string | null = null) => ({
    ...question,
    passageId,
    content: `<p>${asked}</p>`,
  })
  await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId,
    layout,
    passages: [{ id: name, content: text }],
    questions: [
      ask('Where do rivers end?'),
      ask('Where does it rise?', name),
      ask('How long is it?', name),
      ask('What is a delta?'),
    ],
  })
}

async function learnerAt(viewport: typeof phone) {
  const seen = await visit(browser, { viewport })
  await signInWithoutForm(seen.context, learner.email, password)
  await seen.page.goto(`/learn/${course.courseId}/${course.quizLessonId}`, { waitUntil: 'networkidle' })
  return seen
}

const start = (page: Page) => page.getByRole('button', { name: /^(Start quiz|Try again|Continue)/ }).click()
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const passage = (page: Page) => page.getByRole('region', { name: 'Text for questions 2 to 3' })
const asked = (page: Page, name: string) => page.getByRole('radiogroup', { name })

it('on a phone a text stands before its questions, and comes back over them at a key press', async () => {
  await quizWith('all_at_once')
  const { context, page, faults } = await learnerAt(phone)
  await start(page)
  await passage(page).waitFor()
  await asked(page, 'Where do rivers end?').getByText('Right', { exact: true }).click()
  await asked(page, 'How long is it?').scrollIntoViewIfNeeded()
  await button(page, 'Read the text again').nth(1).focus()
  await page.keyboard.press('Enter')
  const again = page.locator('section', { has: button(page, 'Close the text') })
  await again.getByText('The Zambezi rises').first().waitFor()
  await assertGood(page, 'a text over its questions', [phoneByDay, phoneByNight])
  await page.keyboard.press('Escape')
  await again.waitFor({ state: 'detached' })
  const name = await page.evaluate(() => document.activeElement?.textContent)
  assert.equal(name, 'Read the text again')
  await button(page, /answered All questions$/).click()
  const overview = page.getByRole('navigation', { name: 'All questions' })
  assert.equal(
    await overview
      .getByRole('listitem')
      .filter({ has: page.getByRole('button') })
      .count(),
    4,
  )
  await overview.getByRole('button', { name: 'Question 3, Not answered', exact: true }).click()
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('How long is it?'))
  await assertGood(page, 'questions under a text', [phoneByDay, phoneByNight, deskByDay])
  await asked(page, 'How long is it?').getByText('Right', { exact: true }).click()
  await page.getByText('All answers saved').waitFor()
  await button(page, 'Submit quiz').click()
  await page.getByRole('alertdialog').getByText('2 questions have no answer yet.').waitFor()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('2 of 4 points').waitFor()
  await page.getByText('Text for questions 2 to 3').click()
  await page.getByText('The Zambezi rises').first().waitFor()
  await assertGood(page, 'the result with its text', [phoneByDay, deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})

it('on a desk the text stays beside its questions, which are one step where questions come one by one', async () => {
  await quizWith('one_by_one')
  const { context, page, faults } = await learnerAt(desk)
  await start(page)
  await page.getByRole('heading', { name: 'Question 1 of 4', exact: true }).waitFor()
  await button(page, 'Next question').click()
  const heading = page.getByRole('heading', { name: 'Questions 2 to 3 of 4', exact: true })
  await heading.waitFor()
  assert.equal(await heading.evaluate(found => found === document.activeElement), true)
  // The next tab is the text, which scrolls by keyboard; its questions stay where they are.
  await page.keyboard.press('Tab')
  assert.equal(await passage(page).evaluate(found => found === document.activeElement), true)
  const boxes = async () => ({
    text: await passage(page).boundingBox(),
    question: await asked(page, 'Where does it rise?').boundingBox(),
  })
  const { text: beside, question } = await boxes()
  assert.ok(beside && question && beside.x + beside.width <= question.x, 'side by side')
  const scrolled = await page.evaluate(() => scrollY)
  await page.keyboard.press('End')
  await page.waitForFunction(() => (document.activeElement?.scrollTop ?? 0) > 0)
  assert.equal(await page.evaluate(() => scrollY), scrolled)
  await assertGood(page, 'a text beside its questions', [phoneByDay, phoneByNight, deskByDay])
  await asked(page, 'Where does it rise?').getByText('Right', { exact: true }).click()
  await page.getByText('All answers saved').waitFor()
  await button(page, 'Next question').click()
  await page.getByRole('heading', { name: 'Question 4 of 4', exact: true }).waitFor()
  await button(page, 'Previous question').click()
  await heading.waitFor()
  await button(page, /answered All questions$/).click()
  const overview = page.getByRole('navigation', { name: 'All questions' })
  assert.equal(await overview.locator('[aria-current=step]').count(), 2)
  await overview.getByRole('button', { name: 'Question 1, Not answered', exact: true }).click()
  await button(page, /answered All questions$/).click()
  await overview.getByRole('button', { name: 'Question 3, Not answered', exact: true }).click()
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('How long is it?'))
  // A reload continues at the first that has no answer.
  await page.reload({ waitUntil: 'networkidle' })
  await page.getByRole('heading', { name: 'Question 1 of 4', exact: true }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('a teacher writes a text by keyboard, puts questions under it and takes them out, and prints it', async () => {
  const { quizId, courseId } = await makeCourse(systemUrl(), instructor, { title: 'Rivers to write about' })
  const { context, page, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  const editor = `/teach/courses/${courseId}/quizzes/${quizId}`
  await page.goto(editor, { waitUntil: 'networkidle' })
  const choose = async (menu: string, entry: string) => {
    await button(page, menu).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: entry, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  await choose('Add question', 'Text with several questions')
  await page.getByLabel('Text for several questions').fill('The Orange River flows west.')
  await choose('Actions for question 1', 'Put under: New text')
  const written = (name: string) => page.getByRole('region', { name, exact: true })
  await written('Text for question 2').waitFor()
  await choose('Actions for question 1', 'Put under: Text for question 2')
  await written('Text for questions 1 to 2').waitFor()
  await choose('Add a question under this text', 'True or false')
  const third = page.getByRole('group', { name: 'Question 3', exact: true })
  await third.getByLabel('Question', { exact: true }).fill('It ends in the Atlantic.')
  await choose('Actions for question 1', 'Take out of the text')
  await written('Text for questions 1 to 2').waitFor()
  await assertGood(page, 'a text with its questions in the editor', [phoneByDay, phoneByNight, deskByDay])
  await button(page, 'Save quiz').click()
  await page
    .getByText('All changes saved')
    .or(page.getByText('Saved', { exact: true }))
    .first()
    .waitFor()
  const { questions, passages } = await instructor.api.assessment.editQuiz({ quizId })
  const [kept] = passages ?? []
  assert.equal(kept?.content, '<p>The Orange River flows west.</p>')
  assert.deepEqual(
    questions.map(({ passageId }) => passageId === kept?.id),
    [true, true, false],
  )
  await page.goto(`${editor}/print`, { waitUntil: 'networkidle' })
  await page.getByRole('heading', { name: 'Text for questions 1 to 2' }).waitFor()
  await page.getByText('The Orange River flows west.').waitFor()
  await page.getByRole('heading', { name: 'Question 3' }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
