import assert from 'node:assert/strict'
import type { editedQuiz } from '@azora/contracts/assessment/quiz.ts'
import type { z } from 'zod'
import type { Person } from '../api.ts'

/**
 * An author who opens what came in and presses “Save” changes nothing and is refused nothing: what an import stores is
 * what the product itself accepts.
 */

type Quiz = z.infer<typeof editedQuiz>
type Lesson = Awaited<ReturnType<Person['api']['education']['editLesson']>>

export async function saveCourseUnchanged({ api }: Person, courseId: string): Promise<void> {
  const { education } = api
  const before = await education.editCourse({ courseId })
  const { title, summary, description, category, level, language, completionRule, modules } = before
  const settings = { title, summary, description, category, level, language, completionRule }
  await accepted('the course', () => education.saveCourse({ courseId, ...settings }))
  for (const module of modules) {
    const name = `the module “${module.title}”`
    await accepted(name, () => education.saveModule({ moduleId: module.id, title: module.title }))
  }
  const after = await education.editCourse({ courseId })
  assert.deepEqual({ ...after, updatedAt: '' }, { ...before, updatedAt: '' }, 'saving changes the course')
}

export async function saveLessonUnchanged({ api }: Person, lesson: Lesson): Promise<void> {
  const { id: lessonId, file, attachments, ...unchanged } = lesson
  const attachmentIds = attachments.map(attachment => attachment.id)
  const name = `the lesson “${lesson.title}”`
  const saved = await accepted(name, () =>
    api.education.saveLesson({ lessonId, ...unchanged, fileId: file?.id ?? null, attachmentIds }),
  )
  assert.equal(saved.content, lesson.content, `saving changes ${name}`)
}

export async function saveQuizUnchanged({ api }: Person, quiz: Quiz): Promise<void> {
  const { id: quizId, ...unchanged } = quiz
  const name = `the quiz “${quiz.title}”`
  const saved = await accepted(name, () => api.assessment.saveQuiz({ quizId, ...unchanged }))
  const { accessCode: _, ...rest } = quiz
  assert.deepEqual(saved, rest, `saving changes ${name}`)
}

async function accepted<T>(what: string, save: () => Promise<T>): Promise<T> {
  try {
    return await save()
  } catch (failure) {
    const { message, data } = failure as Error & { data?: unknown }
    return assert.fail(`${what} cannot be saved unchanged: ${message} ${JSON.stringify(data ?? '')}`)
  }
}
