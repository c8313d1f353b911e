import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v7 as uuidv7 } from 'uuid'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { gradeAttempt } from '../quizzes/grade.ts'
import { recordQuiz } from '../quizzes/record-quiz.ts'
import { selectOptionalSubmission } from '../submissions/submissions.store.ts'
import { givenMark, type MarkingTools } from './complete-attempt.ts'
import {
  type GivenMark,
  letDecide,
  lockAwaiting,
  selectGivenMarks,
  selectToSample,
} from './given-marks.store.ts'
import { releaseReady } from './mark-answers.ts'
import { type MarkedAnswer, selectAnswersOf, selectMarkingSettings, updateMark } from './marking.store.ts'
import { sampleOf } from './sample.ts'

/** However many are decided, a request ends. */
const mostTurns = 100

/**
 * Draw the sample that is moderated, from the attempts whose marks are all in. The marks of the others are decided by
 * that. Attempts that are marked later are drawn from the next time, so that a sample never grows thinner.
 * @throws AppError `not_found`, `forbidden`, `nothing_to_sample`
 */
export async function drawSample(
  tools: MarkingTools & Pick<ServiceKit, 'log'>,
  by: AskingCaller,
  quizId: string,
  releasedAtOnce?: number,
) {
  const quiz = await requireAuthoredQuiz(tools, by, quizId)
  const school = tools.db.in(by.actor.organizationId)
  const drawn = await school.transaction(async tx => {
    const awaiting = await lockAwaiting(tx, quizId)
    const { markers, samplePercent, release } = await selectMarkingSettings(tx, quizId)
    const submissionIds = markers === 'moderated' ? await selectToSample(tx, awaiting) : []
    if (submissionIds.length === 0) throw new AppError('nothing_to_sample')
    const marked: Awaited<ReturnType<typeof asMarked>>[] = []
    for (const id of submissionIds) marked.push(await asMarked(tx, tools, id, quiz.passingScore))
    const seed = uuidv7()
    const sampled = new Set(sampleOf(marked, { samplePercent, passingScore: quiz.passingScore, seed }))
    for (const { id, answers } of marked) {
      if (sampled.has(id)) {
        await letDecide(
          tx,
          answers.map(({ answer }) => answer.id),
        )
      } else
        for (const { answer, mark } of answers) await updateMark(tx, answer.id, { ...mark, state: 'marked' })
    }
    // With the seed and what it was drawn from the sample can be drawn again.
    const told = { seed, samplePercent, attempts: marked.map(({ id, percent }) => [id, percent]) }
    await recordQuiz(tx, by, quiz, 'changed', { sample: { ...told, sampled: [...sampled] } })
    return { attemptCount: marked.length, sampledCount: sampled.size, release }
  })
  const { release, ...counts } = drawn
  // What fails here, or is left, is released from the desk.
  for (let turn = 0; release === 'at_once' && turn < mostTurns; turn++) {
    const { releasedCount, readyCount } = await releaseReady(tools, school, quizId, releasedAtOnce)
    if (releasedCount === 0 || readyCount === 0) break
  }
  return counts
}

/** An attempt as its first marks would have it. */
async function asMarked(tx: Transaction, { questionsOf }: MarkingTools, id: string, passingScore: number) {
  const attempt = await selectOptionalSubmission(tx, id)
  if (!attempt) throw new AppError('not_found')
  const questions = await questionsOf(tx, attempt)
  const all = await selectAnswersOf(tx, id)
  const given = await selectGivenMarks(
    tx,
    all.map(answer => answer.id),
  )
  const first = (answer: MarkedAnswer): GivenMark | undefined =>
    given.get(answer.id)?.find(({ place }) => place === 'first')
  const marks = new Map(
    all.map(answer => {
      const mark = answer.state === 'marked' ? answer : { ...answer, ...first(answer) }
      return [answer.questionId, givenMark(mark, questions)]
    }),
  )
  const { scorePercent } = gradeAttempt(questions, attempt, passingScore, marks)
  const answers = all.flatMap(answer => {
    const mark = first(answer)
    return mark && answer.state !== 'marked' && !answer.toDecide ? [{ answer, mark }] : []
  })
  return { id, percent: scorePercent, answers }
}
