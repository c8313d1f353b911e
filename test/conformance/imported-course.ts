import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { editedQuiz } from '@azora/contracts/assessment/quiz.ts'
import type { courseImport } from '@azora/contracts/education/import.ts'
import type { z } from 'zod'
import { type Person, request } from '../api.ts'
import { assertShown } from '../shown-import.ts'
import { until } from '../system.ts'
import { saveCourseUnchanged, saveLessonUnchanged, saveQuizUnchanged } from './save-unchanged.ts'

/** An import seen through the API as its teacher sees it: the course, its lessons and quizzes, the report. */

type CourseImport = z.infer<typeof courseImport>
type Quiz = z.infer<typeof editedQuiz>
type Lesson = Awaited<ReturnType<Person['api']['education']['editLesson']>> & { hidden: boolean }

export type ImportedCourse = {
  state: CourseImport
  title: string
  lessons: Lesson[]
  quizzes: Quiz[]
  /** Names of the files that no lesson shows. */
  attachments: string[]
  /** Text of a file that a lesson or the course keeps. */
  fileText(fileUrl: string): Promise<string>
}

/** Import a file and wait until it is over. */
export async function upload(url: string, { api, token }: Person, file: string): Promise<CourseImport> {
  const answer = await fetch(`${url}/api/v1/education/imports?name=${encodeURIComponent(basename(file))}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: await readFile(file),
  })
  const { id } = (await answer.json()) as { id: string }
  return until(
    `Importing ${basename(file)}`,
    async () => {
      const state = await api.education.getImport({ importId: id })
      return state.status === 'done' || state.status === 'failed' ? state : null
    },
    120_000,
  )
}

/** Import a file and read everything that came of it. A quiz that a lesson names and that never arrives is an error. */
export async function importedCourse(url: string, person: Person, file: string): Promise<ImportedCourse> {
  const state = await upload(url, person, file)
  const none = { state, title: '', lessons: [], quizzes: [], attachments: [], fileText: async () => '' }
  if (!state.courseId) return none
  const { education, assessment } = person.api
  const course = await education.editCourse({ courseId: state.courseId })
  const lessons: Lesson[] = []
  for (const module of course.modules) {
    for (const { id } of module.lessons) {
      const lesson = await education.editLesson({ lessonId: id })
      lessons.push({ ...lesson, hidden: isHidden(module) || isHidden(lesson) })
    }
  }
  for (const { quizId, title } of lessons) {
    if (quizId)
      await until(`The quiz of “${title}”`, () => assessment.editQuiz({ quizId }).catch(() => null), 15_000)
  }
  const { items } = await assessment.listQuizzes({ courseId: state.courseId })
  const quizzes = await Promise.all(items.map(({ id }) => assessment.editQuiz({ quizId: id })))
  return {
    state,
    title: course.title,
    lessons,
    quizzes,
    attachments: course.attachments.map(attachment => attachment.name),
    fileText: async fileUrl =>
      (await request(url, 'GET', fileUrl.replace(/^https?:\/\/[^/]+/, ''), { token: person.token })).text,
  }
}

const isHidden = (part: object) => 'status' in part && part.status !== 'published'

/** What holds for every import, whatever the file. @throws AssertionError saying what is wrong. */
export async function checkAnyImport(person: Person, imported: ImportedCourse): Promise<void> {
  const { state, lessons, quizzes } = imported
  assertShown(state)
  if (state.status === 'failed') {
    assert.ok(state.error, 'it failed without saying why')
    assert.notEqual(state.error.code, 'internal', 'it ended as an internal error')
    assert.equal(state.courseId, null, 'it failed and left a course')
    return
  }
  assert.ok(state.report, 'there is no report')
  const { counts, entries } = state.report
  const sum = counts.imported + counts.attached + counts.described + counts.lost
  assert.equal(sum, entries.length, 'the counts of the report do not add up to its entries')
  if (state.courseId) await saveCourseUnchanged(person, state.courseId)
  for (const { title, content } of lessons)
    assert.doesNotMatch(content, /azora-(?:item|file):/, `“${title}” has an address that leads nowhere`)
  for (const lesson of lessons) await saveLessonUnchanged(person, lesson)
  for (const quiz of quizzes) await saveQuizUnchanged(person, quiz)
}
