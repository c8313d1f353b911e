import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { password, signIn, signUp } from '../api.ts'
import { makeCourse, tick } from '../courses.ts'
import { until } from '../system.ts'
import { openBrowser, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** What is done on a page while its scripts are still on their way, as on a slow line. */

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** Hold the scripts of the page back. @returns what lets them go. */
async function holdScripts(page: Page): Promise<() => void> {
  const arrived = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js', async route => {
    await arrived.promise
    await route.continue()
  })
  return arrived.resolve
}

it('what is typed while the scripts of a page are still on their way stays', async () => {
  const { context, page } = await visit(browser)
  const arrive = await holdScripts(page)
  await page.goto('/signup', { waitUntil: 'commit' })
  const typed = {
    'Your name': 'Nandi Early',
    'Email address': 'early@test.example',
    Password: 'long enough words',
  }
  const field = (label: string) => page.getByLabel(label, { exact: true })
  for (const [label, text] of Object.entries(typed)) await field(label).fill(text)
  const button = page.getByRole('button', { name: 'Create account' })
  assert.equal(await button.isDisabled(), true)
  arrive()
  await button.and(page.locator(':enabled')).waitFor()
  // Each field is drawn again when it is entered and left.
  for (const label of Object.keys(typed)) await field(label).focus()
  await button.focus()
  for (const [label, text] of Object.entries(typed))
    assert.equal(await field(label).inputValue(), text, label)
  await context.close()
})

it('an answer and a setting that are chosen while the scripts of a page are still on their way stay', async () => {
  const teacher = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  const course = await makeCourse(systemUrl(), teacher, { title: 'Rivers on a slow line' })
  const learner = await signUp(systemUrl())
  await learner.api.education.enroll({ courseId: course.courseId })
  const { id: submissionId, questions } = await learner.api.assessment.startSubmission({
    quizId: course.quizId,
  })

  const learning = await visit(browser, { serviceWorkers: 'block' })
  await signInWithoutForm(learning.context, learner.email, password)
  const arriveLearning = await holdScripts(learning.page)
  await learning.page.goto(`/learn/${course.courseId}/${course.quizLessonId}`, { waitUntil: 'commit' })
  const answer = learning.page.locator(`label:has(input[type=radio][value="${tick}"])`).first()
  await answer.click()
  arriveLearning()
  await until('The answer is saved', async () => {
    const { answers } = await learner.api.assessment.getSubmission({ submissionId })
    return answers[questions[0]?.id ?? '']?.[0] === tick
  })
  assert.equal(await answer.locator('input').isChecked(), true)
  await learning.context.close()

  const teaching = await visit(browser, { serviceWorkers: 'block' })
  await signInWithoutForm(teaching.context, demoInstructor.email, demoPassword)
  const arriveTeaching = await holdScripts(teaching.page)
  const address = `/teach/courses/${course.courseId}/lessons/${course.pageId}`
  await teaching.page.goto(address, { waitUntil: 'commit' })
  const required = teaching.page.getByLabel('Required to complete the course')
  assert.equal(await required.isChecked(), true)
  await teaching.page.getByText('Required to complete the course').click()
  arriveTeaching()
  await teaching.page.getByText('Not saved yet. A copy is on this device.').first().waitFor()
  assert.equal(await required.isChecked(), false)
  await teaching.context.close()
})

it('a button and a tab that are pressed while the scripts of a page are still on their way do their work', async () => {
  const teacher = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  const course = await makeCourse(systemUrl(), teacher, { title: 'Bridges on a slow line' })
  const learner = await signUp(systemUrl())

  const learning = await visit(browser, { serviceWorkers: 'block' })
  await signInWithoutForm(learning.context, learner.email, password)
  const arriveLearning = await holdScripts(learning.page)
  await learning.page.goto(`/courses/${course.courseId}`, { waitUntil: 'commit' })
  const enrol = learning.page.getByRole('button', { name: 'Enrol in this course' }).first()
  await enrol.click()
  assert.equal(await enrol.getAttribute('data-pressed-early'), '')
  arriveLearning()
  await learning.page.waitForURL(/\/learn\//)
  assert.deepEqual(learning.faults, [])
  await learning.context.close()

  const teaching = await visit(browser, { serviceWorkers: 'block' })
  await signInWithoutForm(teaching.context, demoInstructor.email, demoPassword)
  const arriveTeaching = await holdScripts(teaching.page)
  await teaching.page.goto(`/teach/courses/${course.courseId}`, { waitUntil: 'commit' })
  // The last press is the one that counts.
  for (const name of ['Files', 'Quizzes']) await teaching.page.getByRole('tab', { name }).click()
  arriveTeaching()
  await teaching.page.getByRole('tab', { name: 'Quizzes', selected: true }).waitFor()
  // Once is enough: from now on, presses are heard.
  await teaching.page.waitForFunction(() => !('earlyPress' in window))
  assert.deepEqual(teaching.faults, [])
  await teaching.context.close()
})
