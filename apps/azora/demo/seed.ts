import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type AzoraClient, connect } from '@azora/contracts/client.ts'
import type { Database } from '@azora/kit/db.ts'
import { createAccount } from '@azora/service-auth/accounts/create-account.ts'
import { hasOtherOrganization } from '@azora/service-auth/organizations/organizations.store.ts'
import { createOrganization } from '@azora/service-auth/organizations/organizations.ts'
import { setUpGradebook } from './gradebook.ts'
import { addOwnQuizzes, ownQuizzes } from './own-quizzes.ts'
import { type DemoCourse, demoCourses, packCourse } from './pack-course.ts'
import { demoInstructor, demoPassword, demoPeople, demoProgress, demoSchool } from './school.ts'
import { setUpStandards } from './standards.ts'

/**
 * Fills an empty installation with a small school. People and the school are made by auth's own code, since no API
 * makes an administrator; everything else goes through the public API, signed in as the people themselves, so that
 * the demo shows what a user's own upload and a learner's own way would give.
 */

type Seeding = {
  authDb: Database
  /** The installation's own address. */
  url: string
  scratchDir: string
  say: (line: string) => void
}

type Session = { api: AzoraClient; token: string }

async function signIn(url: string, email: string): Promise<Session> {
  const { tokens } = await connect({ url: `${url}/api/v1` }).auth.login({ email, password: demoPassword })
  if (!tokens) throw new Error('Signing in returned no tokens.')
  const token = tokens.accessToken
  return {
    token,
    api: connect({ url: `${url}/api/v1`, headers: () => ({ authorization: `Bearer ${token}` }) }),
  }
}

/** Repeat until the condition holds; events take a moment to arrive. */
async function until<T>(what: string, look: () => Promise<T | null | false>): Promise<T> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const found = await look()
    if (found) return found
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`${what} took longer than a minute.`)
}

async function uploadCourse(seeding: Seeding, { api, token }: Session, course: DemoCourse): Promise<string> {
  const cartridge = join(seeding.scratchDir, `${course.slug}.imscc`)
  await packCourse(course.folder, cartridge)
  const answer = await fetch(`${seeding.url}/api/v1/education/imports?name=${course.slug}.imscc`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/zip' },
    body: await readFile(cartridge),
  })
  await rm(cartridge)
  if (!answer.ok) throw new Error(`The demo course ${course.slug} was refused: ${await answer.text()}`)
  const { id } = (await answer.json()) as { id: string }
  const { courseId } = await until(`Importing ${course.slug}`, async () => {
    const state = await api.education.getImport({ importId: id })
    if (state.status === 'failed') throw new Error(`The demo course ${course.slug}: ${state.error?.message}`)
    return state.status === 'done' ? state : null
  })
  if (!courseId) throw new Error('The import created no course.')
  return courseId
}

async function uploadPicture(
  { url }: Seeding,
  token: string,
  courseId: string,
  file: string,
): Promise<{ id: string; url: string }> {
  const address = `${url}/api/v1/education/courses/${courseId}/files?name=${basename(file)}`
  const answer = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'image/svg+xml' },
    body: await readFile(file),
  })
  if (!answer.ok) throw new Error(`The picture ${file} was refused: ${await answer.text()}`)
  return (await answer.json()) as { id: string; url: string }
}

/** Bring a demo course in as its instructor would: upload, describe, set the cover, publish. */
async function importCourse(seeding: Seeding, instructor: Session, course: DemoCourse): Promise<string> {
  const { api, token } = instructor
  const known = (await api.education.listTaughtCourses({})).items.find(
    item => item.coverUrl && item.summary === course.summary,
  )
  if (known?.status === 'published') return known.id
  const courseId = known?.id ?? (await uploadCourse(seeding, instructor, course))
  const upload = (file: string) => uploadPicture(seeding, token, courseId, join(course.folder, file))
  const { id: coverFileId } = await upload(course.cover)
  await api.education.saveCourse({
    courseId,
    category: course.category,
    level: course.level,
    summary: course.summary,
    coverFileId,
  })
  const imported = await api.education.editCourse({ courseId })
  const wanted = imported.modules.flatMap(module => module.lessons).filter(lesson => lesson.quizId).length
  await until('The quizzes', async () => {
    const { items } = await api.assessment.listQuizzes({ courseId })
    return items.length >= wanted && items
  })
  await addOwnQuizzes({ api, upload }, courseId, await ownQuizzes(course.folder))
  await api.education.publishCourse({ courseId })
  return courseId
}

