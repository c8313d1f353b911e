import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, request } from '../api.ts'
import type { TestCourse } from '../courses.ts'
import { pdfOf, scanOf } from '../pdf.ts'
import { desk, phone, systemUrl, visit } from './browser.ts'
import { learnerInCourse } from './learner-in-course.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Comments on pages of a PDF, from who marks to who learns. */

let browser: Browser
let instructor: Person
let learner: Person
let course: TestCourse
before(async () => {
  ;({ browser, instructor, learner, course } = await learnerInCourse('Paballo Pages', 'Rivers on paper'))
})
after(() => browser.close())

async function handIn(files: Record<string, Buffer>) {
  const { quizId } = course
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const saved = await saveQuiz({
    ...(await editQuiz({ quizId })),
    quizId,
    questions: [
      {
        type: 'upload',
        content: '<p>Hand in your report.</p>',
        points: 4,
        body: { kinds: ['document'], mostFiles: 4 },
      },
    ],
  })
  const { id } = await learner.api.assessment.startSubmission({ quizId })
  for (const [name, body] of Object.entries(files)) {
    const query = new URLSearchParams({
      questionId: saved.questions[0]?.id ?? '',
      uploadId: randomUUID(),
      name,
    })
    const sent = await request(systemUrl(), 'POST', `/assessment/submissions/${id}/uploads?${query}`, {
      token: learner.token,
      body,
    })
    assert.equal(sent.status, 201, sent.text)
  }
  await learner.api.assessment.submit({ submissionId: id, answers: {} })
}

it('pages are commented on, and the learner is led to them from the list', async () => {
  const { courseId, quizId, quizLessonId } = course
  await handIn({
    'report.pdf': pdfOf(['Rivers bend.', 'Water is lazy.', 'The end.']),
    'scan.pdf': scanOf(4960, 7016),
    'huge.pdf': scanOf(9000, 9000),
    'torn.pdf': Buffer.from('%PDF-1.4\nthis is no file that anyone can read'),
  })
  const { context, page, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  const fetched: string[] = []
  page.on('request', made => fetched.push(made.url()))
  await page.goto(`/teach/courses/${courseId}/quizzes/${quizId}/marking`)
  const open = page.getByRole('button', { name: 'Show pages report.pdf' })
  await open.waitFor()
  const ofPdf = () => fetched.filter(url => /pdf\.worker|report\.pdf/.test(url))
  assert.deepEqual(ofPdf(), [], 'nothing is loaded before it is asked for')
  await open.press('Enter')
  await page.getByRole('img', { name: 'Page 1 of report.pdf' }).waitFor()
  assert.ok(ofPdf().length > 0)
  await page.getByRole('button', { name: 'Next page' }).press('Enter')
  const second = page.getByRole('img', { name: 'Page 2 of report.pdf' })
  await second.waitFor()
  await page.getByText('Text on this page').click()
  await page.getByText('Water is lazy.').waitFor()
  await page.getByRole('button', { name: 'Comment on this page' }).press('Enter')
  const dialog = page.getByRole('dialog')
  const drawing = dialog.getByRole('img', { name: 'Page 2 of report.pdf' })
  await drawing.waitFor()
  const box = (await drawing.boundingBox()) ?? assert.fail('the page is not there')
  await page.mouse.move(box.x + box.width / 10, box.y + box.height / 10)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 5, { steps: 4 })
  await page.mouse.up()
  await dialog.getByLabel('Comment', { exact: true }).fill('Who says that?')
  await assertGood(page, 'a comment on a page', [phoneByDay, phoneByNight, deskByDay])
  await dialog.getByRole('button', { name: 'Save comment' }).press('Enter')
  const notes = page.getByRole('region', { name: 'Comments in the answer' })
  await notes.getByText('On page 2 of report.pdf').waitFor()
  await page.getByRole('link', { name: 'Comment 1', exact: true }).waitFor()
  await page.getByText('Draft saved').waitFor()
  await assertGood(page, 'a page with a comment', [phoneByDay, phoneByNight, deskByDay])

  // A scanned page is seen, also a fine one.
  await page.getByRole('button', { name: 'Show pages scan.pdf' }).press('Enter')
  const scan = page.getByRole('img', { name: 'Page 1 of scan.pdf' })
  await scan.waitFor()
  const colour = await scan.evaluate(async picture => {
    await (picture as HTMLImageElement).decode()
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 1
    const drawing = canvas.getContext('2d')
    drawing?.drawImage(picture as HTMLImageElement, 0, 0, 1, 1)
    return [...(drawing?.getImageData(0, 0, 1, 1).data ?? [])]
  })
  assert.ok((colour[0] ?? 255) < 50, `the scan is blank: ${colour}`)

  // One on which nothing can be drawn says that something may be missing.
  await page.getByRole('button', { name: 'Show pages huge.pdf' }).press('Enter')
  await page.getByText('Something on this page may be missing here.').waitFor()

  // A file that is none says so, and the others stay.
  await page.getByRole('button', { name: 'Show pages torn.pdf' }).press('Enter')
  await page.getByText('We can’t show the pages of this file here').waitFor()
  await second.waitFor()

  await page.reload()
  await notes.getByText('Who says that?').waitFor()
  await notes.getByRole('button', { name: 'Edit comment 1' }).press('Enter')
  await drawing.waitFor()
  await dialog.getByLabel('Comment', { exact: true }).fill('Who said that?')
  const kept = page.waitForResponse(
    answer => answer.request().postData()?.includes('Who said that?') === true,
  )
  await dialog.getByRole('button', { name: 'Save comment' }).press('Enter')
  await kept
  await page.getByRole('textbox', { name: 'Points' }).fill('3')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'All answers are marked' }).waitFor()

  const reading = await visit(browser, { viewport: phone })
  await signInWithoutForm(reading.context, learner.email, password)
  await reading.page.goto(`/learn/${courseId}/${quizLessonId}`)
  await reading.page.getByRole('link', { name: 'Show attempt 1' }).click()
  await reading.page.getByText('Who said that?').waitFor()
  await reading.page.getByRole('link', { name: 'On page 2 of report.pdf' }).press('Enter')
  await reading.page.getByRole('img', { name: 'Page 2 of report.pdf' }).waitFor()
  await reading.page.getByRole('link', { name: 'Comment 1', exact: true }).waitFor()
  await reading.page.getByRole('button', { name: 'Enlarge' }).press('Enter')
  await assertGood(reading.page, 'a result with a comment on a page', [phoneByDay, phoneByNight, deskByDay])
  assert.deepEqual([faults, reading.faults], [[], []])
  await context.close()
  await reading.context.close()
})
