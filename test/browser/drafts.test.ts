import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoAdmin, demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { signIn } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { openBrowser, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

let browser: Browser
let course: TestCourse
before(async () => {
  browser = await openBrowser()
  course = await makeCourse(systemUrl(), await signIn(systemUrl(), demoInstructor.email, demoPassword), {
    title: 'Drafts of rivers',
  })
})
after(() => browser.close())

const quizPage = () => `/teach/courses/${course.courseId}/quizzes/${course.quizId}`
const lessonPage = () => `/teach/courses/${course.courseId}/lessons/${course.pageId}`
const offer = (page: Page) => page.getByText(/Restore your unsaved changes from/)
const restore = (page: Page) => page.getByRole('button', { name: 'Restore', exact: true })
const leaveQuestion = (page: Page) => page.getByRole('alertdialog', { name: 'Leave without saving?' })
const firstQuestion = (page: Page) => page.locator('article textarea').first()
const draftCount = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('azora_draft_')).length)

async function instructor() {
  const seen = await visit(browser)
  await signInWithoutForm(seen.context, demoInstructor.email, demoPassword)
  return seen
}

it('a typed question survives a link in the page, and goes from the device once it is saved', async () => {
  const { context, page, faults } = await instructor()
  await page.goto(quizPage(), { waitUntil: 'networkidle' })
  await firstQuestion(page).fill('Where do rivers sleep?')
  await page.getByRole('link', { name: 'Drafts of rivers' }).first().click()
  await leaveQuestion(page).getByRole('button', { name: 'Stay' }).click()
  assert.equal(await firstQuestion(page).inputValue(), 'Where do rivers sleep?')
  await page.getByRole('link', { name: 'Drafts of rivers' }).first().click()
  await leaveQuestion(page).getByRole('button', { name: 'Leave page' }).click()
  await page.waitForURL(url => !url.pathname.includes('/quizzes/'))

  await page.goto(quizPage())
  await offer(page).waitFor()
  await restore(page).click()
  assert.equal(await firstQuestion(page).inputValue(), 'Where do rivers sleep?')
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('All changes saved').first().waitFor()
  assert.equal(await draftCount(page), 0)
  await page.reload()
  assert.equal(await firstQuestion(page).inputValue(), 'Where do rivers sleep?')
  assert.equal(await offer(page).count(), 0)
  assert.deepEqual(faults, [])
  await context.close()
})

it('the back button and a closed tab ask first, and a discarded draft does not come back', async () => {
  const { context, page } = await instructor()
  await page.goto('/teach')
  await page.goto(lessonPage(), { waitUntil: 'networkidle' })
  await page.getByLabel('Title').first().fill('Springs and wells')
  const asked: string[] = []
  page.on('dialog', dialog => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  await page.goBack()
  await page.waitForURL(/\/teach$/)
  assert.deepEqual(asked, ['beforeunload'])
  await page.goto(lessonPage())
  await offer(page).waitFor()
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await offer(page).waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('Title').first().inputValue(), 'Springs')
  assert.equal(await draftCount(page), 0)
  await context.close()
})

it('two tabs on one quiz keep a draft each, and one is told what the other saved', async () => {
  const { context, page: one } = await instructor()
  const two = await context.newPage()
  await one.goto(quizPage(), { waitUntil: 'networkidle' })
  await firstQuestion(one).fill('Written in the first tab')
  await one.waitForFunction(() => Object.keys(localStorage).some(key => key.startsWith('azora_draft_')))
  await two.goto(quizPage(), { waitUntil: 'networkidle' })
  await firstQuestion(two).fill('Written in the second tab')
  assert.equal(await offer(two).count(), 0)
  await two.waitForFunction(
    () => Object.keys(localStorage).filter(key => key.startsWith('azora_draft_')).length === 2,
  )
  await two.getByRole('button', { name: /^Save/ }).click()
  await two.getByText('All changes saved').first().waitFor()
  await one.getByText(/Saved in another tab at/).waitFor()
  assert.equal(await firstQuestion(one).inputValue(), 'Written in the first tab')
  await one.getByRole('button', { name: 'Load the saved version' }).click()
  await offer(one).waitFor()
  await one.getByText('The saved version has changed since then').waitFor()
  assert.equal(await firstQuestion(one).inputValue(), 'Written in the second tab')
  await restore(one).click()
  assert.equal(await firstQuestion(one).inputValue(), 'Written in the first tab')
  await context.close()
})

it('the forms of a course, a module and the school keep what was typed', async () => {
  const { context, page } = await instructor()
  page.on('dialog', dialog => void dialog.accept())
  await page.goto('/teach/new', { waitUntil: 'networkidle' })
  await page.getByLabel('Title').fill('Estuaries')
  await page.getByLabel('Level').click()
  await page.getByRole('option', { name: 'Advanced' }).click()
  await page.waitForFunction(() =>
    Object.entries(localStorage).some(
      ([key, text]) => key.startsWith('azora_draft_') && text.includes('advanced'),
    ),
  )
  await page.goto('/courses')
  await page.goto('/teach/new')
  await restore(page).click()
  assert.equal(await page.getByLabel('Title').inputValue(), 'Estuaries')
  await page.getByRole('button', { name: /Advanced/ }).waitFor()

  const editor = `/teach/courses/${course.courseId}`
  await page.goto(editor, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'New module' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Deltas')
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.locator('[contenteditable=true]').click()
  await page.keyboard.type('All about water.')
  await page.getByLabel('Subject').fill('Hydrology')
  await page.goto('/teach')
  await page.goto(editor)
  await page.getByRole('button', { name: 'New module' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click()
  assert.equal(await page.getByRole('dialog').getByRole('textbox').inputValue(), 'Deltas')
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Settings' }).click()
  await restore(page).click()
  assert.equal(await page.getByLabel('Subject').inputValue(), 'Hydrology')
  await page.locator('[contenteditable=true]', { hasText: 'All about water.' }).waitFor()
  await context.close()

  const admin = await visit(browser)
  await signInWithoutForm(admin.context, demoAdmin.email, demoPassword)
  await admin.page.goto('/admin/people')
  await admin.page.getByRole('link', { name: 'Settings' }).first().click()
  // The list of people, which is there until the settings are loaded, has a field for names as well.
  await admin.page.getByLabel('Name', { exact: true }).fill('A school by the sea')
  await admin.page.getByRole('link', { name: 'People' }).first().click()
  await leaveQuestion(admin.page).getByRole('button', { name: 'Stay' }).click()
  await admin.page.goBack()
  await leaveQuestion(admin.page).getByRole('button', { name: 'Leave page' }).click()
  await admin.page.waitForURL(/\/admin\/people/)
  await admin.page.getByRole('link', { name: 'Settings' }).first().click()
  await restore(admin.page).click()
  assert.equal(await admin.page.getByLabel('Name', { exact: true }).inputValue(), 'A school by the sea')
  await admin.context.close()
})

it('drafts go with signing out, and another account on the device is offered nothing', async () => {
  const { context, page } = await instructor()
  page.on('dialog', dialog => void dialog.accept())
  await page.goto('/account', { waitUntil: 'networkidle' })
  await page.getByLabel(/name/i).first().fill('Half a name')
  await page.waitForFunction(() => Object.keys(localStorage).some(key => key.startsWith('azora_draft_')))
  await signInWithoutForm(context, demoAdmin.email, demoPassword)
  await page.goto('/account')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  assert.equal(await offer(page).count(), 0)
  assert.equal(await draftCount(page), 1)
  await page.getByLabel(/^Account of/).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(url => url.pathname === '/')
  assert.equal(await draftCount(page), 0)
  await context.close()
})
