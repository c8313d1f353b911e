import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, password, signIn, signUp } from '../api.ts'
import { makeCourse, uploadFile } from '../courses.ts'
import { keyWords, pictureQuestions, sampleQuestions } from '../question-samples.ts'
import { assertAccessible, assertFits, openBrowser, phone, systemUrl, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** Questions of each type, as an author writes them and a learner answers them by keyboard on a small screen. */

let browser: Browser
let instructor: Person
let course: Awaited<ReturnType<typeof quizWithEach>>
before(async () => {
  browser = await openBrowser()
  instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  course = await quizWithEach('Rivers of each type')
})
after(() => browser.close())

const picture = new URL('../../apps/portal/public/icons/icon-192.png', import.meta.url)

async function quizWithEach(title: string) {
  const course = await makeCourse(systemUrl(), instructor, { title })
  const { body } = await uploadFile(
    systemUrl(),
    instructor,
    course.courseId,
    'map.png',
    await readFile(picture),
  )
  const questions = [...sampleQuestions, ...pictureQuestions((body as { url: string }).url)]
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId: course.quizId })
  await saveQuiz({ ...quiz, quizId: course.quizId, questions })
  return course
}

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

it('a learner answers questions of each type by keyboard, and sees what each part earned', async () => {
  const learner = await signUp(systemUrl(), 'Lerato Learner')
  await learner.api.education.enroll({ courseId: course.courseId })
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, learner.email, password)
  await page.goto(`/learn/${course.courseId}/${course.quizLessonId}`)
  await page.getByRole('button', { name: 'Start quiz' }).click()

  await page.getByLabel('Which dam holds back the Zambezi?').focus()
  await page.keyboard.type('Karbia')
  await page.getByLabel('How long is the river?').focus()
  await page.keyboard.type('2574 km')
  await page.getByLabel('A field along the river').focus()
  await page.keyboard.type('3w^2 + 6v')
  await page.getByText('“v” isn’t a variable').waitFor()
  await press(page, 'Backspace')
  await page.keyboard.type('w')
  await page.getByText('We read this as:').waitFor()
  for (const [item, choice] of [
    ['Zambezi', 'Indian'],
    ['Orange', 'Red'],
  ] as const) {
    await page.getByRole('combobox', { name: item }).focus()
    await page.keyboard.type(choice)
  }
  for (const [item, keys] of [
    ['Namibia', ['Space']],
    ['Kenya', ['ArrowRight']],
  ] as const) {
    await page.getByRole('radiogroup', { name: item }).getByRole('radio', { name: 'West' }).focus()
    await press(page, ...keys)
  }
  const order = page.getByRole('group', { name: 'Put the way of water in order.' })
  await order.getByRole('button', { name: 'Move up: Rain falls' }).or(order).first().waitFor()
  // Bring the rain to the top, wherever it is shown first, without the mouse.
  for (const name of ['The river rises', 'Streams gather', 'Rain falls']) {
    const up = order.getByRole('button', { name: `Move up: ${name}` })
    while (await up.isEnabled()) {
      await up.focus()
      await press(page, 'Enter')
      await order.getByRole('listitem').first().waitFor()
    }
  }
  await page.getByLabel('Gap 1').focus()
  await page.keyboard.type('Okavango')
  await press(page, 'Tab')
  await page.keyboard.type('900')
  await press(page, 'Tab')
  await page.keyboard.type('east')
  // Its numbers are drawn, and are read from its text.
  const boats = (await page.getByText('boats on the Zambezi make').textContent()) ?? ''
  const [first = 0, second = 0] = (boats.match(/\d+/g) ?? []).map(Number)
  await page.getByLabel('Answer 1').focus()
  await page.keyboard.type(String(first + second))
  await press(page, 'Tab')
  await page.keyboard.type('left')
  // The crosshair begins in the middle, and steps by three hundredths.
  const map = page.getByRole('group', { name: 'Mark the two lakes' })
  await map.getByRole('button', { name: /^Mark a point/ }).focus()
  for (let step = 0; step < 9; step++) await press(page, 'ArrowLeft', 'ArrowUp')
  await press(page, 'Enter')
  await map.getByText('Point 1 marked: 23% from the left, 23% from the top.').waitFor()
  await press(page, 'Shift+ArrowRight', 'Enter')
  await map.getByRole('button', { name: 'Remove point 2' }).focus()
  await press(page, 'Enter')
  // By finger, three quarters to the right and down.
  const box = await map.getByRole('img').boundingBox()
  assert.ok(box)
  await map
    .getByRole('button', { name: /^Mark a point/ })
    .click({ position: { x: box.width * 0.75, y: box.height * 0.75 } })
  for (const [place, label] of [
    ['Place 1', 'Source'],
    ['Place 2', 'Delta'],
  ] as const) {
    await page.getByLabel(place, { exact: true }).focus()
    await page.keyboard.type(label)
  }
  await page.getByText('10 of 10 answered').waitFor()
  await page.getByText('All answers saved').waitFor()
  await assertAccessible(page, 'questions of each type')
  await assertFits(page, 'questions of each type')

  await page.reload()
  assert.equal(await page.getByLabel('Gap 1').inputValue(), 'Okavango', 'typed text is there after a reload')
  await page.getByRole('button', { name: 'Submit quiz' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Submit quiz' }).click()
  // 1 for the dam, 1 for the length, 1 for the formula, 1 of 2 rivers, 2 for the countries, 3 for the order, 3 of 4 for the gaps,
  // 1 of 2 for the boats, 2 for the lakes, 1 of 2 for the labels.
  await page.getByText('16 of 20 points').waitFor()
  await page.getByText('Correct, apart from the spelling.').waitFor()
  await page.getByText('secret-praise').waitFor()
  await assertAccessible(page, 'marks of each type')
  await assertFits(page, 'marks of each type')
  assert.deepEqual(faults, [])
  await context.close()
})

it('an author of an imported question changes its text, and its rules stay', async () => {
  const { courseId, quizId } = await quizWithEach('Rivers that were imported')
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  const { editQuiz } = instructor.api.assessment
  const imported = async () => (await editQuiz({ quizId })).questions.find(({ type }) => type === 'item')
  const before = await imported()
  await page.goto(`/teach/courses/${courseId}/quizzes/${quizId}`, { waitUntil: 'networkidle' })
  const question = page.getByRole('article').filter({ hasText: 'This question came from a file' })
  await question.locator('button[aria-expanded=false]').first().click()
  await question.getByText('right bank').waitFor()
  await question.getByText('Show the file’s rules').click()
  await question.getByText('<assessmentItem').waitFor()
  await assertFits(page, 'an imported question')
  await question
    .getByLabel('Question', { exact: true })
    .fill('{{A}} canoes and {{B}} canoes make [[1]]. They land on the [[2]].')
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('All changes saved').first().waitFor()
  const after = await imported()
  assert.match(after?.content ?? '', /canoes/)
  assert.ok(before && after && 'body' in before && 'body' in after)
  assert.deepEqual(after.body, before.body)
  assert.deepEqual(faults, [])
  await context.close()
})

it('an author writes a question of each type, and finds them so again', async () => {
  const { courseId } = await makeCourse(systemUrl(), instructor, { title: 'Rivers to be written' })
  const { id: quizId } = await instructor.api.assessment.createQuiz({ courseId, title: 'To be written' })
  const { context, page, faults } = await visit(browser)
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${courseId}/quizzes/${quizId}`, { waitUntil: 'networkidle' })
  const questions = page.getByRole('article')
  const add = async (type: string, text: string) => {
    await page.getByRole('button', { name: 'Add question' }).click()
    await page.getByRole('menuitem', { name: type, exact: true }).click()
    const question = questions.last()
    await question.getByLabel('Question', { exact: true }).fill(text)
    return question
  }
  const text = await add('Short text', 'Which dam?')
  await text.getByLabel('Answer 1').fill('Kariba')
  await text.getByText('Accept small spelling mistakes').click()
  await text.getByRole('button', { name: 'Feedback', exact: true }).click()
  await text.getByLabel('Feedback for answer 1').pressSequentially('Well done')
  await text.getByLabel('Language of the answers').selectOption('en')
  const number = await add('Number', 'How long?')
  await number.getByLabel('Number 1').fill('2574,5')
  await number.getByLabel('Tolerance', { exact: true }).fill('10')
  await number.getByLabel('Unit', { exact: true }).fill('km')
  const formula = await add('Formula', 'What is the area?')
  await formula.getByLabel('Formula 1').fill('x(x+1)')
  const pairs = await add('Matching', 'Where does each end?')
  await pairs.getByLabel('Item 1').fill('Zambezi')
  await pairs.getByLabel('Belongs to it').nth(0).fill('Indian Ocean')
  await pairs.getByLabel('Item 2').fill('Orange')
  await pairs.getByLabel('Belongs to it').nth(1).fill('Atlantic Ocean')
  await pairs.getByRole('button', { name: 'Add wrong choice' }).click()
  await pairs.getByLabel('Wrong choice 1', { exact: true }).fill('Red Sea')
  const sorted = await add('Categories', 'Where is each country?')
  for (const [at, category] of ['West', 'East'].entries())
    await sorted.getByLabel(`Category ${at + 1}`, { exact: true }).fill(category)
  for (const [at, [item, category]] of [
    ['Namibia', 'West'],
    ['Kenya', 'East'],
  ].entries()) {
    await sorted.getByLabel(`Item ${at + 1}`, { exact: true }).fill(item as string)
    await sorted
      .getByRole('combobox', { name: 'Belongs to' })
      .nth(at)
      .selectOption({ label: category as string })
  }
  const order = await add('Ordering', 'What comes first?')
  for (const [at, item] of ['Rain', 'Stream', 'River'].entries())
    await order.getByLabel(`Item ${at + 1}`, { exact: true }).fill(item)
  const gaps = await add('Text with gaps', 'The dam is')
  await gaps.getByRole('button', { name: 'Add gap' }).click()
  await page.getByRole('menuitem', { name: 'A choice from a list' }).click()
  await gaps.getByLabel('Option 1', { exact: true }).fill('high')
  await gaps.getByLabel('Option 2', { exact: true }).fill('low')
  const { body } = await uploadFile(systemUrl(), instructor, courseId, 'map.png', await readFile(picture))
  assert.ok(body)
  const choosePicture = async (question: typeof text) => {
    await question.getByRole('button', { name: 'Use a course file' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'map.png' }).click()
    await question.getByLabel('Describe the picture').fill('A map')
  }
  const spot = await add('Point on a picture', 'Where is the lake?')
  await choosePicture(spot)
  await spot.getByRole('button', { name: 'Add circle' }).click()
  await spot.getByLabel('Name of area 1').fill('Kariba')
  await spot.getByRole('button', { name: 'Move area 1', exact: true }).focus()
  await press(page, ...Array<string>(10).fill('ArrowLeft'))
  await spot.getByRole('button', { name: 'Resize area 1', exact: true }).focus()
  await press(page, 'ArrowRight', 'ArrowRight')
  const labels = await add('Labels on a picture', 'What is where?')
  await choosePicture(labels)
  await labels.getByRole('button', { name: 'Add place' }).click()
  await labels.getByLabel('Label for place 1').fill('Source')
  await labels.getByRole('button', { name: 'Add wrong label' }).click()
  await labels.getByLabel('Wrong label 1', { exact: true }).fill('Delta')
  const place = labels.getByRole('button', { name: 'Move place 1', exact: true })
  // Brings it into view, from behind the bar as well, and waits until it is still: the mouse presses what is there.
  await place.hover()
  const pin = await place.boundingBox()
  assert.ok(pin)
  await page.mouse.move(pin.x + pin.width / 2, pin.y + pin.height / 2)
  await page.mouse.down()
  await page.mouse.move(pin.x + pin.width / 2 + 60, pin.y + pin.height / 2 + 30, { steps: 3 })
  await page.mouse.up()
  await assertAccessible(page, 'the editor of each type')
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('All changes saved').first().waitFor()

  const stored = await instructor.api.assessment.editQuiz({ quizId })
  const told = stored.questions.map(question => ('body' in question ? question.body : null))
  assert.partialDeepStrictEqual(told[0], {
    answers: [{ text: 'Kariba', share: 100, feedback: 'Well done' }],
    spelling: 'tolerant',
    language: 'en',
  })
  assert.partialDeepStrictEqual(told[1], {
    answers: [{ value: '2574.5', tolerance: '10' }],
    unit: { symbol: 'km', required: true },
  })
  assert.partialDeepStrictEqual(told[2], { answers: [{ expression: 'x(x+1)' }], variables: [{ name: 'x' }] })
  const matching = told[3] as { items: unknown[]; choices: unknown[] }
  assert.deepEqual([matching.items.length, matching.choices.length], [2, 3])
  const sortedBody = told[4] as {
    items: { id: string }[]
    choices: { id: string }[]
    pairs: Record<string, string>
  }
  assert.deepEqual(
    sortedBody.items.map(({ id }) => sortedBody.pairs[id]),
    sortedBody.choices.map(({ id }) => id),
  )
  assert.deepEqual(
    (told[5] as { items: { content: string }[] }).items.map(({ content }) => content),
    ['Rain', 'Stream', 'River'],
  )
  assert.equal(stored.questions[6]?.content, '<p>The dam is [[1]]</p>')
  const [area] = (told[7] as { areas: { x: number; radius: number; name: string }[] }).areas
  assert.deepEqual([area?.x.toFixed(2), area?.radius.toFixed(2), area?.name], ['0.40', '0.14', 'Kariba'])
  const placed = told[8] as { targets: { id: string; x: number }[]; labels: { id: string }[]; pairs: object }
  assert.ok((placed.targets[0]?.x ?? 0) > 0.2, 'it was dragged to the right')
  assert.deepEqual([placed.labels.length, Object.keys(placed.pairs)], [2, [placed.targets[0]?.id]])
  await page.reload({ waitUntil: 'networkidle' })
  assert.equal(await questions.count(), 9)
  await page.setViewportSize(phone)
  await assertFits(page, 'the editor of each type')
  assert.deepEqual(faults, [])
  await context.close()
})

it('a teacher prints the questions for a class on paper, and the answers for themselves', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  await signInWithoutForm(context, demoInstructor.email, demoPassword)
  await page.goto(`/teach/courses/${course.courseId}/quizzes/${course.quizId}`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Actions for this quiz' }).click()
  await page.getByRole('menuitem', { name: 'Print quiz' }).click()
  const sheet = page.getByRole('article')
  await sheet.getByText('Where does each river end?').waitFor()
  const questions = await sheet.innerHTML()
  for (const word of keyWords) assert.ok(!questions.includes(word), `${word} is on the learners' paper`)
  await assertAccessible(page, 'a quiz on paper')
  await assertFits(page, 'a quiz on paper')
  await page.getByRole('link', { name: 'Add the answers' }).click()
  const answers = sheet.getByRole('heading', { name: /^Answers:/ }).locator('..')
  await answers.getByText('3w(w+2)').waitFor()
  await assertAccessible(page, 'the answers on paper')
  await assertFits(page, 'the answers on paper')
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.getByRole('button', { name: 'Print', exact: true }).isVisible(), false)
  assert.ok(await answers.isVisible())
  assert.deepEqual(faults, [])
  await context.close()
})
