import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { phone, systemUrl, visit } from './browser.ts'
import { learnerInCourse } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Taking a quiz question by question, with and without a way back, and finding one's way among many. */

let browser: Browser
let instructor: Person
let learner: Person
let course: TestCourse
before(async () => {
  ;({ browser, instructor, learner, course } = await learnerInCourse('Lerato Learner', 'Rivers step by step'))
})
after(() => browser.close())

type Quiz = Awaited<ReturnType<Person['api']['assessment']['editQuiz']>>

const texts = ['Where do rivers end?', 'Where do they begin?', 'What is a delta?']

/** The quiz with three questions and these settings, and a learner with a phone at its first. */
async function startedWith(settings: Partial<Quiz>, taken = course) {
  const { quizId } = taken
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const [sample] = quiz.questions
  assert.ok(sample)
  const { id: _id, ...question } = sample
  const questions = texts.map(text => ({ ...question, content: `<p>${text}</p>` }))
  await instructor.api.assessment.saveQuiz({ ...quiz, ...settings, quizId, questions })
  const seen = await visit(browser, { viewport: phone })
  await signInWithoutForm(seen.context, learner.email, password)
  await seen.page.goto(`/learn/${taken.courseId}/${taken.quizLessonId}`, { waitUntil: 'networkidle' })
  return seen
}

const start = (page: Page) => page.getByRole('button', { name: /^(Start quiz|Try again)$/ }).click()
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, number: number) =>
  page.getByRole('heading', { name: `Question ${number} of 3`, exact: true })

it('without a way back a question comes when the one before is left, and stays left on every device', async () => {
  const { context, page, faults } = await startedWith({ layout: 'forward_only' })
  await page.getByText('One question at a time, and you can’t go back').waitFor()
  const replies: Promise<string>[] = []
  page.on('response', reply => replies.push(reply.text().catch(() => '')))
  await start(page)
  await heading(page, 1).waitFor()
  await page.getByText('Right', { exact: true }).click()
  await page.getByText('All answers saved').waitFor()
  const told = (await Promise.all(replies)).join(' ') + (await page.content())
  assert.deepEqual(
    texts.filter(text => told.includes(text)),
    texts.slice(0, 1),
  )
  assert.equal(await button(page, 'Previous question').count(), 0)
  await assertGood(page, 'a question without a way back', [phoneByDay, phoneByNight, deskByDay])
  await button(page, 'Next question').click()
  await page.getByText(texts[1] as string).waitFor()
  assert.equal(await heading(page, 2).evaluate(found => found === document.activeElement), true)
  // It is where it was after a reload; the next step needs a line.
  await page.reload({ waitUntil: 'networkidle' })
  await heading(page, 2).waitFor()
  assert.ok(!(await page.content()).includes(texts[2] as string))
  await button(page, 'Next question').click()
  await page.getByRole('alertdialog', { name: 'Continue without an answer?' }).waitFor()
  await button(page, 'Stay here').click()
  await page.getByText('Right', { exact: true }).click()
  await page.getByText('All answers saved').waitFor()
  await context.setOffline(true)
  await button(page, 'Next question').click()
  await page.getByText('We couldn’t load the next question because you’re offline.').waitFor()
  await context.setOffline(false)
  // Another device leaves the question meanwhile; an answer here is then refused, and the page follows.
  const { id, questions } = await learner.api.assessment.startSubmission({ quizId: course.quizId })
  const answers = { [questions[0]?.id ?? '']: ['a'] }
  await learner.api.assessment.nextQuestion({ submissionId: id, position: 1, answers })
  await page.getByText('Wrong', { exact: true }).click()
  await page.getByText('You left an earlier question on another page or device.').waitFor()
  await page.getByText(texts[2] as string).waitFor()
  await page.getByText('Wrong', { exact: true }).click()
  await button(page, 'Submit quiz').click()
  await page.getByRole('alertdialog').getByText('This is the last question.').waitFor()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('2 of 3 points').waitFor()
  assert.deepEqual(
    faults.filter(fault => !/409|offline|ERR_INTERNET/i.test(fault)),
    [],
  )
  await context.close()
})

