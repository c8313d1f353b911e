import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { glob } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoAdmin, demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, request, signIn, signUp } from '../api.ts'
import { complete, makeCourse } from '../courses.ts'
import { until } from '../system.ts'
import { openBrowser, systemUrl, visit } from './browser.ts'
import { offerBundle } from './bundle-fixture.ts'
import { managedInstitution } from './institution-fixture.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Tabs, bookmarks and screen readers tell pages apart by their titles, so no two pages of the product share one. */

type Account = { email: string; secret: string }

const instructor = { email: demoInstructor.email, secret: demoPassword }
const admin = { email: demoAdmin.email, secret: demoPassword }
const title = `Rivers ${randomUUID()}`

let browser: Browser
let learner: Person
/** Each page of the portal by its folder, with an address of it; those who see it; in the order of the walk. */
let portal: Record<string, [who: Account | null, path: string]>

before(async () => {
  browser = await openBrowser()
  const teacher = await signIn(systemUrl(), instructor.email, demoPassword)
  learner = await signUp(systemUrl(), 'Titus Learner')
  const course = await makeCourse(systemUrl(), teacher, { title })
  const certificateId = await complete(learner, course)
  const [attempt] = (await teacher.api.assessment.listSubmissions({ quizId: course.quizId })).items
  const upload = await request(systemUrl(), 'POST', '/education/imports?name=rivers.imscc', {
    token: teacher.token,
    body: 'no cartridge',
  })
  const { id: importId } = upload.body as { id: string }
  const who = { email: learner.email, secret: password }
  const { slug } = await teacher.api.education.editCourse({ courseId: course.courseId })
  const sold = (await makeCourse(systemUrl(), teacher, { title: `Sold ${title}` })).courseId
  const price = { amountMinor: 45_000, currency: 'ZAR' }
  await teacher.api.payments.setCoursePrices({ courseId: sold, prices: [price] })
  const order = await learner.api.payments.startCheckout({ courseId: sold, price })
  const bundleId = await offerBundle([sold, course.courseId])
  const institutionId = await managedInstitution(learner, `Karoo College ${randomUUID()}`)
  const taught = `/teach/courses/${course.courseId}`
  const quiz = `${taught}/quizzes/${course.quizId}`
  portal = {
    '': [null, '/'],
    courses: [null, '/courses'],
    'courses/[slug]': [null, `/courses/${slug}`],
    'bundles/[bundleId]': [who, `/bundles/${bundleId}`],
    'institutions/[institutionId]': [who, `/institutions/${institutionId}`],
    signin: [null, '/signin'],
    signup: [null, '/signup'],
    'forgot-password': [null, '/forgot-password'],
    'reset-password': [null, '/reset-password'],
    invitation: [null, '/invitation'],
    redeem: [null, '/redeem'],
    'account/undo-deletion': [null, '/account/undo-deletion'],
    verify: [null, '/verify'],
    offline: [null, '/offline'],
    'certificates/[id]': [null, `/certificates/${certificateId}`],
    learn: [who, '/learn'],
    'learn/[course]': [who, `/learn/${slug}`],
    'learn/[course]/grades': [who, `/learn/${slug}/grades`],
    'learn/[course]/[lessonId]': [who, `/learn/${slug}/${course.pageId}`],
    certificates: [who, '/certificates'],
    account: [who, '/account'],
    'account/security': [who, '/account/security'],
    'account/sessions': [who, '/account/sessions'],
    'account/payments': [who, '/account/payments'],
    'account/payments/[orderId]': [who, `/account/payments/${order.id}`],
    'account/wallet': [who, '/account/wallet'],
    'account/subscription': [who, '/account/subscription'],
    'account/data': [who, '/account/data'],
    teach: [instructor, '/teach'],
    'teach/sales': [instructor, '/teach/sales'],
    'teach/new': [instructor, '/teach/new'],
    'teach/import': [instructor, '/teach/import'],
    'teach/imports/[id]': [instructor, `/teach/imports/${importId}`],
    'teach/courses/[courseId]': [instructor, taught],
    'teach/courses/[courseId]/gradebook': [instructor, `${taught}/gradebook`],
    'teach/courses/[courseId]/gradebook/setup': [instructor, `${taught}/gradebook/setup`],
    'teach/courses/[courseId]/gradebook/import': [instructor, `${taught}/gradebook/import`],
    'teach/courses/[courseId]/gradebook/[userId]': [instructor, `${taught}/gradebook/${learner.userId}`],
    'teach/courses/[courseId]/standards': [instructor, `${taught}/standards`],
    'teach/courses/[courseId]/standards/edit': [instructor, `${taught}/standards/edit`],
    'teach/courses/[courseId]/quizzes/[quizId]/standards': [instructor, `${quiz}/standards`],
    'teach/courses/[courseId]/learners': [instructor, `${taught}/learners`],
    'teach/courses/[courseId]/learners/groups': [instructor, `${taught}/learners/groups`],
    'teach/courses/[courseId]/lessons/[lessonId]': [instructor, `${taught}/lessons/${course.pageId}`],
    'teach/courses/[courseId]/preview': [instructor, `${taught}/preview`],
    'teach/courses/[courseId]/preview/[lessonId]': [instructor, `${taught}/preview/${course.pageId}`],
    'teach/courses/[courseId]/quizzes/new': [instructor, `${taught}/quizzes/new`],
    'teach/courses/[courseId]/quizzes/[quizId]': [instructor, quiz],
    'teach/courses/[courseId]/marking': [instructor, `${taught}/marking`],
    'teach/courses/[courseId]/quizzes/[quizId]/marking': [instructor, `${quiz}/marking`],
    'teach/courses/[courseId]/quizzes/[quizId]/preview': [instructor, `${quiz}/preview`],
    'teach/courses/[courseId]/quizzes/[quizId]/print': [instructor, `${quiz}/print`],
    'teach/courses/[courseId]/quizzes/[quizId]/results': [instructor, `${quiz}/results`],
    'teach/courses/[courseId]/quizzes/[quizId]/attempts/[submissionId]': [
      instructor,
      `${quiz}/attempts/${attempt?.id}`,
    ],
  }
})
after(() => browser.close())

