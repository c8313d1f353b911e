import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  appoint,
  clientFor,
  emailsTo,
  openAuthDatabase,
  type Person,
  refusal,
  request,
  signIn,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { complete, fileText, makeCourse, type TestCourse, takeQuiz, tick } from '../courses.ts'
import { othersAccept } from '../independent-verifier.ts'
import { until } from '../system.ts'

/** A learner's whole way, from the catalogue to a certificate that others can check. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
const visitor = clientFor(url, null)
let instructor: Person
let course: TestCourse
// A word of its own, so that a search finds this course among those of other tests.
const word = `zephyr${Date.now().toString(36)}`

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor', name: 'Grace Ndaba' })
  course = await makeCourse(url, instructor, { title: `The ${word} and other winds`, publish: false })
  const { courseId } = course
  // The catalogue remembers what it showed for a while, so the name must be known before it shows the course.
  await until(
    'The name',
    async () => (await instructor.api.education.editCourse({ courseId })).instructorName,
  )
  await instructor.api.education.publishCourse({ courseId })
})
after(() => authDb.close())

async function enrolled(): Promise<Person> {
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId: course.courseId })
  return learner
}

test('A visitor finds a course by the beginning of a word in its title.', async () => {
  const found = await visitor.education.listCourses({ q: word.slice(0, -1) })
  assert.deepEqual(
    found.items.map(item => item.id),
    [course.courseId],
  )
  assert.equal(found.total, 1)
  assert.equal((await visitor.education.listCourses({ q: 'qqqq-xylo-wwww' })).total, 0)
})

test('The catalogue is filtered by category and level, and turned page by page without repeating a course.', async () => {
  const geography = await visitor.education.listCourses({
    category: 'Geography',
    level: 'beginner',
    limit: 100,
  })
  assert.ok(geography.items.some(item => item.id === course.courseId))
  assert.ok(geography.items.every(item => item.category === 'Geography' && item.level === 'beginner'))
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await visitor.education.listCourses({ limit: 2, ...(cursor ? { cursor } : {}) })
    seen.push(...page.items.map(item => item.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor && seen.length < 10)
  assert.equal(new Set(seen).size, seen.length)
})

test('A course shows its outline and its instructor before one enrols, by id as by slug.', async () => {
  // The instructor's name comes from auth, by an event.
  const byId = await until('The course with its instructor', async () => {
    const now = await visitor.education.getCourse({ course: course.courseId })
    return now.instructorName ? now : null
  })
  assert.deepEqual(await visitor.education.getCourse({ course: byId.slug }), byId)
  assert.equal(byId.enrolled, false)
  assert.equal(byId.instructorName, 'Grace Ndaba')
  assert.deepEqual(
    byId.modules.map(module => module.lessons.map(lesson => lesson.title)),
    [['Springs', 'Notes', 'Quiz']],
  )
})

test('Signing up makes a learner who is signed in; with an address that has an account, its owner alone is told.', async () => {
  const learner = await signUp(url, 'Ayanda Nkosi')
  const account = await learner.api.auth.me()
  assert.deepEqual([account.name, account.roles], ['Ayanda Nkosi', ['learner']])
  const { id } = await visitor.auth.register({
    email: learner.email.toUpperCase(),
    password: 'twelve ducks in a row',
    name: 'Other',
  })
  const message = await until('The owner is told', async () =>
    (await emailsTo(url, learner.email)).find(({ subject }) => /already/.test(subject)),
  )
  assert.doesNotMatch(message.text, /\b\d{3} ?\d{3}\b/, 'the email has a code')
  assert.equal(await refusal(visitor.auth.confirmRegistration({ id, code: '123456' })), 'code_rejected')
  assert.equal((await signIn(url, learner.email)).userId, learner.userId)
})

test('Enrolling twice gives the same enrolment, also when both requests come at once.', async () => {
  const learner = await signUp(url)
  const enroll = () => learner.api.education.enroll({ courseId: course.courseId })
  const [first, second] = await Promise.all([enroll(), enroll()])
  assert.deepEqual(first, second)
  assert.deepEqual(await enroll(), first)
  assert.equal((await learner.api.education.listEnrollments({})).items.length, 1)
})

test('A lesson is closed to who is not enrolled, and open with its neighbours to who is.', async () => {
  const learner = await signUp(url)
  assert.equal(await refusal(learner.api.education.getLesson({ lessonId: course.pageId })), 'not_enrolled')
  await learner.api.education.enroll({ courseId: course.courseId })
  const lesson = await learner.api.education.getLesson({ lessonId: course.fileLessonId })
  assert.deepEqual([lesson.previousLessonId, lesson.nextLessonId], [course.pageId, course.quizLessonId])
  assert.deepEqual(lesson.position, { index: 2, count: 3 })
})

test('Progress rises with each finished lesson, and never falls.', async () => {
  const learner = await enrolled()
  const { saveProgress } = learner.api.education
  const half = await saveProgress({ lessonId: course.pageId, positionPercent: 40 })
  assert.equal(half.progressPercent, 0)
  const one = await saveProgress({ lessonId: course.pageId, completed: true, positionPercent: 100 })
  assert.equal(one.progressPercent, 33)
  assert.equal(
    (await saveProgress({ lessonId: course.pageId, completed: false, positionPercent: 5 })).progressPercent,
    33,
  )
  assert.equal((await saveProgress({ lessonId: course.fileLessonId, completed: true })).progressPercent, 66)
  const quiz = await saveProgress({ lessonId: course.quizLessonId, completed: true })
  assert.equal(quiz.progressPercent, 66, 'a quiz is passed, not declared passed')
})

test('A learner goes on where they left, and after a finished lesson at the next one.', async () => {
  const learner = await enrolled()
  const { saveProgress, getCoursePage, getLesson } = learner.api.education
  const resume = async () => (await getCoursePage({ course: course.courseId })).resumeLessonId
  assert.equal(await resume(), course.pageId)
  await saveProgress({ lessonId: course.fileLessonId, positionPercent: 60, positionSeconds: 42 })
  assert.equal(await resume(), course.fileLessonId)
  assert.deepEqual((await getLesson({ lessonId: course.fileLessonId })).progress, {
    completed: false,
    positionPercent: 60,
    positionSeconds: 42,
  })
  await saveProgress({ lessonId: course.fileLessonId, completed: true })
  assert.equal(await resume(), course.quizLessonId)
  assert.equal((await learner.api.education.listEnrollments({})).items[0]?.resumeLessonId, course.pageId)
})

test('A file is given whole, in the part asked for, and not again when it has not changed.', async () => {
  const learner = await enrolled()
  const path = course.fileUrl.replace('/api/v1', '')
  const get = (headers: Record<string, string> = {}) =>
    request(url, 'GET', path, { token: learner.token, headers })
  const whole = await get()
  assert.deepEqual([whole.status, whole.text, whole.headers.get('accept-ranges')], [200, fileText, 'bytes'])
  const size = fileText.length
  for (const [range, from, to] of [
    ['bytes=0-5', 0, 5],
    ['bytes=7-', 7, size - 1],
    ['bytes=-4', size - 4, size - 1],
    [`bytes=5-${size + 50}`, 5, size - 1],
  ] as const) {
    const part = await get({ range })
    assert.deepEqual([part.status, part.text], [206, fileText.slice(from, to + 1)], range)
    assert.equal(part.headers.get('content-range'), `bytes ${from}-${to}/${size}`)
  }
  const beyond = await get({ range: `bytes=${size}-` })
  assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, `bytes */${size}`])
  assert.equal((await get({ 'if-none-match': whole.headers.get('etag') ?? '' })).status, 304)
  const head = await request(url, 'HEAD', path, { token: learner.token })
  assert.deepEqual([head.status, head.headers.get('content-length'), head.text], [200, String(size), ''])
})

test('A quiz tells nothing of its right answers before it is handed in.', async () => {
  const learner = await enrolled()
  const attempt = await learner.api.assessment.startSubmission({ quizId: course.quizId })
  assert.equal(attempt.result, null)
  assert.doesNotMatch(JSON.stringify(attempt), /correct|feedback|Well seen/i)
  assert.equal(await refusal(learner.api.assessment.editQuiz({ quizId: course.quizId })), 'forbidden')
})

test('An open attempt is resumed with the answers that were kept, not begun anew.', async () => {
  const learner = await enrolled()
  const { startSubmission, saveAnswers, getSubmission } = learner.api.assessment
  const [first, second] = await Promise.all([
    startSubmission({ quizId: course.quizId }),
    startSubmission({ quizId: course.quizId }),
  ])
  assert.equal(first.id, second.id)
  const [one, two] = first.questions.map(asked => asked.id) as [string, string]
  await saveAnswers({ submissionId: first.id, answers: { [one]: ['b'] } })
  await saveAnswers({ submissionId: first.id, answers: { [two]: [tick] } })
  const resumed = await startSubmission({ quizId: course.quizId })
  assert.deepEqual(resumed.answers, { [one]: ['b'], [two]: [tick] })
  assert.deepEqual((await getSubmission({ submissionId: first.id })).answers, resumed.answers)
})

test('Handing in twice, even at once, gives one result, and nothing can be changed after it.', async () => {
  const learner = await enrolled()
  const { startSubmission, submit, saveAnswers, getQuiz } = learner.api.assessment
  const attempt = await startSubmission({ quizId: course.quizId })
  const answers = Object.fromEntries(attempt.questions.map(asked => [asked.id, [tick]]))
  const hand = () => submit({ submissionId: attempt.id, answers })
  const [first, second] = await Promise.all([hand(), hand()])
  const third = await submit({ submissionId: attempt.id, answers: {} })
  for (const other of [second, third]) {
    assert.deepEqual(
      [other.result, other.submittedAt, other.answers],
      [first.result, first.submittedAt, first.answers],
    )
  }
  assert.equal(await refusal(saveAnswers({ submissionId: attempt.id, answers: {} })), 'attempt_closed')
  assert.equal((await getQuiz({ quizId: course.quizId })).attempts.length, 1)
})

test('A failed attempt explains itself and earns no certificate; a passed one completes the course.', async () => {
  const learner = await enrolled()
  const { education, assessment } = learner.api
  for (const lessonId of [course.pageId, course.fileLessonId])
    await education.saveProgress({ lessonId, completed: true })
  const failed = await takeQuiz(learner, course.quizId, 'b')
  assert.deepEqual([failed.result?.scorePercent, failed.result?.passed], [0, false])
  assert.deepEqual(failed.result?.questions[0]?.correct, [tick])
  assert.deepEqual(failed.result?.questions[0]?.feedback, ['Look again.'])
  await until('The outcome is heard', async () => {
    const entry = (
      await instructor.api.education.getRoster({ courseId: course.courseId, limit: 100 })
    ).items.find(item => item.userId === learner.userId)
    return entry?.bestQuizPercent === 0
  })
  const before = (await education.getCoursePage({ course: course.courseId })).enrollment
  assert.deepEqual([before.progressPercent, before.completedAt, before.certificateId], [66, null, null])

  const passed = await takeQuiz(learner, course.quizId)
  assert.deepEqual([passed.attemptNumber, passed.result?.scorePercent, passed.result?.passed], [2, 100, true])
  const done = await until('The certificate', async () => {
    const page = await education.getCoursePage({ course: course.courseId })
    return page.enrollment.certificateId ? page : null
  })
  assert.equal(done.enrollment.progressPercent, 100)
  assert.ok(done.modules.flatMap(module => module.lessons).every(lesson => lesson.completed))
  const quiz = await assessment.getQuiz({ quizId: course.quizId })
  assert.deepEqual([quiz.bestScorePercent, quiz.passed, quiz.attempts.length], [100, true, 2])
})

test('A completed course stays complete when a later attempt fails.', async () => {
  const learner = await signUp(url)
  const certificateId = await complete(learner, course)
  await takeQuiz(learner, course.quizId, 'b')
  await until('Both outcomes are heard', async () => {
    const { attempts } = await learner.api.assessment.getQuiz({ quizId: course.quizId })
    return attempts.length === 2
  })
  const { enrollment } = await learner.api.education.getCoursePage({ course: course.courseId })
  assert.deepEqual([enrollment.progressPercent, enrollment.certificateId], [100, certificateId])
})

test('A certificate is public, says who learned what, and is listed among one\u2019s own.', async () => {
  const learner = await signUp(url, 'Boitumelo Radebe')
  const certificateId = await complete(learner, course)
  const shown = await visitor.education.getCertificate({ certificateId })
  assert.equal(shown.recipientName, 'Boitumelo Radebe')
  assert.equal(shown.instructorName, 'Grace Ndaba')
  assert.equal(shown.url, `${url}/certificates/${certificateId}`)
  assert.equal(shown.revokedAt, null)
  assert.doesNotMatch(JSON.stringify(shown), new RegExp(learner.email), 'the address is private')
  const { items } = await learner.api.education.listCertificates()
  assert.deepEqual(
    items.map(item => item.id),
    [certificateId],
  )
})

test('The credential file is accepted by a verifier that is not ours, and refused by it after one changed character.', async () => {
  const certificateId = await complete(await signUp(url, 'Kabelo Moeti'), course)
  const file = await request(url, 'GET', `/education/certificates/${certificateId}/credential.json`)
  assert.equal(file.status, 200)
  assert.match(file.headers.get('content-type') ?? '', /^application\/vc/)
  assert.match(file.headers.get('content-disposition') ?? '', /^attachment/)
  assert.equal(await othersAccept(JSON.parse(file.text)), true)
  for (const [from, to] of [
    ['Kabelo Moeti', 'Kabelo Moety'],
    [word, `${word.slice(0, -1)}_`],
    [`${certificateId}`, `${certificateId.slice(0, -1)}${certificateId.endsWith('0') ? '1' : '0'}`],
  ] as const) {
    assert.ok(file.text.includes(from), from)
    const changed = JSON.parse(file.text.replaceAll(from, to))
    assert.equal(await othersAccept(changed), false, `accepted with ${to}`)
    const { valid } = await visitor.education.verifyCredential({ credential: changed })
    assert.equal(valid, false, `we accepted it with ${to}`)
  }
})

test('Checking a credential here says that this school issued it and still stands by it.', async () => {
  const certificateId = await complete(await signUp(url), course)
  const { credential } = await visitor.education.getCertificate({ certificateId })
  const verdict = await visitor.education.verifyCredential({ credential })
  assert.deepEqual(
    verdict.checks.filter(check => !check.ok),
    [],
  )
  assert.deepEqual([verdict.valid, verdict.issuedHere, verdict.certificateId], [true, true, certificateId])
  assert.ok(verdict.checks.some(check => check.name === 'register' && check.ok))
})
