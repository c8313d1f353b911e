import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, signIn } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { assertAccessible, assertFits, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Tables, callouts, code, formulas and embeds: as an instructor makes them, and as a learner meets them. */

let browser: Browser
let author: Person
let course: TestCourse
before(async () => {
  browser = await openBrowser()
  author = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), author, { title: 'Parts of lessons' })
})
after(() => browser.close())

const formula =
  '<math display="block"><semantics><mfrac><mn>1</mn><mi>x</mi></mfrac>' +
  '<annotation encoding="application/x-tex">\\frac{1}{x}</annotation></semantics></math>'

const parts = [
  '<p>Before</p>',
  '<table><thead><tr><th scope="col">Gas</th><th>Share</th></tr></thead>',
  '<tbody><tr><td>Nitrogen</td><td>78 %</td></tr><tr><td colspan="2">and <b>others</b></td></tr></tbody></table>',
  '<table><caption>Kept</caption><tbody><tr><td>1</td></tr></tbody></table>',
  '<aside class="callout warning"><p class="callout-title">Careful</p><p>Hot</p></aside>',
  '<pre><code class="language-python">a = 1</code></pre>',
  '<a class="embed" href="https://vimeo.com/76979871">A film</a>',
  formula,
  `<p>Within ${formula.replace(' display="block"', '')} a line</p>`,
  '<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>',
].join('')

const address = () => `/teach/courses/${course.courseId}/lessons/${course.pageId}`
const stored = async () => (await author.api.education.editLesson({ lessonId: course.pageId })).content
const store = (content: string) =>
  author.api.education.saveLesson({ lessonId: course.pageId, title: 'Springs', content })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function editor(content: string, options: Parameters<typeof visit>[1] = {}) {
  await store(content)
  const seen = await visit(browser, options)
  await signInWithoutForm(seen.context, demoInstructor.email, demoPassword)
  await seen.page.goto(address(), { waitUntil: 'networkidle' })
  await seen.page.locator('.ProseMirror').waitFor()
  return seen
}

async function save(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('All changes saved').first().waitFor()
  return stored()
}

/** Puts the cursor into a place of the text. The editor hears of it by an event of its own, a moment after the click. */
async function clickInto(place: Locator) {
  await place.click()
  await place.page().waitForTimeout(300)
}

/** Puts the cursor at the end of the first paragraph. */
async function atStart(page: Page) {
  await clickInto(page.locator('.ProseMirror > p').first())
  await page.keyboard.press('End')
}

