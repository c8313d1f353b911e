import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import { v7 as uuidv7 } from 'uuid'
import type { MarkingTools } from '../marking/complete-attempt.ts'
import { isMarkedByRules } from '../questions/asked-question.ts'
import type { Question } from '../questions/question.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import { lockQuiz, type Quiz, selectOptionalQuiz, selectQuestions } from '../quizzes/quizzes.store.ts'
import { recordQuiz } from '../quizzes/record-quiz.ts'
import { selectAllVersions } from '../results/results.store.ts'
import type { RegradeRule } from '../submissions/submissions.store.ts'
import { drawsAlike, keyFits } from './other-key.ts'
import { type Graded, isConcerned, type Rule, regraded, type Versions } from './regrade-rules.ts'
import {
  insertRegrade,
  selectAskedVersions,
  selectGradedAfter,
  selectLatestRegrade,
} from './regrades.store.ts'
import { regradeTask } from './task.ts'

/**
 * Marking graded attempts anew after questions of their quiz were changed (decision 0046): what it would change is shown
 * first, and applied only while that still holds.
 */

type Choices = { questions: { questionId: string; rule: RegradeRule }[]; neverLower: boolean }

/** Attempts that are read at once: a whole one holds its answers, essays too. */
const batchSize = 100
/** Attempts that a preview names; all are counted. */
const mostNamed = 200

/** The questions that graded attempts were asked in another version than the newest, and how far a regrade is. */
export async function getRegrade(tools: MarkingTools, by: AskingCaller, quizId: string) {
  const quiz = await requireAuthoredQuiz(tools, by, quizId)
  if (quiz.kind === 'survey') throw new AppError('not_found')
  const db = tools.db.in(by.actor.organizationId)
  const [changed, latest] = [await changedQuestions(db, quizId), await selectLatestRegrade(db, quizId)]
  return {
    questions: changed.map(({ keyVersion: _, ...question }) => question),
    latest: latest && {
      ...latest,
      state: latest.finishedAt === null ? ('running' as const) : ('done' as const),
    },
  }
}

async function changedQuestions(db: Queryable, quizId: string) {
  const versions = await versionsOf(db, quizId)
  const current = await selectQuestions(db, quizId)
  const newest = new Map(current.map((question, at) => [question.id, { question, number: at + 1 }]))
  const asked = (await selectAskedVersions(db, quizId)).flatMap(one => {
    const question = versions(one.id, one.version)
    const isOlder = newest.get(one.id)?.question.version !== one.version
    return question && isOlder && isMarkedByRules(question) ? [{ ...one, question }] : []
  })
  return [...Map.groupBy(asked, one => one.id)]
    .map(([id, all]) => {
      const now = newest.get(id)
      const latestAsked = all.reduce((a, b) => (a.version > b.version ? a : b)).question
      return {
        id,
        content: (now?.question ?? latestAsked).content,
        number: now?.number ?? null,
        points: latestAsked.points,
        attemptCount: all.reduce((sum, { attemptCount }) => sum + attemptCount, 0),
        keyFits: now !== undefined && all.every(({ question }) => keyFits(question, now.question)),
        valuesChanged: now !== undefined && !all.every(({ question }) => drawsAlike(question, now.question)),
        keyVersion: now?.question.version ?? null,
      }
    })
    .sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || (a.id < b.id ? -1 : 1))
}

/** Every version of a quiz's questions there is, read once. */
export async function versionsOf(db: Queryable, quizId: string): Promise<Versions> {
  const all = await selectAllVersions(db, quizId)
  const known = new Map(all.map(question => [`${question.id} ${question.version}`, question as Question]))
  return (questionId, version) => known.get(`${questionId} ${version}`)
}

/** @throws AppError `invalid_input` for a question that was not changed, or one whose key fits not what was asked */
async function rulesOf(db: Queryable, quizId: string, { questions }: Choices): Promise<Rule[]> {
  const changed = new Map((await changedQuestions(db, quizId)).map(one => [one.id, one]))
  if (new Set(questions.map(({ questionId }) => questionId)).size !== questions.length)
    throw invalidField('questions', 'duplicate_question', { code: 'duplicate' })
  return questions.map(({ questionId, rule }, at) => {
    const question = changed.get(questionId)
    if (!question) throw invalidField(`questions.${at}.questionId`, 'question_unchanged')
    if (rule === 'key' && !question.keyFits)
      throw invalidField(`questions.${at}.rule`, question.valuesChanged ? 'key_other_values' : 'key_unfit')
    return { questionId, rule, keyVersion: question.keyVersion }
  })
}

type Outcome = { attempt: Graded; after: NonNullable<ReturnType<typeof regraded>> | null }

