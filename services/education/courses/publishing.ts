import type { AzoraClient } from '@azora/contracts/client.ts'
import type { PublishProblem } from '@azora/contracts/errors.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { selectTexts } from './authoring.store.ts'
import {
  type Parts,
  renewPlaces,
  type ShownLesson,
  selectQuizzesToShow,
  selectShownLessons,
} from './part-status.store.ts'

/**
 * What must be finished before learners may see it. Quizzes are another service's: they are held there before the
 * transaction that publishes, so that none can be emptied or deleted between the look at it and the commit. Then the
 * place of the quiz is told, and from there on it is kept because learners see it.
 */

/** The quizzes that were held, and how many questions each has. */
export type HeldQuizzes = Map<string, number>

export async function holdQuizzes(
  others: AzoraClient,
  courseId: string,
  quizIds: string[],
): Promise<HeldQuizzes> {
  if (quizIds.length === 0) return new Map()
  const { items } = await others.assessment.holdQuizzes({ courseId, quizIds })
  return new Map(items.map(item => [item.quizId, item.questionCount]))
}

export async function holdQuizzesOf(
  others: AzoraClient,
  school: Queryable,
  courseId: string,
  parts: Parts,
): Promise<HeldQuizzes> {
  return holdQuizzes(others, courseId, await selectQuizzesToShow(school, courseId, parts))
}

/** What a lesson that learners see lacks, or null. */
function lessonProblem(lesson: ShownLesson, quizzes: HeldQuizzes): PublishProblem | null {
  const inLesson = (code: PublishProblem['code'], message: string): PublishProblem => ({
    code,
    part: { kind: 'lesson', id: lesson.id, title: lesson.title },
    message,
  })
  if (lesson.kind === 'page')
    return lesson.written || lesson.attached ? null : inLesson('page_empty', 'This page is empty.')
  if (lesson.kind === 'video') {
    return lesson.fileId || lesson.media ? null : inLesson('video_missing', 'This lesson has no video.')
  }
  if (lesson.kind === 'file')
    return lesson.fileId ? null : inLesson('file_missing', 'This lesson has no file.')
  if (lesson.kind === 'link')
    return lesson.linkUrl ? null : inLesson('link_missing', 'This lesson has no link.')
  const questions = lesson.quizId ? quizzes.get(lesson.quizId) : undefined
  if (!lesson.quizId || questions === undefined)
    return inLesson('quiz_missing', 'The quiz of this lesson is missing.')
  if (questions > 0) return null
  return {
    code: 'quiz_empty',
    part: { kind: 'quiz', id: lesson.quizId, title: lesson.title },
    message: 'This quiz has no questions.',
  }
}

/** Everything that keeps a course from being published. */
export async function courseProblems(
  db: Queryable,
  courseId: string,
  quizzes: HeldQuizzes,
): Promise<PublishProblem[]> {
  const texts = await selectTexts(db, courseId)
  const inCourse = (code: PublishProblem['code'], message: string): PublishProblem => ({
    code,
    part: { kind: 'course', id: courseId, title: texts.title },
    message,
  })
  const lessons = await selectShownLessons(db, courseId)
  return [
    ...(texts.title.trim() ? [] : [inCourse('title_missing', 'The course has no title.')]),
    ...(texts.described ? [] : [inCourse('description_missing', 'The course has no description.')]),
    ...(lessons.length > 0 ? [] : [inCourse('no_published_lesson', 'The course has no published lesson.')]),
    ...lessons.flatMap(lesson => lessonProblem(lesson, quizzes) ?? []),
  ]
}

/** @throws AppError `course_not_publishable` when there are problems. */
export function refuseProblems(problems: PublishProblem[]): void {
  if (problems.length === 0) return
  throw new AppError('course_not_publishable', {
    problems,
    detail: problems.map(({ part, message }) => `${part.title}: ${message}`).join(' '),
  })
}

/**
 * Refuse lessons that learners would see though they cannot be completed.
 * @throws AppError `course_not_publishable`.
 */
export async function refuseUnfinished(
  tx: Transaction,
  courseId: string,
  isTouched: (lesson: ShownLesson) => boolean,
  quizzes: HeldQuizzes,
): Promise<void> {
  const lessons = (await selectShownLessons(tx, courseId)).filter(isTouched)
  refuseProblems(lessons.flatMap(lesson => lessonProblem(lesson, quizzes) ?? []))
}

/** Tell who keeps a copy where the quizzes of a course stand. The course is locked. */
export async function announcePlaces(tx: Transaction, courseId: string): Promise<void> {
  const { revision, places } = await renewPlaces(tx, courseId)
  await publish(tx, 'education', 'course.quizzes_placed', {
    courseId,
    organizationId: tx.organizationId,
    revision,
    places,
  })
}
