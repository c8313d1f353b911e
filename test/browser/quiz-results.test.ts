import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse, takeQuiz } from '../courses.ts'
import { assertAccessible, assertFits, desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** How a teacher reads attempts: by learner, and by question over its versions. */

let browser: Browser
let instructor: Person
let course: TestCourse
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), instructor, { title: 'Results of rivers' })
  const learners: Person[] = []
  for (const name of ['Amahle First', 'Bongani Second']) {
    const learner = await signUp(systemUrl(), name)
    await learner.api.education.enroll({ courseId: course.courseId })
    learners.push(learner)
  }
  const [one, two] = learners as [Person, Person]
  await takeQuiz(one, course.quizId, 'b')
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId: course.quizId })
  const [first, ...rest] = quiz.questions
  assert.ok(first)
  const clearer = { ...first, content: '<p>Where do most rivers end?</p>' }
  await saveQuiz({ ...quiz, quizId: course.quizId, questions: [clearer, ...rest] })
  await takeQuiz(two, course.quizId, 'a')
})
after(() => browser.close())

async function teacher(viewport: { width: number; height: number }) {
  const seen = await visit(browser, { viewport })
  await signInWithoutForm(seen.context, demoInstructor.email, demoPassword)
  return seen
}

for (const [name, viewport] of [
  ['a desk', desk],
  ['a phone', phone],
] as const) {
  it(`a teacher at ${name} opens an attempt out of the results, as the learner saw it`, async () => {
    const { context, page, faults } = await teacher(viewport)
    await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}?tab=results`)
    await page.getByRole('link', { name: 'Amahle First, attempt 1: open the answers' }).click()
    await page.getByRole('heading', { name: 'Amahle First' }).waitFor()
    await page.getByText('Where do rivers end?').waitFor()
    await page.getByText('1 question was changed or removed after this attempt.').waitFor()
    assert.equal(await page.getByText('Where do most rivers end?').count(), 0)
    assert.equal(await page.getByText('Chosen, incorrect').count(), 2)
    await assertFits(page, 'an attempt')
    await assertAccessible(page, 'an attempt')
    await page.getByRole('link', { name: 'Results by question' }).click()
    await page.getByText('This question was changed. Before, 0% of answers were correct').waitFor()
    await page.getByText('1 earlier version').click()
    await page.getByText('Where do rivers end?').waitFor()
    assert.equal(await page.getByText('Amahle').count(), 0)
    await assertFits(page, 'results by question')
    await assertAccessible(page, 'results by question')
    assert.deepEqual(faults, [])
    await context.close()
  })
}

it('the hardest question comes first when asked for, and the counts are in the CSV file', async () => {
  const { context, page } = await teacher(desk)
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}/results`)
  assert.match((await page.getByRole('article').first().textContent()) ?? '', /Question 1/)
  await page.getByRole('link', { name: 'Hardest first' }).click()
  await page.waitForURL(/order=hardest/)
  await page
    .getByRole('article')
    .first()
    .getByText(/Question 2/)
    .waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ])
  const text = await readFile(await file.path(), 'utf8')
  assert.match(text, /1,2,Where do most rivers end\?,1,1,1,Right,1,1/)
  assert.match(text, /1,1,Where do rivers end\?,1,1,0,Wrong,0,1/)
  await context.close()
})

