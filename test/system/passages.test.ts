import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { appoint, openAuthDatabase, type Person, request, signUp, systemUnderTest } from '../api.ts'
import { makeCourse } from '../courses.ts'
import { keyWords, sampleQuestions } from '../question-samples.ts'

/** Questions of several types under one text, on their way to a learner, a marker and back. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person
let learner: Person
let quizId: string
before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
  learner = await signUp(url)
  const course = await makeCourse(url, instructor)
  quizId = course.quizId
  await learner.api.education.enroll({ courseId: course.courseId })
})
after(() => authDb.close())

const text = '<p>The Zambezi flows over the Victoria Falls.</p>'
const essay = {
  type: 'essay' as const,
  content: '<p>Describe the falls.</p>',
  points: 3,
  body: { minWords: null, maxWords: null, rubric: [], rubricShown: false, guidance: '<p>secret-praise</p>' },
}

/** The quiz with its own two questions behind a text with samples of several types and an essay. */
async function saved() {
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  const name = randomUUID()
  const under = [...sampleQuestions.slice(0, 3), essay].map(question => ({ ...question, passageId: name }))
  return saveQuiz({
    ...quiz,
    layout: 'forward_only',
    quizId,
    passages: [{ id: name, content: text }],
    questions: [...under, ...quiz.questions.map(question => ({ ...question, passageId: null }))],
  })
}

test('A text with questions is taken page by page, marked part by part, and stays as it was begun.', async () => {
  const quiz = await saved()
  assert.equal(quiz.passages?.[0]?.content, text)
  const started = await request(url, 'POST', `/assessment/quizzes/${quizId}/submissions`, {
    token: learner.token,
    json: {},
  })
  for (const word of keyWords) assert.ok(!started.text.includes(word), `${word} in ${started.text}`)
  assert.ok(!started.text.includes('Where do rivers end?'), 'what comes after the text is not told')
  const { getSubmission, nextQuestion, saveAnswers, startSubmission, submit } = learner.api.assessment
  const attempt = await startSubmission({ quizId })
  assert.equal(attempt.questions.length, 4)
  const [passage] = attempt.passages ?? []
  assert.deepEqual([passage?.content, passage?.questionIds], [text, attempt.questions.map(({ id }) => id)])

  const [shortText, , , written] = attempt.questions
  assert.ok(shortText && written)
  const answers = { [shortText.id]: ['Kariba'], [written.id]: ['Water falls far.'] }
  await saveAnswers({ submissionId: attempt.id, answers })
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const before = await editQuiz({ quizId })
  const other = before.passages?.map(one => ({ ...one, content: '<p>Another text.</p>' }))
  await saveQuiz({ ...before, quizId, ...(other ? { passages: other } : {}) })
  const resumed = await getSubmission({ submissionId: attempt.id })
  assert.deepEqual([resumed.passages, resumed.answers], [attempt.passages, answers])

  const next = await nextQuestion({ submissionId: attempt.id, position: 0 })
  assert.deepEqual([next.position, next.questions.length, next.passages], [4, 1, []])
  const late = saveAnswers({ submissionId: attempt.id, answers: { [shortText.id]: ['Other'] } })
  await assert.rejects(late, { code: 'question_left' })
  const waiting = await submit({ submissionId: attempt.id })
  assert.equal(waiting.awaitsMarking, true)

  const desk = await instructor.api.assessment.listAnswersToMark({ quizId })
  const [item] = desk.items
  assert.ok(item)
  const answer = await instructor.api.assessment.getAnswerToMark({ answerId: item.id })
  assert.equal(answer.passage, text, 'who marks reads what was asked about')
  await instructor.api.assessment.saveMark({
    answerId: item.id,
    revision: answer.revision,
    awarded: 2,
    done: true,
  })
  const graded = await getSubmission({ submissionId: attempt.id })
  assert.deepEqual(
    graded.result?.questions.slice(0, 4).map(({ awarded }) => awarded),
    [1, 0, 0, 2],
  )
  const review = await instructor.api.assessment.getReview({ submissionId: attempt.id })
  assert.equal(review.passages?.[0]?.content, text)
})

test('A text that is named by none of its questions is refused with its place.', async () => {
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  const questions = quiz.questions.map(question => ({ ...question, passageId: null }))
  const failure = await saveQuiz({ ...quiz, quizId, questions }).catch((error: unknown) => error)
  const { fields } = (failure as { data: { fields: { path: string; reason: string }[] } }).data
  assert.deepEqual(
    fields.map(({ path, reason }) => [path, reason]),
    [['passages.0', 'passage_without_questions']],
  )
})
