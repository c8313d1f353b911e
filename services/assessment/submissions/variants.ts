import type { questionInput } from '@azora/contracts/assessment/question.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { z } from 'zod'
import { requireAuthor } from '../courses/course-roles.ts'
import { rightAnswersTold } from '../questions/asked-question.ts'
import { requireAuthoredQuiz, withKey } from '../quizzes/authored-quiz.ts'
import { refuseUndrawable } from '../quizzes/check-drawn-questions.ts'
import { cleanQuiz } from '../quizzes/clean-quiz.ts'
import { sectionsByPlace } from '../quizzes/quiz-sections.ts'
import { type QuizKind, selectQuestions } from '../quizzes/quizzes.store.ts'
import { withUsedOptions } from '../quizzes/used-options.ts'
import { firstVersion, questionOf } from '../quizzes/written-question.ts'
import { drawnFor } from './asked-questions.ts'

/** Variants of a quiz by their number, for its author: each is the same whenever it is shown or printed. */

/** Stands for an attempt where none is stored. Without a number, what its author sees at first. */
export const variantKey = (quizId: string, variant: number | undefined): string =>
  variant === undefined ? quizId : `${quizId} ${variant}`

/** The questions of a variant with their key. @throws AppError `not_found`, `forbidden`. */
export async function getVariant(
  tools: Pick<ServiceKit, 'db'>,
  by: AskingCaller,
  quizId: string,
  variant: number,
) {
  const { courseId, sections } = await requireAuthoredQuiz(tools, by, quizId)
  const stored = await selectQuestions(tools.db.in(by.actor.organizationId), quizId)
  const questions = drawnFor({ id: variantKey(quizId, variant) }, stored)
  return {
    quizId,
    courseId,
    variant,
    // Saved back they would be the same for everyone: they name nothing to draw.
    questions: sectionsByPlace(sections, questions).map(({ section, item: { values: _, ...question } }) => ({
      ...withKey({ ...question, parameters: null }),
      sectionId: section?.id ?? null,
    })),
    values: Object.fromEntries(questions.flatMap(({ id, values }) => (values ? [[id, values]] : []))),
  }
}

const drawsShown = 5

/**
 * A question as it is being written, as five variants would have it, with what is right in each. Nothing is stored.
 * @throws AppError `invalid_input` for one that could not be saved
 */
export async function drawQuestion(
  tools: Pick<ServiceKit, 'db'>,
  by: AskingCaller,
  raw: {
    courseId: string
    quizId?: string | undefined
    kind: QuizKind
    question: z.infer<typeof questionInput>
    first: number
  },
) {
  await requireAuthor(tools, by, raw.courseId)
  const cleaned = await cleanQuiz({ description: '', questions: [raw.question] }, by.actor.userId)
  const { questions } = withUsedOptions(cleaned, raw.kind)
  const [input] = questions
  if (!input) throw new AppError('invalid_input')
  // What is drawn follows from its id too, so that one which is not saved yet has to have the same each time.
  const question = firstVersion(questionOf({ ...input, id: raw.question.id ?? raw.courseId }))
  const [checked] = await refuseUndrawable([question], raw.kind)
  const of = raw.quizId ?? raw.courseId
  const draws = Array.from({ length: drawsShown }, (_, at) => {
    const variant = raw.first + at
    const [drawn = question] = drawnFor({ id: variantKey(of, variant) }, [question])
    return {
      variant,
      values: drawn.values ?? [],
      content: drawn.content,
      options: drawn.options.map(({ content }) => content),
      answers: raw.kind === 'survey' ? [] : rightAnswersTold(drawn),
    }
  })
  return { draws, checkedCount: checked?.count ?? 0, checkedAll: checked?.whole ?? true }
}
