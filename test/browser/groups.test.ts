import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { until } from '../system.ts'
import { assertAccessible, assertFits, desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Groups of a course: made, filled, filtered by, given more time, and seen by who is in them. */

let browser: Browser
let instructor: Person
let course: TestCourse
const learners: Person[] = []
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await makeCourse(systemUrl(), instructor, { title: 'Rivers in groups' })
  for (const name of ['Ayanda Reed', 'Bongani Marsh', 'Chipo Ford', 'Dineo Weir']) {
    const learner = await signUp(systemUrl(), name)
    await learner.api.education.enroll({ courseId: course.courseId })
    learners.push(learner)
  }
})
after(() => browser.close())

async function teacherAt(path: string, viewport = desk) {
  const teacher = await visit(browser, { viewport })
  await signInWithoutForm(teacher.context, demoInstructor.email, demoPassword)
  await teacher.page.goto(`/teach/courses/${course.courseId}/${path}`, { waitUntil: 'networkidle' })
  return teacher
}

const groupsIn = (page: Page) => page.getByRole('list', { name: 'Groups', exact: true }).getByRole('listitem')

it('a teacher makes a group by keyboard, puts learners into it, and draws the others at random', async () => {
  const { page, context, faults } = await teacherAt('learners')
  await page.getByRole('link', { name: 'Groups', exact: true }).press('Enter')
  await page.getByRole('heading', { name: 'Groups', exact: true }).waitFor()
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'New group' }).press('Enter')
  await page.getByRole('textbox', { name: 'Name of the group' }).waitFor()
  await page.keyboard.type('River team')
  await page.keyboard.press('Enter')
  await groupsIn(page).getByText('River team').waitFor()
  await page.getByRole('checkbox', { name: /^Ayanda Reed/ }).press('Space')
  await page.getByText('1 learner chosen').waitFor()
  await page.getByRole('button', { name: 'Add to group' }).press('Enter')
  await groupsIn(page).getByText('1 learner', { exact: true }).waitFor()

  await page.getByRole('button', { name: 'Make random groups' }).click()
  const size = page.getByRole('textbox', { name: 'Learners in each group' })
  await size.fill('3')
  await size.press('Tab')
  await page.getByRole('button', { name: 'Show plan' }).click()
  const plan = page.getByRole('list', { name: 'Plan' })
  for (const name of ['Bongani', 'Chipo', 'Dineo']) await plan.getByText(name).waitFor()
  assert.equal(await plan.getByText('Ayanda').count(), 0, 'who is in a group stays there')
  await assertAccessible(page, 'the plan of random groups')
  const before = await instructor.api.education.listGroups({ courseId: course.courseId })
  assert.equal(before.items.length, 1, 'a plan makes nothing')
  await page.getByRole('button', { name: 'Create 1 group' }).click()
  await groupsIn(page).getByText('Group 1').waitFor()
  await groupsIn(page).getByText('3 learners').waitFor()
  await page.getByText('Learners see their group').click()
  await assertGood(page, 'the groups of a course', [phoneByDay, phoneByNight, deskByDay])
  assert.deepEqual(faults, [])
  await context.close()
})

