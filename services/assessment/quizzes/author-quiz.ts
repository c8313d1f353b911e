import type { EventPayload } from '@azora/contracts/events.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v7 as uuidv7 } from 'uuid'
import { requireAuthor } from '../courses/course-roles.ts'
import { selectIsHeld } from '../courses/places.store.ts'
import { changeQuestions, type WrittenQuestion } from './change-questions.ts'
import { cleanQuiz } from './clean-quiz.ts'
import { countAttempts } from './question-versions.store.ts'
import {
  deleteQuizRow,
  insertQuestions,
  insertQuiz,
  lockQuiz,
  type QuestionType,
  type QuizSettings,
  selectIsAttempted,
  selectOptionalQuiz,
  selectQuestions,
  updateQuiz,
} from './quizzes.store.ts'
import { withUsedOptions } from './used-options.ts'

type Tools = Pick<ServiceKit, 'db' | 'others'>

type QuestionInput = {
  id?: string | undefined
  type: QuestionType
  content: string
  points: number
  options: { id?: string | undefined; content: string; correct: boolean; feedback: string | null }[]
  feedback: { general: string | null; correct: string | null; incorrect: string | null }
}

/** A cleaned question as it is stored, with short option ids that answers refer to. */
function questionOf(input: QuestionInput): WrittenQuestion {
  const taken = new Set<string>()
  const options = input.options.map((option, index) => {
    let id = option.id && !taken.has(option.id) ? option.id : String.fromCharCode(97 + index)
    while (taken.has(id)) id = `${id}x`
    taken.add(id)
    return { id, content: option.content, feedback: option.feedback, correct: option.correct }
  })
  return {
    id: input.id ?? uuidv7(),
    type: input.type,
    content: input.content,
    points: input.points,
    options: options.map(({ correct, ...option }) => option),
    correctAnswer: options.filter(option => option.correct).map(option => option.id),
    feedback: input.feedback,
  }
}

const firstVersion = (question: WrittenQuestion) => ({ ...question, version: 1 })

async function selectAuthored(db: Queryable, quizId: string) {
  const quiz = await selectOptionalQuiz(db, quizId)
  if (!quiz) throw new AppError('not_found')
  const questions = await selectQuestions(db, quizId)
  const counts = await countAttempts(db, quizId)
  return {
    ...quiz,
    ...counts,
    attempted: counts.attemptCount > 0,
    questions: questions.map(({ correctAnswer, ...question }) => ({
      ...question,
      options: question.options.map(option => ({ ...option, correct: correctAnswer.includes(option.id) })),
    })),
  }
}

/** The course of a quiz, once the caller is known to author it. @throws AppError `not_found`, `forbidden`. */
export async function authoredQuizCourse(
  tools: Tools,
  context: RequestContext,
  quizId: string,
): Promise<string> {
  const quiz = await selectOptionalQuiz(tools.db.in(actorOf(context).organizationId), quizId)
  if (!quiz) throw new AppError('not_found')
  await requireAuthor(tools, context, quiz.courseId)
  return quiz.courseId
}

const settingsOf = (input: QuizSettings): QuizSettings => ({
  title: input.title,
  description: input.description,
  passingScore: input.passingScore,
  timeLimitMinutes: input.timeLimitMinutes,
  maxAttempts: input.maxAttempts,
  shuffle: input.shuffle,
})

/** Quizzes decide who passes, so what becomes of them is in the audit log, whoever does it. */
function recordQuiz(
  tx: Transaction,
  context: RequestContext,
  quiz: { id: string; courseId: string; title: string },
  change: 'created' | 'changed' | 'deleted',
  details: Record<string, unknown> = {},
): Promise<void> {
  return recordAudit(tx, 'assessment', context, {
    action: `quiz.${change}`,
    subject: { kind: 'quiz', id: quiz.id, name: quiz.title },
    details: { courseId: quiz.courseId, ...details },
  })
}

export async function createQuiz(
  tools: Tools,
  context: RequestContext,
  raw: QuizSettings & { courseId: string; questions: QuestionInput[] },
) {
  const actor = actorOf(context)
  await requireAuthor(tools, context, raw.courseId)
  const input = withUsedOptions(await cleanQuiz(raw, actor.userId))
  const id = uuidv7()
  return tools.db.in(actor.organizationId).transaction(async tx => {
    await insertQuiz(tx, {
      ...settingsOf(input),
      id,
      organizationId: actor.organizationId,
      courseId: input.courseId,
      bank: false,
      createdBy: actor.userId,
    })
    await insertQuestions(
      tx,
      actor.organizationId,
      id,
      input.questions.map(question => firstVersion(questionOf({ ...question, id: undefined }))),
    )
    await recordQuiz(tx, context, { id, courseId: input.courseId, title: input.title }, 'created')
    return selectAuthored(tx, id)
  })
}

