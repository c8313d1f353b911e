import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse, uploadFile } from '../courses.ts'
import { until } from '../system.ts'
import { openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Pages for a learner whose data is costly: what they fetch, and that nothing is missing from them. */

let browser: Browser
let instructor: Person
let course: TestCourse
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), instructor, { title: 'Rivers in pictures' })
  await withPictures(course)
})
after(() => browser.close())

/** A picture of so many noisy points a side, which no packing makes smaller. */
function noise(side: number): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  let state = side
  const rows = Buffer.alloc(side * (side * 3 + 1)).map((_, at) => {
    // Xorshift: the same points each time.
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return at % (side * 3 + 1) === 0 ? 0 : state
  })
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

async function withPictures({ courseId, pageId, quizId }: TestCourse) {
  const picture = async (name: string) => {
    const { body } = await uploadFile(systemUrl(), instructor, courseId, `${name}.png`, noise(260))
    return body as { id: string; url: string }
  }
  const shown = async (name: string) =>
    `<img src="${(await picture(name)).url}" alt="The ${name} from above">`
  const { api } = instructor
  const settings = await api.education.editCourse({ courseId })
  await api.education.saveCourse({ ...settings, courseId, coverFileId: (await picture('cover')).id })
  const lesson = await api.education.editLesson({ lessonId: pageId })
  const content = `<p>Water rises.</p>${await shown('spring')}<p>It flows.</p>${await shown('stream')}${await shown('delta')}`
  await api.education.saveLesson({ ...lesson, lessonId: pageId, content })
  const quiz = await api.assessment.editQuiz({ quizId })
  const [first, second] = quiz.questions
  assert.ok(first && second)
  const asked = { ...first, content: `${first.content}${await shown('mouth')}` }
  const options = [...second.options]
  options[1] = { ...options[1], content: `Wrong ${await shown('source')}` } as (typeof options)[0]
  await api.assessment.saveQuiz({ ...quiz, quizId, questions: [asked, { ...second, options }] })
}

/** A learner of the course on a phone, by the choice of `less` or of everything. */
async function learnerWith(choice: 'less' | 'full' | null, headers: Record<string, string> = {}) {
  const learner = await signUp(systemUrl(), 'Thabo Thrifty')
  await learner.api.education.enroll({ courseId: course.courseId })
  // What a service worker fetches and keeps is not for these numbers.
  const seen = await visit(browser, { viewport: phone, serviceWorkers: 'block' })
  await signInWithoutForm(seen.context, learner.email, password)
  if (choice) await seen.context.addCookies([{ name: 'azora_data', value: choice, url: systemUrl() }])
  await seen.context.setExtraHTTPHeaders(headers)
  const pictures: string[] = []
  seen.page.on('request', request => {
    if (/education\/files\//.test(request.url()) && request.resourceType() === 'image')
      pictures.push(request.url())
  })
  return { ...seen, learner, pictures }
}

/** What travels over the line while something is done, in bytes. */
async function bytesOf(page: Page, work: () => Promise<unknown>): Promise<number> {
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  let bytes = 0
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await work()
  await page.waitForLoadState('networkidle')
  await client.detach()
  return bytes
}

const addresses = () => ({
  'a course page': `/courses/${course.courseId}`,
  'a lesson with pictures': `/learn/${course.courseId}/${course.pageId}`,
  'a quiz with pictures': `/learn/${course.courseId}/${course.quizLessonId}`,
})
const start = (page: Page) => page.getByRole('button', { name: 'Start quiz' }).click()
/** What a reader sees written, line by line. */
const linesOf = (page: Page) =>
  page
    .locator('main')
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not read
    .innerText()
    .then(all => all.split('\n').flatMap(line => line.trim() || []))

it('where data is costly no picture is fetched that was not touched, and nothing that is written is missing', async context => {
  const [full, less] = [await learnerWith('full'), await learnerWith('less')]
  for (const [name, address] of Object.entries(addresses())) {
    const bytes = []
    const read: string[][] = []
    for (const { page } of [full, less]) {
      bytes.push(
        await bytesOf(page, async () => {
          await page.goto(address, { waitUntil: 'networkidle' })
          if (name.startsWith('a quiz')) {
            await start(page)
            await page.getByText('Right', { exact: true }).first().waitFor()
          }
          // By now the page has long been idle: what it asked for since is waited for by itself.
          for (const picture of await page.locator('main img').all())
            await picture.evaluate(image => (image as HTMLImageElement).decode())
        }),
      )
      read.push(await linesOf(page))
    }
    const [whole = 0, light = 0] = bytes
    context.diagnostic(
      `${name}: ${whole} bytes, ${light} with less data, ${((light * 100) / whole).toFixed(0)} %`,
    )
    assert.ok(light < whole - 150_000, `${name} takes ${light} bytes of ${whole}`)
    const missing = read[0]?.filter(line => !read[1]?.includes(line))
    assert.deepEqual(missing, [], name)
    if (name.startsWith('a quiz'))
      await assertGood(less.page, 'a question with a covered picture', [phoneByNight])
  }
  assert.equal(full.pictures.length > 5, true)
  assert.deepEqual(less.pictures, [])
  assert.deepEqual([...full.faults, ...less.faults], [])
  for (const { context } of [full, less]) await context.close()
})

it('a picture tells its size and comes when it is touched, and a look at one in an answer chooses nothing', async () => {
  const { context, page, pictures, faults } = await learnerWith('less')
  await page.goto(addresses()['a lesson with pictures'], { waitUntil: 'networkidle' })
  await page.getByText('Less data is on', { exact: true }).waitFor()
  const spring = page.getByRole('button', { name: /^Picture · 20\d kB The spring from above$/ })
  await spring.waitFor()
  await page.getByText(/^Data used by Azora on this device today: /).waitFor()
  await assertGood(page, 'a lesson with covered pictures', [phoneByDay, phoneByNight, deskByDay])
  await spring.press('Enter')
  const picture = page.getByRole('img', { name: 'The spring from above' })
  await picture.waitFor()
  await page.waitForFunction(() => document.activeElement?.tagName === 'IMG')
  assert.equal(
    await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
    260,
  )
  assert.equal(pictures.length, 1)
  await page.getByRole('button', { name: /^Show 2 pictures · 4\d\d kB$/ }).click()
  await page.getByRole('img', { name: 'The delta from above' }).waitFor()
  await page.waitForLoadState('networkidle')
  assert.equal(new Set(pictures).size, 3)
  await page.goto(addresses()['a quiz with pictures'], { waitUntil: 'networkidle' })
  await page.getByText(/^Load all 2 pictures when the quiz starts · 4\d\d kB$/).waitFor()
  await assertGood(page, 'a quiz before it is started', [phoneByDay, deskByDay])
  await start(page)
  await page.getByRole('button', { name: /The source from above/ }).click()
  await page.getByRole('img', { name: 'The source from above' }).waitFor()
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 0)
  assert.deepEqual(faults, [])
  await context.close()
})

