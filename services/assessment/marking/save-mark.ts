import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import { markByRubric } from '../questions/essay/essay.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { lockAttemptsBeside, lockOptionalAttempt } from '../submissions/submissions.store.ts'
import { agreedPoints } from './agreement.ts'
import { annotationsOf, annotationsOfBoth } from './annotations.ts'
import { completeIfMarked, type MarkingTools } from './complete-attempt.ts'
import { type MarkedQuestion, markedIn, rubricOf } from './desk-question.ts'
import {
  type GivenMark,
  letDecide,
  saveGivenMark,
  selectGivenMarks,
  supersedeMarks,
} from './given-marks.store.ts'
import {
  type MarkedAnswer,
  type MarkingSettings,
  selectMarkingSettings,
  selectOptionalAnswer,
  updateMark,
} from './marking.store.ts'
import { markOf, type Task, taskOf } from './task-of.ts'

export type MarkInput = {
  revision: number
  levels: Record<string, string>
  awarded: number | null
  comment: string
  /** Left out, they stay as they are. */
  annotations?: Annotation[] | undefined
  /** Of a moderator. */
  reason?: string
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
 * Save a mark. The attempt is locked before its marks are read: two who save at once come one after the other, and the
 * later finds a newer revision than it names, or that it is the second mark.
 * @throws AppError `mark_changed`, `mark_not_yours`, `invalid_input`
 */
export async function saveMark(tools: MarkingTools, by: AskingCaller, answerId: string, input: MarkInput) {
  const school = tools.db.in(by.actor.organizationId)
  const known = await selectOptionalAnswer(school, answerId)
  if (!known) throw new AppError('not_found')
  await requireAuthoredQuiz(tools, by, known.quizId)
  return school.transaction(async tx => {
    await lockAttemptsBeside(tx, known.submissionId)
    const found = await lockOptionalAttempt(tx, known.submissionId)
    const answer = found && (await selectOptionalAnswer(tx, answerId))
    // Released meanwhile: its mark is no longer on the desk.
    if (!answer) throw new AppError('mark_changed')
    return saveLockedMark(tx, tools, by, { found, answer }, input)
  })
}

type LockedAnswer = {
  found: NonNullable<Awaited<ReturnType<typeof lockOptionalAttempt>>>
  answer: MarkedAnswer
}

/** The same for an answer that was read after its attempt was locked with those beside it. */
export async function saveLockedMark(
  tx: Transaction,
  tools: MarkingTools,
  by: AskingCaller,
  { found, answer }: LockedAnswer,
  input: MarkInput,
) {
  const { userId } = by.actor
  const settings = await selectMarkingSettings(tx, answer.quizId)
  const marks = (await selectGivenMarks(tx, [answer.id])).get(answer.id) ?? []
  const task = taskOf(answer, marks, settings, userId)
  if (task && !task.mayMark) throw new AppError('mark_not_yours')
  if ((task ?? answer).revision !== input.revision) throw new AppError('mark_changed')
  const question = markedIn(await tools.questionsOf(tx, found.attempt), answer.questionId)
  const { points, levels } = pointsOf(question, input)
  const state = input.done ? ('marked' as const) : ('draft' as const)
  const written = found.attempt.answers[answer.questionId] ?? []
  const annotations = input.annotations
    ? annotationsOf(question, written, input.annotations)
    : markOf(answer, task, settings).annotations
  const mark = { state, points, levels, comment: input.comment, annotations, markedBy: userId }
  // Marks that two people gave before one person was to mark: the one that is saved now stands alone.
  if (!task && marks.length > 0) await supersedeMarks(tx, answer.id)
  const saved = task
    ? await saveOneOf(
        tx,
        { answer, marks, task, settings, written, most: question.points },
        { ...mark, reason: input.reason ?? '' },
      )
    : { revision: await updateMark(tx, answer.id, mark), decided: input.done }
  const releases = input.done && saved.decided && settings.release === 'at_once'
  const graded = releases && (await completeIfMarked(tx, tools, found))
  return { ...saved, state, graded }
}

type Marking = {
  answer: MarkedAnswer
  marks: GivenMark[]
  task: Task
  settings: MarkingSettings
  /** The answer itself. */
  written: string[]
  /** The points of the question. */
  most: number
}

/** Save the mark of one of several, and, where it is the last there has to be, what it comes to. */
async function saveOneOf(
  tx: Transaction,
  { answer, marks, task, settings, written, most }: Marking,
  mark: Pick<GivenMark, 'state' | 'points' | 'levels' | 'comment' | 'annotations' | 'reason' | 'markedBy'>,
) {
  const { place } = task
  const before = marks.find(one => one.place === place) ?? null
  const isDone = mark.state === 'marked'
  if (place === 'decision' && isDone && mark.reason === '' && !confirms(task, mark)) {
    throw invalidField('reason', 'reason_missing')
  }
  const given = await saveGivenMark(tx, before, { ...mark, answerId: answer.id, place })
  const after = [...marks.filter(one => one !== before), given]
  if (place === 'decision') {
    const revision = after.reduce((sum, one) => sum + one.revision, 0)
    if (isDone) await updateMark(tx, answer.id, { ...mark, state: 'marked' })
    return { revision, decided: isDone || answer.state === 'marked' }
  }
  const [first, second] = (['first', 'second'] as const).map(at => after.find(one => one.place === at))
  const { revision } = given
  if (first?.state !== 'marked' || second?.state !== 'marked') return { revision, decided: false }
  const points = agreedPoints(first.points ?? 0, second.points ?? 0, settings, most)
  if (points === null) {
    await letDecide(tx, [answer.id])
    return { revision, decided: false }
  }
  // Levels that differ are those of neither: the points alone are told.
  const levels = JSON.stringify(first.levels) === JSON.stringify(second.levels) ? first.levels : {}
  const comments = new Set([first.comment, second.comment].filter(Boolean))
  const annotations = annotationsOfBoth(first.annotations, second.annotations, written)
  const agreed = { points, levels, comment: [...comments].join('\n\n'), annotations, markedBy: null }
  await updateMark(tx, answer.id, { ...agreed, state: 'marked' })
  return { revision, decided: true }
}

/** Whether a moderator leaves the only mark as it was given: that says for itself why. */
const confirms = ({ seen, place }: Task, { points }: Pick<GivenMark, 'points'>) =>
  place === 'decision' && seen.length === 1 && seen[0]?.points === points