/** A copy of a quiz in its course, with questions of its own and no attempts. */
export async function duplicateQuiz(
  tools: Tools,
  context: RequestContext,
  quizId: string,
  title: string | undefined,
) {
  const actor = actorOf(context)
  const courseId = await authoredQuizCourse(tools, context, quizId)
  const id = uuidv7()
  return tools.db.in(actor.organizationId).transaction(async tx => {
    await lockQuiz(tx, quizId, 'share')
    const quiz = await selectOptionalQuiz(tx, quizId)
    if (!quiz) throw new AppError('not_found')
    await insertQuiz(tx, {
      ...settingsOf(quiz),
      title: title ?? quiz.title,
      id,
      organizationId: actor.organizationId,
      courseId,
      bank: quiz.bank,
      createdBy: actor.userId,
    })
    const questions = await selectQuestions(tx, quizId)
    await insertQuestions(
      tx,
      actor.organizationId,
      id,
      questions.map(question => firstVersion({ ...question, id: uuidv7() })),
    )
    await recordQuiz(tx, context, { id, courseId, title: title ?? quiz.title }, 'created', { copyOf: quizId })
    return selectAuthored(tx, id)
  })
}

export async function editQuiz(tools: Tools, context: RequestContext, quizId: string) {
  await authoredQuizCourse(tools, context, quizId)
  return selectAuthored(tools.db.in(actorOf(context).organizationId), quizId)
}

/** Replace a quiz. Attempts keep the versions of the questions that they were taken on. */
export async function saveQuiz(
  tools: Tools,
  context: RequestContext,
  raw: QuizSettings & { quizId: string; questions: QuestionInput[] },
) {
  const { organizationId, userId } = actorOf(context)
  const courseId = await authoredQuizCourse(tools, context, raw.quizId)
  const input = withUsedOptions(await cleanQuiz(raw, userId))
  const places = input.questions.length === 0 ? await placesOf(tools, context, input.quizId) : []
  return tools.db.in(organizationId).transaction(async tx => {
    await lockQuiz(tx, input.quizId, 'update')
    const before = await selectQuestions(tx, input.quizId)
    const known = new Set(before.map(question => question.id))
    const after = input.questions.map(question =>
      questionOf({ ...question, id: question.id && known.has(question.id) ? question.id : undefined }),
    )
    if (new Set(after.map(question => question.id)).size !== after.length) {
      throw new AppError('invalid_input', {
        fields: [{ path: 'questions', code: 'duplicate', message: 'A question is named twice.' }],
      })
    }
    if (after.length === 0 && before.length > 0) await refuseNeeded(tx, input.quizId, 'learners', places)
    await updateQuiz(tx, input.quizId, settingsOf(input))
    const questionsChanged = await changeQuestions(tx, input.quizId, before, after)
    const subject = { id: input.quizId, courseId, title: input.title }
    await recordQuiz(tx, context, subject, 'changed', { questionsChanged })
    return selectAuthored(tx, input.quizId)
  })
}

async function placesOf({ others }: Tools, context: RequestContext, quizId: string): Promise<Places> {
  return (await others(context).education.findQuizPlaces({ quizId })).places
}

type Places = { lessonTitle: string; open: boolean }[]

/**
 * Refuse to empty or delete a quiz that a lesson needs: one that shows it, or is being published with it just now. The
 * quiz is locked. `places` are the lessons that education named before the transaction; a lesson that came to show the
 * quiz since then held it first.
 * @param shownTo whose lessons count: a quiz that only its author sees may be emptied, but not deleted.
 * @throws AppError `quiz_needed` naming the lessons.
 */
async function refuseNeeded(
  tx: Transaction,
  quizId: string,
  shownTo: 'learners' | 'anyone',
  places: Places,
): Promise<void> {
  const needing = places.filter(({ open }) => open || shownTo === 'anyone')
  if (needing.length > 0) {
    const titles = needing.slice(0, 10).map(place => place.lessonTitle)
    throw new AppError('quiz_needed', {
      detail: `${needing.length === 1 ? 'Lesson' : 'Lessons'}: ${titles.join(', ')}`,
    })
  }
  if (await selectIsHeld(tx, quizId)) throw new AppError('quiz_needed')
}

/** @throws AppError `quiz_in_use` once it was attempted, `quiz_needed` while a lesson shows it. */
export async function deleteQuiz(tools: Tools, context: RequestContext, quizId: string): Promise<void> {
  const courseId = await authoredQuizCourse(tools, context, quizId)
  const places = await placesOf(tools, context, quizId)
  await tools.db.in(actorOf(context).organizationId).transaction(async tx => {
    await lockQuiz(tx, quizId, 'update')
    if (await selectIsAttempted(tx, quizId)) throw new AppError('quiz_in_use')
    await refuseNeeded(tx, quizId, 'anyone', places)
    const title = await deleteQuizRow(tx, quizId)
    if (title === null) throw new AppError('not_found')
    await recordQuiz(tx, context, { id: quizId, courseId, title }, 'deleted')
  })
}

/**
 * A quiz that came in with a cartridge. Its texts were cleaned when they were read, in a thread; to clean them again
 * would hold up everybody's events, since a reaction runs inside a transaction.
 */
export async function takeImportedQuiz(tx: Transaction, event: EventPayload<'quiz.imported'>): Promise<void> {
  const { quiz } = event
  const made = await insertQuiz(tx, {
    ...settingsOf(quiz),
    id: event.quizId,
    organizationId: event.organizationId,
    courseId: event.courseId,
    bank: quiz.bank,
    createdBy: event.createdBy,
  })
  if (!made) return
  await insertQuestions(
    tx,
    event.organizationId,
    event.quizId,
    quiz.questions.map(question => firstVersion(questionOf(question))),
  )
}
