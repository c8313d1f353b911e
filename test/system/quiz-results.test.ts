import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { appoint, openAuthDatabase, type Person, refusal, signUp, systemUnderTest } from '../api.ts'
import { makeCourse, takeQuiz } from '../courses.ts'
import { until } from '../system.ts'

/** What a teacher learns from attempts: one learner's answers, and how each question went. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
})
after(() => authDb.close())

async function learnerIn(courseId: string): Promise<Person> {
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  return learner
}

test('A teacher reads an attempt as it was taken, after the question was changed and another taken out.', async () => {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const { editQuiz, saveQuiz, getReview } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  await saveQuiz({ ...quiz, quizId, resultsShown: 'none', shuffleAnswers: true })
  const learner = await learnerIn(courseId)
  const attempt = await learner.api.assessment.startSubmission({ quizId })
  const [first, second] = attempt.questions
  assert.ok(first && second)
  const open = await getReview({ submissionId: attempt.id })
  assert.deepEqual([open.state, open.score, open.questions[0]?.awarded], ['in_progress', null, null])
  const answers = { [first.id]: ['a'], [second.id]: ['b'] }
  await learner.api.assessment.submit({ submissionId: attempt.id, answers })
  const changed = { ...quiz.questions.find(one => one.id === first.id)!, content: '<p>Changed</p>' }
  await saveQuiz({ ...quiz, quizId, questions: [changed] })
  const review = await getReview({ submissionId: attempt.id })
  assert.deepEqual(
    [review.userId, review.score, review.maxScore, review.scorePercent, review.passed],
    [learner.userId, 1, 2, 50, false],
  )
  assert.deepEqual(
    review.questions.map(one => [one.content, one.version, one.currentVersion, one.chosen, one.awarded]),
    [
      [first.content, 1, 2, ['a'], 1],
      [second.content, 1, null, ['b'], 0],
    ],
  )
  // In the order that the learner saw.
  assert.deepEqual(
    review.questions.map(one => one.options),
    attempt.questions.map(one => one.options),
  )
  const foreign = await signUp(url)
  assert.equal(await refusal(foreign.api.assessment.getReview({ submissionId: attempt.id })), 'forbidden')
})

test('Results count each option and the right answers, for each version that was asked.', async () => {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const { editQuiz, saveQuiz, getQuizResults } = instructor.api.assessment
  const [one, two, three] = [await learnerIn(courseId), await learnerIn(courseId), await learnerIn(courseId)]
  await takeQuiz(one, quizId, 'a')
  await takeQuiz(two, quizId, 'b')
  await takeQuiz(two, quizId, 'a')
  const silent = await three.api.assessment.startSubmission({ quizId })
  await three.api.assessment.submit({ submissionId: silent.id })
  const quiz = await editQuiz({ quizId })
  const [first, second] = quiz.questions
  assert.ok(first && second)
  await saveQuiz({ ...quiz, quizId, questions: [second, { ...first, content: '<p>Clearer</p>' }] })
  await takeQuiz(three, quizId, 'a')
  // Open attempts are nobody's result yet.
  await one.api.assessment.startSubmission({ quizId })

  const results = await getQuizResults({ quizId })
  assert.deepEqual([results.submittedCount, results.learnerCount, results.passedCount], [5, 3, 3])
  assert.equal(results.averagePercent, 60)
  const figures = results.questions.map(question => [
    question.id,
    question.currentVersion,
    ...question.versions.map(version => [
      version.version,
      version.askedCount,
      version.answeredCount,
      version.rightCount,
      version.options.map(option => [option.id, option.correct, option.chosenCount]),
    ]),
  ])
  const row = (chosenA: number, chosenB: number) => [
    ['a', true, chosenA],
    ['b', false, chosenB],
  ]
  assert.deepEqual(figures, [
    [second.id, 1, [1, 5, 4, 3, row(3, 1)]],
    [first.id, 2, [2, 1, 1, 1, row(1, 0)], [1, 4, 3, 2, row(2, 1)]],
  ])
  const text = JSON.stringify(results)
  for (const { userId, name } of [one, two, three])
    assert.ok(!text.includes(userId) && !text.includes(name), 'results name somebody')

  await saveQuiz({ ...quiz, quizId, questions: [second] })
  const fewer = await getQuizResults({ quizId })
  assert.deepEqual(
    fewer.questions.map(question => [question.id, question.currentVersion]),
    [
      [second.id, 1],
      [first.id, null],
    ],
  )
})

test('An average that has no end is rounded.', async () => {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const learner = await learnerIn(courseId)
  for (const option of ['a', 'b', 'b']) await takeQuiz(learner, quizId, option)
  const { averagePercent } = await instructor.api.assessment.getQuizResults({ quizId })
  assert.equal(averagePercent, 33.33)
})

test('Several right answers are right together, in whatever order they were chosen.', async () => {
  const { courseId, moduleId } = await makeCourse(url, instructor)
  const options = ['a', 'b', 'c'].map(id => ({ id, content: id, correct: id !== 'c' }))
  const { createQuiz, getQuizResults } = instructor.api.assessment
  const { id: quizId, questions } = await createQuiz({
    courseId,
    title: 'Several',
    questions: [{ type: 'multiple_choice', content: '<p>Which?</p>', options, points: 0 }],
  })
  await instructor.api.education.createLesson({
    moduleId,
    kind: 'quiz',
    title: 'Several',
    quizId,
    status: 'published',
  })
  const learner = await learnerIn(courseId)
  for (const chosen of [['b', 'a'], ['a'], ['a', 'b', 'c'], []]) {
    const { id: submissionId } = await learner.api.assessment.startSubmission({ quizId })
    await learner.api.assessment.submit({ submissionId, answers: { [questions[0]!.id]: chosen } })
  }
  const [version] = (await getQuizResults({ quizId })).questions[0]!.versions
  assert.deepEqual([version?.askedCount, version?.answeredCount, version?.rightCount], [4, 3, 1])
  assert.deepEqual(
    version?.options.map(option => option.chosenCount),
    [3, 2, 1],
  )
})

test('A survey has counts without right answers, and no attempt of it is opened by name.', async () => {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const { editQuiz, saveQuiz, getQuizResults, getReview } = instructor.api.assessment
  await saveQuiz({ ...(await editQuiz({ quizId })), quizId, kind: 'survey' })
  const learner = await learnerIn(courseId)
  const { id } = await takeQuiz(learner, quizId, 'b')
  const results = await getQuizResults({ quizId })
  assert.deepEqual([results.kind, results.averagePercent, results.passedCount], ['survey', null, null])
  const [version] = results.questions[0]!.versions
  assert.equal(version?.rightCount, null)
  assert.deepEqual(
    version?.options.map(option => [option.correct, option.chosenCount]),
    [
      [null, 0],
      [null, 1],
    ],
  )
  assert.equal(await refusal(getReview({ submissionId: id })), 'not_found')
})

test('A changed mark reaches the grade and the progress of its learner, and taking it back the grade.', async () => {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const learner = await learnerIn(courseId)
  await takeQuiz(learner, quizId, 'b')
  const [attempt] = (await learner.api.assessment.getQuiz({ quizId })).attempts
  const submissionId = attempt?.id ?? ''
  const { questions } = await instructor.api.assessment.getReview({ submissionId })
  const percentKnown = async () =>
    (await instructor.api.education.getRoster({ courseId })).items[0]?.bestQuizPercent ?? null
  for (const { id: questionId } of questions)
    await instructor.api.assessment.overrideMark({
      ...{ submissionId, questionId, revision: 0, awarded: 1, reason: 'Right as well.' },
    })
  await until('the changed result', async () => (await percentKnown()) === 100)
  const { passed, countedScorePercent } = await learner.api.assessment.getQuiz({ quizId })
  assert.deepEqual([passed, countedScorePercent], [true, 100])
  for (const { id: questionId } of questions)
    await instructor.api.assessment.takeBackOverride({ submissionId, questionId, revision: 1 })
  await until('the earlier result', async () => (await percentKnown()) === 0)
})

test('A course grade that an author enters reaches the list of learners and the learner’s course.', async () => {
  const { courseId } = await makeCourse(url, instructor)
  const learner = await learnerIn(courseId)
  const { userId } = learner
  const { getGradebook, saveGradebook, setGrade } = instructor.api.assessment
  const { setupRevision, ...book } = await getGradebook({ courseId })
  const scale = [{ letter: 'B', from: 60 }]
  await saveGradebook({ ...book, courseId, setupRevision, scale, courseGradeShown: true })
  // News of the enrolment may be on its way.
  await until('The learner is known', async () => {
    const reason = 'An oral exam'
    const refused = await refusal(setGrade({ courseId, userId, itemId: null, score: 64, reason }))
    return refused === 'no refusal'
  })
  const grades = async () => {
    const roster = await instructor.api.education.getRoster({ courseId })
    const mine = await learner.api.education.listEnrollments({})
    return [roster.items[0]?.grade, mine.items[0]?.grade]
  }
  await until('The grade has arrived', async () => (await grades())[1] !== null)
  const grade = { percent: 64, letter: 'B' }
  assert.deepEqual(await grades(), [grade, grade])
})
