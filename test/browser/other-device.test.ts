import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse } from '../courses.ts'
import { until } from '../system.ts'
import { openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** An attempt that goes on elsewhere while a device has no line, and a page that is older than its quiz. */

let browser: Browser
let instructor: Person
let learner: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  learner = await signUp(systemUrl(), 'Lerato Learner')
})
after(() => browser.close())

async function courseWith(title: string, settings: Record<string, unknown>) {
  const course = await makeCourse(systemUrl(), instructor, { title })
  await learner.api.education.enroll({ courseId: course.courseId })
  const { quizId } = course
  const set = async (more: Record<string, unknown>) => {
    const quiz = await instructor.api.assessment.editQuiz({ quizId })
    await instructor.api.assessment.saveQuiz({ ...quiz, quizId, ...more })
  }
  await set(settings)
  return { ...course, set, path: `/learn/${course.courseId}/${course.quizLessonId}` }
}

it('a phone that missed a break taken elsewhere hands in nothing at the old end, and goes on with all it has', async () => {
  const dueAt = new Date(Date.now() + 22 * 60_000).toISOString()
  const { quizId, path } = await courseWith('Rivers on two devices', {
    timeLimitMinutes: 20,
    breakMinutes: 15,
    dueAt,
  })
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(path, { waitUntil: 'networkidle' })
  await page.getByText('With all your breaks, you could finish after it.').waitFor()
  await assertGood(page, 'a quiz that is due before its breaks are over', [phoneByDay, deskByDay])
  await page.clock.install()
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await page.getByRole('button', { name: 'Take a break' }).click()
  const asked = page.getByRole('alertdialog', { name: 'Take a break?' })
  await asked.getByText('The due date is still', { exact: false }).waitFor()
  await assertGood(page, 'a break beyond the due date', [phoneByDay])
  await asked.getByRole('button', { name: 'Keep answering' }).click()
  await page.getByRole('button', { name: 'Flag question 1' }).click()
  const { id } = await learner.api.assessment.startSubmission({ quizId })
  await until('The flag is saved', async () => {
    const { flagged } = await learner.api.assessment.getSubmission({ submissionId: id })
    return flagged.length === 1
  })
  await context.setOffline(true)
  await page.getByText('Right', { exact: true }).first().click()
  // Elsewhere a break is taken, and the flag is lowered.
  await learner.api.assessment.startBreak({ submissionId: id, number: 1 })
  await page.clock.fastForward('20:30')
  await page.getByText('Time is up.', { exact: false }).waitFor()
  const back = await learner.api.assessment.endBreak({ submissionId: id, number: 1 })
  await learner.api.assessment.saveAnswers({
    submissionId: id,
    answers: {},
    flags: { [back.flagged[0] ?? '']: false },
  })
  await context.setOffline(false)
  await page.getByText('You have more time than this device knew.', { exact: false }).waitFor()
  await page.getByText('All answers saved').waitFor()
  const open = await learner.api.assessment.getSubmission({ submissionId: id })
  assert.deepEqual([open.state, Object.values(open.answers)], ['in_progress', [['a']]])
  await page.getByText('Wrong', { exact: true }).last().click()
  await page.getByText('All answers saved').waitFor()
  await page.reload({ waitUntil: 'networkidle' })
  const flag = page.getByRole('button', { name: 'Flag question 1' })
  assert.equal(await flag.getAttribute('aria-pressed'), 'false', 'the flag was lowered elsewhere since')
  assert.deepEqual(
    faults.filter(fault => !/409|offline|ERR_INTERNET|Failed to load/i.test(fault)),
    [],
  )
  await context.close()
})

it('a learner whose page is older than the log of its quiz is told of it before anything is noted', async () => {
  const { path, set, quizId } = await courseWith('Rivers with a late log', {})
  const { context, page } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(path, { waitUntil: 'networkidle' })
  await set({ integrityLog: true, integrityLogDays: 30 })
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await page.getByText('This quiz now keeps an activity log.', { exact: false }).waitFor()
  await page.getByText('Everything else in it is deleted after 30 days.').waitFor()
  await assertGood(page, 'a log that was switched on since', [phoneByDay, deskByDay])
  assert.deepEqual((await learner.api.assessment.getQuiz({ quizId })).attempts, [])
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await page.getByText('Right', { exact: true }).first().waitFor()
  const { integrityLog } = await learner.api.assessment.startSubmission({ quizId })
  assert.equal(integrityLog, true)
  await context.close()
})

it('who waits for marks reads what they wrote under the text that it was about', async () => {
  const { path, quizId } = await courseWith('Rivers to write about', {})
  const { questions: _former, ...quiz } = await instructor.api.assessment.editQuiz({ quizId })
  const name = randomUUID()
  await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId,
    passages: [{ id: name, content: '<p>The Zambezi rises in Zambia.</p>' }],
    questions: [{ type: 'essay', content: '<p>What do you make of it?</p>', body: {}, passageId: name }],
  })
  const { id, questions } = await learner.api.assessment.startSubmission({ quizId })
  const answers = { [questions[0]?.id ?? '']: ['A long river.'] }
  await learner.api.assessment.submit({ submissionId: id, answers })
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`${path}?attempt=${id}`, { waitUntil: 'networkidle' })
  await page.getByText('A long river.').waitFor()
  await page.getByText('Text for question 1').click()
  await page.getByText('The Zambezi rises in Zambia.').waitFor()
  await assertGood(page, 'an essay under its text', [phoneByDay, deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})