/** What each attempt would come to, and a digest of all that it depends on. */
async function plan(db: Queryable, quiz: Quiz, choices: Choices, take: (outcome: Outcome) => void) {
  const { neverLower } = choices
  const rules = await rulesOf(db, quiz.id, choices)
  const versions = await versionsOf(db, quiz.id)
  const { passingScore } = quiz
  const digest = createHash('sha256').update(JSON.stringify([rules, neverLower, passingScore]))
  const ids = rules.map(({ questionId }) => questionId)
  const submissionIds: string[] = []
  let afterId: string | null = null
  for (;;) {
    const batch: Graded[] = await selectGradedAfter(db, quiz.id, ids, { afterId, most: batchSize })
    for (const attempt of batch.filter(one => isConcerned(one, rules))) {
      submissionIds.push(attempt.id)
      digest.update(JSON.stringify([attempt.id, attempt.score, attempt.passed, attempt.grading]))
      take({ attempt, after: regraded(attempt, rules, { versions, passingScore, neverLower }) })
      // Each is marked whole, which may take a while: others have their turn in between.
      await setImmediate()
    }
    if (batch.length < batchSize) break
    afterId = batch.at(-1)?.id ?? null
  }
  return { rules, submissionIds, version: digest.digest('base64url') }
}

/** @throws AppError `not_found`, also for a survey; `forbidden`, `invalid_input` */
export async function previewRegrade(
  tools: MarkingTools,
  by: AskingCaller,
  quizId: string,
  choices: Choices,
) {
  const quiz = await requireAuthoredQuiz(tools, by, quizId)
  if (quiz.kind === 'survey') throw new AppError('not_found')
  const db = tools.db.in(by.actor.organizationId)
  const items: ReturnType<typeof named>[] = []
  const { version, submissionIds } = await plan(db, quiz, choices, ({ attempt, after }) => {
    if (after) items.push(named(attempt, after))
  })
  const changes = items.filter(({ before, after, passedBefore, passedAfter }) => {
    return before !== after || passedBefore !== passedAfter
  })
  const weight = (item: (typeof items)[number]) =>
    (item.passedBefore === item.passedAfter ? 0 : 1000) + Math.abs(item.after - item.before)
  return {
    version,
    attemptCount: submissionIds.length,
    changedCount: changes.length,
    raisedCount: changes.filter(({ before, after }) => after > before).length,
    loweredCount: changes.filter(({ before, after }) => after < before).length,
    nowPassedCount: changes.filter(({ passedBefore, passedAfter }) => passedAfter && !passedBefore).length,
    nowFailedCount: changes.filter(({ passedBefore, passedAfter }) => passedBefore && !passedAfter).length,
    items: changes
      .toSorted((a, b) => weight(b) - weight(a) || (a.submissionId < b.submissionId ? -1 : 1))
      .slice(0, mostNamed),
  }
}

const named = (attempt: Graded, after: NonNullable<Outcome['after']>) => ({
  submissionId: attempt.id,
  userId: attempt.userId,
  attemptNumber: attempt.attemptNumber,
  before: attempt.grading.scorePercent,
  after: after.scorePercent,
  passedBefore: attempt.passed === true,
  passedAfter: after.passed,
})

/**
 * Begin a regrade as it was previewed. The quiz is locked, so that its questions stay as they are until it is begun, and
 * of two who begin at once one is refused. Attempts that are graded later are not part of it.
 * @throws AppError `preview_outdated`, `regrade_running`
 */
export async function startRegrade(
  tools: MarkingTools,
  by: AskingCaller,
  quizId: string,
  { version, tellLearners, ...choices }: Choices & { version: string; tellLearners: boolean },
) {
  const known = await requireAuthoredQuiz(tools, by, quizId)
  if (known.kind === 'survey') throw new AppError('not_found')
  const { organizationId, userId } = by.actor
  return tools.db.in(organizationId).transaction(async tx => {
    await lockQuiz(tx, quizId, 'update')
    const quiz = await selectOptionalQuiz(tx, quizId)
    if (!quiz) throw new AppError('not_found')
    const latest = await selectLatestRegrade(tx, quizId)
    if (latest && latest.finishedAt === null) throw new AppError('regrade_running')
    const planned = await plan(tx, quiz, choices, () => {}).catch(failure => {
      // A question that is as it was asked again, or whose key fits no longer, was changed since.
      throw failure instanceof AppError ? new AppError('preview_outdated') : failure
    })
    if (planned.version !== version) throw new AppError('preview_outdated')
    const id = uuidv7()
    const { rules, submissionIds } = planned
    const { neverLower } = choices
    await insertRegrade(
      tx,
      { id, quizId, rules, neverLower, tellLearners, requestedBy: userId },
      submissionIds,
    )
    await enqueue(tx, regradeTask, { organizationId, regradeId: id }, { key: `assessment.regrade:${id}` })
    const told = { id, rules, neverLower, tellLearners, attemptCount: submissionIds.length }
    await recordQuiz(tx, by, quiz, 'changed', { regrade: told })
    return { regradeId: id, attemptCount: submissionIds.length }
  })
}
