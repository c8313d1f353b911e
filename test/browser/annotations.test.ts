import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, request, signIn, signUp } from '../api.ts'
import { makeCourse } from '../courses.ts'
import { desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Comments on words of an essay and on a place of a picture, from who marks to who learns. */

let browser: Browser
let instructor: Person
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

it('words are commented on by keyboard and by selection, a picture by drawing, and the learner reads them with the result', async () => {
  const { courseId, quizId, quizLessonId } = await makeCourse(systemUrl(), instructor, {
    title: 'Rivers with comments',
  })
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  const saved = await saveQuiz({
    ...quiz,
    quizId,
    questions: [
      { type: 'essay', content: '<p>Why do rivers bend?</p>', points: 6, body: {} },
      { type: 'upload', content: '<p>Draw a river.</p>', points: 3, body: { kinds: ['photo'] } },
    ],
  })
  const [essayId = '', uploadQuestionId = ''] = saved.questions.map(question => question.id)
  const learner = await signUp(systemUrl(), 'Sipho Reader')
  await learner.api.education.enroll({ courseId })
  const { id } = await learner.api.assessment.startSubmission({ quizId })

  const { context, page, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${courseId}/marking`)
  // A real picture, of whatever is on screen.
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 400, height: 300 } })
  const query = new URLSearchParams({
    questionId: uploadQuestionId,
    uploadId: randomUUID(),
    name: 'river.png',
  })
  const sent = await request(systemUrl(), 'POST', `/assessment/submissions/${id}/uploads?${query}`, {
    token: learner.token,
    body: picture,
  })
  assert.equal(sent.status, 201, sent.text)
  await learner.api.assessment.submit({
    submissionId: id,
    answers: { [essayId]: ['Water is lazy.\nIt bends.'] },
  })

  await page.goto(`/teach/courses/${courseId}/quizzes/${quizId}/marking`)
  await page.getByRole('button', { name: 'Comment on words' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Select the words').waitFor()
  for (let at = 0; at < 5; at++) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Tab')
  await page.keyboard.type('What kind of water?')
  await assertGood(page, 'a comment on words', [phoneByDay, phoneByNight, deskByDay])
  await dialog.getByRole('button', { name: 'Save comment' }).press('Enter')
  const notes = page.getByRole('region', { name: 'Comments in the answer' })
  await notes.getByText('“Water”').waitFor()
  await page.getByText('is lazy.').dblclick()
  await page.keyboard.press('Control+Alt+KeyM')
  await dialog.getByLabel('Comment', { exact: true }).fill('A fine word.')
  await dialog.getByRole('button', { name: 'Save comment' }).press('Enter')
  await notes.getByText('A fine word.').waitFor()
  await notes.getByRole('button', { name: 'Edit comment 1' }).press('Enter')
  assert.equal(await dialog.getByLabel('Comment', { exact: true }).inputValue(), 'What kind of water?')
  await dialog.getByLabel('Comment', { exact: true }).fill('Which water?')
  // The draft of the comments before is said to be saved already.
  const kept = page.waitForResponse(answer => answer.request().postData()?.includes('Which water?') === true)
  await dialog.getByRole('button', { name: 'Save comment' }).press('Enter')
  await kept
  await page.reload()
  await notes.getByText('Which water?').waitFor()
  assert.equal(await notes.getByRole('listitem').count(), 2, 'a draft keeps its comments')
  await assertGood(page, 'comments beside a text', [phoneByDay, phoneByNight, deskByDay])
  await page.getByRole('textbox', { name: 'Points' }).fill('5')
  await page.keyboard.press('Control+Enter')

  await page.getByRole('button', { name: 'Comment on this picture' }).press('Enter')
  const drawing = dialog.getByRole('img', { name: 'river.png' })
  const box = (await drawing.boundingBox()) ?? assert.fail('the picture is not there')
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 4)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 })
  await page.mouse.up()
  await dialog.getByRole('textbox', { name: 'From the left, in %' }).fill('20')
  await dialog.getByLabel('Comment', { exact: true }).fill('The spring is here.')
  await assertGood(page, 'a comment on a picture', [phoneByDay, phoneByNight, deskByDay])
  await dialog.getByRole('button', { name: 'Save comment' }).press('Enter')
  await notes.getByText('The spring is here.').waitFor()
  await page.getByRole('link', { name: 'Comment 1', exact: true }).waitFor()
  await page.getByText('Draft saved').waitFor()
  await assertGood(page, 'a picture with a comment', [phoneByDay, phoneByNight, deskByDay])

  const reading = await visit(browser, { viewport: phone })
  await signInWithoutForm(reading.context, learner.email, password)
  const lesson = `/learn/${courseId}/${quizLessonId}`
  const show = async () => {
    await reading.page.goto(lesson)
    await reading.page.getByRole('link', { name: 'Show attempt 1' }).click()
  }
  await show()
  await reading.page.getByRole('heading', { name: 'What you wrote' }).waitFor()
  for (const secret of ['Which water?', 'The spring is here.'])
    assert.ok(!(await reading.page.content()).includes(secret), 'not before the marks are released')
  await page.getByRole('textbox', { name: 'Points' }).fill('2')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'All answers are marked' }).waitFor()
  await show()
  await reading.page.getByText('Which water?').waitFor()
  await reading.page.getByText('The spring is here.').waitFor()
  const lists = reading.page.getByRole('region', { name: 'Comments in the answer' })
  assert.equal(await lists.count(), 2)
  await lists.first().getByRole('link').first().press('Enter')
  assert.match(reading.page.url(), /-place-1$/)
  await assertGood(reading.page, 'a result with comments in the answers', [
    phoneByDay,
    phoneByNight,
    deskByDay,
  ])
  assert.deepEqual([faults, reading.faults], [[], []])
  await context.close()
  await reading.context.close()
})