it('all pictures of a quiz come as it starts, where that was chosen before', async () => {
  const { context, page, pictures } = await learnerWith('less')
  await page.goto(addresses()['a quiz with pictures'], { waitUntil: 'networkidle' })
  await page.getByText('Load all 2 pictures', { exact: false }).click()
  assert.deepEqual(pictures, [])
  await start(page)
  for (const name of ['mouth', 'source'])
    await page.getByRole('img', { name: `The ${name} from above` }).waitFor()
  await page.waitForLoadState('networkidle')
  assert.equal(new Set(pictures).size, 2)
  await context.close()
})

it('answers are kept on the device at once, go together, and all with the end', async () => {
  const { context, page, learner } = await learnerWith('less')
  const saved: string[] = []
  page.on('request', request => {
    if (request.method() === 'PATCH') saved.push(request.postData() ?? '')
  })
  await page.goto(addresses()['a quiz with pictures'], { waitUntil: 'networkidle' })
  await start(page)
  await page.getByText('Right', { exact: true }).first().click()
  await page.getByText('We’ll send your answers together soon.', { exact: false }).waitFor()
  await page.getByText('Right', { exact: true }).last().click()
  assert.deepEqual(saved, [])
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByText('100%').first().waitFor()
  const { attempts } = await learner.api.assessment.getQuiz({ quizId: course.quizId })
  assert.equal(attempts[0]?.scorePercent, 100)
  assert.deepEqual(saved, [])
  await context.close()
})

it('it is on where the browser asks for it, off by choice, and each page is told apart', async () => {
  const { context, page } = await learnerWith(null, { 'save-data': 'on' })
  const answer = await page.goto(addresses()['a course page'], { waitUntil: 'networkidle' })
  assert.match(answer?.headers().vary ?? '', /save-data/i)
  await page.getByText('Less data is on', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Turn off' }).click()
  await page.getByText('Less data is on', { exact: true }).waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle')
  await page.getByLabel(/^Account of/).click()
  const choice = page.getByRole('switch', { name: 'Use less data' })
  assert.equal(await choice.getAttribute('aria-checked'), 'false')
  await assertGood(page, 'the switch for less data', [phoneByDay])
  await choice.press('Enter')
  await page.getByText('Less data is on', { exact: true }).waitFor()
  await context.close()
})

it('what a service worker fetches is counted too, once', async () => {
  const learner = await signUp(systemUrl(), 'Thabo Counter')
  await learner.api.education.enroll({ courseId: course.courseId })
  const { page, context } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto('/courses', { waitUntil: 'networkidle' })
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  const counted = () =>
    page.evaluate(() => Number(localStorage.getItem('azora-data-used')?.split(' ')[1] ?? 0))
  const before = await counted()
  await page.goto(addresses()['a lesson with pictures'], { waitUntil: 'networkidle' })
  const pictureBytes = 3 * 203_188
  await until('the pictures are counted', async () => (await counted()) - before >= pictureBytes)
  const after = await counted()
  assert.ok(after - before < pictureBytes + 400_000, `${after - before} bytes for a lesson`)
  await context.close()
})

it('a browser that saves data loses nothing that was typed before the page knew', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
  )
  const typed = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js', async route => {
    await typed.promise
    await route.continue()
  })
  await page.goto('/signin', { waitUntil: 'commit' })
  const field = page.getByLabel('Email address')
  await field.fill('someone@school.example')
  typed.resolve()
  await page.waitForFunction(() => document.cookie.includes('azora_data=device'))
  await page.waitForLoadState('networkidle')
  assert.equal(await field.inputValue(), 'someone@school.example')
  await page.goto('/signin')
  await page.getByText('Less data is on', { exact: true }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