const paste = (page: Page, data: Record<string, string>) =>
  page.locator('.ProseMirror').evaluate((element, given) => {
    const clipboardData = new DataTransfer()
    for (const [type, value] of Object.entries(given)) clipboardData.setData(type, value)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, data)

it('a lesson of all parts that is opened, changed in one place and saved is the same everywhere else', async () => {
  const { context, page, faults } = await editor(parts)
  const before = await stored()
  await atStart(page)
  await page.keyboard.type(' and after')
  assert.equal(
    (await save(page))
      .replace('Before and after', 'Before')
      .replaceAll('<strong>', '<b>')
      .replaceAll('</strong>', '</b>'),
    before,
  )
  assert.equal(before, parts)
  await page.getByText("Can't be edited here; kept as it is (table)").waitFor()
  await assertAccessible(page, 'the editor')
  assert.deepEqual(faults, [])
  await context.close()
})

it('a table is made, grows by Tab and by buttons, and loses rows and columns', async () => {
  const { context, page } = await editor('<p>Gases</p>')
  await atStart(page)
  await page.keyboard.press('Enter')
  await press(page, 'Table')
  const cells = page.locator('.ProseMirror table').locator('th, td')
  await cells.nth(8).waitFor()
  assert.equal(await cells.count(), 9)
  await clickInto(cells.first())
  await page.keyboard.type('Gas')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Share')
  await press(page, 'Add column')
  await cells.nth(11).waitFor()
  await press(page, 'Remove column')
  await cells.nth(9).waitFor({ state: 'detached' })
  await clickInto(cells.last())
  await page.keyboard.press('Tab')
  await cells.nth(11).waitFor()
  assert.equal(await cells.count(), 12)
  await press(page, 'Remove row')
  assert.match(
    await save(page),
    /<table><thead><tr><th>Gas<\/th>(?:<th>(?:Share)?<\/th>){2}<\/tr><\/thead><tbody>(?:<tr>(?:<td><\/td>){3}<\/tr>){2}<\/tbody><\/table>/,
  )
  await context.close()
})

it('a callout, code with its language and a formula in LaTeX are made and stored as such', async () => {
  const { context, page } = await editor('<p>Start</p>')
  await atStart(page)
  await page.keyboard.press('Enter')
  await press(page, 'Callout')
  await page.locator('.ProseMirror aside').waitFor()
  await press(page, 'Warning')
  await clickInto(page.locator('.ProseMirror aside p').last())
  await page.keyboard.type('Hot')
  await atStart(page)
  await page.keyboard.press('Enter')
  await press(page, 'Code block')
  await page.keyboard.type('a = 1')
  await page.getByRole('button', { name: /Language of the code/ }).click()
  await page.getByRole('option', { name: 'Python' }).click()
  await atStart(page)
  await press(page, 'Formula')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Formula in LaTeX').fill('\\frac{1}{')
  await dialog.getByText(/isn't complete yet/).waitFor()
  await dialog.getByLabel('Formula in LaTeX').fill('\\frac{1}{x}')
  await dialog.locator('mfrac').waitFor()
  await dialog.getByRole('button', { name: 'Insert' }).click()
  const html = await save(page)
  assert.match(html, /<aside class="callout warning"><p class="callout-title">Note<\/p><p>Hot<\/p><\/aside>/)
  assert.match(html, /<pre><code class="language-python">a = 1<\/code><\/pre>/)
  assert.match(html, /<math><semantics>.*<mfrac>.*<annotation encoding="application\/x-tex">\\frac\{1\}\{x\}/)
  await context.close()
})

it('an address or a frame becomes an embed; a frame of another site becomes a link, and is said to', async () => {
  const { context, page } = await editor('<p>Start</p>')
  await atStart(page)
  await page.keyboard.press('Enter')
  await paste(page, { 'text/plain': 'https://youtu.be/abc_DEF-123' })
  await atStart(page)
  await page.keyboard.press('Enter')
  await paste(page, {
    'text/html':
      '<p>A</p><iframe src="https://player.vimeo.com/video/76979871" title="Film"></iframe><p>B</p>',
  })
  await atStart(page)
  await page.keyboard.press('Enter')
  await paste(page, { 'text/plain': '<iframe src="https://evil.example/x" title="Other"></iframe>' })
  await page.getByText(`evil.example can't be shown inside a lesson`).waitFor()
  await page.getByText(/Lessons can show YouTube, Vimeo, Wikimedia Commons, PhET,? and GeoGebra/).waitFor()
  await paste(page, { 'text/html': '<p>C</p><svg><circle r="1"></circle></svg><p>D</p>' })
  await page.getByText('Some parts were left out: svg').waitFor()
  await press(page, 'Video or simulation')
  await page.getByRole('dialog').getByLabel('Address or embed code').fill('https://evil.example/x')
  await page.getByRole('dialog').getByRole('button', { name: 'Insert' }).click()
  await page.getByRole('dialog').getByText(`This address can't be shown inside a lesson`).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  const html = await save(page)
  assert.match(html, /<a class="embed" href="https:\/\/www.youtube.com\/watch\?v=abc_DEF-123">YouTube<\/a>/)
  assert.match(html, /<p>A<\/p><a class="embed" href="https:\/\/vimeo.com\/76979871">Film<\/a><p>B<\/p>/)
  assert.match(html, /<a href="https:\/\/evil.example\/x">Other<\/a>/)
  await context.close()
})

it('a frame typed as HTML is shown as an embed, or refused aloud', async () => {
  const { context, page } = await editor('<p>Start</p>')
  await press(page, 'Edit HTML')
  await page
    .getByLabel('HTML source')
    .fill(
      '<p>Start</p><iframe src="https://www.youtube.com/embed/abc_DEF-123"></iframe><iframe src="https://evil.example/x"></iframe>',
    )
  await press(page, 'Back to the editor')
  await page.getByText(`evil.example can't be shown inside a lesson`).waitFor()
  await page.locator('.ProseMirror').getByText('From YouTube').waitFor()
  await context.close()
})

it('a learner sees a poster that loads nothing until it is pressed', async () => {
  await store(parts)
  const { context, page, faults } = await visit(browser, { viewport: phone })
  const asked: string[] = []
  await context.route(/vimeo/, route => {
    asked.push(route.request().url())
    return route.fulfill({ contentType: 'text/html', body: 'A player' })
  })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  const { slug } = await author.api.education.editCourse({ courseId: course.courseId })
  await page.goto(`/learn/${slug}/${course.pageId}`, { waitUntil: 'networkidle' })
  const poster = page.getByRole('link', { name: /A film/ })
  await poster.getByText('From Vimeo. Nothing loads until you press it.').waitFor()
  assert.equal(await page.locator('pre .hljs-number').textContent(), '1')
  await assertFits(page, 'a lesson of all parts')
  await assertAccessible(page, 'a lesson of all parts')
  assert.deepEqual(asked, [])
  await poster.click()
  await page.frameLocator('iframe.embed-frame').getByText('A player').waitFor()
  assert.equal(asked.length, 1)
  assert.deepEqual(faults, [])
  await context.close()
})
