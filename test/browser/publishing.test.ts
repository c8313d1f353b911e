import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { clientFor, type Person, signIn } from '../api.ts'
import { assertAccessible, assertFits, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** What a teacher sees of lessons that learners do not see, and of what keeps a course from being published. */

let browser: Browser
let teacher: Person
before(async () => {
  browser = await openBrowser()
  teacher = await signIn(systemUrl(), demoInstructor.email, demoPassword)
})
after(() => browser.close())

const lesson = {
  content: '',
  durationMinutes: 5,
  required: true,
  fileId: null,
  linkUrl: null,
  quizId: null,
  attachmentIds: [],
}

/** A course with an empty page in its one module. */
async function emptyCourse(title: string) {
  const { education } = teacher.api
  const course = await education.createCourse({ title, category: 'Nature' })
  const { modules } = await education.createModule({ courseId: course.id, title: 'Beginnings' })
  const moduleId = modules[0]?.id ?? ''
  const page = await education.createLesson({ ...lesson, moduleId, kind: 'page', title: 'An empty page' })
  return { courseId: course.id, moduleId, lessonId: page.id }
}

it('publishing lists what is unfinished, leads to each place, and works once it is done', async () => {
  const { courseId, lessonId } = await emptyCourse('Half a course')
  const { context, page, faults } = await visit(browser, { viewport: phone, colorScheme: 'dark' })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${courseId}`)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Not ready to publish yet' })
  await dialog.getByText('Add a description').waitFor()
  await assertAccessible(page, 'what is unfinished')
  await assertFits(page, 'what is unfinished')
  assert.equal(await dialog.getByRole('button', { name: 'Publish course' }).count(), 0)
  await dialog.getByRole('link', { name: /An empty page/ }).click()
  await page.waitForURL(new RegExp(`/lessons/${lessonId}`))
  await teacher.api.education.saveLesson({ ...lesson, lessonId, title: 'A page', content: '<p>Written.</p>' })
  await teacher.api.education.saveCourse({ courseId, description: '<p>All about it.</p>' })
  await page.goto(`/teach/courses/${courseId}`)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'Publish course' }).click()
  await page.getByText('The course is published.').first().waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('a new lesson of a published course is a draft, is published with one press, and can be hidden again', async () => {
  const { courseId, moduleId, lessonId } = await emptyCourse('A course that grows')
  const { education } = teacher.api
  await education.saveLesson({ ...lesson, lessonId, title: 'First', content: '<p>Written.</p>' })
  await education.saveCourse({ courseId, description: '<p>All about it.</p>' })
  await education.publishCourse({ courseId })
  await education.createLesson({
    ...lesson,
    moduleId,
    kind: 'page',
    title: 'Second',
    content: '<p>More.</p>',
  })
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${courseId}`)
  const row = page.getByRole('row', { name: 'Second' })
  await row.getByText('Draft', { exact: true }).waitFor()
  await assertAccessible(page, 'an outline with a draft')
  await page.getByRole('button', { name: 'Publish all drafts' }).click()
  await row.getByText('Draft', { exact: true }).waitFor({ state: 'detached' })
  await row.getByRole('button', { name: 'Actions for the lesson Second' }).click()
  await page.getByRole('menuitem', { name: 'Hide from learners' }).click()
  await row.getByText('Hidden', { exact: true }).waitFor()
  const shown = await clientFor(systemUrl(), null).education.getCourse({ course: courseId })
  assert.equal(shown.lessonCount, 1)
  assert.deepEqual(faults, [])
  await context.close()
})
