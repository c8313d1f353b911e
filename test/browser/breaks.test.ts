import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { codeOf } from '@azora/contracts/client.ts'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password } from '../api.ts'
import type { TestCourse } from '../courses.ts'
import { until } from '../system.ts'
import { phone, visit } from './browser.ts'
import { learnerInCourse } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Breaks that stop the clock of an attempt. */

let browser: Browser
let instructor: Person
let learner: Person
let course: TestCourse
before(async () => {
  ;({ browser, instructor, learner, course } = await learnerInCourse('Lerato Learner', 'Rivers with breaks'))
})
after(() => browser.close())

it('a learner takes a break by keyboard on one device and ends it on another', async () => {
  const { courseId, quizId } = course
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  await instructor.api.assessment.saveQuiz({ ...quiz, quizId, timeLimitMinutes: 20, breakMinutes: 5 })
  const given = { courseId, userId: learner.userId, quizId: null, extraBreakMinutes: 10 }
  // Assessment hears of who enrols by an event.
  await until('The learner has a longer break', () =>
    instructor.api.assessment.saveAccommodation(given).catch(failure => {
      if (codeOf(failure) !== 'not_found') throw failure
    }),
  )
  const seen = []
  for (const viewport of [phone, { width: 1280, height: 800 }]) {
    const device = await visit(browser, { viewport })
    await signInWithoutForm(device.context, learner.email, password)
    await device.page.goto(`/learn/${courseId}/${course.quizLessonId}`, { waitUntil: 'networkidle' })
    seen.push(device)
  }
  const [one, two] = seen
  assert.ok(one && two)
  const { page } = one
  await page.getByText('Breaks: 15 minutes in all, with the clock stopped').waitFor()
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await page.getByText('Right', { exact: true }).first().click()
  await page.getByText('All answers saved').waitFor()
  await page.getByText('Break time left: 15:00').waitFor()
  await two.page.reload({ waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Take a break' }).press('Enter')
  const asked = page.getByRole('alertdialog', { name: 'Take a break?' })
  await asked.getByText('The clock stops for up to 15:00.').waitFor()
  await assertGood(page, 'the question before a break', [phoneByDay, phoneByNight])
  await asked.getByRole('button', { name: 'Take a break' }).press('Enter')
  const heading = page.getByRole('heading', { name: 'You’re on a break' })
  await heading.waitFor()
  await page.waitForFunction(() => document.activeElement?.tagName === 'H2')
  assert.equal(await page.getByRole('radiogroup').count(), 0)
  await assertGood(page, 'a break', [phoneByDay, phoneByNight, deskByDay])
  await page.reload({ waitUntil: 'networkidle' })
  await heading.waitFor()
  assert.ok(!(await page.content()).includes('Where do rivers end?'), 'no question is in the page')
  // The other device still shows the question; an answer from there waits for the end of the break.
  await two.page.getByText('Wrong', { exact: true }).first().click()
  await two.page.getByRole('heading', { name: 'You’re on a break' }).waitFor()
  await two.page.getByRole('button', { name: 'Continue quiz' }).press('Enter')
  await two.page.getByText('All answers saved').waitFor()
  assert.equal(await two.page.getByRole('radio', { name: 'Wrong' }).first().isChecked(), true)
  // The first follows by itself.
  await page.getByRole('radio', { name: 'Wrong' }).first().waitFor()
  const { id, expiresAt, startedAt } = await learner.api.assessment.startSubmission({ quizId })
  const lastsMs = Date.parse(expiresAt ?? '') - Date.parse(startedAt)
  assert.ok(lastsMs > 20 * 60_000 && lastsMs < 35 * 60_000, 'the clock stood still for the break alone')
  await learner.api.assessment.submit({ submissionId: id })
  const teacher = await visit(browser)
  await signInWithoutForm(teacher.context, demoInstructor.email, demoPassword)
  const address = `/teach/courses/${courseId}/quizzes/${quizId}`
  await teacher.page.goto(`${address}/attempts/${id}`, { waitUntil: 'networkidle' })
  await teacher.page.getByText(/^1 break, \d+ minutes? in all\./).waitFor()
  await assertGood(teacher.page, 'an attempt with a break', [phoneByDay, deskByDay])
  await teacher.page.goto(address, { waitUntil: 'networkidle' })
  await teacher.page.getByRole('tab', { name: 'Settings' }).click()
  assert.equal(await teacher.page.getByRole('textbox', { name: 'Breaks in minutes' }).inputValue(), '5')
  for (const { context, faults } of [one, two, teacher]) {
    assert.deepEqual(
      faults.filter(fault => !/409/.test(fault)),
      [],
    )
    await context.close()
  }
})
