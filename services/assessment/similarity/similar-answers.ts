import { limits } from '@azora/contracts/limits.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import { plainText } from '@azora/kit/rich-text/sanitise.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { courseRole } from '../courses/course-roles.ts'
import { selectMarkingSettings } from '../marking/marking.store.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import type { AskedQuestions } from '../submissions/asked-questions.ts'
import { selectOptionalSubmission } from '../submissions/submissions.store.ts'
import { compareInThread } from './compare-in-thread.ts'
import { type SharedPassage, surelyFound } from './passages.ts'
import { type Candidate, selectCandidates, selectOptionalPrinted } from './similar.store.ts'

/**
 * Answers of other learners of the school that an essay shares passages with. It says that words are the same, and not
 * why. Who marks sees whose answer it is where they may mark that one too; of all others only that there is one.
 */

type Tools = Pick<ServiceKit, 'db'> & { questionsOf: AskedQuestions }

/** Who shares most is told; a text that a whole class has from one source is known as that by so many. */
const mostAnswers = 10
const mostPassages = 30

/** @throws AppError `not_found`, `forbidden`, `rate_limited`, `unavailable` */
export async function listSimilarAnswers(tools: Tools, by: AskingCaller, answerId: string) {
  const db = tools.db.in(by.actor.organizationId)
  const answer = await selectOptionalPrinted(db, answerId)
  if (!answer) throw new AppError('not_found')
  await requireAuthoredQuiz(tools, by, answer.quizId)
  const attempt = await selectOptionalSubmission(db, answer.submissionId)
  if (!attempt) throw new AppError('not_found')
  const question = (await tools.questionsOf(db, attempt)).find(({ id }) => id === answer.questionId)
  const mine = attempt.answers[answer.questionId]?.[0] ?? ''
  if (question?.type !== 'essay') return { compared: false, wordCount: 0, items: [] }
  const { userId } = by.actor
  const given = plainText(`${question.passage?.content ?? ''}\n${question.content}`).slice(
    0,
    limits.essayLength,
  )
  const { wordCount, prints } = await compareInThread({ mine, given, others: [] }, userId)
  if (!answer.printed || prints.length === 0) return { compared: answer.printed, wordCount, items: [] }
  const candidates = await selectCandidates(db, { answerId, userId: answer.userId, prints }, mostAnswers)
  const { shared } = await compareInThread(
    { mine, given, others: candidates.map(({ text }) => text ?? '') },
    userId,
  )
  const { anonymous } = await selectMarkingSettings(db, answer.quizId)
  const mayMark = markableCourses(tools, by)
  const items = []
  for (const [at, candidate] of candidates.entries()) {
    const { passages = [], wordCount: sharedCount = 0 } = shared[at] ?? {}
    if (sharedCount < surelyFound) continue
    const whose = (await mayMark(candidate.courseId)) ? known(candidate, anonymous) : unknown
    items.push({ ...whose, wordCount: sharedCount, passages: passages.slice(0, mostPassages).map(place) })
  }
  return {
    compared: answer.printed,
    wordCount,
    items: items.sort((a, b) => b.wordCount - a.wordCount),
  }
}

const place = ({ start, end }: SharedPassage) => ({ start, end })

/** Of an answer that the caller may not mark. */
const unknown = {
  courseId: null,
  quizId: null,
  quizTitle: null,
  answerId: null,
  alias: null,
  userId: null,
  submissionId: null,
}

/** Where names are hidden in either quiz nothing leads to a learner. */
function known(candidate: Candidate, anonymous: boolean) {
  const { courseId, quizId, quizTitle, answerId, alias, userId, submissionId } = candidate
  const hidden = anonymous || candidate.anonymous
  return {
    courseId,
    quizId,
    quizTitle,
    // On the desk until its marks are released; in a quiz with names it would lead to one.
    answerId: candidate.graded || (hidden && !candidate.anonymous) ? null : answerId,
    alias,
    userId: hidden ? null : userId,
    submissionId: hidden ? null : submissionId,
  }
}

/** Whether the caller may mark in a course; each is asked for once. */
function markableCourses(tools: Tools, by: AskingCaller) {
  const asked = new Map<string, Promise<boolean>>()
  const ask = (courseId: string) =>
    courseRole(tools, by, courseId).then(
      ({ author }) => author,
      failure => {
        if (failure instanceof AppError && ['not_found', 'forbidden'].includes(failure.code)) return false
        throw failure
      },
    )
  return (courseId: string) => {
    const answer = asked.get(courseId) ?? ask(courseId)
    asked.set(courseId, answer)
    return answer
  }
}
