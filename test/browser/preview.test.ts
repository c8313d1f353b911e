import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, signIn } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { assertAccessible, assertFits, desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** A teacher's preview is the learner's page, whole, and leads back to where one came from. */

let browser: Browser
let teacher: Person
let course: TestCourse
before(async () => {
  browser = await openBrowser()
  teacher = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), teacher, { title: 'Rivers to look at' })
  const { education } = teacher.api
  const { courseId, moduleId } = course
  await education.createLesson({ moduleId, kind: 'page', title: 'A draft', content: '<p>Not yet.</p>' })
  await education.createModule({ courseId, title: 'For teachers' })
  const { modules } = await education.editCourse({ courseId })
  await education.createLesson({
    moduleId: modules[1]?.id ?? '',
    kind: 'link',
    title: 'Answers',
    linkUrl: 'https://example.org/answers',
    status: 'hidden',
  })
})
after(() => browser.close())

/** What of the API was written to from this page. */
function writesOf(page: Page): string[] {
  const writes: string[] = []
  page.on('request', request => {
    const path = new URL(request.url()).pathname
    const asks = /\/(preview|refresh)$/.test(path)
    if (path.startsWith('/api/') && request.method() !== 'GET' && !asks)
      writes.push(`${request.method()} ${path}`)
  })
  return writes
}

for (const [name, viewport, colorScheme] of [
  ['a desk', desk, 'light'],
  ['a phone in the dark', phone, 'dark'],
] as const) {
  it(`a course is previewed at ${name}: outline, every lesson, the quiz graded, and nothing is recorded`, async () => {
    const { context, page, faults } = await visit(browser, { viewport, colorScheme })
    await signInWithoutForm(context, demoInstructor.email, demoPassword)
    const writes = writesOf(page)
    const editor = `/teach/courses/${course.courseId}`
    const bar = page.getByRole('region', { name: 'Preview' })
    await page.goto(editor)
    await page.getByRole('link', { name: 'Preview' }).click()
    await page.waitForURL(`**${editor}/preview`)
    await page.getByRole('heading', { name: 'Rivers to look at', level: 1 }).waitFor()
    const unseen = page.locator('#content').getByText('Draft', { exact: true })
    assert.equal(await unseen.count(), 1)
    await assertAccessible(page, 'the preview of a course')
    await assertFits(page, 'the preview of a course')
    await page.getByRole('link', { name: 'Start', exact: true }).click()

    await page.getByRole('heading', { name: 'Springs', level: 1 }).waitFor()
    await page.getByText('Water rises.').waitFor()
    // The lesson has the room that learners read it in, and the outline stands beside it or in its drawer.
    const text = await page.locator('article').boundingBox()
    assert.ok((text?.width ?? 0) >= (viewport === desk ? 600 : 300), `${text?.width} px wide`)
    const outline = page.getByRole('navigation', { name: 'Outline' })
    if (viewport === desk) assert.equal(await outline.getByRole('link', { name: /Springs/ }).count(), 1)
    await assertAccessible(page, 'the preview of a lesson')
    await assertFits(page, 'the preview of a lesson')

    await page.getByRole('link', { name: 'Mark as done and continue' }).click()
    await page.getByRole('heading', { name: 'Notes', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Next lesson' }).click()
    await page.getByRole('heading', { name: 'Quiz', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText('Where do they begin?').waitFor()
    for (const right of await page.getByText('Right', { exact: true }).all()) await right.click()
    await page.getByText('2 of 2 answered').waitFor()
    await page.getByRole('button', { name: /^(Submit|Hand in)/ }).click()
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /^(Submit|Hand in)/ })
      .click()
    await page.getByText('2 of 2').first().waitFor()
    await assertAccessible(page, 'a quiz graded in a preview')
    await assertFits(page, 'a quiz graded in a preview')

    await page.goto(page.url())
    await page.getByRole('link', { name: 'Next lesson' }).click()
    await page.getByText('This lesson is a draft.').waitFor()
    await page.getByRole('link', { name: 'Next lesson' }).click()
    await page.getByText('This lesson is hidden.').waitFor()
    await page.getByRole('link', { name: 'Open the page' }).waitFor()
    await bar.getByRole('link', { name: 'Edit lesson' }).click()
    await page.waitForURL(/\/lessons\/[^/]+$/)
    assert.equal(await page.getByRole('textbox', { name: 'Title' }).inputValue(), 'Answers')
    assert.deepEqual(writes, [])
    assert.deepEqual(faults, [])
    const { items } = await teacher.api.assessment.listSubmissions({ quizId: course.quizId })
    assert.deepEqual(items, [])
    await context.close()
  })
}

it('a learner’s address leads its teacher to the same place of the preview, and the quiz back to its editor', async () => {
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  const { courseId, quizId, quizLessonId } = course
  await page.goto(`/learn/${courseId}`)
  await page.waitForURL(`**/teach/courses/${courseId}/preview`)
  await page.goto(`/learn/${courseId}/${quizLessonId}`)
  await page.waitForURL(`**/teach/courses/${courseId}/preview/${quizLessonId}`)
  await page.getByRole('link', { name: 'Edit quiz' }).click()
  await page.waitForURL(`**/teach/courses/${courseId}/quizzes/${quizId}`)
  await page.getByRole('link', { name: 'Preview' }).click()
  await page.waitForURL(`**/quizzes/${quizId}/preview`)
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByText('Where do rivers end?').waitFor()
  await page.getByRole('link', { name: 'Edit quiz' }).click()
  await page.waitForURL(`**/teach/courses/${courseId}/quizzes/${quizId}`)
  assert.deepEqual(faults, [])
  await context.close()
})

it('a video lesson without its video says so, to learners and in its editor', async () => {
  const { education } = teacher.api
  const { id: courseId } = await education.createCourse({ title: 'Films to come', category: 'Nature' })
  const { modules } = await education.createModule({ courseId, title: 'Films' })
  const moduleId = modules[0]?.id ?? ''
  const lesson = await education.createLesson({ moduleId, kind: 'video', title: 'The delta' })
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${courseId}/preview/${lesson.id}`)
  await page.getByText("The video of this lesson isn't here yet.").waitFor()
  await assertAccessible(page, 'a lesson without its video')
  await page.getByRole('link', { name: 'Edit lesson' }).click()
  await page.getByText('This lesson is published, but it has no video.').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
