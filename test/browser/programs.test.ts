import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { assertFits, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/**
 * A question that asks for a program: written and tried by its author, solved by keyboard on a small screen. A machine
 * on which no wall stands runs no programs, and says so.
 */

let browser: Browser
let instructor: Person
let course: TestCourse
let areRun: boolean
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), instructor, { title: 'Programs' })
  const { languages } = await instructor.api.assessment.listProgramLanguages()
  areRun = languages.includes('python')
})
after(() => browser.close())

/** Put the cursor into an editor that has been loaded, at the end of its text, by keyboard. */
async function writeIn(page: Page, name: string | RegExp, text: string): Promise<void> {
  const editor = page.locator('.cm-content').and(page.getByRole('textbox', { name }))
  await editor.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

it('an author writes a question that asks for a program, and tries it before it is saved', async () => {
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Add question' }).click()
  await page.getByRole('menuitem', { name: 'Program', exact: true }).click()
  const question = page.getByRole('article').last()
  await question.getByLabel('Question', { exact: true }).fill('Print twice the number that is read.')
  await writeIn(page, 'What learners begin with', '# Read a number')
  await question.getByLabel('Input', { exact: true }).fill('2')
  await question.getByLabel('Expected output', { exact: true }).fill('5')
  const tryIt = question.getByRole('button', { name: 'Try the solution' })
  if (areRun) {
    await question.getByText('Write a solution to try your tests with it.').waitFor()
    await writeIn(page, /^Solution/, 'print(int(input()) * 2)')
    await tryIt.click()
    await question.getByText('0 of 1 test passed').waitFor()
    await question.getByRole('button', { name: 'Take what it printed as expected' }).click()
    assert.equal(await question.getByLabel('Expected output', { exact: true }).inputValue(), '4\n')
    await tryIt.click()
    await question.getByText('1 of 1 test passed').waitFor()
  } else {
    await question.getByText(/Programs in Python can't be run here/).waitFor()
    assert.equal(await tryIt.isEnabled(), false)
    await question.getByLabel('Expected output', { exact: true }).fill('4')
  }
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('All changes saved').first().waitFor()
  await assertGood(page, 'the editor of a program', [deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner solves it by keyboard on a small screen, and sees what each test came to', async () => {
  const learner = await signUp(systemUrl(), 'Lerato Learner')
  await learner.api.education.enroll({ courseId: course.courseId })
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/learn/${course.courseId}/${course.quizLessonId}`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Start quiz' }).click()
  const program = /Print twice the number that is read. main.py/
  await writeIn(page, program, 'print(int(input()) * 3)')
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByRole('button', { name: 'On the server' }).click()
  if (areRun) {
    await page.getByText('0 of 1 test passed').waitFor()
    await page.getByText('Line 1 is different.').waitFor()
    await assertGood(page, 'a test that failed', [phoneByDay, phoneByNight])
    await writeIn(page, program, 'print(int(input()) * 2)')
    await page.keyboard.press('ControlOrMeta+Enter')
    await page.getByText('1 of 1 test passed').waitFor()
  } else await page.getByText(/Programs in this language can't be run here/).waitFor()
  await page.getByText('All answers saved').waitFor()

  // Tab writes into the program, and after Escape leads out of it.
  const inEditor = () => page.evaluate(() => document.activeElement?.matches('.cm-content') ?? false)
  await page.keyboard.press('Tab')
  assert.equal(await inEditor(), true)
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  assert.equal(await inEditor(), false)

  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  if (areRun) {
    // Only the result says so: the page before it counts the tests in the same words.
    await page.getByText('Test passed.', { exact: true }).waitFor()
    await page.getByText('1 of 1 test passed').waitFor()
    await assertGood(page, 'the result of a program', [phoneByDay, phoneByNight])
  } else {
    await page.getByText('Submitted, your program is being tested').waitFor()
    await assertFits(page, 'a program that waits')
  }
  assert.deepEqual(faults, [])
  await context.close()
})

it('an author writes unit tests and a rule of style, and a learner reads what each came to', async t => {
  if (!areRun) return t.skip('This machine runs no programs.')
  const own = await makeCourse(systemUrl(), instructor, { title: 'Unit tests' })
  const author = await visit(browser)
  await signInWithoutForm(author.context, demoInstructor.email, demoPassword)
  await author.page.goto(`/teach/courses/${own.courseId}/quizzes/${own.quizId}`, { waitUntil: 'networkidle' })
  await author.page.getByRole('button', { name: 'Add question' }).click()
  await author.page.getByRole('menuitem', { name: 'Program', exact: true }).click()
  const question = author.page.getByRole('article').last()
  await question.getByLabel('Question', { exact: true }).fill('Write a function double.')
  await writeIn(author.page, /^Solution/, 'def double(n): return n * 2')
  await question.getByText('Unit tests', { exact: true }).click()
  const lines = ['import unittest', 'from main import double', 'class Doubling(unittest.TestCase):']
  await writeIn(author.page, 'Unit tests', lines.join('\n'))
  // The editor indents what follows.
  await author.page.keyboard.type('\ndef test_small(self): self.assertEqual(double(2), 4)')
  await question.getByRole('button', { name: 'Add 1 test from this file' }).click()
  assert.equal(await question.getByLabel('Name in the unit tests').inputValue(), 'Doubling.test_small')
  await question.getByText('Style rules', { exact: true }).click()
  await question.getByRole('button', { name: 'Add rule' }).click()
  await question.getByLabel('Name or word').fill('sum')
  await question.getByRole('button', { name: 'Try the solution' }).click()
  await question.getByText('1 of 1 test passed').waitFor()
  await question.getByText('Kept', { exact: true }).waitFor()
  await author.page.getByRole('button', { name: /^Save/ }).click()
  await author.page.getByText('All changes saved').first().waitFor()
  await assertGood(author.page, 'the editor of unit tests', [deskByDay, phoneByNight])
  assert.deepEqual(author.faults, [])
  await author.context.close()

  const learner = await signUp(systemUrl(), 'Thabo Learner')
  await learner.api.education.enroll({ courseId: own.courseId })
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/learn/${own.courseId}/${own.quizLessonId}`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await writeIn(page, /Write a function double. main.py/, 'def double(n): return sum([n, 1])')
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByText('0 of 1 test passed').waitFor()
  await page.getByText('double(2)').waitFor()
  await page.getByText("Doesn't use sum").waitFor()
  await assertGood(page, 'a unit test that failed', [phoneByDay, phoneByNight])
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  // Only the result says so: the page before it has the same words for the test.
  await page.getByText('Style rule not kept.').waitFor()
  await page.getByText('double(2)').waitFor()
  await assertGood(page, 'the result of a unit test', [phoneByDay])
  assert.deepEqual(faults, [])
  await context.close()
})
