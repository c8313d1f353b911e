import type { Transaction } from '@azora/kit/db.ts'
import type { JobRun } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Programs } from '../../code/programs.ts'
import { runCodeTests } from '../../code/run-code.ts'
import type { Question } from '../../questions/question.ts'
import { scoreOf } from '../../questions/score.ts'
import { selectOptionalQuiz } from '../../quizzes/quizzes.store.ts'
import { type Submission, selectOptionalSubmission } from '../../submissions/submissions.store.ts'
import { completeAttempt, type MarkingTools } from '../complete-attempt.ts'
import { selectMarkingSettings } from '../marking.store.ts'
import { marksOfTests } from './marks-of-tests.ts'
import {
  beginTries,
  handOver,
  markProgram,
  type NotRun,
  type ProgramToMark,
  selectHasPersonsMark,
  selectLeftToRun,
} from './programs.store.ts'
import { enqueueMarking, type ProgramsToMark } from './task.ts'

/**
 * Marks the programs of an attempt with their tests, once it was submitted (decision 0045). The job may run twice, and
 * its process may die at any moment: each answer is marked once and alone, and the attempt is graded by whichever run
 * finds all of its marks. What cannot be run is left to a person, with the reason, so no attempt is ever stuck.
 */

type Tools = MarkingTools & Pick<ServiceKit, 'log'> & { programs: Programs }
type CodeQuestion = Extract<Question, { type: 'code' }>

const leftAfterMinutes = 60
/** Of running, for one answer; what is then still to be tested counts as timed out. */
const mostMs = 120_000
/** An answer that takes the process with it every time is left to a person. */
const mostTries = 6

/** @throws what made an answer fail that may be tried again */
export async function markPrograms(
  tools: Tools,
  { organizationId, submissionId }: ProgramsToMark,
  { lastAttempt }: Pick<JobRun, 'lastAttempt'>,
): Promise<void> {
  const school = tools.db.in(organizationId)
  const attempt = await selectOptionalSubmission(school, submissionId)
  if (!attempt?.awaitsMarking) return
  const failures: unknown[] = []
  for (const answer of await beginTries(school, submissionId)) {
    try {
      await markOne(tools, attempt, answer, organizationId)
    } catch (failure) {
      failures.push(failure)
      if (lastAttempt) await handOver(school, answer.id, 'could_not_run')
    }
  }
  await school.transaction(tx => complete(tx, tools, attempt))
  if (failures.length === 0) return
  const told = new AggregateError(
    failures,
    `${failures.length} programs of attempt ${submissionId} were not run.`,
  )
  if (!lastAttempt) throw told
  // The job has done all it can: to give it up too would only tell the operator of the same again.
  tools.log.error('Programs were left to a person, as they could not be run', { submissionId, failure: told })
}

async function markOne(
  tools: Tools,
  attempt: Submission,
  { id, questionId, tries }: ProgramToMark,
  organizationId: string,
): Promise<void> {
  const school = tools.db.in(organizationId)
  const question = (await tools.questionsOf(school, attempt)).find(one => one.id === questionId)
  const quiz = await selectOptionalQuiz(school, attempt.quizId)
  if (question?.type !== 'code' || !quiz)
    throw new Error(`Answer ${id} is to no question that asks for a program.`)
  const notRun = tries > mostTries ? 'could_not_run' : await whyNotRun(tools.programs, question)
  if (notRun) return handOver(school, id, notRun)
  const { body, scoring, points } = question
  const share = {
    schoolId: organizationId,
    courseId: quiz.courseId,
    learnerId: attempt.userId,
    purpose: 'graded' as const,
  }
  const { tests } = body
  const answer = attempt.answers[questionId] ?? []
  const verdicts = await Array.fromAsync(runCodeTests(tools, body, answer, { tests, share, mostMs }))
  // A test that fails is not a wrong answer among several: it costs no more than its own worth.
  const scored = scoreOf(marksOfTests(body, verdicts), { ...scoring, wrongCosts: 0 }, points)
  await markProgram(school, id, scored)
}

async function whyNotRun(programs: Programs, { body }: CodeQuestion): Promise<NotRun | null> {
  const { sandbox } = await programs.find()
  if (!sandbox) return 'programs_off'
  return sandbox.languages.includes(body.language) ? null : 'language_missing'
}

/** Where the marks of a quiz are released together, that is meant of those that a person gives. */
async function complete(tx: Transaction, tools: Tools, { id, quizId }: Submission): Promise<void> {
  const { release } = await selectMarkingSettings(tx, quizId)
  if (release === 'together' && (await selectHasPersonsMark(tx, id))) return
  await completeAttempt(tx, tools, id)
}

/** A job that was given up, lost with its database, or died before its last step, is asked for anew. */
export async function sweepPrograms({ db }: Pick<ServiceKit, 'db'>): Promise<void> {
  for (const { id, organizationId } of await selectLeftToRun(db.across, leftAfterMinutes))
    await db.in(organizationId).transaction(tx => enqueueMarking(tx, id))
}
