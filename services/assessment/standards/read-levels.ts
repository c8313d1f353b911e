import { setImmediate } from 'node:timers/promises'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { courseRole, requireAuthor } from '../courses/course-roles.ts'
import { selectLearnersAmong } from '../gradebook/entries.store.ts'
import { selectCourseTitle } from '../gradebook/gradebook.store.ts'
import { learnersOf, type Page } from '../gradebook/read-grades.ts'
import { selectContents } from './evidence.store.ts'
import { type Asked, selectEvidence } from './evidence.ts'
import { selectJudged, selectJudgements } from './judgements.store.ts'
import { selectRules, selectStandards } from './standards.store.ts'
import { levelsOf } from './standards.ts'
import { piecesOf, shownPercent, standingOf } from './standings.ts'

type Tools = Pick<ServiceKit, 'db'>

/** After so many learners other requests have their turn. */
const rowsAtOnce = 10

/** What is known of some learners in the standards of a course, in a few statements for all of them. */
async function selectKnown(db: Queryable, asked: Asked) {
  const [rules, standards, { answersOf, titles }, judged] = await Promise.all([
    selectRules(db, asked.courseId),
    selectStandards(db, asked.courseId),
    selectEvidence(db, asked),
    selectJudged(db, asked.courseId, asked.userIds),
  ])
  const keyOf = (one: { userId: string; standardId: string }) => `${one.userId} ${one.standardId}`
  const judgedOf = new Map(judged.map(one => [keyOf(one), one]))
  const known = { levels: levelsOf(rules), evidenceRule: rules.evidenceRule }
  return {
    ...known,
    shown: rules.shown,
    standards,
    titles,
    /** The cells of one learner, by standard. */
    cellsOf(userId: string) {
      const ofStandard = Map.groupBy(answersOf(userId), ({ standardId }) => standardId)
      return (standardId: string) => {
        const answers = ofStandard.get(standardId) ?? []
        const pieces = piecesOf(answers)
        const judgement = judgedOf.get(keyOf({ userId, standardId })) ?? null
        return { answers, pieces, judgement, standing: standingOf(known, pieces, judgement?.levelId ?? null) }
      }
    },
  }
}

const told = ({ calculatedLevelId: _, ...standing }: ReturnType<typeof standingOf>) => standing

/**
 * Where learners stand: those that are named, in that order, or a page of all of them or of a group.
 * @throws AppError `not_found`, `forbidden`.
 */
export async function readStandardLevels(tools: Tools, by: AskingCaller, courseId: string, page: Page) {
  await requireAuthor(tools, by, courseId)
  const db = tools.db.in(by.actor.organizationId)
  const { userIds, more } = await learnersOf(db, courseId, page)
  const { standards, cellsOf } = await selectKnown(db, { courseId, userIds })
  const items = []
  for (const userId of userIds) {
    const cellOf = cellsOf(userId)
    items.push({
      userId,
      standings: standards.map(({ id: standardId }) => ({
        ...told(cellOf(standardId).standing),
        standardId,
      })),
    })
    if (items.length % rowsAtOnce === 0) await setImmediate()
  }
  return { items, nextCursor: more ? (userIds.at(-1) ?? null) : null }
}

type Cell = { courseId: string; standardId: string; userId: string }

/** @throws AppError `not_found`, also for who does not learn in the course; `forbidden`. */
export async function getEvidence(tools: Tools, by: AskingCaller, cell: Cell) {
  const { courseId, standardId, userId } = cell
  await requireAuthor(tools, by, courseId)
  const db = tools.db.in(by.actor.organizationId)
  await requireCell(db, cell)
  const asked = { courseId, userIds: [userId], standardId }
  const [{ cellsOf, titles }, judgements] = await Promise.all([
    selectKnown(db, asked),
    selectJudgements(db, cell),
  ])
  const { answers, pieces, standing } = cellsOf(userId)(standardId)
  const contents = await selectContents(
    db,
    answers.map(({ questionId }) => questionId),
  )
  const answersOf = Map.groupBy(answers, ({ quizId }) => quizId)
  return {
    ...standing,
    standardId,
    userId,
    judgementRevision: judgements[0]?.number ?? 0,
    // Newest first, as one looks for what changed.
    evidence: pieces.toReversed().map(({ quizId, share, takenAt }) => ({
      quizId,
      quizTitle: titles.get(quizId) ?? '',
      percent: shownPercent(share),
      takenAt,
      questions: (answersOf.get(quizId) ?? []).map(
        ({ questionId, submissionId, attemptNumber, awarded, points }) => ({
          questionId,
          content: contents.get(questionId) ?? '',
          submissionId,
          attemptNumber,
          awarded,
          points,
        }),
      ),
    })),
    judgements: judgements.map(({ number: _, ...judgement }) => judgement),
  }
}

/** @throws AppError `not_found` for no standard of the course and no learner in it. */
export async function requireCell(db: Queryable, { courseId, standardId, userId }: Cell): Promise<void> {
  const [standards, learners] = await Promise.all([
    selectStandards(db, courseId),
    selectLearnersAmong(db, courseId, [userId]),
  ])
  if (!learners.has(userId) || !standards.some(({ id }) => id === standardId)) throw new AppError('not_found')
}

/** Where one learner stands in one standard, after it was changed. */
export async function selectStanding(db: Queryable, { courseId, standardId, userId }: Cell) {
  const { cellsOf } = await selectKnown(db, { courseId, standardId, userIds: [userId] })
  return told(cellsOf(userId)(standardId).standing)
}

/**
 * What a learner sees of their own levels: nothing until the teacher shows it, and then only what rests on marks that
 * they may see, as if there were no others, and on what a teacher decided.
 * @throws AppError `not_found`, `not_enrolled`.
 */
export async function getMyStandards(tools: Tools, by: AskingCaller, courseId: string) {
  const { userId, organizationId } = by.actor
  if (!(await courseRole(tools, by, courseId)).enrolled) throw new AppError('not_enrolled')
  const db = tools.db.in(organizationId)
  const [known, courseTitle] = await Promise.all([
    selectKnown(db, { courseId, userIds: [userId], told: true }),
    selectCourseTitle(db, courseId),
  ])
  const { shown, evidenceRule, levels, titles, cellsOf } = known
  const cellOf = cellsOf(userId)
  const cells = (shown ? known.standards : []).map(({ questionCount: _, ...standard }) => ({
    ...standard,
    ...cellOf(standard.id),
  }))
  return {
    courseId,
    courseTitle,
    standardsShown: shown,
    evidenceRule,
    levels: shown ? levels : [],
    standards: cells.map(({ pieces, judgement, standing, ...standard }) => ({
      ...standard,
      ...told(standing),
      reason: judgement?.reason ?? null,
      evidence: pieces.toReversed().map(({ quizId, share, takenAt }) => ({
        quizId,
        quizTitle: titles.get(quizId) ?? '',
        percent: shownPercent(share),
        takenAt,
      })),
    })),
  }
}
