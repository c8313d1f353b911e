import { limits } from '@azora/contracts/limits.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { filesIn } from '@azora/kit/rich-text/named-files.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { openedQuestion } from '../questions/asked-question.ts'
import { passagesOf } from '../questions/passage.ts'
import { selectQuestions } from '../quizzes/quizzes.store.ts'
import { selectQuizForParticipant } from './start-attempt.ts'

/**
 * How many pictures the questions of a quiz show, and how large they are together, for a learner whose data is costly.
 * Their addresses are not told: nobody looks at them before the clock runs.
 * @throws AppError `not_found`, `not_enrolled`.
 */
export async function getQuizPictures(
  tools: Pick<ServiceKit, 'db'>,
  by: AskingCaller,
  quizId: string,
): Promise<{ count: number; bytes: number }> {
  const { quiz } = await selectQuizForParticipant(tools, by, quizId)
  const questions = await selectQuestions(tools.db.in(by.actor.organizationId), quizId)
  const asked = questions.map(question => openedQuestion(question, question.options, parts => parts))
  const fileIds = filesIn(JSON.stringify([quiz.formulaSheet, passagesOf(questions), asked]))
  if (fileIds.length === 0) return { count: 0, bytes: 0 }
  const { files } = await by.others.education.getFileSizes({
    fileIds: fileIds.slice(0, limits.filesInRequest),
  })
  const pictures = files.filter(({ mediaType }) => mediaType.startsWith('image/'))
  return { count: pictures.length, bytes: pictures.reduce((sum, { size }) => sum + size, 0) }
}
