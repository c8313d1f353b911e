import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { conformanceDataDir } from '@azora/kit/config.ts'
import { demoInstructor, demoLearner, demoPassword } from '../apps/azora/demo/school.ts'
import { type Person, signIn } from './api.ts'
import { startSystem, until } from './system.ts'

/**
 * `npm run conformance`: imports cartridges that others made, walks a learner through each, to its certificate
 * where it has a quiz, and prints what came in, what was kept as an attachment and what was lost. The material is
 * read where it lies (AZORA_CONFORMANCE_DATA) and is not part of this project.
 */

const say = (line = '') => process.stdout.write(`${line}\n`)
const folder = join(
  conformanceDataDir(fileURLToPath(new URL('../../shared/data', import.meta.url))),
  'cartridges',
)

async function upload(url: string, { api, token }: Person, file: string) {
  const answer = await fetch(`${url}/api/v1/education/imports?name=${encodeURIComponent(basename(file))}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: await readFile(file),
  })
  const { id } = (await answer.json()) as { id: string }
  return until(`Importing ${basename(file)}`, async () => {
    const state = await api.education.getImport({ importId: id })
    return state.status === 'done' || state.status === 'failed' ? state : null
  })
}

/** Answer every question rightly; the author's key says how. */
async function takeQuiz(instructor: Person, learner: Person, quizId: string): Promise<number> {
  const key = await until('The quiz', () => instructor.api.assessment.editQuiz({ quizId }).catch(() => null))
  const attempt = await learner.api.assessment.startSubmission({ quizId })
  const answers = Object.fromEntries(
    key.questions.map(question => [
      question.id,
      question.options.filter(option => option.correct).map(option => option.id),
    ]),
  )
  const graded = await learner.api.assessment.submit({ submissionId: attempt.id, answers })
  return graded.result?.scorePercent ?? 0
}

async function walk(instructor: Person, learner: Person, courseId: string) {
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

async function tryCartridge(
  url: string,
  instructor: Person,
  learner: Person,
  file: string,
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
  const { quizzes, certificateId, valid } = await walk(instructor, learner, state.courseId)
  say(
    `  a learner went through it (${quizzes} quizzes) to certificate ${certificateId}, ${valid ? 'which verifies' : 'WHICH DOES NOT VERIFY'}`,
  )
  return valid
}

async function main(): Promise<number> {
  if (!existsSync(folder)) {
    say(`There is nothing to check against at ${folder}. Name the folder in AZORA_CONFORMANCE_DATA.`)
    return 1
  }
  const files = (await readdir(folder)).filter(name => /\.(imscc|zip)$/.test(name)).sort()
  const system = await startSystem('single')
  let good = 0
  try {
    const instructor = await signIn(system.url, demoInstructor.email, demoPassword)
    const learner = await signIn(system.url, demoLearner.email, demoPassword)
    for (const name of files) {
      if (await tryCartridge(system.url, instructor, learner, join(folder, name))) good += 1
    }
  } finally {
    await system.stop()
  }
  say(`\n${good} passed, ${files.length - good} failed`)
  return good === files.length ? 0 : 1
}

process.exit(await main())
