import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoAdmin, demoInstructor, demoLearner, demoPassword } from '../../apps/azora/demo/school.ts'
import { signIn } from '../api.ts'
import { openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

let browser: Browser
let pages: { who: string | null; path: string }[]

before(async () => {
  browser = await openBrowser()
  const learner = await signIn(systemUrl(), demoLearner.email, demoPassword)
  const instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  const [enrolled] = (await learner.api.education.listEnrollments({})).items
  const course = enrolled?.course.slug ?? ''
  const outline = await learner.api.education.getCoursePage({ course })
  const lessons = outline.modules.flatMap(module => module.lessons)
  const page = lessons.find(lesson => lesson.kind === 'page')?.id
  const quiz = lessons.find(lesson => lesson.kind === 'quiz')
  const courseId = outline.course.id
  const { quizId } = await instructor.api.education.editLesson({ lessonId: quiz?.id ?? '' })
  pages = [
    ...[
      '/',
      '/courses',
      `/courses/${course}`,
      '/signin',
      '/signup',
      '/forgot-password',
      '/verify',
      '/nowhere',
    ].map(path => ({
      who: null,
      path,
    })),
    ...[
      '/learn',
      `/learn/${course}`,
      `/learn/${course}/${page}`,
      `/learn/${course}/${quiz?.id}`,
      '/certificates',
      '/account',
      '/account/security',
      '/account/sessions',
      '/account/payments',
      '/account/wallet',
      '/account/data',
    ].map(path => ({
      who: demoLearner.email,
      path,
    })),
    ...[
      '/teach',
      '/teach/sales',
      '/teach/new',
      '/teach/import',
      `/teach/courses/${courseId}`,
      `/teach/courses/${courseId}/lessons/${page}`,
      `/teach/courses/${courseId}/quizzes/${quizId}`,
      `/teach/courses/${courseId}/learners`,
    ].map(path => ({ who: demoInstructor.email, path })),
    ...['/admin', '/admin/courses', '/admin/events'].map(path => ({ who: demoAdmin.email, path })),
  ]
})
after(() => browser.close())

for (const [name, who] of [
  ['a visitor', null],
  ['a learner', demoLearner.email],
  ['an instructor', demoInstructor.email],
  ['an administrator', demoAdmin.email],
] as const) {
  it(`every page of ${name} fits, runs without script errors, and has nothing that axe calls serious`, async () => {
    const { context, page, faults } = await visit(browser, deskByDay)
    if (who) await signInWithoutForm(context, who, demoPassword)
    for (const { path } of pages.filter(candidate => candidate.who === who)) {
      const answer = await page.goto(path, { waitUntil: 'load' })
      assert.equal(answer?.status(), path === '/nowhere' ? 404 : 200, path)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await assertGood(page, path, [deskByDay, phoneByDay, phoneByNight])
    }
    assert.deepEqual(faults, [])
    await context.close()
  })
}

it('a lesson page sends at most 200 KB of compressed script', async () => {
  const { context, page } = await visit(browser, { viewport: phone, serviceWorkers: 'block' })
  await signInWithoutForm(context, demoLearner.email, demoPassword)
  const lesson = pages.find(({ who, path }) => who === demoLearner.email && path.split('/').length === 4)
  await page.goto(lesson?.path ?? '', { waitUntil: 'networkidle' })
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry): entry is PerformanceResourceTiming => entry.name.endsWith('.js'))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  )
  assert.ok(bytes > 10_000, 'the scripts were counted')
  assert.ok(bytes <= 200_000, `${bytes} bytes of script`)
  await context.close()
})

it('a fault that only one theme or one width has is found, and the look is named', async () => {
  const { context, page } = await visit(browser, deskByDay)
  const faulty = (rule: string) =>
    page.setContent(`<!doctype html><html lang="en"><title>Rivers</title>
      <meta name="viewport" content="width=device-width"><style>${rule}</style><main><h1>Rivers</h1></main></html>`)
  const looks = [deskByDay, phoneByDay, phoneByNight]
  await faulty('')
  await assertGood(page, 'it', looks)
  await faulty('@media (prefers-color-scheme: dark) { h1 { color: #333; background: #222 } }')
  await assert.rejects(assertGood(page, 'it', looks), /^AssertionError.*: it on a phone, dark$/m)
  await faulty('@media (width < 500px) { h1 { color: #eee; background: #fff } }')
  await assert.rejects(assertGood(page, 'it', looks), /^AssertionError.*: it on a phone, light$/m)
  await faulty('@media (width > 500px) { h1 { width: 2000px } }')
  await assert.rejects(assertGood(page, 'it', looks), /it on a desk, light is \d+ pixels too wide/)
  await context.close()
})
