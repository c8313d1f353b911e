import type { assessmentContract, assessmentFiles } from '@azora/contracts/assessment.ts'
import { askingCallerOf, callerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import type { OperationsName } from '@azora/kit/operations.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import {
  listAccommodations,
  saveAccommodation,
  saveGroupAccommodation,
} from './accommodations/accommodations.ts'
import { languagesHere } from './code/languages-here.ts'
import { previewProgram, runProgram, tryProgram } from './code/practice.ts'
import type { Programs } from './code/programs.ts'
import { requireAuthor } from './courses/course-roles.ts'
import { lockQuizRows } from './courses/places.store.ts'
import { gradebookRoutes } from './gradebook/routes.ts'
import { getAttemptLog } from './integrity/attempt-log.ts'
import { noteActivity } from './integrity/note-activity.ts'
import { markGroup } from './marking/group-mark.ts'
import { holdAnswer } from './marking/hold-answer.ts'
import {
  getAnswerToMark,
  listAnswersToMark,
  listQuizzesToMark,
  releaseMarks,
} from './marking/mark-answers.ts'
import { setMarking } from './marking/marking-settings.ts'
import { drawSample } from './marking/moderation.ts'
import { saveMark } from './marking/save-mark.ts'
import { changeComment, deleteComment, keepComment, listSavedComments } from './marking/saved-comments.ts'
import { createQuiz, duplicateQuiz, editQuiz, saveQuiz } from './quizzes/author-quiz.ts'
import { requireAuthoredQuiz } from './quizzes/authored-quiz.ts'
import { deleteQuiz } from './quizzes/delete-quiz.ts'
import { selectFileUses } from './quizzes/quiz-files.store.ts'
import { selectQuizzes } from './quizzes/quizzes.store.ts'
import { overrideMark, takeBackOverride } from './regrading/override.ts'
import { getRegrade, previewRegrade, startRegrade } from './regrading/regrade.ts'
import { quizResults } from './results/quiz-results.ts'
import { getReview } from './results/review.ts'
import { listSimilarAnswers } from './similarity/similar-answers.ts'
import { standardsRoutes } from './standards/routes.ts'
import type { AskedQuestions } from './submissions/asked-questions.ts'
import { readAttempt, saveAnswers, submitAttempt } from './submissions/attempt.ts'
import { summaryOf } from './submissions/attempt-view.ts'
import { checkAnswer } from './submissions/check-answer.ts'
import { nextQuestion } from './submissions/next-question.ts'
import { nextSection } from './submissions/next-section.ts'
import { previewAttempt } from './submissions/preview-attempt.ts'
import { getQuizPictures } from './submissions/quiz-pictures.ts'
import { readQuiz, startAttempt } from './submissions/start-attempt.ts'
import { selectQuizSubmissions } from './submissions/submissions.store.ts'
import { endBreak, startBreak } from './submissions/take-break.ts'
import { takeHint } from './submissions/take-hint.ts'
import { drawQuestion, getVariant } from './submissions/variants.ts'
import { addUpload, removeUpload } from './uploads/add-upload.ts'
import { serveUpload } from './uploads/serve-upload.ts'

