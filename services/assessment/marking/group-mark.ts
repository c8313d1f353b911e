import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { selectIsGroup } from '../groups/groups.store.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import {
  lockAttemptsBeside,
  lockOptionalAttempt,
  selectOptionalSubmission,
} from '../submissions/submissions.store.ts'
import type { MarkingTools } from './complete-attempt.ts'
import { type MarkedQuestion, markedIn, rubricOf } from './desk-question.ts'
import { selectGivenMarks } from './given-marks.store.ts'
import { selectAnswersOfGroup } from './group-mark.store.ts'
import { selectMarkingSettings, selectOptionalAnswer } from './marking.store.ts'
import { type MarkInput, saveLockedMark } from './save-mark.ts'
import { taskOf } from './task-of.ts'

/**
 * One mark for the answers of a whole group: points, levels and comment. Each answer keeps a mark of its own, as if it
 * had been marked alone, so that each can be changed later. What is decided already is left out, with the reason.
 */

type Outcome =
  | 'marks'
  /** It has a mark that is not released, or a draft of one that the mark is not taken from. */
  | 'replaces'
  | 'no_answer'
  | 'released'
  /** For a moderator, who decides of each answer. */
  | 'to_decide'
  /** Another version of the question, with other points or another rubric. */
  | 'other_question'

type Member = { userId: string; answerId: string | null; revision: number | null; outcome: Outcome }

export type GroupMark = Pick<MarkInput, 'levels' | 'awarded' | 'comment'> & {
  groupId: string
  apply: boolean
  /** The answers that get the mark, as they were when the preview was read. */
  answers: { answerId: string; revision: number }[]
}

/**
 * Mark the answers to a question of all who are in a group, in one transaction, or say whose they are.
 * @throws AppError `not_found`; `forbidden`; `marked_without_names`; `mark_changed` when an answer is no longer as the
 * preview said, and then none is marked; `invalid_input`.
 */
export async function markGroup(
  tools: MarkingTools,
  by: AskingCaller,
  answerId: string,
  { groupId, apply, answers, ...mark }: GroupMark,
) {
  const school = tools.db.in(by.actor.organizationId)
  const known = await selectOptionalAnswer(school, answerId)
  if (!known) throw new AppError('not_found')
  const { courseId, title } = await requireAuthoredQuiz(tools, by, known.quizId)
  return school.transaction(async tx => {
    if (!(await selectIsGroup(tx, courseId, groupId))) throw new AppError('not_found')
    const { anonymous } = await selectMarkingSettings(tx, known.quizId)
    // A preview tells who is behind each answer.
    if (anonymous) throw refusal('groups_hidden')
    const asked = await questionOf(tx, tools, known)
    if (!asked) throw new AppError('mark_changed')
    const named = new Map(answers.map(one => [one.answerId, one.revision]))
    const items: Member[] = []
    // By learner, so that two who mark the same answers lock them in one order.
    for (const member of await selectAnswersOfGroup(tx, groupId, known)) {
      const { userId } = member
      if (member.answerId === null) {
        items.push({ userId, answerId: null, revision: null, outcome: 'no_answer' })
        continue
      }
      const state = await stateOf(
        tx,
        tools,
        by,
        { ...known, ...member, answerId: member.answerId },
        {
          asked,
          fromId: answerId,
        },
      )
      items.push({ userId, answerId: member.answerId, revision: state.revision, outcome: state.outcome })
      const revision = named.get(member.answerId)
      if (!apply || revision === undefined) continue
      named.delete(member.answerId)
      if (!isMarkable(state.outcome) || !state.locked) {
        throw new AppError('mark_changed')
      }
      await saveLockedMark(tx, tools, by, state.locked, { ...mark, revision, done: true })
    }
    // One of a learner who left the group, or of whom there is a later attempt.
    if (apply && named.size > 0) throw new AppError('mark_changed')
    if (apply) {
      await recordAudit(tx, 'assessment', by, {
        action: 'mark.given_to_group',
        subject: { kind: 'quiz', id: known.quizId, name: title },
        details: { groupId, questionId: known.questionId, answers: answers.length },
      })
    }
    return { applied: apply, items }
  })
}

const isMarkable = (outcome: Outcome) => outcome === 'marks' || outcome === 'replaces'

type OfMember = { quizId: string; questionId: string; answerId: string; submissionId: string }

/** What was asked. Nothing is locked by it: attempts are locked by learner, and this one has its turn among them. */
async function questionOf(
  tx: Transaction,
  tools: MarkingTools,
  { submissionId, questionId }: Pick<OfMember, 'submissionId' | 'questionId'>,
): Promise<MarkedQuestion | null> {
  const attempt = await selectOptionalSubmission(tx, submissionId)
  return attempt && markedIn(await tools.questionsOf(tx, attempt), questionId)
}

/** What there is to do at an answer of a member, and the answer, locked. */
async function stateOf(
  tx: Transaction,
  tools: MarkingTools,
  by: AskingCaller,
  { answerId, submissionId, quizId }: OfMember,
  { asked, fromId }: { asked: MarkedQuestion; fromId: string },
) {
  await lockAttemptsBeside(tx, submissionId)
  const found = await lockOptionalAttempt(tx, submissionId)
  const answer = found && (await selectOptionalAnswer(tx, answerId))
  if (!found || !answer) return { outcome: 'released' as const, revision: null, locked: null }
  const settings = await selectMarkingSettings(tx, quizId)
  const marks = (await selectGivenMarks(tx, [answerId])).get(answerId) ?? []
  const task = taskOf(answer, marks, settings, by.actor.userId)
  const { revision } = task ?? answer
  const locked = { found, answer }
  const question = markedIn(await tools.questionsOf(tx, found.attempt), answer.questionId)
  if (!isAskedAlike(question, asked)) return { outcome: 'other_question' as const, revision, locked }
  if (task && (task.place === 'decision' || !task.mayMark)) {
    return { outcome: 'to_decide' as const, revision, locked }
  }
  const { state } = task ?? answer
  // The draft on screen is what the group is given; another is lost, with what was written in it.
  const replaces = state === 'marked' || (state === 'draft' && answerId !== fromId)
  return { outcome: replaces ? ('replaces' as const) : ('marks' as const), revision, locked }
}

/** Whether a mark of one is a mark of the other. */
const isAskedAlike = (one: MarkedQuestion, other: MarkedQuestion) =>
  one.points === other.points &&
  JSON.stringify(rubricOf(one).rubric) === JSON.stringify(rubricOf(other).rubric)