it('a file puts learners into groups once its plan was looked at, and says which rows it leaves out', async () => {
  const { page, context, faults } = await teacherAt('learners/groups', phone)
  await page.getByRole('button', { name: 'Import groups from CSV' }).click()
  const lines = [
    'Email,Group',
    `${learners[1]?.email},Delta`,
    'stranger@example.org,Delta',
    `${learners[2]?.email},river team`,
  ]
  const file = { name: 'groups.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) }
  await page.locator('input[type="file"]').setInputFiles(file)
  await page.getByText("Row 3: stranger@example.org isn't in this course").waitFor()
  const plan = page.getByRole('list', { name: 'Plan' })
  await plan.getByText('Delta').waitFor()
  await plan.getByRole('listitem').filter({ hasText: 'Delta' }).getByText('New', { exact: true }).waitFor()
  await assertAccessible(page, 'the plan of an import of groups')
  await assertFits(page, 'the plan of an import of groups')
  await page.getByRole('button', { name: 'Add 2 learners' }).click()
  await groupsIn(page).getByText('Delta').waitFor()
  await groupsIn(page).getByText('2 learners').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

it('the lists of learners and grades show one group, and a group is given more time', async () => {
  const { page, context, faults } = await teacherAt('learners')
  await page.getByRole('combobox', { name: /^Group/ }).selectOption({ label: 'River team (2)' })
  await page.getByRole('button', { name: 'Show group' }).click()
  await page.getByText('Bongani Marsh').first().waitFor({ state: 'detached' })
  await page.getByRole('table').getByText('Chipo Ford').waitFor()
  assert.match(page.url(), /\?group=/)
  await assertGood(page, 'the learners of a group', [phoneByDay, deskByDay])
  await page.getByRole('button', { name: 'Accommodations' }).click()
  await page.getByRole('button', { name: 'Add accommodation' }).click()
  const form = page.getByRole('dialog')
  await form.locator('select').first().selectOption({ label: 'Group: River team' })
  const more = form.getByRole('textbox', { name: 'Extra time (minutes)' })
  await more.fill('30')
  await more.press('Tab')
  await form.getByRole('button', { name: 'Save accommodation' }).click()
  await form.getByText('Group: River team').waitFor()
  await form.getByText('30 minutes more').waitFor()
  await assertAccessible(page, 'an accommodation of a group')
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}/results`)
  await page.getByRole('combobox', { name: /^Group/ }).waitFor()
  await page.goto(`/teach/courses/${course.courseId}/gradebook`)
  await page.getByRole('combobox', { name: /^Group/ }).selectOption({ label: 'River team (2)' })
  await page.getByRole('button', { name: 'Show group' }).click()
  await page.waitForURL(/\?group=/)
  assert.deepEqual(faults, [])
  await context.close()
})

it('a learner sees who is in their groups, and in no other', async () => {
  const learner = await visit(browser, { viewport: phone })
  await signInWithoutForm(learner.context, learners[0]?.email ?? '', password)
  await learner.page.goto(`/learn/${course.courseId}`)
  const members = learner.page.getByRole('list', { name: 'River team' }).getByRole('listitem')
  await members.first().waitFor()
  assert.deepEqual(await members.allTextContents(), ['Ayanda Reed', 'Chipo Ford'])
  assert.equal(await learner.page.getByText('Dineo Weir').count(), 0)
  await assertGood(learner.page, 'a course with the groups of a learner', [
    phoneByDay,
    phoneByNight,
    deskByDay,
  ])
  assert.deepEqual(learner.faults, [])
  await learner.context.close()
})

it('one mark is given to a whole group at the desk, after a look at whose answers get it', async () => {
  const { quizId } = course
  const { editQuiz, saveQuiz, listAnswersToMark } = instructor.api.assessment
  const essay = { type: 'essay' as const, content: '<p>Why do rivers bend?</p>', points: 4, body: {} }
  const { questions } = await saveQuiz({ ...(await editQuiz({ quizId })), quizId, questions: [essay] })
  for (const { api } of [learners[0], learners[2], learners[3]].flatMap(learner => learner ?? [])) {
    const { id } = await api.assessment.startSubmission({ quizId })
    await api.assessment.submit({
      submissionId: id,
      answers: { [questions[0]?.id ?? '']: ['Water is lazy.'] },
    })
  }
  const { items: groups } = await instructor.api.education.listGroups({ courseId: course.courseId })
  const groupId = groups.find(({ name }) => name === 'River team')?.id ?? ''
  await until('assessment knows the group', async () => {
    const { items } = await listAnswersToMark({ quizId, groupId })
    return items.length === 2
  })
  const { page, context, faults } = await teacherAt(`quizzes/${quizId}/marking?group=${groupId}`)
  await page.getByText('0 of 2 marked').waitFor()
  // Of two groups.
  await page.getByRole('button', { name: /Chipo Ford/ }).click()
  await page.getByRole('heading', { name: /Chipo Ford/ }).waitFor()
  const points = page.getByRole('textbox', { name: 'Points' })
  await points.fill('3')
  await points.press('Tab')
  await page.getByRole('button', { name: 'Give this mark to the whole group' }).click()
  const dialog = page.getByRole('dialog', { name: 'Give this mark to the whole group' })
  await dialog.getByRole('button', { name: 'Mark 2 answers' }).waitFor()
  const chosen = dialog.getByRole('combobox').locator('option:checked')
  assert.equal(
    await chosen.textContent(),
    'River team',
    'the group that is shown is the one that is proposed',
  )
  await assertGood(page, 'the preview of a mark for a group', [phoneByDay, phoneByNight, deskByDay])
  await dialog.getByRole('button', { name: 'Mark 2 answers' }).click()
  await page.getByText('All answers are marked').waitFor()
  const { items } = await listAnswersToMark({ quizId })
  assert.deepEqual(
    items.map(({ userId }) => userId),
    [learners[3]?.userId],
    'the attempts of the group are graded, and no other',
  )
  assert.deepEqual(faults, [])
  await context.close()
})
