import { limits } from '@azora/contracts/limits.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { invalidField } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { lockQuiz, type Quiz } from '../quizzes/quizzes.store.ts'
import { lockRules, selectQuizAlignments, selectStandards, storeAlignments } from './standards.store.ts'

type Tools = Pick<ServiceKit, 'db'>

/** Whether what is scored in it is evidence. */
const counts = ({ kind, practice, bank }: Quiz) => kind === 'quiz' && !practice && !bank

/** @throws AppError `not_found`, `forbidden`. */
export async function getQuizStandards(tools: Tools, by: AskingCaller, quizId: string) {
  const quiz = await requireAuthoredQuiz(tools, by, quizId)
  const db = tools.db.in(by.actor.organizationId)
  const [standards, questions] = await Promise.all([
    selectStandards(db, quiz.courseId),
    selectQuizAlignments(db, quizId),
  ])
  return {
    quizId,
    courseId: quiz.courseId,
    quizTitle: quiz.title,
    counts: counts(quiz),
    standards: standards.map(({ questionCount: _, ...standard }) => standard),
    questions,
  }
}

/**
 * Say of single pairs whether the question shows the standard. What is not named stays, so that two who align other
 * questions or standards take nothing from each other.
 * @throws AppError `not_found`, `forbidden`, `invalid_input` for what is in the quiz or the course no more.
 */
export async function alignQuestions(
  tools: Tools,
  by: AskingCaller,
  quizId: string,
  pairs: readonly { questionId: string; standardId: string; aligned: boolean }[],
): Promise<void> {
  const quiz = await requireAuthoredQuiz(tools, by, quizId)
  const { courseId } = quiz
  if (!counts(quiz) && pairs.some(({ aligned }) => aligned))
    throw invalidField('alignments', 'standard_no_evidence')
  await tools.db.in(by.actor.organizationId).transaction(async tx => {
    await lockRules(tx, courseId, 'share')
    // Of two who add to a question at once, the second counts what the first added.
    await lockQuiz(tx, quizId, 'update')
    const questions = new Set((await selectQuizAlignments(tx, quizId)).map(({ id }) => id))
    const standards = new Set((await selectStandards(tx, courseId)).map(({ id }) => id))
    pairs.forEach(({ questionId, standardId, aligned }, at) => {
      if (!aligned) return
      if (!questions.has(questionId))
        throw invalidField(`alignments.${at}.questionId`, 'standard_question_unknown')
      if (!standards.has(standardId)) throw invalidField(`alignments.${at}.standardId`, 'standard_unknown')
    })
    const most = await storeAlignments(
      tx,
      { courseId, quizId },
      pairs.filter(({ aligned }) => aligned),
      pairs.filter(({ aligned }) => !aligned),
    )
    if (most > limits.standardsOfQuestion) throw invalidField('alignments', 'standard_too_many')
  })
}
