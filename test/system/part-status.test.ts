import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { codeOf } from '@azora/contracts/client.ts'
import type { ErrorBody } from '@azora/contracts/errors.ts'
import {
  appoint,
  clientFor,
  openAuthDatabase,
  type Person,
  refusal,
  request,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { complete, makeCourse, type TestCourse, takeQuiz, tick, uploadFile } from '../courses.ts'
import { until } from '../system.ts'

/** Drafts and hidden lessons stay with the teachers, by every door; what is unfinished is not published. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
})
after(() => authDb.close())

const problemsOf = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (failure: ErrorBody) => {
      assert.equal(codeOf(failure), 'course_not_publishable')
      return (failure.data?.problems ?? []).map(problem => [problem.code, problem.part.kind, problem.part.id])
    },
  )

type Status = 'draft' | 'hidden' | 'published'
const setStatus = (
  course: TestCourse,
  status: Status,
  parts: { lessonIds?: string[]; moduleIds?: string[] },
) => instructor.api.education.setPartStatus({ courseId: course.courseId, status, ...parts })

async function enrolledIn(course: TestCourse): Promise<Person> {
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId: course.courseId })
  return learner
}

for (const [status, part] of [
  ['draft', 'lesson'],
  ['hidden', 'lesson'],
  ['draft', 'module'],
  ['hidden', 'module'],
] as const) {
  test(`A learner sees nothing of a ${status} ${part}: no outline, lesson, progress, file or quiz.`, async () => {
    const course = await makeCourse(url, instructor)
    const learner = await enrolledIn(course)
    const { education, assessment } = learner.api
    const lessonIds = [course.pageId, course.fileLessonId, course.quizLessonId]
    await setStatus(course, status, part === 'lesson' ? { lessonIds } : { moduleIds: [course.moduleId] })

    const visitor = clientFor(url, null)
    const overview = await until('The catalogue knows', async () => {
      const now = await visitor.education.getCourse({ course: course.courseId })
      return now.modules.length === 0 ? now : null
    })
    assert.deepEqual([overview.lessonCount, overview.durationMinutes], [0, 0])
    const page = await education.getCoursePage({ course: course.courseId })
    assert.deepEqual([page.modules, page.resumeLessonId], [[], null])
    const mine = (await education.listEnrollments({})).items[0]
    assert.equal(mine?.resumeLessonId, null)
    for (const lessonId of lessonIds) {
      assert.equal(await refusal(education.getLesson({ lessonId })), 'not_found')
      assert.equal(await refusal(education.saveProgress({ lessonId, completed: true })), 'not_found')
    }
    const file = await fetch(`${url}${course.fileUrl}`, {
      headers: { authorization: `Bearer ${learner.token}` },
    })
    assert.equal(file.status, 404)
    await until('The quiz is closed', async () => {
      const codes = [
        await refusal(assessment.getQuiz({ quizId: course.quizId })),
        await refusal(assessment.startSubmission({ quizId: course.quizId })),
      ]
      return codes.every(code => code === 'not_found')
    })

    const teaching = instructor.api.education
    const authored = await teaching.editCourse({ courseId: course.courseId })
    assert.equal(authored.modules[0]?.lessons.length, 3)
    for (const lessonId of lessonIds) assert.equal((await teaching.getLesson({ lessonId })).id, lessonId)

    await setStatus(course, 'published', { lessonIds, moduleIds: [course.moduleId] })
    assert.equal((await education.getLesson({ lessonId: course.pageId })).id, course.pageId)
    assert.equal((await takeQuiz(learner, course.quizId)).result?.passed, true)
  })
}

test('A new lesson of a published course is a draft until it is published; of a draft course it is published with it.', async () => {
  const course = await makeCourse(url, instructor)
  const learner = await enrolledIn(course)
  const { education } = instructor.api
  const added = await education.createLesson({ moduleId: course.moduleId, kind: 'page', title: 'Mouths' })
  assert.equal(added.status, 'draft')
  assert.equal(await refusal(learner.api.education.getLesson({ lessonId: added.id })), 'not_found')
  assert.deepEqual(await problemsOf(setStatus(course, 'published', { lessonIds: [added.id] })), [
    ['page_empty', 'lesson', added.id],
  ])
  await education.saveLesson({ lessonId: added.id, title: 'Mouths', content: '<p>Where it ends.</p>' })
  await setStatus(course, 'published', { lessonIds: [added.id] })
  assert.equal((await learner.api.education.getLesson({ lessonId: added.id })).title, 'Mouths')
  // What learners see does not become empty again.
  assert.deepEqual(
    await problemsOf(education.saveLesson({ lessonId: added.id, title: 'Mouths', content: '<p>&nbsp;</p>' })),
    [['page_empty', 'lesson', added.id]],
  )
})

test('Hiding and publishing lessons recounts progress, and never takes back a completion or its certificate.', async () => {
  const course = await makeCourse(url, instructor)
  const [finished, begun] = await Promise.all([signUp(url), enrolledIn(course)])
  const certificateId = await complete(finished, course)
  const progress = await begun.api.education.saveProgress({ lessonId: course.pageId, completed: true })
  assert.equal(progress.progressPercent, 33)
  const percent = async (learner: Person) => {
    const { enrollment } = await learner.api.education.getCoursePage({ course: course.courseId })
    return [enrollment.progressPercent, enrollment.certificateId]
  }
  await setStatus(course, 'hidden', { lessonIds: [course.fileLessonId] })
  assert.deepEqual(
    [await percent(begun), await percent(finished)],
    [
      [50, null],
      [100, certificateId],
    ],
  )
  await setStatus(course, 'published', { lessonIds: [course.fileLessonId] })
  assert.deepEqual(
    [await percent(begun), await percent(finished)],
    [
      [33, null],
      [100, certificateId],
    ],
  )
  await setStatus(course, 'hidden', { lessonIds: [course.fileLessonId, course.quizLessonId] })
  assert.equal((await percent(begun))[0], 100)
})

test('What is unfinished keeps a course from being published, and each line names the place to mend it.', async () => {
  const { education, assessment } = instructor.api
  const { id: courseId } = await education.createCourse({ title: 'Empty', category: 'Geography' })
  assert.deepEqual(await problemsOf(education.publishCourse({ courseId })), [
    ['description_missing', 'course', courseId],
    ['no_published_lesson', 'course', courseId],
  ])
  const moduleId = (await education.createModule({ courseId, title: 'Water' })).modules[0]?.id ?? ''
  const page = await education.createLesson({ moduleId, kind: 'page', title: 'Page', content: '<p> </p>' })
  const video = await education.createLesson({
    moduleId,
    kind: 'video',
    title: 'Video',
    content: '<p>Soon</p>',
  })
  const quiz = await assessment.createQuiz({ courseId, title: 'Quiz' })
  await education.createLesson({ moduleId, kind: 'quiz', title: 'Quiz', quizId: quiz.id })
  await education.saveCourse({ courseId, description: '<p>Of water.</p>' })
  const expected = [
    ['page_empty', 'lesson', page.id],
    ['video_missing', 'lesson', video.id],
    ['quiz_empty', 'quiz', quiz.id],
  ]
  assert.deepEqual(await problemsOf(education.publishCourse({ courseId })), expected)
  const { problems } = await education.getPublishProblems({ courseId })
  assert.deepEqual(
    problems.map(problem => [problem.code, problem.part.kind, problem.part.id]),
    expected,
  )
  assert.equal((await education.editCourse({ courseId })).status, 'draft')

  // A lesson that stays a draft keeps nothing back.
  await education.setPartStatus({ courseId, status: 'draft', lessonIds: [video.id] })
  await education.saveLesson({ lessonId: page.id, title: 'Page', content: '<p>Water.</p>' })
  await assessment.saveQuiz({
    quizId: quiz.id,
    title: 'Quiz',
    questions: [
      {
        type: 'true_false',
        content: '<p>Wet?</p>',
        options: [
          { id: tick, content: 'Yes', correct: true },
          { id: 'b', content: 'No', correct: false },
        ],
      },
    ],
  })
  assert.equal((await education.publishCourse({ courseId })).status, 'published')
})

test('A quiz that learners see is neither emptied nor deleted, and the lesson that shows it is named.', async () => {
  const course = await makeCourse(url, instructor)
  const { assessment, education } = instructor.api
  const { quizId } = course
  const named = async (work: Promise<unknown>) => {
    const failure = await work.then(
      () => null,
      (caught: ErrorBody) => caught,
    )
    return [failure?.code, failure?.data?.values?.lessons]
  }
  assert.deepEqual(await named(assessment.saveQuiz({ quizId, title: 'Quiz', questions: [] })), [
    'quiz_needed',
    'Quiz',
  ])
  assert.deepEqual(await named(assessment.deleteQuiz({ quizId })), ['quiz_needed', 'Quiz'])
  await education.deleteLesson({ lessonId: course.quizLessonId })
  // The quiz is held for a minute after its course was published.
  assert.equal(await refusal(assessment.deleteQuiz({ quizId })), 'quiz_needed')
})

test('When a course is published and its last question removed at the same time, one of the two is refused.', async () => {
  for (let round = 0; round < 4; round++) {
    const course = await makeCourse(url, instructor, { publish: false })
    const { education, assessment } = instructor.api
    const publish = () => problemsOf(education.publishCourse({ courseId: course.courseId }))
    const empty = () => refusal(assessment.saveQuiz({ quizId: course.quizId, title: 'Quiz', questions: [] }))
    const both = round % 2 ? Promise.all([publish(), empty()]) : Promise.all([empty(), publish()])
    await both
    const { status } = await education.editCourse({ courseId: course.courseId })
    const { questions } = await assessment.editQuiz({ quizId: course.quizId })
    assert.ok(status === 'draft' || questions.length > 0, `${status} with ${questions.length} questions`)
  }
})

test('A lesson cannot show a quiz of another course, nor a picture become public by a lesson of another.', async () => {
  const [course, other] = [await makeCourse(url, instructor), await makeCourse(url, instructor)]
  const { education } = instructor.api
  assert.equal(
    await refusal(
      education.createLesson({
        moduleId: course.moduleId,
        kind: 'quiz',
        title: 'Quiz',
        quizId: other.quizId,
      }),
    ),
    'invalid_input',
  )
  assert.equal(await refusal(setStatus(course, 'hidden', { lessonIds: [other.pageId] })), 'not_found')
})

test('A picture in the text of a hidden lesson is not a learner’s, until a lesson that they see shows it too.', async () => {
  const course = await makeCourse(url, instructor)
  const learner = await enrolledIn(course)
  const { education } = instructor.api
  const picture = (await uploadFile(url, instructor, course.courseId, 'plan.txt', 'For teachers.')).body as {
    url: string
  }
  const hidden = await education.createLesson({
    moduleId: course.moduleId,
    kind: 'page',
    title: 'Plan',
    status: 'hidden',
    content: `<p><a href="${picture.url}">The plan</a></p>`,
  })
  const status = async () =>
    (await request(url, 'GET', picture.url.replace('/api/v1', ''), { token: learner.token })).status
  assert.equal(await status(), 404)
  await setStatus(course, 'published', { lessonIds: [hidden.id] })
  assert.equal(await status(), 200)
})