it('every page of the portal is in this walk', async () => {
  const folders: string[] = []
  const app = new URL('../../apps/portal/src/app/', import.meta.url).pathname
  for await (const file of glob('**/page.tsx', { cwd: app })) folders.push(file.replace(/\/?page\.tsx$/, ''))
  // It only leads on, to where one's work is.
  const leadsOn = 'start'
  assert.deepEqual(folders.toSorted(), [...Object.keys(portal), leadsOn].toSorted())
})

it('no two pages of the portal, the admin panel and the portal for developers have one title', async () => {
  const known = new Map<string, string>()
  const note = async (page: Page, path: string) => {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    // Where the title is that of something that has yet to load, it comes with it.
    const own = await until(`A title of its own at ${path}`, async () => {
      const title = await page.title()
      return title && !known.has(title) ? title : null
    }).catch(async (failure: unknown) => {
      const title = await page.title()
      throw new Error(`${path} is titled "${title}", as is ${known.get(title)}.`, { cause: failure })
    })
    known.set(own, path)
  }
  const accounts = [...new Set(Object.values(portal).map(([who]) => who))]
  for (const who of accounts) {
    const { context, page } = await visit(browser)
    if (who) await signInWithoutForm(context, who.email, who.secret)
    for (const [account, path] of Object.values(portal)) if (account === who) await note(page, path)
    if (!who) await note(page, '/nowhere')
    await context.close()
  }
  const { context, page } = await visit(browser)
  await signInWithoutForm(context, admin.email, admin.secret)
  const linked = async (from: string, links: string) => {
    await page.goto(from)
    await page.locator(links).first().waitFor({ state: 'attached' })
    const found = await page
      .locator(links)
      .evaluateAll(all => all.map(link => link.getAttribute('href') ?? ''))
    // With a question behind it, it is the same page.
    return new Set(found.filter(path => !path.includes('?')))
  }
  const panel = await linked('/admin', 'nav a[href^="/admin"]')
  const developers = await linked('/developers', 'nav a[href^="/developers"]')
  const guides = await linked('/developers/guides', 'main a[href^="/developers/guides/"]')
  assert.ok(panel.size > 5 && developers.size > 5 && guides.size > 5, 'the sections were found')
  for (const path of [...panel, `/admin/people/${learner.userId}`, ...developers, ...guides])
    await note(page, path)
  for (const version of ['v1', 'v2'])
    await note(page, `/developers/reference/${version}/education/listCourses`)
  await note(page, `/developers/webhooks/${randomUUID()}`)
  await context.close()
})
