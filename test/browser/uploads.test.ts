import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Files and a recording on their way from a learner's phone to who marks them. */

let browser: Browser
let instructor: Person
let course: TestCourse
before(async () => {
  browser = await openBrowser('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream')
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), instructor, { title: 'Rivers in photos' })
  const { quizId } = course
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId,
    questions: [
      {
        type: 'upload',
        content: '<p>Draw a river, and say why it bends.</p>',
        points: 4,
        body: { kinds: ['document', 'photo', 'audio'], mostFiles: 3, mostBytes: 2_000_000 },
      },
    ],
  })
})
after(() => browser.close())

const picture = new URL('../../apps/portal/public/icons/icon-192.png', import.meta.url)

it('a photo and a recording are handed in on a phone, past a broken line and a reload, and marked at the desk', async () => {
  const learner = await signUp(systemUrl(), 'Lerato Drawer')
  await learner.api.education.enroll({ courseId: course.courseId })
  const { page, context, faults } = await visit(browser, { viewport: phone, serviceWorkers: 'block' })
  await signInWithoutForm(context, learner.email, password)
  const lesson = `/learn/${course.courseId}/${course.quizLessonId}`
  await page.goto(lesson)
  await page.getByRole('button', { name: 'Start quiz' }).click()

  // The line breaks while the file is sent, and the page is loaded anew before it comes back.
  await context.route('**/uploads?**', route => route.abort('internetdisconnected'))
  const chooser = page.locator('input[type=file]:not([capture]):enabled')
  const photo = { name: 'my river.png', mimeType: 'image/png', buffer: await readFile(picture) }
  await chooser.setInputFiles(photo)
  await page.getByText('Kept on this device').waitFor()
  await page.getByText('my river.png was made ready').waitFor()
  await assertGood(page, 'a file that waits', [phoneByDay, phoneByNight, deskByDay])
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('1 file has not arrived yet').waitFor()
  await page.getByRole('button', { name: 'Keep answering' }).click()
  await page.reload()
  await page.getByText('Kept on this device').waitFor()
  await context.unroute('**/uploads?**')
  await page.reload()
  await page.getByRole('link', { name: 'my river.png' }).waitFor()
  await page.getByText('1 of 1 answered').waitFor()

  await chooser.setInputFiles({
    name: 'page.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('<html>'),
  })
  await page.getByText('This question takes no such file').waitFor()
  await page.getByRole('button', { name: 'Remove page.pdf' }).click()
  await chooser.setInputFiles({
    name: 'notes.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7'),
  })
  await page.getByRole('link', { name: 'notes.pdf' }).waitFor()
  await page.getByRole('button', { name: 'Remove notes.pdf' }).press('Enter')
  await page.getByText('The file was removed').waitFor()
  assert.equal(await page.getByRole('link', { name: 'notes.pdf' }).count(), 0)

  await page.getByRole('button', { name: 'Record audio' }).press('Enter')
  await page.getByText(/Recording: 0:02/).waitFor()
  await page.getByRole('button', { name: 'Pause' }).press('Enter')
  await page.getByText(/Paused/).waitFor()
  await assertGood(page, 'a recording that is paused', [phoneByDay, deskByDay])
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Continue' }).press('Enter')
  await page.getByRole('button', { name: 'Stop' }).press('Enter')
  await page.getByRole('button', { name: 'Use this recording' }).press('Enter')
  await page.getByRole('link', { name: 'recording.webm' }).waitFor()
  await assertGood(page, 'files that arrived', [phoneByDay, phoneByNight, deskByDay])

  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('Submitted, waiting for your teacher').waitFor()
  await page.getByRole('link', { name: 'my river.png' }).waitFor()

  const marking = await visit(browser, { viewport: desk })
  await signInWithoutForm(marking.context, demoInstructor.email, demoPassword)
  await marking.page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}/marking`)
  const shown = marking.page.getByRole('img', { name: 'my river.png' })
  await shown.waitFor()
  await marking.page.waitForFunction(() =>
    [...document.images]
      .filter(({ alt }) => alt === 'my river.png')
      .every(image => image.naturalWidth === 192),
  )
  await marking.page.getByRole('button', { name: 'Enlarge' }).press('Enter')
  await marking.page.getByLabel('Speed').selectOption('1.5')
  assert.equal(
    await marking.page.locator('audio').evaluate(player => (player as HTMLAudioElement).playbackRate),
    1.5,
  )
  await marking.page.evaluate(() => scrollTo({ top: 0 }))
  await assertGood(marking.page, 'files at the desk', [phoneByDay, phoneByNight, deskByDay])
  await marking.page.getByRole('textbox', { name: 'Points' }).fill('3')
  await marking.page.getByLabel('Comment to the learner').fill('The bend is well drawn.')
  await marking.page.keyboard.press('Control+Enter')
  await marking.page.getByRole('heading', { name: 'All answers are marked' }).waitFor()

  await page.goto(lesson)
  await page.getByRole('link', { name: 'Show attempt 1' }).click()
  await page.getByText('3 of 4 points').first().waitFor()
  await page.getByText('The bend is well drawn.').waitFor()
  await page.getByRole('link', { name: 'recording.webm' }).waitFor()
  await assertGood(page, 'files with their mark', [phoneByDay, deskByDay])
  assert.deepEqual([faults, marking.faults], [[], []])
  await context.close()
  await marking.context.close()
})

it('who has the microphone blocked is told what to do, and an author sets what is asked for', async () => {
  const { page, context } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}`)
  await page.getByRole('checkbox', { name: /^Recordings/ }).waitFor()
  await assertGood(page, 'the editor of files', [phoneByDay, deskByDay])
  await context.close()

  const learner = await signUp(systemUrl(), 'Neo Silent')
  await learner.api.education.enroll({ courseId: course.courseId })
  const seen = await visit(browser, { viewport: phone })
  await seen.context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('No', 'NotAllowedError'))
  })
  await signInWithoutForm(seen.context, learner.email, password)
  await seen.page.goto(`/learn/${course.courseId}/${course.quizLessonId}`)
  await seen.page.getByRole('button', { name: 'Start quiz' }).click()
  await seen.page.getByRole('button', { name: 'Record audio' }).press('Enter')
  await seen.page.getByText('The microphone is blocked').waitFor()

  // What never arrived does not count, and is said so once.
  await seen.context.route('**/uploads?**', route => route.abort('internetdisconnected'))
  const photo = { name: 'lost.png', mimeType: 'image/png', buffer: await readFile(picture) }
  await seen.page.locator('input[type=file]:not([capture]):enabled').setInputFiles(photo)
  await seen.page.getByText('Kept on this device').waitFor()
  await seen.page.getByRole('button', { name: 'Submit quiz' }).click()
  await seen.page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await seen.page.getByText('1 file did not arrive before you submitted').waitFor()
  await seen.context.close()
})

