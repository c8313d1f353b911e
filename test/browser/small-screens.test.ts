import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoInstructor, demoLearner, demoPassword } from '../../apps/azora/demo/school.ts'
import { signIn, signUp } from '../api.ts'
import { complete, makeCourse, type TestCourse } from '../courses.ts'
import { until } from '../system.ts'
import { assertFits, desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

let browser: Browser
let course: TestCourse
before(async () => {
  browser = await openBrowser()
  const author = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), author, { title: 'Small screens' })
  await complete(
    await signUp(systemUrl(), 'Thandeka of the very long family name van der Westhuizen'),
    course,
  )
})
after(() => browser.close())

it('the roster on a phone is a card for each learner, and its chart has words that can be read', async () => {
  const { context, page } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}/learners`)
  const card = page.getByRole('list', { name: 'Learners' }).getByRole('listitem').first()
  await card.getByText(/Thandeka/).waitFor()
  await assertFits(page, 'the roster')
  assert.equal(await page.locator('table:visible').count(), 0)
  const smallest = await page
    .locator('figure')
    .evaluate(figure =>
      Math.min(
        ...[...figure.querySelectorAll('figcaption, li span')]
          .filter(element => element.textContent?.trim() && !element.classList.contains('sr-only'))
          .map(element => Number.parseFloat(getComputedStyle(element).fontSize)),
      ),
    )
  assert.ok(smallest >= 14, `${smallest} pixels`)
  await context.close()
})

it('on a phone one can enrol from the first screen', async () => {
  const { context, page } = await visit(browser, { viewport: phone })
  const { email } = await signUp(systemUrl(), 'Enrolling Early')
  await signInWithoutForm(context, email, 'seven goats on a wall')
  await page.goto(`/courses/${course.courseId}`)
  const button = page.getByRole('button', { name: 'Enrol in this course' })
  assert.equal(await button.count(), 1)
  const box = await button.boundingBox()
  assert.ok(box && box.y + box.height <= phone.height, JSON.stringify(box))
  await button.click()
  await page.waitForURL(/\/learn\//)
  await context.close()
})

it('a tab that is selected comes into view, by itself, by an address and when the screen is turned', async () => {
  const { context, page } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  const files = page.getByRole('tab', { name: 'Files' })
  const isInView = async () => {
    const box = await files.boundingBox()
    return box !== null && box.x >= 0 && box.x + box.width <= phone.width
  }
  await page.goto(`/teach/courses/${course.courseId}`, { waitUntil: 'networkidle' })
  assert.equal(await isInView(), false, 'the strip is not wider than the screen, so this shows nothing')
  const quizzes = page.getByRole('tab', { name: 'Quizzes' })
  // A page that is not alive yet hears no click.
  await until('The tab is selected', async () => {
    await quizzes.click()
    return (await quizzes.getAttribute('aria-selected')) === 'true'
  })
  await page.keyboard.press('ArrowRight')
  await until('The tab is in view', isInView)
  await page.goto('about:blank')
  await page.goto(`/teach/courses/${course.courseId}#files`, { waitUntil: 'networkidle' })
  await until('The tab is in view', isInView)
  await page.setViewportSize({ width: phone.height, height: phone.width })
  // Turned and turned back before anything is drawn, the browser tells the page of neither.
  await page.evaluate(
    () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  await page.setViewportSize(phone)
  await until('The tab is in view on the turned screen', isInView)
  await context.close()
})

it('the outline opens at the current lesson', async () => {
  const { api } = await signIn(systemUrl(), demoLearner.email, demoPassword)
  const [enrolled] = (await api.education.listEnrollments({})).items
  const slug = enrolled?.course.slug ?? ''
  const outline = await api.education.getCoursePage({ course: slug })
  const last = outline.modules.flatMap(module => module.lessons).at(-1)
  for (const viewport of [
    { ...desk, height: 500 },
    { ...phone, height: 480 },
  ]) {
    const { context, page } = await visit(browser, { viewport })
    await signInWithoutForm(context, demoLearner.email, demoPassword)
    await page.goto(`/learn/${slug}/${last?.id}`, { waitUntil: 'networkidle' })
    if (viewport.width < 1000) await page.getByRole('button', { name: 'Outline' }).click()
    const current = page.locator('a[aria-current=page]:visible').first()
    const box = await current.boundingBox()
    assert.ok(box && box.y > 0 && box.y + box.height <= viewport.height, JSON.stringify(box))
    await context.close()
  }
})

it('the keyboard is at the first answer when a quiz begins, and three keys after the skip link on a later visit', async () => {
  const { context, page } = await visit(browser)
  const { email, api } = await signUp(systemUrl(), 'Khaya Keyboard')
  await api.education.enroll({ courseId: course.courseId })
  await signInWithoutForm(context, email, 'seven goats on a wall')
  const lesson = `/learn/${course.courseId}/${course.quizLessonId}`
  await page.goto(lesson)
  await page.getByRole('button', { name: 'Start quiz' }).click()
  await page.locator('input[type=radio]').first().waitFor({ state: 'attached' })
  const isAnswer = () =>
    page.evaluate(() => document.activeElement?.matches('input[type=radio], input[type=checkbox]') ?? false)
  for (let look = 0; look < 50 && !(await isAnswer()); look++) await page.waitForTimeout(100)
  assert.ok(await isAnswer())

  await page.goto(lesson, { waitUntil: 'networkidle' })
  await page.locator('input[type=radio]').first().waitFor({ state: 'attached' })
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  let keys = 0
  while (keys < 16 && !(await isAnswer())) {
    await page.keyboard.press('Tab')
    keys += 1
  }
  // The overview of all questions and the flag of this one come before it.
  assert.ok(keys <= 3, `${keys} keys`)
  await context.close()
})

it('a message can be closed, and goes by itself', async () => {
  const { context, page } = await visit(browser)
  await page.clock.install()
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}#settings`)
  const save = page.getByRole('button', { name: /Save/ }).first()
  const saved = page.locator('[aria-live=polite]').getByText(/saved/i)
  await save.click()
  await saved.waitFor()
  await page.locator('[aria-live=polite]').getByRole('button', { name: 'Close' }).click()
  await saved.waitFor({ state: 'detached' })
  await save.click()
  await saved.waitFor()
  await page.mouse.move(5, 5)
  await page.clock.fastForward(8000)
  await saved.waitFor({ state: 'detached' })
  await context.close()
})

it('a subject that the school has is offered, and taken in its spelling', async () => {
  const { context, page } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto('/teach/new', { waitUntil: 'networkidle' })
  const field = page.getByLabel('Subject')
  const offered = await field.evaluate((input: HTMLInputElement) =>
    [...(input.list?.options ?? [])].map(option => option.value),
  )
  assert.ok(offered.includes('Geography'), offered.join(', '))
  await page.getByLabel('Title').fill('Maps and mountains')
  await field.fill(' geoGRAPHY ')
  await page.getByRole('button', { name: /Create/ }).click()
  await page.waitForURL(/\/teach\/courses\//)
  const { api } = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  const courses = (await api.education.listTaughtCourses({ limit: 100 })).items
  assert.equal(courses.find(({ title }) => title === 'Maps and mountains')?.category, 'Geography')
  await context.close()
})
