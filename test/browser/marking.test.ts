import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoAdmin, demoPassword } from '../../apps/azora/demo/school.ts'
import { appoint, openAuthDatabase, type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { until } from '../system.ts'
import { desk, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { assertGood, deskByDay, phoneByDay, phoneByNight } from './looks.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** An essay on its way from a learner to who marks it, and back with levels and a comment. */

let browser: Browser
let instructor: Person
let course: TestCourse
before(async () => {
  browser = await openBrowser()
  // Someone who has saved no comment yet.
  const { AZORA_TEST_ADMIN_URL: adminUrl = '', AZORA_TEST_SECRET: secret = '' } = process.env
  const authDb = openAuthDatabase({ adminUrl, secret })
  instructor = await appoint(systemUrl(), authDb, { role: 'instructor' }).finally(() => authDb.close())
  course = await makeCourse(systemUrl(), instructor, { title: 'Rivers in essays' })
})
after(() => browser.close())

const text = 'Water is lazy. It takes the easy way.\n\nSo a river bends.'

it('an essay is written on a phone, marked by keyboard at the desk, and read again with its mark', async () => {
  const { quizId } = course
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  const level = (id: string, title: string, points: number) => ({ id, title, points })
  const essay = {
    type: 'essay' as const,
    content: '<p>Why do rivers bend?</p>',
    points: 6,
    body: {
      minWords: 5,
      maxWords: 200,
      guidance: '<p>Accept any example.</p>',
      rubric: [
        {
          id: 'c1',
          title: 'Argument',
          description: 'Are there reasons?',
          levels: [level('a', 'Convincing', 4), level('b', 'In part', 2), level('c', 'Missing', 0)],
        },
        { id: 'c2', title: 'Style', levels: [level('d', 'Clear', 2), level('e', 'Hard to read', 0)] },
      ],
    },
  }
  await saveQuiz({ ...quiz, quizId, questions: [essay] })
  const learner = await signUp(systemUrl(), 'Lerato Writer')
  await learner.api.education.enroll({ courseId: course.courseId })

  const writing = await visit(browser, { viewport: phone })
  await signInWithoutForm(writing.context, learner.email, password)
  const lesson = `/learn/${course.courseId}/${course.quizLessonId}`
  await writing.page.goto(lesson)
  await writing.page.getByRole('button', { name: 'Start quiz' }).click()
  const field = writing.page.getByRole('textbox', { name: 'Why do rivers bend?' })
  await field.focus()
  await writing.page.keyboard.type(text.replace('\n\n', '\n'))
  await writing.page.getByText('12 words', { exact: true }).waitFor()
  await writing.page.getByText('How your answer is marked').click()
  await writing.page.getByText('All answers saved').waitFor()
  await assertGood(writing.page, 'an essay being written', [phoneByDay, phoneByNight, deskByDay])
  await writing.page.reload()
  assert.match(await field.inputValue(), /^Water is lazy/, 'the text is there after a reload')
  await writing.page.getByRole('button', { name: 'Submit quiz' }).click()
  await writing.page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  await writing.page.getByText('Submitted, waiting for your teacher').waitFor()
  await writing.page.goto(lesson)
  await writing.page.getByRole('link', { name: 'Show attempt 1' }).click()
  await writing.page.getByRole('heading', { name: 'What you wrote' }).waitFor()
  await writing.page.getByText('Water is lazy').waitFor()
  await assertGood(writing.page, 'an attempt that waits', [phoneByDay, phoneByNight, deskByDay])

  const marking = await visit(browser, { viewport: desk })
  await signInWithoutForm(marking.context, instructor.email, password)
  const { page } = marking
  await page.goto(`/teach/courses/${course.courseId}/marking`)
  await page.getByText('1 answer waits').waitFor()
  await assertGood(page, 'what waits in a course', [phoneByDay, deskByDay])
  await page.getByRole('link', { name: `Marking: ${quiz.title}` }).click()
  await page.getByRole('heading', { name: 'Lerato Writer · Question 1' }).waitFor()
  await page.getByText('Water is lazy').waitFor()
  await page.getByRole('checkbox', { name: 'Hide names while marking' }).press('Space')
  await page.getByRole('heading', { name: /^Learner [A-Z2-9]{6} · Question 1$/ }).waitFor()
  assert.ok(!(await page.content()).includes('Lerato'), 'no name is in the page while they are hidden')

  await page.getByRole('radio', { name: /Convincing/ }).focus()
  await page.keyboard.press('Space')
  await page.getByLabel('Comment to the learner').fill('Good reasons. Give an example.')
  await page.getByText('Draft saved').waitFor()
  await assertGood(page, 'the desk', [phoneByDay, phoneByNight, deskByDay])
  await page.reload()
  await page.getByText('Draft saved').waitFor()
  assert.equal(
    await page.getByLabel('Comment to the learner').inputValue(),
    'Good reasons. Give an example.',
    'a draft is there after a reload',
  )
  await page.keyboard.press('Control+Enter')
  await page.getByText('Choose a level of each part of the rubric').waitFor()
  await page.getByRole('radio', { name: /Hard to read/ }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'All answers are marked' }).waitFor()

  await writing.page.goto(lesson)
  await writing.page.getByRole('link', { name: 'Show attempt 1' }).click()
  await writing.page.getByText('4 of 6 points').first().waitFor()
  await writing.page.getByText('Good reasons. Give an example.').waitFor()
  assert.equal(await writing.page.getByText('Your level').count(), 2)
  assert.equal(await writing.page.getByText('Accept any example.').count(), 0)
  await assertGood(writing.page, 'an essay with its mark', [phoneByDay, phoneByNight, deskByDay])
  assert.deepEqual([writing.faults, marking.faults], [[], []])
  await writing.context.close()
  await marking.context.close()
})

it('one sees what an answer shares with another and what another marker has open, and puts a saved comment into the next mark by keyboard', async () => {
  const { courseId, quizId } = await makeCourse(systemUrl(), instructor, { title: 'Rivers, marked by two' })
  const { editQuiz, saveQuiz, listAnswersToMark, listSimilarAnswers } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  const essay = { type: 'essay' as const, content: '<p>Why do rivers bend?</p>', points: 3, body: {} }
  const saved = await saveQuiz({ ...quiz, quizId, questions: [essay] })
  const shared = 'The outer bank of a bend is worn away, and sand settles on the inner one.'
  for (const name of ['Naledi One', 'Olwethu Two']) {
    const learner = await signUp(systemUrl(), name)
    await learner.api.education.enroll({ courseId })
    const { id } = await learner.api.assessment.startSubmission({ quizId })
    const answers = { [saved.questions[0]?.id ?? '']: [`${name} says why. ${shared}`] }
    await learner.api.assessment.submit({ submissionId: id, answers })
  }
  const admin = await signIn(systemUrl(), demoAdmin.email, demoPassword)
  const [first, second] = (await listAnswersToMark({ quizId })).items
  await until('The answers are compared', async () => {
    const { items } = await listSimilarAnswers({ answerId: first?.id ?? '' })
    return items.some(({ quizId: other }) => other === quizId)
  })
  // As the page of who has it open does again and again: it counts for a minute.
  const holdSecond = () => admin.api.assessment.holdAnswer({ answerId: second?.id ?? '' })
  await holdSecond()

  const { context, page, faults } = await visit(browser, { viewport: desk })
  await signInWithoutForm(context, instructor.email, password)
  await page.goto(`/teach/courses/${courseId}/quizzes/${quizId}/marking`)
  const field = page.getByLabel('Comment to the learner')
  await field.fill('Say where you read this.')
  await page.getByText('Open elsewhere').waitFor()
  assert.equal(await page.getByText('Another marker has this answer open now.').count(), 0)
  await page.getByText(/Shares passages with \d+ other answer/).click()
  await page.getByRole('blockquote').filter({ hasText: 'sand settles on the inner one' }).first().waitFor()
  await assertGood(page, 'what an answer shares', [phoneByDay, phoneByNight, deskByDay])
  await page.keyboard.press('Control+.')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('You have no saved comments yet.').waitFor()
  await dialog.getByRole('button', { name: 'Save this comment' }).click()
  await dialog.getByRole('button', { name: 'Edit: Say where you read this.' }).click()
  await dialog.getByLabel('Saved comment').fill('Name your source.')
  await dialog.getByRole('button', { name: 'Save comment' }).click()
  await dialog.getByRole('button', { name: 'Name your source.', exact: true }).waitFor()
  await assertGood(page, 'saved comments', [phoneByDay, phoneByNight, deskByDay])
  await page.keyboard.press('Escape')
  await holdSecond()
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByText('Another marker has this answer open now.').waitFor()
  await assertGood(page, 'an answer that is open elsewhere', [phoneByDay, phoneByNight, deskByDay])
  await field.fill('Good.')
  await page.keyboard.press('Control+.')
  await dialog.getByLabel('Find a comment').fill('source')
  await dialog.getByRole('button', { name: 'Name your source.', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await field.inputValue(), 'Good.\nName your source.')
  assert.deepEqual(faults, [])
  await context.close()
})