it('where the device keeps nothing the page says so, and a question without a way back is not left by mistake', async () => {
  const { courseId, quizId, quizLessonId } = await makeCourse(systemUrl(), instructor, {
    title: 'No way back',
  })
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const upload = {
    type: 'upload' as const,
    content: '<p>Draw a river.</p>',
    body: { kinds: ['photo' as const], mostFiles: 1, mostBytes: 2_000_000 },
  }
  await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId,
    layout: 'forward_only',
    questions: [upload, { ...upload, content: '<p>Draw its mouth.</p>' }],
  })
  const learner = await signUp(systemUrl(), 'Thandi Full')
  await learner.api.education.enroll({ courseId })
  const { page, context } = await visit(browser, { viewport: phone })
  await context.addInitScript(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (...given) {
      if (this.name === 'files') throw new DOMException('Full', 'QuotaExceededError')
      return put.apply(this, given)
    }
  })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/learn/${courseId}/${quizLessonId}`)
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await context.route('**/uploads?**', route => route.abort('internetdisconnected'))
  const photo = { name: 'river.png', mimeType: 'image/png', buffer: await readFile(picture) }
  await page.locator('input[type=file]:not([capture]):enabled').setInputFiles(photo)
  await page.getByText('This device can’t keep it.').waitFor()
  const left = page.waitForEvent('dialog')
  const going = page.goto('/courses').catch(() => {})
  const asked = await left
  assert.equal(asked.type(), 'beforeunload')
  await asked.dismiss()
  await going
  await page.getByRole('button', { name: 'Next question' }).click()
  await page.getByRole('alertdialog').getByText('1 file has not arrived yet').waitFor()
  await page.getByRole('button', { name: 'Stay here' }).click()
  await context.unroute('**/uploads?**')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.getByRole('link', { name: 'river.png' }).waitFor()
  await page.getByRole('button', { name: 'Next question' }).click()
  await page.getByText('Draw its mouth.').waitFor()
  await context.close()
})
