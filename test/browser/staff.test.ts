import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoCourses, packCourse } from '../../apps/azora/demo/pack-course.ts'
import { demoInstructor } from '../../apps/azora/demo/school.ts'
import { fillSignUp, openBrowser, signInAs, visit } from './browser.ts'

let browser: Browser
let folder: string
before(async () => {
  browser = await openBrowser()
  folder = await mkdtemp(join(tmpdir(), 'azora-browser-'))
})
after(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

it('an instructor imports a cartridge, reads what came in, publishes the course and sees who learns', async () => {
  const cartridge = join(folder, 'my course.imscc')
  const [course] = await demoCourses()
  await packCourse(course?.folder ?? '', cartridge)
  const { context, page, faults } = await visit(browser)
  await signInAs(page, demoInstructor.email)
  await page.goto('/teach/import')
  await page.locator('input[type=file]').setInputFiles(cartridge)
  await page.getByText('Your course is imported').waitFor()
  await page.getByText('Imported', { exact: true }).first().waitFor()
  // The four results of each kind add up to its total.
  for (const row of await page.getByRole('table', { name: 'What was in the file' }).getByRole('row').all()) {
    const numbers = (await row.getByRole('cell').allInnerTexts()).map(Number)
    const total = numbers.pop() ?? 0
    assert.equal(
      numbers.reduce((sum, number) => sum + number, 0),
      total,
    )
  }
  await page.getByRole('link', { name: 'Open course' }).first().click()
  await page.waitForURL(/\/teach\/courses\//)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'Publish course' }).click()
  await page.getByText('The course is published.').first().waitFor()
  await page.getByRole('link', { name: 'Learners' }).first().click()
  await page.getByText('No learners yet').first().waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('a file that is no cartridge is refused with a reason', async () => {
  const { context, page } = await visit(browser)
  await signInAs(page, demoInstructor.email)
  await page.goto('/teach/import')
  await page.locator('input[type=file]').setInputFiles({
    name: 'holiday.imscc',
    mimeType: 'application/zip',
    buffer: Buffer.from('this is not a zip archive at all'),
  })
  await page.getByText("We couldn't import this file").waitFor()
  await context.close()
})

it('an instructor makes a course by hand, with a page, a quiz and a survey', async () => {
  const { context, page, faults } = await visit(browser)
  await signInAs(page, demoInstructor.email)
  await page.goto('/teach/new')
  await page.getByLabel('Title').fill('Bees and their keepers')
  await page.getByLabel('Subject').fill('Nature')
  await page.getByRole('button', { name: 'Create course' }).click()
  await page.waitForURL(/\/teach\/courses\//)
  const editor = page.url()
  await page.getByRole('button', { name: 'New module' }).click()
  await page.getByLabel('Module title').fill('The hive')
  await page.getByRole('dialog').getByRole('button', { name: 'Add module' }).click()
  await page.getByText('The hive').first().waitFor()

  await page.getByRole('button', { name: 'Add lesson' }).first().click()
  await page.getByRole('menuitem', { name: /Page/ }).click()
  await page.getByRole('dialog').getByLabel('Lesson title').fill('Who lives in a hive')
  await page.getByRole('dialog').getByRole('button', { name: 'Add and open' }).click()
  await page.waitForURL(/\/lessons\//)
  await page.locator('.ProseMirror, [contenteditable=true]').first().click()
  await page.keyboard.type('A queen, her daughters and, in summer, the drones.')
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await page.getByText('All changes saved').first().waitFor()

  await page.goto(editor)
  await page.getByRole('button', { name: 'Add lesson' }).first().click()
  await page.getByRole('menuitem', { name: /Quiz/ }).click()
  await page.getByRole('dialog').getByLabel('Lesson title').fill('Do you know your bees?')
  await page.getByRole('dialog').getByRole('button', { name: 'Add and open' }).click()
  await page.waitForURL(/\/(quizzes|lessons)\//)

  await page.goto(editor)
  await page.getByRole('button', { name: 'Add lesson' }).first().click()
  await page.getByRole('menuitem', { name: /Survey/ }).click()
  await page.getByRole('dialog').getByRole('heading', { name: 'New survey lesson' }).waitFor()
  // The quiz that was made above is none to choose here.
  assert.equal(await page.getByRole('dialog').getByText('Which survey?').count(), 0)
  await page.getByRole('dialog').getByLabel('Lesson title').fill('How was it?')
  await page.getByRole('dialog').getByRole('button', { name: 'Add and open' }).click()
  await page.waitForURL(/\/quizzes\//)
  await page.getByText('Survey, 0 questions').waitFor()
  await page.goto(editor)
  await page.getByText('How was it?').first().waitFor()
  await page.getByRole('button', { name: 'Add lesson' }).first().click()
  await page.getByRole('menuitem', { name: /Survey/ }).click()
  await page.getByRole('dialog').getByText('Which survey?').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner who opens a page for staff is told so kindly', async () => {
  const { context, page } = await visit(browser)
  await page.goto('/signup')
  await fillSignUp(page, 'Curious Learner')
  await page.waitForURL(url => url.pathname !== '/signup')
  await page.goto('/teach')
  await page.getByText('This page is for instructors').waitFor()
  await page.goto('/admin')
  await page.getByText('This page is for administrators').waitFor()
  await context.close()
})