it('a learner flags questions, finds the way by the overview, and is told before submitting what is open', async () => {
  const { context, page, faults } = await startedWith({ layout: 'all_at_once' })
  await start(page)
  await page.getByRole('radiogroup').first().getByText('Right', { exact: true }).click()
  await button(page, 'Flag question 2').click()
  await page.getByText('All answers saved').waitFor()
  await button(page, /answered All questions$/).click()
  const overview = page.getByRole('navigation', { name: 'All questions' })
  await overview.getByRole('button', { name: 'Question 1, Answered', exact: true }).waitFor()
  await overview.getByRole('button', { name: 'Question 2, Not answered, Flagged', exact: true }).waitFor()
  await assertGood(page, 'the overview of all questions', [phoneByDay, phoneByNight, deskByDay])
  await overview.getByRole('button', { name: 'Question 3, Not answered', exact: true }).click()
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  assert.match(await focused(), /What is a delta/)
  await page.reload({ waitUntil: 'networkidle' })
  assert.equal(await button(page, 'Flag question 2').getAttribute('aria-pressed'), 'true')
  const { id } = await learner.api.assessment.startSubmission({ quizId: course.quizId })
  const { flagged, questions } = await learner.api.assessment.getSubmission({ submissionId: id })
  assert.deepEqual(flagged, [questions[1]?.id])
  await button(page, 'Submit quiz').click()
  const review = page.getByRole('alertdialog')
  await review.getByText('2 questions have no answer yet.').waitFor()
  await review.getByText('You flagged 1 question to look at again.').waitFor()
  await assertGood(page, 'the review before submitting', [phoneByDay, phoneByNight, deskByDay])
  await review.getByRole('button', { name: 'Question 3' }).click()
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('What is a delta'))
  await button(page, 'Submit quiz').click()
  await review.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('1 of 3 points').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('one question at a time goes back and forth, and begins again at the first that is open', async () => {
  const { context, page, faults } = await startedWith({ layout: 'one_by_one' })
  await start(page)
  await heading(page, 1).waitFor()
  await page.getByText('Right', { exact: true }).click()
  await button(page, 'Next question').click()
  await heading(page, 2).waitFor()
  await button(page, 'Previous question').click()
  await heading(page, 1).waitFor()
  assert.equal(await page.getByRole('radio').first().isChecked(), true)
  await page.getByText('All answers saved').waitFor()
  await page.reload({ waitUntil: 'networkidle' })
  await heading(page, 2).waitFor()
  await assertGood(page, 'one question at a time', [phoneByDay, deskByDay])
  await button(page, /answered All questions$/).click()
  await button(page, 'Question 3, Not answered').click()
  await button(page, 'Submit quiz').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('1 of 3 points').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('in a quiz that its author marked as practice, each answer is checked at once and nothing counts', async () => {
  const drill = await makeCourse(systemUrl(), instructor, { title: 'Rivers to practise' })
  await learner.api.education.enroll({ courseId: drill.courseId })
  const author = await visit(browser)
  await signInWithoutForm(author.context, demoInstructor.email, demoPassword)
  const editor = `/teach/courses/${drill.courseId}/quizzes/${drill.quizId}`
  await author.page.goto(editor, { waitUntil: 'networkidle' })
  await author.page.getByRole('tab', { name: 'Settings' }).click()
  await author.page.getByText('For practice', { exact: true }).click()
  assert.equal(await author.page.getByLabel('Pass mark (%)').count(), 0)
  await author.page.getByRole('button', { name: /Learners see$/ }).click()
  await author.page.getByRole('option', { name: 'One question at a time', exact: true }).click()
  await author.page.getByRole('button', { name: /^Save/ }).click()
  await author.page.getByText('All changes saved').first().waitFor()
  await assertGood(author.page, 'the settings of practice', [phoneByDay, deskByDay])
  assert.deepEqual(author.faults, [])
  await author.context.close()

  const { context, page, faults } = await startedWith({ practice: true, layout: 'one_by_one' }, drill)
  await page.getByText('For practice: check each answer at once. Nothing counts.').waitFor()
  await start(page)
  await heading(page, 1).waitFor()
  assert.equal(await button(page, 'Check answer').isEnabled(), false)
  await page.getByText('Wrong', { exact: true }).click()
  await button(page, 'Check answer').click()
  await page.getByText('Incorrect', { exact: true }).waitFor()
  await page.getByText('Look again.').waitFor()
  await assertGood(page, 'a checked answer', [phoneByDay, phoneByNight, deskByDay])
  await button(page, 'Change answer').click()
  await page.getByText('Right', { exact: true }).click()
  await button(page, 'Check answer').click()
  await page.getByText('Well seen.').waitFor()
  await page.getByText('All answers saved').waitFor()
  for (const number of [2, 3]) {
    await button(page, 'Next question').click()
    await heading(page, number).waitFor()
  }
  await button(page, 'Submit quiz').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('heading', { name: 'Practice complete' }).waitFor()
  await assertGood(page, 'the end of practice', [phoneByDay, deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})