type Journey = { learner: Session; instructor: Session; courseId: string; read: number; right: number }

/** Walk a learner through a course as far as the demo says. */
async function walk({ learner, instructor, courseId, read, right }: Journey): Promise<void> {
  await learner.api.education.enroll({ courseId })
  const page = await learner.api.education.getCoursePage({ course: courseId })
  const lessons = page.modules.flatMap(module => module.lessons)
  for (const lesson of lessons.slice(0, Math.round(lessons.length * read))) {
    if (lesson.kind !== 'quiz') {
      await learner.api.education.saveProgress({ lessonId: lesson.id, completed: true, positionPercent: 100 })
    } else if (right > 0) {
      await takeQuiz(learner, instructor, lesson.id, right)
    }
  }
}

async function takeQuiz(
  learner: Session,
  instructor: Session,
  lessonId: string,
  right: number,
): Promise<void> {
  const { quizId } = await learner.api.education.getLesson({ lessonId })
  if (!quizId) return
  const key = await instructor.api.assessment.editQuiz({ quizId })
  const attempt = await learner.api.assessment.startSubmission({ quizId })
  const answers = Object.fromEntries(
    attempt.questions.map((question, at) => {
      const correct = key.questions.find(candidate => candidate.id === question.id)?.options ?? []
      const rightly = at < Math.ceil(attempt.questions.length * right)
      const chosen = correct.filter(option => option.correct === rightly)
      const ids = chosen.map(option => option.id)
      return [question.id, question.type === 'multiple_choice' ? ids : ids.slice(0, 1)]
    }),
  )
  await learner.api.assessment.submit({ submissionId: attempt.id, answers })
}

/**
 * Make the demo school, once, and only where there is no other: its administrator's password is public, and is the
 * operator of all schools. A run that was cut short is taken up where it stopped: each step looks first whether
 * it was done.
 */
export async function seedDemo(seeding: Seeding): Promise<void> {
  const { authDb, url, say } = seeding
  const marker = join(seeding.scratchDir, 'demo-seeded')
  if (existsSync(marker) || (await hasOtherOrganization(authDb.across, demoSchool.slug))) return
  const organizationId = await createOrganization(authDb, demoSchool)
  for (const person of demoPeople) {
    await createAccount(authDb, { ...person, password: demoPassword, organizationId })
  }
  const instructor = await signIn(url, demoInstructor.email)
  say('Filling the demo school: importing its courses …')
  await until('The people', async () => {
    const people = await (await signIn(url, demoPeople[0]?.email ?? '')).api.education.listEvents({
      limit: 100,
    })
    return (
      people.items.filter(event => event.name === 'user.created' && event.status === 'done').length >=
      demoPeople.length
    )
  })
  const courseIds = new Map<string, string>()
  for (const course of await demoCourses()) {
    const courseId = await importCourse(seeding, instructor, course)
    courseIds.set(course.slug, courseId)
    await setUpGradebook(instructor.api, courseId)
  }
  say('Filling the demo school: a little activity …')
  for (const { email, course, read, right } of demoProgress) {
    const courseId = courseIds.get(course)
    if (!courseId) continue
    await walk({ learner: await signIn(url, email), instructor, courseId, read, right })
  }
  await setUpStandards(instructor.api, courseIds.get('money-matters') ?? '')
  await writeFile(marker, new Date().toISOString())
}
