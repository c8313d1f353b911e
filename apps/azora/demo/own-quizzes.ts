import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AzoraClient } from '@azora/contracts/client.ts'

type QuizInput = Parameters<AzoraClient['assessment']['createQuiz']>[0]

/** A quiz as it lies beside a course of the demo: the module that it ends, its lesson, and what the API takes. */
export type OwnQuiz = {
  /** Counted from one. */
  module: number
  lesson: { title: string; durationMinutes: number; required: boolean }
  quiz: Omit<QuizInput, 'courseId'>
}

/** The quizzes with questions that no cartridge can hold, such as programs and essays. */
export async function ownQuizzes(courseFolder: string): Promise<OwnQuiz[]> {
  const folder = join(courseFolder, 'quizzes')
  const names = (await readdir(folder)).filter(name => name.endsWith('.json')).sort()
  // Checked by the API, which takes them as it takes those of anyone else.
  return Promise.all(names.map(async name => JSON.parse(await readFile(join(folder, name), 'utf8'))))
}

/** Give a course its own quizzes. What a run that was cut short has made already stays. */
export async function addOwnQuizzes(
  { api, upload }: { api: AzoraClient; upload: (file: string) => Promise<{ url: string }> },
  courseId: string,
  quizzes: readonly OwnQuiz[],
): Promise<void> {
  const { modules } = await api.education.editCourse({ courseId })
  const placed = new Set(modules.flatMap(module => module.lessons).map(({ quizId }) => quizId))
  const { items } = await api.assessment.listQuizzes({ courseId })
  for (const { module, lesson, quiz } of quizzes) {
    const made = items.find(({ title }) => title === quiz.title)
    const { id: quizId } =
      made ?? (await api.assessment.createQuiz({ courseId, ...(await withPictures(quiz, upload)) }))
    const moduleId = modules[module - 1]?.id
    if (!moduleId || placed.has(quizId)) continue
    await api.education.createLesson({ moduleId, kind: 'quiz', quizId, ...lesson })
  }
}

/** A picture is named by its file in the folder of the course, and gets the address that its upload answers. */
async function withPictures(
  quiz: OwnQuiz['quiz'],
  upload: (file: string) => Promise<{ url: string }>,
): Promise<OwnQuiz['quiz']> {
  const questions = structuredClone(quiz.questions ?? [])
  for (const question of questions)
    if ((question.type === 'hotspot' || question.type === 'labelling') && question.body.picture)
      question.body.picture.address = (await upload(question.body.picture.address)).url
  return { ...quiz, questions }
}
