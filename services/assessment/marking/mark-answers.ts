import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { requireAuthor } from '../courses/course-roles.ts'
import { isMarkedByRules } from '../questions/asked-question.ts'
import { markByRubric } from '../questions/essay/essay.ts'
import { hintsUsed } from '../questions/hints.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { selectQuestions } from '../quizzes/quizzes.store.ts'
import { recordQuiz } from '../quizzes/record-quiz.ts'
import {
  lockAttemptsBeside,
  lockOptionalAttempt,
  type Submission,
  selectOptionalSubmission,
} from '../submissions/submissions.store.ts'
import { completeAttempt, completeIfMarked, type MarkingTools } from './complete-attempt.ts'
import { type MarkedQuestion, markedIn, rubricOf, shownOnDesk } from './desk-question.ts'
import {
  type MarkedAnswer,
  type MarkingSettings,
  selectAnswersToMark,
  selectMarkingSettings,
  selectOptionalAnswer,
  selectQuizzesToMark,
  selectReady,
  updateMark,
  upsertMarkingSettings,
} from './marking.store.ts'

/** Marking by who teaches the course. Each throws AppError `not_found` and `forbidden`. */

export async function listQuizzesToMark(tools: MarkingTools, by: AskingCaller, courseId: string) {
  await requireAuthor(tools, by, courseId)
  return { items: await selectQuizzesToMark(tools.db.in(by.actor.organizationId), { courseId }) }
}

/** Whose answer it is, as far as who marks may know. */
function shownAnswer(answer: MarkedAnswer, { anonymous }: MarkingSettings, by: AskingCaller) {
  const { id, questionId, alias, state, userId, attemptNumber, markedBy } = answer
  return {
    id,
    questionId,
    alias,
    userId: anonymous ? null : userId,
    attemptNumber: anonymous ? null : attemptNumber,
    state,
    markedByYou: markedBy === null ? null : markedBy === by.actor.userId,
  }
}

export async function listAnswersToMark(
  tools: MarkingTools,
  by: AskingCaller,
  quizId: string,
  mostAnswers = 1000,
) {
  const { courseId, title } = await requireAuthoredQuiz(tools, by, quizId)
  const db = tools.db.in(by.actor.organizationId)
  const answers = await selectAnswersToMark(db, quizId, mostAnswers)
  const [quiz] = await selectQuizzesToMark(db, { courseId, quizId })
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
    ...settings,
    questions,
    items: answers.map(answer => shownAnswer(answer, settings, by)),
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
  return {
    ...shownAnswer(answer, settings, by),
    quizId,
    courseId,
    content: question.content,
    points: question.points,
    ...(question.values ? { values: question.values } : {}),
    ...shownOnDesk(question, given, { notRun: answer.notRun, anonymous: settings.anonymous }),
    hintCost,
    revision: answer.revision,
    levels: answer.levels,
    awarded: answer.points,
    comment: answer.comment,
  }
}

type MarkInput = {
  revision: number
  levels: Record<string, string>
  awarded: number | null
  comment: string
  done: boolean
}

/** The points of a mark, and the levels that they come from. @throws AppError `invalid_input` */
function pointsOf(question: MarkedQuestion, { levels, awarded, done }: MarkInput) {
  const { rubric } = rubricOf(question)
  if (rubric.length === 0) {
    if (awarded !== null && awarded > question.points) {
      const values = { most: String(question.points) }
      throw invalidField('awarded', 'too_many_points', { code: 'too_big', values })
    }
    if (done && awarded === null) throw invalidField('awarded', 'mark_incomplete')
    return { points: awarded, levels: {} }
  }
  const known = Object.fromEntries(
    rubric.flatMap(({ id, levels: offered }) =>
      offered.some(level => level.id === levels[id]) ? [[id, levels[id] as string]] : [],
    ),
  )
  const marked = markByRubric({ rubric }, question.points, known)
  if (done && !marked) throw invalidField('levels', 'mark_incomplete')
  return { points: marked?.awarded ?? null, levels: known }
}

/**
 * Save a mark. The attempt is locked before its mark is read: two who save at once come one after the other, and the
 * later finds a newer revision than it names.
 * @throws AppError `mark_changed`, `invalid_input`
 */
export async function saveMark(tools: MarkingTools, by: AskingCaller, answerId: string, input: MarkInput) {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  const known = await selectOptionalAnswer(school, answerId)
  if (!known) throw new AppError('not_found')
  await requireAuthoredQuiz(tools, by, known.quizId)
  return school.transaction(async tx => {
    await lockAttemptsBeside(tx, known.submissionId)
    const found = await lockOptionalAttempt(tx, known.submissionId)
    const answer = found && (await selectOptionalAnswer(tx, answerId))
    // Released meanwhile: its mark is no longer on the desk.
    if (!answer || answer.revision !== input.revision) throw new AppError('mark_changed')
    const question = markedIn(await tools.questionsOf(tx, found.attempt), answer.questionId)
    const { points, levels } = pointsOf(question, input)
    const state = input.done ? ('marked' as const) : ('draft' as const)
    const mark = { state, points, levels, comment: input.comment, markedBy: userId }
    const revision = await updateMark(tx, answerId, mark)
    const { release } = await selectMarkingSettings(tx, answer.quizId)
    const graded = input.done && release === 'at_once' && (await completeIfMarked(tx, tools, found))
    return { revision, state, graded }
  })
}

/** Grade what is marked. Each attempt in a transaction of its own, so that one that fails holds up no other. */
export async function releaseMarks(
  tools: MarkingTools & Pick<ServiceKit, 'log'>,
  by: AskingCaller,
  quizId: string,
) {
  await requireAuthoredQuiz(tools, by, quizId)
  const school = tools.db.in(by.actor.organizationId)
  const failed = new Map<string, unknown>()
  let releasedCount = 0
  for (const { id } of await selectReady(school, quizId, [])) {
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

export async function setMarking(
  tools: MarkingTools,
  by: AskingCaller,
  quizId: string,
  settings: MarkingSettings,
) {
  const quiz = await requireAuthoredQuiz(tools, by, quizId)
  await tools.db.in(by.actor.organizationId).transaction(async tx => {
    await upsertMarkingSettings(tx, quizId, settings)
    // Who showed the names, and when, can be asked later.
    await recordQuiz(tx, by, quiz, 'changed', { marking: settings })
  })
  return settings
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
