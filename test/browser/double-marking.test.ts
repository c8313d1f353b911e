import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoAdmin, demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse } from '../courses.ts'
import { desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Answers that two people mark without seeing each other's marks, and what becomes of marks that lie apart. */

let browser: Browser
let instructor: Person
let admin: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  admin = await signIn(systemUrl(), demoAdmin.email, demoPassword)
})
after(() => browser.close())

it('two mark an essay blind, the desk counts what is left, and marks that lie apart are decided with a reason', async () => {
  const { courseId, quizId, quizLessonId } = await makeCourse(systemUrl(), instructor, {
    title: 'Rivers, marked twice',
  })
  const { editQuiz, saveQuiz, listAnswersToMark } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  const essay = { type: 'essay' as const, content: '<p>Why do rivers bend?</p>', points: 6, body: {} }
  const saved = await saveQuiz({ ...quiz, quizId, questions: [essay] })
  const learner = await signUp(systemUrl(), 'Thandi Twice')
  await learner.api.education.enroll({ courseId })
  const { id } = await learner.api.assessment.startSubmission({ quizId })
  const answers = { [saved.questions[0]?.id ?? '']: ['Water is lazy.'] }
  await learner.api.assessment.submit({ submissionId: id, answers })

  const { context, page, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${courseId}/quizzes/${quizId}/marking`)
  await page.getByRole('button', { name: 'One marker: Who marks this quiz' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^One marker One person/ }).focus()
  await page.keyboard.press('ArrowDown')
  await dialog.getByRole('textbox', { name: 'Marks are close within' }).fill('20')
  await dialog.getByText('Only two people mark here: a marker may also decide').click()
  assert.equal(await dialog.getByRole('checkbox').isChecked(), true)
  await assertGood(page, 'who marks a quiz', [phoneByDay, phoneByNight, deskByDay])
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await page.getByRole('button', { name: 'Two markers: Who marks this quiz' }).waitFor()

  await page.getByText('First mark: 1').waitFor()
  await page.getByRole('textbox', { name: 'Points' }).fill('6')
  await page.getByLabel('Comment to the learner').fill('Well argued.')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Nothing more for you to mark' }).waitFor()
  await page.getByText('Waiting for others').waitFor()
  const [item] = (await admin.api.assessment.listAnswersToMark({ quizId })).items
  assert.equal(item?.place, 'second')
  const seen = await admin.api.assessment.getAnswerToMark({ answerId: item?.id ?? '' })
  assert.deepEqual([seen.awarded, seen.comment, seen.given], [null, '', []])
  const second = { answerId: item?.id ?? '', revision: 0, awarded: 1, comment: 'Too short.', done: true }
  await admin.api.assessment.saveMark(second)

  await page.goto(`/teach/courses/${courseId}/marking`)
  await page.getByText('1 answer waits for a decision').waitFor()
  await page.getByRole('link', { name: `Marking: ${quiz.title}` }).click()
  await page.getByText('To decide: 1').waitFor()
  const marks = page.getByRole('region', { name: 'Marks that are in' })
  await marks.getByText('Too short.').waitFor()
  await marks.getByRole('button', { name: 'Start from this mark: First mark' }).press('Enter')
  assert.equal(await page.getByLabel('Comment to the learner').inputValue(), 'Well argued.')
  await page.getByRole('textbox', { name: 'Points' }).fill('4')
  await page.evaluate(() => scrollTo({ top: 0 }))
  await assertGood(page, 'a decision between two marks', [phoneByDay, phoneByNight, deskByDay])
  await page.keyboard.press('Control+Enter')
  await page.getByText('Say why you decide so.').waitFor()
  await page.getByLabel('Reason for your decision').fill('Short, but it says why.')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'All answers are marked' }).waitFor()
  assert.equal((await listAnswersToMark({ quizId })).items.length, 0)

  await page.goto(`/teach/courses/${courseId}/quizzes/${quizId}/attempts/${id}`)
  await page.getByText('3 marks by several people').click()
  await page.getByText('Decision: 4').waitFor()
  await page.getByText('Short, but it says why.').waitFor()
  await assertGood(page, 'the record of three marks', [phoneByDay, phoneByNight, deskByDay])

  const reading = await visit(browser, { viewport: phone })
  await signInWithoutForm(reading.context, learner.email, password)
  await reading.page.goto(`/learn/${courseId}/${quizLessonId}`)
  await reading.page.getByRole('link', { name: 'Show attempt 1' }).click()
  await reading.page.getByText('4 of 6 points').first().waitFor()
  await reading.page.getByText('Well argued.').waitFor()
  const sent = await reading.page.content()
  for (const secret of ['Too short.', 'Short, but it says why.']) assert.ok(!sent.includes(secret), secret)
  assert.deepEqual([faults, reading.faults], [[], []])
  await context.close()
  await reading.context.close()
})