export function routes(
  kit: ServiceKit & { questionsOf: AskedQuestions; programs: Programs },
): Omit<Handlers<typeof assessmentContract>, OperationsName> {
  const asking = (context: RequestContext) => askingCallerOf(kit, context)
  return {
    ...gradebookRoutes(kit),
    ...standardsRoutes(kit),
    getQuiz: ({ quizId }, context) => readQuiz(kit, asking(context), quizId),
    getQuizPictures: ({ quizId }, context) => getQuizPictures(kit, asking(context), quizId),
    previewQuiz: ({ quizId, ...given }, context) => previewAttempt(kit, asking(context), quizId, given),
    getVariant: ({ quizId, variant }, context) => getVariant(kit, asking(context), quizId, variant),
    drawQuestion: (input, context) => drawQuestion(kit, asking(context), input),
    startSubmission: ({ quizId, ...given }, context) => startAttempt(kit, asking(context), quizId, given),
    getSubmission: ({ submissionId }, context) => readAttempt(kit, asking(context), submissionId),
    saveAnswers: ({ submissionId, answers, ...said }, context) =>
      saveAnswers(kit, callerOf(context), submissionId, answers, said),
    nextQuestion: ({ submissionId, ...leaving }, context) =>
      nextQuestion(kit, callerOf(context), submissionId, leaving),
    noteActivity: (input, context) => noteActivity(kit, callerOf(context), input),
    getAttemptLog: ({ submissionId }, context) => getAttemptLog(kit, asking(context), submissionId),
    nextSection: ({ submissionId, ...going }, context) =>
      nextSection(kit, callerOf(context), submissionId, going),
    startBreak: (which, context) => startBreak(kit, callerOf(context), which),
    endBreak: (which, context) => endBreak(kit, callerOf(context), which),
    checkAnswer: ({ submissionId, ...given }, context) =>
      checkAnswer(kit, callerOf(context), submissionId, given),
    takeHint: ({ submissionId, ...hint }, context) => takeHint(kit, callerOf(context), submissionId, hint),
    submit: ({ submissionId, answers, ...said }, context) =>
      submitAttempt(kit, callerOf(context), submissionId, answers, said),
    async listQuizzes({ courseId }, context) {
      await requireAuthor(kit, asking(context), courseId)
      return { items: await selectQuizzes(kit.db.in(actorOf(context).organizationId), courseId) }
    },
    createQuiz: (input, context) => createQuiz(kit, asking(context), input),
    editQuiz: ({ quizId }, context) => editQuiz(kit, asking(context), quizId),
    duplicateQuiz: ({ quizId, title }, context) => duplicateQuiz(kit, asking(context), quizId, title),
    saveQuiz: (input, context) => saveQuiz(kit, asking(context), input),
    async deleteQuiz({ quizId }, context) {
      await deleteQuiz(kit, asking(context), quizId)
      return { ok: true }
    },
    async holdQuizzes({ courseId, quizIds }, context) {
      const { organizationId } = actorOf(context)
      const items = await kit.db.in(organizationId).transaction(tx => lockQuizRows(tx, courseId, quizIds))
      return { items }
    },
    async findFileUses({ courseId, fileIds }, context) {
      const { organizationId } = actorOf(context)
      return { items: await selectFileUses(kit.db.in(organizationId), courseId, fileIds) }
    },
    listAccommodations: ({ courseId }, context) => listAccommodations(kit, asking(context), courseId),
    saveAccommodation: (input, context) => saveAccommodation(kit, asking(context), input),
    saveGroupAccommodation: (input, context) => saveGroupAccommodation(kit, asking(context), input),
    getReview: ({ submissionId }, context) => getReview(kit, asking(context), submissionId),
    getQuizResults: (which, context) => quizResults(kit, asking(context), which),
    listQuizzesToMark: ({ courseId }, context) => listQuizzesToMark(kit, asking(context), courseId),
    listAnswersToMark: ({ quizId, groupId }, context) =>
      listAnswersToMark(kit, asking(context), quizId, { groupId }),
    getAnswerToMark: ({ answerId }, context) => getAnswerToMark(kit, asking(context), answerId),
    saveMark: ({ answerId, ...mark }, context) => saveMark(kit, asking(context), answerId, mark),
    markGroup: ({ answerId, ...mark }, context) => markGroup(kit, asking(context), answerId, mark),
    releaseMarks: ({ quizId }, context) => releaseMarks(kit, asking(context), quizId),
    setMarking: ({ quizId, ...settings }, context) => setMarking(kit, asking(context), quizId, settings),
    drawSample: ({ quizId }, context) => drawSample(kit, asking(context), quizId),
    holdAnswer: ({ answerId }, context) => holdAnswer(kit, asking(context), answerId),
    listSimilarAnswers: ({ answerId }, context) => listSimilarAnswers(kit, asking(context), answerId),
    listSavedComments: (_input, context) => listSavedComments(kit, callerOf(context)),
    keepComment: ({ text }, context) => keepComment(kit, callerOf(context), text),
    changeComment: ({ commentId, text }, context) =>
      changeComment(kit, callerOf(context), { id: commentId, text }),
    async deleteComment({ commentId }, context) {
      await deleteComment(kit, callerOf(context), commentId)
      return { ok: true }
    },
    overrideMark: (input, context) => overrideMark(kit, asking(context), input),
    takeBackOverride: (input, context) => takeBackOverride(kit, asking(context), input),
    getRegrade: ({ quizId }, context) => getRegrade(kit, asking(context), quizId),
    previewRegrade: ({ quizId, ...choices }, context) =>
      previewRegrade(kit, asking(context), quizId, choices),
    startRegrade: ({ quizId, ...choices }, context) => startRegrade(kit, asking(context), quizId, choices),
    listProgramLanguages: (_input, context) => languagesHere(kit.programs, actorOf(context)),
    runProgram: (input, context) => runProgram(kit, callerOf(context), input, context.signal),
    previewProgram: (input, context) => previewProgram(kit, asking(context), input, context.signal),
    tryProgram: (input, context) => tryProgram(kit, asking(context), input, context.signal),
    removeUpload: (input, context) => removeUpload(kit, callerOf(context), input),
    async listSubmissions({ quizId, cursor, limit }, context) {
      await requireAuthoredQuiz(kit, asking(context), quizId)
      const page = await selectQuizSubmissions(kit.db.in(actorOf(context).organizationId), quizId, {
        cursor: idCursor(cursor),
        limit,
      })
      return {
        ...page,
        items: page.items.map(attempt => ({
          ...summaryOf(attempt, 'all', attempt.dueAt),
          userId: attempt.userId,
        })),
      }
    },
  }
}

/** Files that learners hand in: their bodies are streamed. */
export function fileRoutes(
  kit: ServiceKit & { questionsOf: AskedQuestions },
): FileHandlers<typeof assessmentFiles> {
  return {
    async addUpload(input, context, req, res) {
      res.status(201).json(await addUpload(kit, callerOf(context), input, req))
    },
    downloadUpload: ({ uploadId }, context, req, res) =>
      serveUpload(kit, askingCallerOf(kit, context), uploadId, req, res),
  }
}
