import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoAdmin, demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { fileText, makeCourse, type TestCourse, uploadFile } from '../courses.ts'
import { assertAccessible, assertFits, desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** The files of a course in its editor: where each is used, replaced, deleted, and taken for another lesson. */

const picture = new URL('../../apps/portal/public/icons/icon-192.png', import.meta.url)

let browser: Browser
let teacher: Person
let course: TestCourse
before(async () => {
  browser = await openBrowser()
  teacher = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), teacher, { title: 'Rivers on file' })
  await uploadFile(systemUrl(), teacher, course.courseId, 'badge.png', await readFile(picture))
  await uploadFile(systemUrl(), teacher, course.courseId, 'left over.txt', 'Nobody reads this.')
})
after(() => browser.close())

for (const [name, viewport, colorScheme] of [
  ['a desk', desk, 'light'],
  ['a phone in the dark', phone, 'dark'],
] as const) {
  it(`the files tab shows every file and its uses at ${name}, and refuses to delete one that is used`, async () => {
    const { context, page, faults } = await visit(browser, { viewport, colorScheme })
    await signInWithoutForm(context, demoInstructor.email, demoPassword)
    await page.goto(`/teach/courses/${course.courseId}#files`)
    const list = page.getByRole('list', { name: 'Files' })
    const row = (file: string) => list.getByRole('listitem').filter({ hasText: file })
    await row('rivers.txt').getByRole('link', { name: 'Notes' }).waitFor()
    await row('left over.txt').getByText('Not used').waitFor()
    await page.getByRole('progressbar', { name: 'Storage used by your files' }).waitFor()
    await assertAccessible(page, 'the files of a course')
    await assertFits(page, 'the files of a course')
    await page.getByLabel('Search files').fill('RIVERS')
    await row('left over.txt').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Actions for rivers.txt' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    const dialog = page.getByRole('dialog', { name: 'rivers.txt is in use' })
    await assertAccessible(page, 'a file that is in use')
    await dialog.getByRole('link', { name: 'Notes' }).click()
    await page.waitForURL(`**/lessons/${course.fileLessonId}`)
    assert.deepEqual(faults, [])
    await context.close()
  })
}

it('a file is replaced under its address, and one that is not used is deleted', async () => {
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}#files`)
  await page.getByRole('button', { name: 'Actions for rivers.txt' }).click()
  await page.getByRole('menuitem', { name: 'Replace' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replace rivers.txt' })
  await assertAccessible(page, 'replacing a file')
  const choosing = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose the new file' }).click()
  await (await choosing).setFiles({
    name: 'newer.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Lakes hold water.'),
  })
  await page.getByText('rivers.txt was replaced.').first().waitFor()
  const answer = await fetch(`${systemUrl()}${course.fileUrl}`, {
    headers: { authorization: `Bearer ${teacher.token}` },
  })
  assert.equal(await answer.text(), 'Lakes hold water.')

  await page.getByRole('button', { name: 'Actions for left over.txt' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('left over.txt was deleted.').first().waitFor()
  const { items } = await teacher.api.education.listFiles({ courseId: course.courseId })
  assert.deepEqual(
    items.map(file => file.name),
    ['badge.png', 'rivers.txt'],
  )
  assert.deepEqual(faults, [])
  await context.close()
})

it('a lesson takes files that the course has already, of the kind that fits', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}/lessons/${course.pageId}`)
  await page.getByRole('button', { name: 'Image', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Use a course file' }).click()
  const files = page.getByRole('list', { name: 'Course files' })
  await files.getByRole('button', { name: 'badge.png' }).waitFor()
  assert.equal(await files.getByRole('button', { name: 'rivers.txt' }).count(), 0)
  await assertAccessible(page, 'choosing a file of the course')
  await assertFits(page, 'choosing a file of the course')
  await files.getByRole('button', { name: 'badge.png' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Insert' }).click()

  await page.getByRole('button', { name: 'Use a course file' }).click()
  await files.getByRole('button', { name: 'rivers.txt' }).click()
  await page.getByRole('button', { name: 'Remove rivers.txt' }).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('All changes saved').waitFor()
  const { items } = await teacher.api.education.listFiles({ courseId: course.courseId })
  for (const file of items)
    assert.ok(
      file.uses.some(use => use.id === course.pageId),
      file.name,
    )
  assert.deepEqual(faults, [])
  await context.close()
})

it('a course that is kept on a device follows a file that its teacher replaces, and has it offline', async () => {
  const kept = await makeCourse(systemUrl(), teacher, { title: 'Rivers to keep' })
  const { context, page } = await visit(browser, { viewport: phone })
  const learner = await signUp(systemUrl())
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/courses/${kept.courseId}`)
  await page.getByRole('button', { name: 'Enrol in this course' }).first().click()
  await page.waitForURL(/\/learn\//)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  await page.getByRole('button', { name: 'Save on this device' }).click()
  await page.getByText(/Saved on this device/).waitFor()
  // From now on the page is the worker's.
  await page.reload()
  const text = () => page.evaluate(address => fetch(address).then(answer => answer.text()), kept.fileUrl)
  assert.equal(await text(), fileText)
  const replaced = await fetch(
    `${systemUrl()}/api/v1/education/files/${kept.fileId}/content?name=rivers.txt`,
    { method: 'POST', headers: { authorization: `Bearer ${teacher.token}` }, body: 'Lakes hold water.' },
  )
  assert.equal(replaced.status, 200)
  assert.equal(await text(), 'Lakes hold water.')
  await context.setOffline(true)
  assert.equal(await text(), 'Lakes hold water.')
  await context.close()
})

it('an administrator sees the storage of the school, and whose files take most of it', async () => {
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoAdmin.email, demoPassword)
  await page.goto('/admin/')
  await page.getByRole('progressbar', { name: 'Used by the files of all courses' }).waitFor()
  await page.getByRole('link', { name: demoInstructor.name }).waitFor()
  await assertAccessible(page, 'the storage of a school')
  assert.deepEqual(faults, [])
  await context.close()
})
