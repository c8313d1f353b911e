import type { AskingCaller } from '@azora/kit/caller.ts'
import type { ScopedDatabase } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthor } from '../courses/course-roles.ts'
import { isMarkedByRules } from '../questions/asked-question.ts'
import { hintsUsed } from '../questions/hints.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { selectQuestions } from '../quizzes/quizzes.store.ts'
import { type Submission, selectOptionalSubmission } from '../submissions/submissions.store.ts'
import { completeAttempt, type MarkingTools } from './complete-attempt.ts'
import { markedIn, shownOnDesk } from './desk-question.ts'
import { selectGivenMarks } from './given-marks.store.ts'
import {
  type MarkedAnswer,
  type MarkingSettings,
  selectAnswersToMark,
  selectMarkingSettings,
  selectOptionalAnswer,
  selectQuizzesToMark,
  selectReady,
} from './marking.store.ts'
import { markOf, type Task, taskOf } from './task-of.ts'

/** Marking by who teaches the course. Each throws AppError `not_found` and `forbidden`. */

export async function listQuizzesToMark(tools: MarkingTools, by: AskingCaller, courseId: string) {
  await requireAuthor(tools, by, courseId)
  return { items: await selectQuizzesToMark(tools.db.in(by.actor.organizationId), { courseId }) }
}

/** Whose answer it is, as far as who marks may know, and what there is to do for them. */
function shownAnswer(answer: MarkedAnswer, settings: MarkingSettings, by: AskingCaller, task: Task | null) {
  const { id, questionId, alias, userId, attemptNumber } = answer
  const { anonymous } = settings
  const { state, markedBy } = task ?? answer
  return {
    id,
    questionId,
    alias,
    userId: anonymous ? null : userId,
    attemptNumber: anonymous ? null : attemptNumber,
    state,
    markedByYou: markedBy === null ? null : markedBy === by.actor.userId,
    place: task?.place ?? null,
    decided: answer.state === 'marked',
  }
}

/** @throws AppError `marked_without_names` for the answers of a group where names are hidden. */
export async function listAnswersToMark(
  tools: MarkingTools,
  by: AskingCaller,
  quizId: string,
  { groupId, mostAnswers = 1000 }: { groupId?: string | undefined; mostAnswers?: number } = {},
) {
  const { courseId, title } = await requireAuthoredQuiz(tools, by, quizId)
  const db = tools.db.in(by.actor.organizationId)
  const { userId } = by.actor
  // A group may be one learner, whose answers it would tell.
  if (groupId && (await selectMarkingSettings(db, quizId)).anonymous) throw refusal('groups_hidden')
  const answers = await selectAnswersToMark(db, quizId, { userId, courseId, groupId, mostAnswers })
  const given = await selectGivenMarks(
    db,
    answers.map(({ id }) => id),
  )
  const [quiz] = await selectQuizzesToMark(db, { courseId, quizId, groupId })
  const settings = quiz ?? (await selectMarkingSettings(db, quizId))
  const contents = new Map<string, string>()
  // Attempts may have been asked other versions; to name a question, that of any of them will do.
  for (const answer of answers) {
    if (contents.has(answer.questionId)) continue
    contents.set(answer.questionId, (await answeredQuestion(tools, by, answer)).question.content)
  }
  // As the quiz counts them now; a question that was taken out of it has no number, and comes last.
  const numbers = new Map((await selectQuestions(db, quizId)).map(({ id }, at) => [id, at + 1]))
  const questions = [...contents]
    .map(([id, content]) => ({ id, content, number: numbers.get(id) ?? null }))
    .sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || (a.id < b.id ? -1 : 1))
  return {
    quizId,
    courseId,
    title,
    waitingCount: 0,
    markedCount: 0,
    readyCount: 0,
    decideCount: 0,
    ...settings,
    questions,
    items: answers.map(answer => {
      const task = taskOf(answer, given.get(answer.id) ?? [], settings, userId)
      return shownAnswer(answer, settings, by, task)
    }),
  }
}

