import type { EventPayload } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { item } from '../questions/item/item.ts'
import { passagesIn } from '../questions/passage.ts'
import { storePassages } from './passages.store.ts'
import { noteQuizFiles } from './quiz-files.store.ts'
import { defaultSettings, tellKind, tellResultsShown } from './quiz-settings.ts'
import { insertQuestions, insertQuiz } from './quizzes.store.ts'
import { filesOfQuiz } from './shown-files.ts'
import { defaultTaking } from './taking-settings.ts'
import { underPassages } from './written-passages.ts'
import { firstVersion, questionOf } from './written-question.ts'

/**
 * A quiz that came in with a cartridge. Its texts were cleaned when they were read, in a thread; to clean them again
 * would hold up everybody's events, since a reaction runs inside a transaction.
 */
export async function takeImportedQuiz(tx: Transaction, event: EventPayload<'quiz.imported'>): Promise<void> {
  const { quiz } = event
  const kind = quiz.kind ?? defaultSettings.kind
  const resultsShown = quiz.resultsShown ?? defaultSettings.resultsShown
  const made = await insertQuiz(tx, {
    id: event.quizId,
    organizationId: event.organizationId,
    courseId: event.courseId,
    kind,
    title: quiz.title,
    description: quiz.description,
    passingScore: quiz.passingScore,
    timeLimitMinutes: quiz.timeLimitMinutes,
    maxAttempts: quiz.maxAttempts,
    shuffle: quiz.shuffle,
    shuffleAnswers: quiz.shuffleAnswers ?? defaultSettings.shuffleAnswers,
    ...defaultTaking,
    opensAt: quiz.opensAt ?? null,
    sealedAccessCode: quiz.sealedAccessCode ?? null,
    resultsShown,
    answerRelease: defaultSettings.answerRelease,
    bank: quiz.bank,
    createdBy: event.createdBy,
  })
  if (!made) return
  const written = quiz.questions.map(question => {
    const read = questionOf(
      question.type === 'item' ? { ...question, body: item.prepared(question.body) } : question,
    )
    return kind === 'survey' ? { ...read, correctAnswer: [] } : read
  })
  const passages = quiz.passages?.map(passage => ({ ...passage, shuffle: quiz.shuffle })) ?? []
  const questions = underPassages(written, quiz.questions, passages).map(firstVersion)
  await storePassages(tx, event.quizId, passagesIn(questions))
  await insertQuestions(tx, event.organizationId, event.quizId, questions)
  const { organizationId, courseId, quizId } = event
  await noteQuizFiles(tx, { organizationId, courseId, quizId, fileIds: filesOfQuiz(quiz) })
  const told = { id: event.quizId, courseId: event.courseId }
  await tellResultsShown(tx, told, defaultSettings, { resultsShown })
  await tellKind(tx, told, defaultSettings, { kind })
}
