import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { appoint, openAuthDatabase, type Person, refusal, request, signUp, systemUnderTest } from '../api.ts'
import { makeCourse, uploadFile } from '../courses.ts'
import { gapIds, itemIds, keyWords, pictureQuestions, sampleQuestions } from '../question-samples.ts'

/** Questions of each type on their way from an author to a learner, and back with their marks. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person
let learner: Person
let quizId: string
let file: { id: string; url: string }
let questions: typeof sampleQuestions

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
  learner = await signUp(url)
  const course = await makeCourse(url, instructor)
  quizId = course.quizId
  const stored = await uploadFile(url, instructor, course.courseId, 'map.png', 'A picture to this test')
  file = stored.body as typeof file
  questions = [...sampleQuestions, ...pictureQuestions(file.url)]
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  await instructor.api.assessment.saveQuiz({ ...quiz, quizId, questions })
  await learner.api.education.enroll({ courseId: course.courseId })
})
after(() => authDb.close())

const questionsOf = (attempt: { questions: { id: string; type: string }[] }) =>
  Object.fromEntries(attempt.questions.map(question => [question.type, question.id]))

test('What an author saved comes back as it was, and saving it again makes no new version.', async () => {
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  assert.deepEqual(
    quiz.questions.map(({ type }) => type),
    questions.map(({ type }) => type),
  )
  const again = await saveQuiz({ ...quiz, quizId })
  assert.deepEqual(again.questions, quiz.questions)
  const older = quiz.questions.map(({ scoring: _, ...question }) => question)
  const kept = await saveQuiz({ ...quiz, quizId, questions: older })
  assert.deepEqual(kept.questions, quiz.questions, 'a program that does not know of scoring leaves it')
})

test('Nothing that a learner is sent before the result is shown has a word of the key in it.', async () => {
  const started = await request(url, 'POST', `/assessment/quizzes/${quizId}/submissions`, {
    token: learner.token,
    json: {},
  })
  const { id } = JSON.parse(started.text) as { id: string }
  const sent = [
    started.text,
    (await request(url, 'GET', `/assessment/submissions/${id}`, { token: learner.token })).text,
    (await request(url, 'GET', `/assessment/quizzes/${quizId}`, { token: learner.token })).text,
  ]
  for (const text of sent) {
    assert.ok(text.includes('Zambezi') || text.includes('questionCount'))
    for (const word of keyWords) assert.ok(!text.includes(word), `${word} in ${text}`)
    for (const name of [
      '"pairs"',
      '"correct"',
      '"tolerance"',
      '"share"',
      '"areas"',
      '"radius"',
      '"expression"',
      '"source"',
      '"seed"',
    ])
      assert.ok(!text.includes(name), name)
  }
})

test('Each part earns by itself, with its reason; parts are saved one by one.', async () => {
  const { startSubmission, getSubmission, saveAnswers, submit } = learner.api.assessment
  const attempt = await startSubmission({ quizId })
  const id = questionsOf(attempt)
  const save = (answers: Record<string, string[]>) => saveAnswers({ submissionId: attempt.id, answers })
  await save({ [id.short_text as string]: ['karbia'] })
  await save({ [id.numeric as string]: ['2 574 062.5 m'] })
  await save({ [id.formula as string]: ['3w² + 6w'] })
  const preview = await instructor.api.assessment.previewQuiz({ quizId })
  assert.match(
    preview.questions.find(({ type }) => type === 'item')?.content ?? '',
    /^<p>\d{3} boats and \d{2} boats/,
  )
  const boats = attempt.questions.find(({ type }) => type === 'item')?.content ?? ''
  const [, first, second] = /^<p>(\d{3}) boats and (\d{2}) boats/.exec(boats) ?? []
  const again = (await getSubmission({ submissionId: attempt.id })).questions
  assert.equal(
    again.find(({ type }) => type === 'item')?.content,
    boats,
    'its numbers are those it began with',
  )
  await save({ [itemIds.sum]: [String(Number(first) + Number(second))], [itemIds.bank]: ['k1'] })
  await save({ [id.matching as string]: ['a x', 'b z', 'q x', 'nonsense'] })
  await save({ [id.categories as string]: ['a w', 'b e'] })
  await save({ [id.ordering as string]: ['a', 'c', 'b'] })
  await save({ [gapIds.text]: ['Okavango'] })
  await save({ [gapIds.number]: ['1,355.0625'], [gapIds.choice]: ['w'] })
  await save({ [id.hotspot as string]: ['0.25,0.25', '0.5,0.1', '0.7,0.7', 'nowhere'] })
  await save({ [id.labelling as string]: ['t y', 's z'] })
  const { result, answers } = await submit({ submissionId: attempt.id })
  assert.deepEqual(
    answers[id.matching as string],
    ['a x', 'b z'],
    'what the question does not have is not kept',
  )
  const marks = result?.questions.map(({ type, awarded, marks: parts }) => [
    type,
    awarded,
    parts.map(({ reason }) => reason),
  ])
  assert.deepEqual(marks, [
    ['short_text', 1, ['spelling_forgiven']],
    ['numeric', 1, ['unit_converted']],
    ['formula', 1, ['equivalent']],
    ['matching', 1, ['right', 'wrong']],
    ['categories', 2, ['right', 'right']],
    ['ordering', 1, ['right', 'wrong', 'wrong']],
    ['cloze', 3, ['right', 'right', 'wrong']],
    ['item', 1, ['partly']],
    ['hotspot', 1, ['right', 'wrong']],
    ['labelling', 1, ['wrong', 'right']],
  ])
  assert.deepEqual([result?.score, result?.maxScore], [13, 20])
  const lake = result?.questions.find(({ type }) => type === 'hotspot')?.marks[0]
  assert.equal(lake?.expected, 'circle 0.2,0.2,0.1 Etosha')
  assert.deepEqual(result?.questions[0]?.feedback, ['secret-praise'])
  const review = await instructor.api.assessment.getReview({ submissionId: attempt.id })
  assert.deepEqual(
    review.questions.map(({ awarded }) => awarded),
    [1, 1, 1, 1, 2, 1, 3, 1, 1, 1],
  )
})

test('Results count who answered and who was wholly right, whatever the type.', async () => {
  const { questions: results } = await instructor.api.assessment.getQuizResults({ quizId })
  const counts = results.map(({ versions: [version] }) => [
    version?.type,
    version?.askedCount,
    version?.answeredCount,
    version?.rightCount,
  ])
  assert.deepEqual(counts, [
    ['short_text', 1, 1, 1],
    ['numeric', 1, 1, 1],
    ['formula', 1, 1, 1],
    ['matching', 1, 1, 0],
    ['categories', 1, 1, 1],
    ['ordering', 1, 1, 0],
    ['cloze', 1, 1, 0],
    ['item', 1, 1, 0],
    ['hotspot', 1, 1, 0],
    ['labelling', 1, 1, 0],
  ])
})

test('Results tell the answers given most, part by part, with what is right, and as text that does nothing.', async () => {
  const { startSubmission, submit } = learner.api.assessment
  const attempt = await startSubmission({ quizId })
  const id = questionsOf(attempt)
  await submit({ submissionId: attempt.id, answers: { [id.short_text as string]: ['<b>dam</b>'] } })
  const { questions: results } = await instructor.api.assessment.getQuizResults({ quizId })
  const given = results.map(({ versions: [version] }) =>
    version?.given.map(one => [one.part, one.answer, one.right, one.givenCount]),
  )
  const [text, number, formula, pairs, , order, gaps, imported, points, labels] = given
  assert.deepEqual(text?.toSorted(), [
    [null, '&#60;b&#62;dam&#60;/b&#62;', false, 1],
    [null, 'karbia', true, 1],
  ])
  assert.deepEqual(number, [[null, '2 574 062.5 m', true, 1]])
  assert.deepEqual(formula, [[null, '3w² + 6w', true, 1]])
  assert.deepEqual(
    pairs?.map(([part, answer, right]) => [part, answer, right]),
    [
      ['Zambezi', 'Indian Ocean', true],
      ['Orange', 'Red Sea', false],
    ],
  )
  assert.deepEqual(
    order?.map(([, answer, right]) => [answer, right]),
    [['<ol><li>Rain falls</li><li>The river rises</li><li>Streams gather</li></ol>', false]],
  )
  assert.deepEqual(gaps?.toSorted(), [
    ['[1]', 'Okavango', true, 1],
    ['[2]', '1,355.0625', true, 1],
    ['[3]', 'west', false, 1],
  ])
  assert.deepEqual(
    imported?.map(([part, , right]) => [part, right]).toSorted(),
    [
      ['[1]', null],
      ['[2]', null],
    ],
    'its rules score the whole',
  )
  assert.deepEqual(points?.toSorted(), [
    [null, '50 % × 10 %', false, 1],
    [null, 'Etosha', true, 1],
  ])
  assert.deepEqual(labels?.toSorted(), [
    ['[1]', 'Delta', false, 1],
    ['[2]', 'Mouth', true, 1],
  ])
})

test('The picture of a question is a file that is used, and one that is not there is refused.', async () => {
  assert.equal(await refusal(instructor.api.education.deleteFile({ fileId: file.id })), 'file_in_use')
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const gone = pictureQuestions(file.url.replace(file.id, randomUUID()))
  const saving = instructor.api.assessment.saveQuiz({ ...quiz, quizId, questions: gone })
  assert.equal(await refusal(saving), 'invalid_input')
})

test('A question that cannot be marked is refused, with what is wrong and where.', async () => {
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  const [text, number, formula, pairs, , , gaps] = sampleQuestions
  const bad = [
    { ...text, body: { answers: [{ text: '(?=x)', match: 'pattern' }] } },
    { ...number, body: { answers: [{ value: '1' }], unit: { symbol: 'apples' } } },
    { ...pairs, body: { ...(pairs as { body: object }).body, pairs: { a: 'x' } } },
    { ...gaps, content: '<p>[[1]] [[2]]</p>' },
    { ...formula, body: { answers: [{ expression: '2z' }], variables: [{ name: 'w' }] } },
    { ...pictureQuestions(file.url)[0], body: { picture: null, areas: [] } },
  ]
  const saving = saveQuiz({ ...quiz, quizId, questions: bad as never })
  const fields = await saving.then(
    () => assert.fail('it was saved'),
    (failure: { data?: { fields?: { path: string; reason?: string }[] } }) => failure.data?.fields ?? [],
  )
  assert.deepEqual(
    fields.map(({ path, reason }) => [path, reason]),
    [
      ['questions.0.body', 'bad_pattern'],
      ['questions.1.body', 'unknown_unit'],
      ['questions.2.body', 'unmatched_item'],
      ['questions.3.body', 'gaps_do_not_match'],
      ['questions.4.body', 'unknown_name'],
      ['questions.5.body', 'picture_missing'],
    ],
  )
  const pattern = { text: 'a+', match: 'pattern' as const }
  const many = { ...text, body: { answers: Array.from({ length: 51 }, () => pattern) } }
  assert.deepEqual(
    await saveQuiz({ ...quiz, quizId, questions: [many as never] }).then(
      () => null,
      (failure: { data?: { fields?: { reason?: string }[] } }) =>
        failure.data?.fields?.map(one => one.reason),
    ),
    ['too_much_to_compare'],
  )
  const foreign = { ...number, body: (text as { body: object }).body }
  assert.equal(await refusal(saveQuiz({ ...quiz, quizId, questions: [foreign as never] })), 'invalid_input')
})
