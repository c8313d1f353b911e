import { type Answer, type Person, request } from './api.ts'
import { until } from './system.ts'

/** Courses for tests, made through the API as an instructor would. */

export const tick = 'a'

const question = (content: string) => ({
  type: 'single_choice' as const,
  content,
  points: 1,
  options: [
    { id: tick, content: 'Right', correct: true, feedback: 'Well seen.' },
    { id: 'b', content: 'Wrong', correct: false, feedback: 'Look again.' },
  ],
})

export type TestCourse = {
  courseId: string
  moduleId: string
  pageId: string
  fileId: string
  fileUrl: string
  fileLessonId: string
  quizId: string
  quizLessonId: string
}

export const fileText = 'Rivers carry water from high ground to the sea.'

export async function uploadFile(
  url: string,
  person: Person,
  courseId: string,
  name: string,
  body: string | Uint8Array,
) {
  const path = `/education/courses/${courseId}/files?name=${encodeURIComponent(name)}`
  return request(url, 'POST', path, { token: person.token, body })
}

/** A course of one page, one file and one quiz of two questions; published unless told otherwise. */
export async function makeCourse(
  url: string,
  author: Person,
  options: { title?: string; publish?: boolean } = {},
): Promise<TestCourse> {
  const { api } = author
  const course = await api.education.createCourse({
    title: options.title ?? 'Rivers',
    summary: 'Where water comes from, and where it goes.',
    category: 'Geography',
  })
  const courseId = course.id
  const moduleId = (await api.education.createModule({ courseId, title: 'Water' })).modules[0]?.id ?? ''
  const page = await api.education.createLesson({
    moduleId,
    kind: 'page',
    title: 'Springs',
    content: '<p>Water rises.</p>',
  })
  const file = (await uploadFile(url, author, courseId, 'rivers.txt', fileText)).body as {
    id: string
    url: string
  }
  const fileLesson = await api.education.createLesson({
    moduleId,
    kind: 'file',
    title: 'Notes',
    fileId: file.id,
  })
  const quiz = await api.assessment.createQuiz({
    courseId,
    title: 'What flows?',
    questions: [question('<p>Where do rivers end?</p>'), question('<p>Where do they begin?</p>')],
  })
  const quizLesson = await api.education.createLesson({
    moduleId,
    kind: 'quiz',
    title: 'Quiz',
    quizId: quiz.id,
  })
  if (options.publish !== false) await api.education.publishCourse({ courseId })
  return {
    courseId,
    moduleId,
    pageId: page.id,
    fileId: file.id,
    fileUrl: file.url,
    fileLessonId: fileLesson.id,
    quizId: quiz.id,
    quizLessonId: quizLesson.id,
  }
}

/** Take a quiz: the share of its questions to answer rightly is 1 or 0. */
export async function takeQuiz(learner: Person, quizId: string, option = tick) {
  const attempt = await learner.api.assessment.startSubmission({ quizId })
  const answers = Object.fromEntries(attempt.questions.map(asked => [asked.id, [option]]))
  return learner.api.assessment.submit({ submissionId: attempt.id, answers })
}

/** Enrol and do all that the course asks, until its certificate has come. @returns the certificate's id. */
export async function complete(learner: Person, course: TestCourse): Promise<string> {
  const { education } = learner.api
  await education.enroll({ courseId: course.courseId })
  for (const lessonId of [course.pageId, course.fileLessonId]) {
    await education.saveProgress({ lessonId, completed: true, positionPercent: 100 })
  }
  await takeQuiz(learner, course.quizId)
  return until('The certificate', async () => {
    const { enrollment } = await education.getCoursePage({ course: course.courseId })
    return enrollment.certificateId
  })
}

/** A published course that is sold at a price, once the catalogue says so. */
export async function makeSoldCourse(
  url: string,
  author: Person,
  price: { amountMinor: number; currency: string },
  options: { title?: string } = {},
): Promise<string> {
  const { courseId } = await makeCourse(url, author, options)
  await author.api.payments.setCoursePrices({ courseId, prices: [price] })
  await until('The catalogue knows the price', async () => {
    const { prices } = await author.api.education.getCourse({ course: courseId })
    return prices.length > 0
  })
  return courseId
}

/** Upload a cartridge and wait for its import to end, well or badly. */
export async function importCartridge(
  url: string,
  author: Person,
  cartridge: Uint8Array,
  name = 'course.imscc',
) {
  const answer: Answer = await request(url, 'POST', `/education/imports?name=${encodeURIComponent(name)}`, {
    token: author.token,
    body: cartridge,
  })
  if (answer.status !== 202) throw new Error(`The upload was answered ${answer.status}: ${answer.text}`)
  const { id } = answer.body as { id: string }
  return until('The import ends', async () => {
    const state = await author.api.education.getImport({ importId: id })
    return (state.status === 'done' || state.status === 'failed') && state
  })
}
