import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { password, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** A learner chooses where programs run: Python is fetched once for the device, and then needs no connection. */

let browser: Browser
let course: TestCourse
before(async () => {
  browser = await openBrowser()
  const instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), instructor, { title: 'Programs here' })
  const quiz = await instructor.api.assessment.editQuiz({ quizId: course.quizId })
  const question = (language: 'python' | 'javascript', path: string) => ({
    type: 'code' as const,
    content: `<p>Print twice the number, in ${language}.</p>`,
    points: 1,
    body: {
      language,
      files: [{ path, content: '' }],
      tests: [{ id: 'a', title: 'A small number', stdin: '2\n', expected: '4\n' }],
    },
  })
  await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId: course.quizId,
    questions: [question('python', 'main.py'), question('javascript', 'main.js')],
  })
})
after(() => browser.close())

async function writeIn(page: Page, name: RegExp, text: string): Promise<void> {
  const editor = page.locator('.cm-content').and(page.getByRole('textbox', { name }))
  await editor.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

it('a learner fetches Python by keyboard on a small screen, and runs it without a connection', async () => {
  const learner = await signUp(systemUrl(), 'Naledi Learner')
  await learner.api.education.enroll({ courseId: course.courseId })
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto('/learn')
  await page.evaluate(() => navigator.serviceWorker.ready)
  const fetched: string[] = []
  page.on('request', request => fetched.push(new URL(request.url()).pathname))
  await page.goto(`/learn/${course.courseId}/${course.quizLessonId}`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Start quiz' }).click()
  const [python, script] = [/in python. main.py/, /in javascript. main.js/]
  await writeIn(page, python, 'print(int(input()) * 2)')
  assert.deepEqual(
    fetched.filter(path => path.startsWith('/programs')),
    [],
  )
  await page.keyboard.press('ControlOrMeta+Enter')
  const asked = page.getByRole('dialog', { name: 'Where should your programs run?' })
  await asked.getByText(/a download of about 6 MB, once/).waitFor()
  await assertGood(page, 'the question where programs run', [phoneByDay, phoneByNight])
  assert.deepEqual(
    fetched.filter(path => path.startsWith('/programs/assets')),
    [],
  )
  await page.keyboard.press('Enter')
  await page.getByText('1 of 1 test passed').waitFor()
  await page.getByText('Ran on this device').waitFor()
  await assertGood(page, 'a program that ran on the device', [phoneByDay, phoneByNight, deskByDay])

  // Without a connection, in the same attempt, and after the page was opened again.
  await page.getByText('All answers saved').waitFor()
  await context.setOffline(true)
  await page.getByText("You're offline. Your program runs on this device.").first().waitFor()
  await writeIn(page, python, 'print(int(input()) * 3)')
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByText('0 of 1 test passed').waitFor()
  await page.getByText('Line 1 is different.').waitFor()
  await page.reload()
  await writeIn(page, python, 'print(int(input()) * 2)')
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByText('1 of 1 test passed').waitFor()
  await context.setOffline(false)

  // JavaScript is small: it is not asked for. A loop that never ends is stopped by hand.
  await writeIn(page, script, 'while (true) ')
  await page.keyboard.type('{ }')
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await writeIn(page, script, "console.log(2 * require('fs').readFileSync(0, 'utf8')")
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByText('1 of 1 test passed').nth(1).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
