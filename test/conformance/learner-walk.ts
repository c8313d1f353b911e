import { basename } from 'node:path'
import type { Person } from '../api.ts'
import { until } from '../system.ts'
import { upload } from './imported-course.ts'

/** A learner's way through an imported course, to its certificate where it has one. */

/** Answer every question rightly; the author's key says how. */
async function takeQuiz(instructor: Person, learner: Person, quizId: string): Promise<number> {
  const key = await until('The quiz', () => instructor.api.assessment.editQuiz({ quizId }).catch(() => null))
  const attempt = await learner.api.assessment.startSubmission({
    quizId,
    ...(key.accessCode && { accessCode: key.accessCode }),
  })
  const answers = Object.fromEntries(
    key.questions.map(question => [
      question.id,
      question.options.filter(option => option.correct).map(option => option.id),
    ]),
  )
  const graded = await learner.api.assessment.submit({ submissionId: attempt.id, answers })
  return graded.result?.scorePercent ?? 0
}

/** What a teacher does before publishing: describe the course, and show what learners of the original did not see. */
async function makeReady(instructor: Person, courseId: string): Promise<void> {
  const { education } = instructor.api
  const course = await education.editCourse({ courseId })
  if (course.description === '') await education.saveCourse({ courseId, description: '<p>Imported.</p>' })
  const unseen = (parts: { id: string; status: string }[]) =>
    parts.filter(({ status }) => status !== 'published').map(({ id }) => id)
  const moduleIds = unseen(course.modules)
  const lessonIds = unseen(course.modules.flatMap(module => module.lessons))
  if (moduleIds.length + lessonIds.length > 0)
    await education.setPartStatus({ courseId, moduleIds, lessonIds, status: 'published' })
}

async function walk(instructor: Person, learner: Person, courseId: string, say: (line?: string) => void) {
  await makeReady(instructor, courseId)
  await instructor.api.education.publishCourse({ courseId })
  await learner.api.education.enroll({ courseId })
  const page = await learner.api.education.getCoursePage({ course: courseId })
  let quizzes = 0
  for (const { id } of page.modules.flatMap(module => module.lessons)) {
    const lesson = await learner.api.education.getLesson({ lessonId: id })
    if (lesson.quizId) {
      quizzes += 1
      say(`    quiz "${lesson.title}": ${await takeQuiz(instructor, learner, lesson.quizId)} %`)
    } else {
      await learner.api.education.saveProgress({ lessonId: id, completed: true, positionPercent: 100 })
    }
  }
  const certificateId = await until('The certificate', async () => {
    const now = await learner.api.education.getCoursePage({ course: courseId })
    return now.enrollment.certificateId
  })
  const certificate = await learner.api.education.getCertificate({ certificateId })
  const verdict = await learner.api.education.verifyCredential({ credential: certificate.credential })
  return { quizzes, certificateId, valid: verdict.valid }
}

/** Import a cartridge and walk a learner through it; whether its certificate verifies. `say` prints a line. */
export async function walkCartridge(
  url: string,
  instructor: Person,
  learner: Person,
  file: string,
  say: (line?: string) => void,
): Promise<boolean> {
  say(`\n${basename(file)}`)
  const state = await upload(url, instructor, file)
  if (state.status === 'failed' || !state.report || !state.courseId) {
    say(`  refused: ${state.error?.code} — ${state.error?.message}`)
    return false
  }
  const { counts, entries } = state.report
  say(
    `  imported ${counts.imported}, kept as attachment ${counts.attached}, described elsewhere ${counts.described}, lost ${counts.lost}`,
  )
  for (const outcome of ['attached', 'lost'] as const) {
    for (const entry of entries.filter(candidate => candidate.outcome === outcome)) {
      say(`    ${outcome.padEnd(8)} ${entry.path} — ${entry.reason ?? entry.as}`)
    }
  }
  try {
    const { quizzes, certificateId, valid } = await walk(instructor, learner, state.courseId, say)
    say(
      `  a learner went through it (${quizzes} quizzes) to certificate ${certificateId}, ${valid ? 'which verifies' : 'WHICH DOES NOT VERIFY'}`,
    )
    return valid
  } catch (failure) {
    const { message, data } = failure as Error & { data?: unknown }
    say(`  a learner could not go through it: ${message} ${JSON.stringify(data ?? '')}`)
    return false
  }
}