async function answeredQuestion(tools: MarkingTools, by: AskingCaller, answer: MarkedAnswer) {
  const db = tools.db.in(by.actor.organizationId)
  const attempt = await selectOptionalSubmission(db, answer.submissionId)
  if (!attempt) throw new AppError('not_found')
  const question = markedIn(await tools.questionsOf(db, attempt), answer.questionId)
  const hintCost = hintsUsed(question, attempt.hintsTaken)
  return { question, given: attempt.answers[answer.questionId] ?? [], hintCost }
}

export async function getAnswerToMark(tools: MarkingTools, by: AskingCaller, answerId: string) {
  const db = tools.db.in(by.actor.organizationId)
  const answer = await selectOptionalAnswer(db, answerId)
  if (!answer) throw new AppError('not_found')
  const { courseId, id: quizId } = await requireAuthoredQuiz(tools, by, answer.quizId)
  const settings = await selectMarkingSettings(db, quizId)
  const { question, given, hintCost } = await answeredQuestion(tools, by, answer)
  const marks = (await selectGivenMarks(db, [answerId])).get(answerId) ?? []
  const task = taskOf(answer, marks, settings, by.actor.userId)
  const own = markOf(answer, task, settings)
  return {
    ...shownAnswer(answer, settings, by, task),
    quizId,
    courseId,
    content: question.content,
    passage: question.passage?.content ?? null,
    points: question.points,
    ...(question.values ? { values: question.values } : {}),
    ...shownOnDesk(question, given, { notRun: answer.notRun, anonymous: settings.anonymous }),
    hintCost,
    revision: task?.revision ?? answer.revision,
    levels: own.levels,
    awarded: own.points,
    comment: own.comment,
    annotations: own.annotations,
    reason: own.reason,
    mayMark: task?.mayMark ?? true,
    given: (task?.seen ?? []).map(
      ({ place, levels, points, comment, annotations, reason, markedBy, markedAt }) => ({
        place,
        levels,
        awarded: points ?? 0,
        comment,
        annotations,
        reason,
        byYou: markedBy === by.actor.userId,
        markedAt,
      }),
    ),
  }
}

/** Grade what is marked. Each attempt in a transaction of its own, so that one that fails holds up no other. */
export async function releaseMarks(tools: ReleaseTools, by: AskingCaller, quizId: string) {
  await requireAuthoredQuiz(tools, by, quizId)
  return releaseReady(tools, tools.db.in(by.actor.organizationId), quizId)
}

type ReleaseTools = MarkingTools & Pick<ServiceKit, 'log'>

export async function releaseReady(
  tools: ReleaseTools,
  school: ScopedDatabase,
  quizId: string,
  most?: number,
) {
  const failed = new Map<string, unknown>()
  let releasedCount = 0
  for (const { id } of await selectReady(school, quizId, [], most)) {
    await school
      .transaction(tx => completeAttempt(tx, tools, id))
      .then(graded => {
        if (graded) releasedCount += 1
      })
      .catch(failure => failed.set(id, failure))
  }
  const failedIds = [...failed.keys()]
  if (failed.size > 0)
    tools.log.error('Attempts were not released', { quizId, failures: [...failed.values()] })
  const readyCount = (await selectReady(school, quizId, failedIds)).length
  return { releasedCount, failedCount: failed.size, readyCount }
}

/**
 * While the marks of an attempt are given without names, who teaches sees it on the desk alone. That holds from its
 * beginning: an answer that is read under a name while it is written is known again on the desk.
 * @throws AppError `marked_without_names`
 */
export async function refuseWhileNameless(
  tools: Pick<MarkingTools, 'db' | 'questionsOf'>,
  by: AskingCaller,
  attempt: Submission,
): Promise<void> {
  if (attempt.state === 'graded') return
  const db = tools.db.in(by.actor.organizationId)
  if (!(await selectMarkingSettings(db, attempt.quizId)).anonymous) return
  if (attempt.awaitsMarking || !(await tools.questionsOf(db, attempt)).every(isMarkedByRules)) {
    throw new AppError('marked_without_names')
  }
}
