import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { appoint, openAuthDatabase, type Person, refusal, signUp, systemUnderTest } from '../api.ts'
import { complete, makeCourse, type TestCourse, takeQuiz, tick } from '../courses.ts'
import { until } from '../system.ts'

/** Who may start a quiz and when, what they learn of their result, and surveys, which have none. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person
let learner: Person

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
  learner = await signUp(url)
})
after(() => authDb.close())

type Quiz = Awaited<ReturnType<Person['api']['assessment']['editQuiz']>>

/** A published course with a learner in it, and its quiz with some settings changed. */
async function courseWith(settings: Partial<Quiz>): Promise<TestCourse> {
  const course = await makeCourse(url, instructor)
  await change(course.quizId, settings)
  await learner.api.education.enroll({ courseId: course.courseId })
  return course
}

async function change(quizId: string, settings: Partial<Quiz>) {
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  return instructor.api.assessment.saveQuiz({ ...quiz, ...settings, quizId })
}

test('A quiz with an access code starts for who enters it, and tells only that it asks for one.', async () => {
  const { quizId } = await courseWith({ accessCode: 'River 7' })
  const { getQuiz, startSubmission } = learner.api.assessment
  const overview = await getQuiz({ quizId })
  assert.deepEqual([overview.hasAccessCode, overview.asksAccessCode], [true, true])
  assert.ok(!JSON.stringify(overview).includes('River 7'))
  assert.equal(await refusal(startSubmission({ quizId })), 'access_code_required')
  assert.equal(await refusal(startSubmission({ quizId, accessCode: 'river 7' })), 'access_code_wrong')
  const attempt = await startSubmission({ quizId, accessCode: ' River 7 ' })
  assert.equal((await startSubmission({ quizId })).id, attempt.id, 'an open attempt asks again')
  await learner.api.assessment.submit({ submissionId: attempt.id })
  assert.equal(await refusal(startSubmission({ quizId })), 'access_code_required')
  const { api } = instructor
  assert.equal((await api.assessment.getQuiz({ quizId })).asksAccessCode, false)
  assert.equal((await api.assessment.startSubmission({ quizId })).state, 'in_progress')
})

test('The author reads the access code where the quiz is edited; a save without it and a copy keep it.', async () => {
  const { quizId, courseId } = await courseWith({ accessCode: 'River 7' })
  const { editQuiz, saveQuiz, duplicateQuiz, listQuizzes } = instructor.api.assessment
  const { accessCode, kind, opensAt, resultsShown, shuffleAnswers, ...older } = await editQuiz({ quizId })
  assert.equal(accessCode, 'River 7')
  const saved = await saveQuiz({ ...older, quizId })
  const copy = await duplicateQuiz({ quizId })
  assert.equal((await editQuiz({ quizId })).accessCode, 'River 7')
  assert.equal((await editQuiz({ quizId: copy.id })).accessCode, 'River 7')
  for (const told of [saved, copy, await listQuizzes({ courseId })])
    assert.ok(!JSON.stringify(told).includes('River 7'), 'it is told elsewhere too')
  await saveQuiz({ ...older, quizId, accessCode: null })
  assert.equal((await editQuiz({ quizId })).hasAccessCode, false)
})

test('Ten wrong codes keep a learner out for a while, the right one then too.', async () => {
  const { quizId } = await courseWith({ accessCode: '0417' })
  const guess = (accessCode: string) =>
    refusal(learner.api.assessment.startSubmission({ quizId, accessCode }))
  const outcomes = await Promise.all(Array.from({ length: 14 }, (_, at) => guess(`no ${at}`)))
  assert.equal(outcomes.filter(one => one === 'access_code_wrong').length, 10)
  assert.equal(outcomes.filter(one => one === 'rate_limited').length, 4)
  assert.equal(await guess('0417'), 'rate_limited')
})