it('a teacher changes the points of an answer, by keyboard on a phone, and the learner sees why', async () => {
  const learner = await signUp(systemUrl(), 'Cebisa Third')
  const own = await makeCourse(systemUrl(), instructor, { title: 'Rivers, marked again' })
  await learner.api.education.enroll({ courseId: own.courseId })
  await takeQuiz(learner, own.quizId, 'b')
  const { context, page, faults } = await teacher(phone)
  await page.goto(`/teach/courses/${own.courseId}/quizzes/${own.quizId}?tab=results`)
  await page.getByRole('link', { name: 'Cebisa Third, attempt 1: open the answers' }).click()
  await page.getByRole('button', { name: 'Change the points of question 1' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Points' }).fill('1')
  await dialog.getByLabel('Reason').fill('Your answer is right as well.')
  await assertFits(page, 'the dialog for points')
  await assertAccessible(page, 'the dialog for points')
  await dialog.getByRole('button', { name: 'Save points' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Changed by your teacher').waitFor()
  await page.getByText('1 change of the points').click()
  await page.getByText('Points changed from 0 to 1').waitFor()
  await assertFits(page, 'an attempt with a change')
  await assertAccessible(page, 'an attempt with a change')
  const [attempt] = (await learner.api.assessment.getQuiz({ quizId: own.quizId })).attempts
  const { result } = await learner.api.assessment.getSubmission({ submissionId: attempt?.id ?? '' })
  assert.equal(result?.questions[0]?.adjustment?.reason, 'Your answer is right as well.')
  await page.getByRole('button', { name: 'Change the points of question 1' }).click()
  await dialog.getByRole('button', { name: 'Take back my change' }).click()
  await page.getByText('2 changes of the points').waitFor()
  assert.equal(await page.getByText('Changed by your teacher').count(), 0)
  assert.deepEqual(faults, [])
  await context.close()
})

for (const [name, viewport] of [
  ['a desk', desk],
  ['a phone', phone],
] as const) {
  it(`a teacher at ${name} corrects a key, sees who changes, and regrades`, async () => {
    const learner = await signUp(systemUrl(), 'Dineo Fourth')
    const own = await makeCourse(systemUrl(), instructor, { title: `Rivers, regraded at ${name}` })
    const { quizId } = own
    await learner.api.education.enroll({ courseId: own.courseId })
    await takeQuiz(learner, quizId, 'b')
    const { editQuiz, saveQuiz } = instructor.api.assessment
    const quiz = await editQuiz({ quizId })
    const questions = quiz.questions.map(question => ({
      ...question,
      options: question.options.map(option => ({ ...option, correct: option.id === 'b' })),
    }))
    await saveQuiz({ ...quiz, quizId, questions: questions as typeof quiz.questions })
    const { context, page, faults } = await teacher(viewport)
    await page.goto(`/teach/courses/${own.courseId}/quizzes/${quizId}/results`)
    await page.getByText('2 questions were changed after attempts').waitFor()
    await page.getByRole('button', { name: 'Regrade earlier attempts' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Question 1').selectOption({ label: 'Mark by the new answer key' })
    await dialog.getByLabel('Question 2').selectOption({ label: 'Full points for everyone' })
    await assertFits(page, 'the choices of a regrade')
    await assertAccessible(page, 'the choices of a regrade')
    await dialog.getByRole('button', { name: 'Preview changes' }).focus()
    await page.keyboard.press('Enter')
    await dialog.getByText('Dineo Fourth, attempt 1').waitFor()
    await dialog.getByText('0% → 100%').waitFor()
    await dialog.getByText('1 more pass').waitFor()
    await assertFits(page, 'the preview of a regrade')
    await assertAccessible(page, 'the preview of a regrade')
    await dialog.getByText('Email learners whose score changes').click()
    await dialog.getByRole('button', { name: 'Regrade 1 attempt' }).focus()
    await page.keyboard.press('Enter')
    await dialog.getByText('Done. 1 attempt changed.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    const { attempts, passed } = await learner.api.assessment.getQuiz({ quizId })
    assert.deepEqual([attempts[0]?.scorePercent, passed], [100, true])
    await page.goto(`/teach/courses/${own.courseId}/quizzes/${quizId}/attempts/${attempts[0]?.id}`)
    await page.getByText('Marked again with a corrected answer').waitFor()
    await page.getByText('Everyone gets full points for this question').waitFor()
    await assertAccessible(page, 'a regraded attempt')
    assert.deepEqual(faults, [])
    await context.close()
  })
}
