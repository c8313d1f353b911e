import { limits } from '@azora/contracts/limits.ts'
import type { AskingCaller, Caller } from '@azora/kit/caller.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { StreamEvent } from '@azora/kit/streams.ts'
import { requireAuthor } from '../courses/course-roles.ts'
import type { Code } from '../questions/code/code.ts'
import type { Question } from '../questions/question.ts'
import { rulesOf } from '../questions/question-types.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { selectOptionalQuiz, selectQuestions } from '../quizzes/quizzes.store.ts'
import { shownNow } from '../quizzes/release.ts'
import type { AskedQuestions } from '../submissions/asked-questions.ts'
import { refusalOfAnswers } from '../submissions/attempt-rules.ts'
import { shownQuestions } from '../submissions/layout.ts'
import { selectOptionalSubmission } from '../submissions/submissions.store.ts'
import { type Programs, requireLanguage } from './programs.ts'
import type { Share } from './queue/fair-queue.ts'
import { type Input, type OwnRun, runCode, runCodeTests } from './run-code.ts'
import type { Verdict } from './tests/run-tests.ts'

/**
 * Runs that count for nothing: a learner's while they write, and an author's who tries a question. Each answers with the
 * results of its runs one by one, and ends when nobody reads them any more.
 */

type Tools = Pick<ServiceKit, 'db'> & { questionsOf: AskedQuestions; programs: Programs }
type Given = { files: string[]; own?: { stdin: string; arguments: string[] } | undefined }

/** Of running, in one request: what a learner looks at in turn. */
const mostMs = 60_000

type Run = {
  body: Code
  tests: Code['tests']
  answer: string[]
  own: Input | undefined
  share: Omit<Share, 'purpose'>
  signal: AbortSignal
}

async function resultsOf(tools: Tools, run: Run) {
  if (run.own || run.tests.length > 0 || run.body.style?.length)
    await requireLanguage(tools.programs, run.body.language)
  return results(tools, run)
}

async function* results(tools: Tools, { body, tests, answer, own, share, signal }: Run) {
  const practice = { share: { ...share, purpose: 'practice' as const }, signal }
  if (own) {
    yield shown(null, await runCode(tools, body, answer, { ...practice, input: own }))
    return
  }
  for await (const verdict of runCodeTests(tools, body, answer, { ...practice, tests, mostMs })) {
    yield shown(verdict.testId, verdict)
  }
}

type Shown = Omit<Verdict, 'testId' | 'outcome' | 'worth' | 'earned'> & {
  testId: string | null
  outcome: Verdict['outcome'] | 'finished'
  cut: boolean
}

function shown(testId: string | null, result: Verdict | OwnRun): StreamEvent<Shown> {
  const { outcome, error, stdout, stderr, processorMs, wallMs, memoryBytes } = result
  const most = limits.shownOutputLength
  const difference = 'difference' in result ? result.difference : null
  const assertion = 'assertion' in result ? result.assertion : null
  return {
    data: {
      testId,
      outcome,
      difference: difference && {
        ...difference,
        given: difference.given?.slice(0, most) ?? null,
        expected: difference.expected?.slice(0, most) ?? null,
      },
      error,
      assertion,
      stdout: stdout.slice(0, most),
      stderr: stderr.slice(0, most),
      cut: stdout.length > most || stderr.length > most,
      processorMs,
      wallMs,
      memoryBytes,
    },
  }
}

/** @throws AppError `not_found` where it is no question that asks for a program. */
function bodyIn(questions: Question[], questionId: string): Code {
  const question = questions.find(({ id }) => id === questionId)
  if (question?.type !== 'code') throw new AppError('not_found')
  return question.body
}

/** With the tests that learners see. */
const asLearner = (body: Code, { files, own }: Given, share: Run['share'], signal: AbortSignal): Run => ({
  body,
  tests: body.tests.filter(({ hidden }) => !hidden),
  answer: files,
  own,
  share,
  signal,
})

/**
 * A learner's program, in their own attempt while it is open, with what they may see of the tests.
 * @throws AppError `not_found`, `attempt_closed`, `programs_not_run`
 */
export async function runProgram(
  tools: Tools,
  { actor }: Caller,
  input: Given & { submissionId: string; questionId: string },
  signal: AbortSignal,
) {
  const { organizationId: schoolId, userId: learnerId } = actor
  const school = tools.db.in(schoolId)
  const attempt = await selectOptionalSubmission(school, input.submissionId)
  if (attempt?.userId !== learnerId) throw new AppError('not_found')
  const refused = refusalOfAnswers(attempt, attempt.now)
  if (refused) throw new AppError(refused)
  const quiz = await selectOptionalQuiz(school, attempt.quizId)
  if (!quiz) throw new AppError('not_found')
  // One that is not reached yet, or was left, is not there to be run either.
  const asked = shownQuestions(attempt, await tools.questionsOf(school, attempt), shownNow(quiz))
  const body = bodyIn(asked, input.questionId)
  const share = { schoolId, courseId: quiz.courseId, learnerId }
  return resultsOf(tools, asLearner(body, input, share, signal))
}

/** The same for who teaches the course and looks at the quiz as a learner would. @throws AppError `not_found`, `forbidden`, `programs_not_run` */
export async function previewProgram(
  tools: Tools,
  by: AskingCaller,
  input: Given & { quizId: string; questionId: string },
  signal: AbortSignal,
) {
  const { organizationId: schoolId, userId: learnerId } = by.actor
  const { courseId } = await requireAuthoredQuiz(tools, by, input.quizId)
  const body = bodyIn(await selectQuestions(tools.db.in(schoolId), input.quizId), input.questionId)
  const share = { schoolId, courseId, learnerId }
  return resultsOf(tools, asLearner(body, input, share, signal))
}

/**
 * An author's own question as it is being written, with all of its tests.
 * @throws AppError `not_found`, `forbidden`, `invalid_input`, `programs_not_run`
 */
export async function tryProgram(
  tools: Tools,
  by: AskingCaller,
  {
    courseId,
    body,
    files,
    own,
  }: { courseId: string; body: Code; files?: string[] | undefined } & Pick<Given, 'own'>,
  signal: AbortSignal,
) {
  await requireAuthor(tools, by, courseId)
  const { organizationId: schoolId, userId: learnerId } = by.actor
  const rules = rulesOf({ type: 'code' })
  // Its tests may still be missing, as in a survey.
  const reason = rules.fault(body, '', true)
  if (reason) throw invalidField('body', reason, { code: 'custom' })
  const share = { schoolId, courseId, learnerId }
  return resultsOf(tools, { body, tests: body.tests, answer: files ?? body.solution, own, share, signal })
}