test('Before its opening date a quiz is seen and not started, except by who teaches the course.', async () => {
  const opensAt = '2050-01-01T08:00:00.000Z'
  const { quizId } = await courseWith({ opensAt, accessCode: 'x' })
  const { getQuiz, startSubmission } = learner.api.assessment
  const overview = await getQuiz({ quizId })
  assert.deepEqual([overview.opensAt, overview.locked], [opensAt, true])
  assert.equal(await refusal(startSubmission({ quizId, accessCode: 'y' })), 'quiz_not_open')
  assert.equal((await instructor.api.assessment.getQuiz({ quizId })).locked, false)
  assert.equal((await instructor.api.assessment.startSubmission({ quizId })).state, 'in_progress')
  await change(quizId, { opensAt: '2020-01-01T00:00:00.000Z' })
  assert.equal((await getQuiz({ quizId })).locked, false)
  assert.equal((await startSubmission({ quizId, accessCode: 'x' })).state, 'in_progress')
})

test('An opening date that cannot be stored is refused with its field.', async () => {
  const { quizId } = await courseWith({})
  for (const opensAt of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])
    assert.equal(await refusal(change(quizId, { opensAt })), 'invalid_input')
})

test('Where the score alone is shown, no answer tells what was right.', async () => {
  const { quizId } = await courseWith({ resultsShown: 'score' })
  const graded = await takeQuiz(learner, quizId, 'b')
  const reread = await learner.api.assessment.getSubmission({ submissionId: graded.id })
  for (const { result } of [graded, reread])
    assert.deepEqual(result, {
      score: 0,
      maxScore: 2,
      scorePercent: 0,
      passed: false,
      late: null,
      // Which answers one was right to be sure of would tell which are right.
      judgement: [],
      questions: [],
    })
  const texts = JSON.stringify([graded, reread, await learner.api.assessment.getQuiz({ quizId })])
  assert.doesNotMatch(texts, /"correct"|Well seen|Look again/)
  const seenByAuthor = await instructor.api.assessment.getSubmission({ submissionId: graded.id })
  assert.deepEqual(seenByAuthor.result?.questions[0]?.correct, [tick])
  await change(quizId, { resultsShown: 'all' })
  const shown = await learner.api.assessment.getSubmission({ submissionId: graded.id })
  assert.deepEqual(shown.result?.questions[0]?.correct, [tick])
})

test('A hidden result is in no answer to its learner and in no certificate; the lesson still counts.', async () => {
  const course = await courseWith({ resultsShown: 'none' })
  const graded = await takeQuiz(learner, course.quizId)
  const overview = await learner.api.assessment.getQuiz({ quizId: course.quizId })
  const [attempt] = overview.attempts
  assert.deepEqual([graded.state, graded.result], ['graded', null])
  assert.deepEqual([attempt?.state, attempt?.scorePercent, attempt?.passed], ['graded', null, null])
  assert.deepEqual([overview.bestScorePercent, overview.passed], [null, false])
  const { items } = await instructor.api.assessment.listSubmissions({ quizId: course.quizId })
  assert.deepEqual([items[0]?.scorePercent, items[0]?.passed], [100, true])
  const certificateId = await complete(learner, course)
  const scoresIn = async (id: string) => {
    const { credential } = await learner.api.education.getCertificate({ certificateId: id })
    const { credentialSubject } = credential as { credentialSubject: { result?: { value: string }[] } }
    return credentialSubject.result?.map(({ value }) => value)
  }
  assert.equal(await scoresIn(certificateId), undefined)
  const open = await makeCourse(url, instructor)
  assert.deepEqual(await scoresIn(await complete(learner, open)), ['100'])
})

test('A survey completes its lesson by being submitted, and leaves no score anywhere.', async () => {
  const course = await courseWith({ kind: 'survey' })
  const { editQuiz, listSubmissions } = instructor.api.assessment
  const { questions } = await editQuiz({ quizId: course.quizId })
  assert.ok(questions.every(one => one.options.every(option => !option.correct)))
  const submitted = await takeQuiz(learner, course.quizId, 'b')
  assert.deepEqual([submitted.kind, submitted.state, submitted.result], ['survey', 'graded', null])
  const again = await learner.api.assessment.submit({ submissionId: submitted.id })
  assert.equal(again.submittedAt, submitted.submittedAt)
  await until('The lesson of the survey is complete', async () => {
    const { modules } = await learner.api.education.getCoursePage({ course: course.courseId })
    const lessons = modules.flatMap(module => module.lessons)
    return lessons.find(lesson => lesson.id === course.quizLessonId)?.completed
  })
  const overview = await learner.api.assessment.getQuiz({ quizId: course.quizId })
  assert.deepEqual([overview.bestScorePercent, overview.passed], [null, false])
  const { items } = await listSubmissions({ quizId: course.quizId })
  assert.deepEqual([items[0]?.state, items[0]?.scorePercent, items[0]?.passed], ['graded', null, null])
  const roster = await instructor.api.education.getRoster({ courseId: course.courseId })
  assert.equal(roster.items[0]?.bestQuizPercent, null)
})

