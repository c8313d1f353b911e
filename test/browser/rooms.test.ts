import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import pg from 'pg'
import type { Browser, Page, WebSocket } from 'playwright-core'
import { demoAdmin } from '../../apps/azora/demo/school.ts'
import { appoint, openAuthDatabase, type Person, password, signUp } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { until } from '../system.ts'
import { openBrowser, signInAs, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Pages that follow what happens elsewhere, without being loaded again. */

const url = systemUrl()
let browser: Browser
let course: TestCourse
let authDb: ReturnType<typeof openAuthDatabase>

before(async () => {
  const { AZORA_TEST_ADMIN_URL: adminUrl = '', AZORA_TEST_SECRET: secret = '' } = process.env
  authDb = openAuthDatabase({ adminUrl, secret })
  browser = await openBrowser()
  course = await makeCourse(url, await appoint(url, authDb, { role: 'instructor' }), {
    title: 'Rivers, live',
  })
})
after(async () => {
  await browser?.close()
  await authDb?.close()
})

async function enrolled(): Promise<Person> {
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId: course.courseId })
  return learner
}

const finish = ({ api }: Person, lessonId: string) =>
  api.education.saveProgress({ lessonId, completed: true, positionPercent: 100 })

/** Leaves a mark in the page, which only loading it again would remove. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { notLoadedAgain: true }))
const isMarked = (page: Page) => page.evaluate(() => 'notLoadedAgain' in window)

/** Open a page and wait until it has entered its room: the server answers with what was missed. */
async function openLive(page: Page, path: string): Promise<WebSocket> {
  // The page after signing in follows things too.
  await page.goto('about:blank')
  const entered = new Promise<WebSocket>(resolve =>
    page.on('websocket', socket =>
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).includes('"missed"')) resolve(socket)
      }),
    ),
  )
  await page.goto(path)
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error(`${path} follows nothing.`)), 30_000).unref(),
  )
  const socket = await Promise.race([entered, late])
  await mark(page)
  return socket
}

it('progress in another tab, and the certificate, show on the course page and in my courses without loading them again', async () => {
  const learner = await enrolled()
  const { context, page, faults } = await visit(browser)
  await signInAs(page, learner.email, password)
  const overview = await context.newPage()
  await Promise.all([openLive(page, `/learn/${course.courseId}`), openLive(overview, '/learn')])
  const lesson = await context.newPage()
  await lesson.goto(`/learn/${course.courseId}/${course.pageId}`)
  await lesson.getByRole('button', { name: /Mark as done and/ }).click()
  await page.getByText('1 of 3 lessons done').waitFor()
  await overview.getByText('33%').first().waitFor()
  await finish(learner, course.fileLessonId)
  const attempt = await learner.api.assessment.startSubmission({ quizId: course.quizId })
  const answers = Object.fromEntries(attempt.questions.map(asked => [asked.id, ['a']]))
  await learner.api.assessment.submit({ submissionId: attempt.id, answers })
  await page.getByRole('link', { name: 'Show my certificate' }).waitFor()
  await overview.getByRole('link', { name: 'Certificate', exact: true }).waitFor()
  assert.ok((await isMarked(page)) && (await isMarked(overview)))
  assert.deepEqual(faults, [])
  await context.close()
})

it('where WebSockets are blocked, the page follows by polling', async () => {
  const learner = await enrolled()
  const { context, page } = await visit(browser, { serviceWorkers: 'block' })
  await page.routeWebSocket(/\/socket\//, socket => void socket.close({ code: 1011 }))
  await signInAs(page, learner.email, password)
  await Promise.all([
    page.waitForResponse(
      answer => answer.url().includes('transport=polling') && answer.request().method() === 'POST',
    ),
    page.goto(`/learn/${course.courseId}`),
  ])
  await mark(page)
  await finish(learner, course.pageId)
  await page.getByText('1 of 3 lessons done').waitFor()
  assert.ok(await isMarked(page))
  await context.close()
})

it('a session that ends loses its connection within seconds, and does not come back', async () => {
  const learner = await enrolled()
  const { context, page } = await visit(browser)
  await signInAs(page, learner.email, password)
  const socket = await openLive(page, `/learn/${course.courseId}`)
  const sockets: string[] = []
  page.on('websocket', one => sockets.push(one.url()))
  const closed = socket.waitForEvent('close', { timeout: 8000 })
  await learner.api.auth.revokeOtherSessions({})
  await closed
  await page.waitForTimeout(2500)
  assert.deepEqual(sockets, [])
  await context.close()
})

it('a device that saves data opens no connection', async () => {
  const learner = await enrolled()
  const { context, page } = await visit(browser)
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
  )
  await signInWithoutForm(context, learner.email, password)
  const asked: string[] = []
  page.on('websocket', one => asked.push(one.url()))
  page.on('request', one => {
    if (one.url().includes('/socket/')) asked.push(one.url())
  })
  await page.goto(`/learn/${course.courseId}`)
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(2000)
  assert.deepEqual(asked, [])
  await context.close()
})

it('a job that is given up shows in the admin panel without loading it again', async () => {
  const { AZORA_TEST_ADMIN_URL: connectionString = '' } = process.env
  const database = new pg.Client({ connectionString })
  await database.connect()
  const { context, page } = await visit(browser)
  try {
    await signInAs(page, demoAdmin.email)
    await openLive(page, '/admin/events?tab=jobs')
    await page.getByText('No failed jobs').waitFor()
    const learner = await signUp(url)
    // Of a task that no process knows, so that it stays as it is.
    await database.query(
      `select from azora_jobs.add_job(
         'education.unknown', json_build_object('organizationId', $1::text), max_attempts := 1)`,
      [learner.organizationId],
    )
    await database.query(`
      update azora_jobs._private_jobs j set attempts = 1, last_error = 'No mail server'
      from azora_jobs._private_tasks t where t.id = j.task_id and t.identifier = 'education.unknown'`)
    // What the runner tells when it gives one up is told of anything that services do.
    await signUp(url)
    await page.getByText('education.unknown').waitFor({ timeout: 15_000 })
    await page.getByText('No mail server').waitFor()
    assert.ok(await isMarked(page))
  } finally {
    await database.query(`
      delete from azora_jobs._private_jobs j using azora_jobs._private_tasks t
      where t.id = j.task_id and t.identifier = 'education.unknown'`)
    await database.end()
    await context.close()
  }
})

it('the events of the admin panel are asked for when something happens', async () => {
  const { context, page } = await visit(browser)
  await signInAs(page, demoAdmin.email)
  let asked = 0
  page.on('request', one => {
    if (/\/auth\/events\?/.test(one.url())) asked += 1
  })
  await openLive(page, '/admin/events')
  // It looks once by itself after the room was entered, and then every half minute.
  await until('The panel has looked by itself', async () => asked > 1)
  const before = asked
  await signUp(url)
  await until('The panel asks', async () => asked > before, 10_000)
  await context.close()
})
