import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { requireAuthor } from '../courses/course-roles.ts'
import { passagesIn } from '../questions/passage.ts'
import type { Question } from '../questions/question.ts'
import { countAttempts } from './question-versions.store.ts'
import { sectionsByPlace } from './quiz-sections.ts'
import { type Quiz, selectOptionalQuiz, selectQuestions } from './quizzes.store.ts'
import type { Release } from './release.ts'

/** A quiz, once the caller is known to author its course. @throws AppError `not_found`, `forbidden`. */
export async function requireAuthoredQuiz(
  tools: { db: Database },
  by: AskingCaller,
  quizId: string,
): Promise<Quiz & Release> {
  const quiz = await selectOptionalQuiz(tools.db.in(by.actor.organizationId), quizId)
  if (!quiz) throw new AppError('not_found')
  await requireAuthor(tools, by, quiz.courseId)
  return quiz
}

/** A quiz as its author sees it, without its access code. */
export async function selectAuthored(db: Queryable, quizId: string) {
  const quiz = await selectOptionalQuiz(db, quizId)
  if (!quiz) throw new AppError('not_found')
  const questions = await selectQuestions(db, quizId)
  const counts = await countAttempts(db, quizId)
  return {
    ...quiz,
    ...counts,
    attempted: counts.attemptCount > 0,
    passages: passagesIn(questions).map(({ version: _, ...passage }) => passage),
    sections: quiz.sections.map(({ questions: _, ...section }) => section),
    questions: sectionsByPlace(quiz.sections, questions).map(({ section, item }) => ({
      ...withKey(item),
      sectionId: section?.id ?? null,
    })),
  }
}

/** A question with its key, as its author sees it. */
export const withKey = ({ correctAnswer, passage, ...question }: Question) => ({
  ...question,
  passageId: passage?.id ?? null,
  options: question.options.map(option => ({ ...option, correct: correctAnswer.includes(option.id) })),
})