test('The lesson of a survey is known as one wherever its course is read, and as a quiz when it becomes one.', async () => {
  const course = await courseWith({ kind: 'survey' })
  const lessonId = course.quizLessonId
  const seen = async () => {
    const { education } = learner.api
    const author = instructor.api.education
    const outlines = [
      await education.getCourse({ course: course.courseId }),
      await education.getCoursePage({ course: course.courseId }),
      await author.editCourse({ courseId: course.courseId }),
    ]
    return [
      ...outlines.map(
        ({ modules }) => modules.flatMap(({ lessons }) => lessons).find(one => one.id === lessonId)?.survey,
      ),
      (await education.getLesson({ lessonId })).survey,
      (await author.editLesson({ lessonId })).survey,
    ]
  }
  await learner.api.education.enroll({ courseId: course.courseId })
  await until('It is a survey everywhere', async () => (await seen()).every(one => one === true))
  const others = await learner.api.education.getCoursePage({ course: course.courseId })
  assert.equal(others.modules.flatMap(({ lessons }) => lessons).filter(one => one.survey).length, 1)
  const { questions } = await instructor.api.assessment.editQuiz({ quizId: course.quizId })
  const marked = questions.map(one => ({
    ...one,
    options: one.options.map(option => ({ ...option, correct: option.id === tick })),
  }))
  await change(course.quizId, { kind: 'quiz', questions: marked })
  await until('It is a quiz everywhere', async () => (await seen()).every(one => one === false))
})

test('What one answered in a survey is shown to nobody by name.', async () => {
  const { quizId } = await courseWith({ kind: 'survey' })
  const { id } = await takeQuiz(learner, quizId)
  const { getSubmission } = instructor.api.assessment
  assert.equal(await refusal(getSubmission({ submissionId: id })), 'not_found')
  assert.equal((await learner.api.assessment.getSubmission({ submissionId: id })).id, id)
})

test('What learners have attempted stays a quiz or a survey; before that it may become the other.', async () => {
  const { quizId } = await courseWith({ kind: 'survey' })
  const { editQuiz } = instructor.api.assessment
  assert.equal(await refusal(change(quizId, { kind: 'quiz' })), 'invalid_input', 'no answer is right')
  const { questions } = await editQuiz({ quizId })
  const marked = questions.map(one => ({
    ...one,
    options: one.options.map(option => ({ ...option, correct: option.id === tick })),
  }))
  assert.equal((await change(quizId, { kind: 'quiz', questions: marked })).kind, 'quiz')
  await takeQuiz(learner, quizId)
  assert.equal(await refusal(change(quizId, { kind: 'survey' })), 'invalid_input')
})

test('Shuffled answers stand in one order for an attempt, also once the setting is changed.', async () => {
  const { quizId } = await courseWith({ shuffleAnswers: true })
  const orderOf = (attempt: { questions: { options: { id: string }[] }[] }) =>
    attempt.questions.map(question => question.options.map(option => option.id).join(''))
  const seen = new Set<string>()
  for (let round = 0; round < 12; round++) {
    const attempt = await learner.api.assessment.startSubmission({ quizId })
    if (round === 11) await change(quizId, { shuffleAnswers: false })
    const reread = await learner.api.assessment.getSubmission({ submissionId: attempt.id })
    const submitted = await learner.api.assessment.submit({ submissionId: attempt.id })
    assert.deepEqual(orderOf(reread), orderOf(attempt))
    assert.deepEqual(orderOf({ questions: submitted.result?.questions ?? [] }), orderOf(attempt))
    seen.add(orderOf(attempt).join(' '))
  }
  assert.ok(seen.size > 1, 'every attempt had the same order')
})
