import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** A question with numbers that change, from its author over a learner to paper. */

let browser: Browser
let instructor: Person
let course: TestCourse
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), instructor, { title: 'Sums that change' })
  const quiz = await instructor.api.assessment.editQuiz({ quizId: course.quizId })
  const plain = { type: 'numeric' as const, content: '<p>?</p>', body: { answers: [{ value: '1' }] } }
  await instructor.api.assessment.saveQuiz({ ...quiz, quizId: course.quizId, questions: [plain] })
})
after(() => browser.close())

/** The two numbers of a sum. */
function sumIn(text: string | null): [a: number, b: number] {
  const [, a, b] = /What is (\d+) \+ (\d+)/.exec(text ?? '') ?? []
  assert.ok(a && b, text ?? '')
  return [Number(a), Number(b)]
}

it('an author writes a sum with names, sees five variants with their answers, and saves it', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}`)
  const question = page.getByRole('group', { name: 'Question 1' })
  await question.getByLabel('Question', { exact: true }).fill('What is {{a}} + {{b}}?')
  await question.getByText('Values that change').click()
  await question.getByRole('button', { name: 'Add a value' }).click()
  await question.getByRole('button', { name: 'Add a value' }).click()
  assert.equal(await question.getByRole('group', { name: 'Value 2' }).getByLabel('Name').inputValue(), 'b')
  await question.getByLabel('Number 1', { exact: true }).fill('a + c')
  await question.getByRole('button', { name: 'Show five variants' }).click()
  await question.getByText('The question uses c, which is not one of its values.').waitFor()
  await question.getByLabel('Number 1', { exact: true }).fill('a + b')
  await question.getByLabel('Conditions, one a line').fill('a != b')
  await question.getByRole('button', { name: 'Show five variants' }).click()
  await question.getByText('We checked all 56 possible draws.').waitFor()
  const variants = question.getByRole('region', { name: 'Variants' }).getByRole('listitem')
  assert.equal(await variants.count(), 5)
  for (const text of await variants.allTextContents()) {
    const [a, b] = sumIn(text)
    assert.ok(a !== b && text.endsWith(`Correct:${a + b}`), text)
  }
  const firstFive = await variants.allTextContents()
  await question.getByRole('button', { name: 'Show five others' }).click()
  await question.getByText(/^Variant 6 /).waitFor()
  await question.getByRole('button', { name: 'Show five variants' }).click()
  await question.getByText(/^Variant 1 /).waitFor()
  assert.deepEqual(await variants.allTextContents(), firstFive)
  // Else the bar that sticks to the top covers half of a field.
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }))
  await assertGood(page, 'values that change', [phoneByDay, phoneByNight, deskByDay])
  await page.getByRole('button', { name: 'Save quiz' }).click()
  await page.getByText('All changes saved').waitFor()
  assert.equal(await question.getByLabel('Number 1', { exact: true }).inputValue(), '{{=a + b}}')

  // The same variant by its number, in the preview and on paper with its answer.
  const [a, b] = sumIn(firstFive[2] ?? null)
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}/preview`)
  await page.getByLabel('Variant', { exact: true }).fill('3')
  await page.getByRole('button', { name: 'Show variant' }).click()
  await page.waitForURL(/variant=3/)
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await page.getByText(`What is ${a} + ${b}?`).first().waitFor()
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}/print?answers=yes`)
  await page.getByLabel('First variant').fill('2')
  await page.getByLabel('Variants to print').fill('3')
  await page.getByRole('button', { name: 'Show variants' }).click()
  await page.getByRole('heading', { name: 'Answers: What flows? · Variant 4' }).waitFor()
  const sheets = page.getByRole('article')
  assert.equal(await sheets.count(), 3)
  const sheet = (await sheets.nth(1).textContent()) ?? ''
  assert.deepEqual(sumIn(sheet), [a, b])
  assert.match(sheet, new RegExp(`Variant 3.*Variant 3.*Question 1${a + b}$`, 's'))
  await assertGood(page, 'variants on paper', [phoneByDay, deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner answers numbers of their own, and the result says them', async () => {
  const learner = await signUp(systemUrl(), 'Lerato Adder')
  await learner.api.education.enroll({ courseId: course.courseId })
  const { context, page, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/learn/${course.courseId}/${course.quizLessonId}`)
  await page.getByRole('button', { name: 'Start quiz' }).click()
  const field = page.getByLabel('What is')
  const [a, b] = sumIn(
    await page
      .getByText(/What is \d+/)
      .first()
      .textContent(),
  )
  await field.fill(String(a + b))
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText(`Values in this attempt: a = ${a}, b = ${b}`).waitFor()
  assert.equal((await learner.api.assessment.getQuiz({ quizId: course.quizId })).bestScorePercent, 100)
  await assertGood(page, 'the result', [deskByDay, phoneByNight])
  assert.deepEqual(faults, [])
  await context.close()
})
