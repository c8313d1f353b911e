import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectMarkingSettings } from '../marking/marking.store.ts'
import { isMarkedByRules, toldAnswer } from '../questions/asked-question.ts'
import { isRightOrWrong } from '../questions/confidence.ts'
import { requireAuthoredQuiz } from '../quizzes/authored-quiz.ts'
import {
  type QuestionVersion,
  selectAllVersions,
  selectConfidenceCounts,
  selectGivenCounts,
  selectHintCounts,
  selectOptionCounts,
  selectQuestionCounts,
  selectQuizFigures,
} from './results.store.ts'

/**
 * How each question of a quiz went, in each version that was asked. Every submitted attempt counts, a learner's second
 * as well: what is asked here is how a question works, not who knows the answer. Nothing in it names anyone.
 *
 * @param groupId the group whose attempts count; all without it. Of a survey there are no results of a group.
 * @throws AppError `not_found`, `forbidden`.
 */
export async function quizResults(
  tools: Pick<ServiceKit, 'db'>,
  by: AskingCaller,
  { quizId, groupId }: { quizId: string; groupId?: string | undefined },
) {
  const quiz = await requireAuthoredQuiz(tools, by, quizId)
  const db = tools.db.in(by.actor.organizationId)
  // Who answered a survey is never told, and a group may be one learner.
  if (groupId && quiz.kind === 'survey') throw new AppError('not_found')
  const { anonymous } = await selectMarkingSettings(db, quizId)
  const counted = { quizId, courseId: quiz.courseId, groupId, gradedOnly: groupId !== undefined && anonymous }
  const [versions, counts, chosen, given, hints, sure, figures] = await Promise.all([
    selectAllVersions(db, quizId),
    selectQuestionCounts(db, counted),
    selectOptionCounts(db, counted),
    selectGivenCounts(db, counted),
    selectHintCounts(db, counted),
    selectConfidenceCounts(db, counted),
    selectQuizFigures(db, counted),
  ])
  const survey = quiz.kind === 'survey'
  const keyOf = (version: { id: string; version: number }) => `${version.id} ${version.version}`
  const countOf = new Map(counts.map(count => [keyOf(count), count]))
  const chosenOf = new Map(chosen.map(count => [`${keyOf(count)} ${count.optionId}`, count.chosenCount]))
  const takenOf = new Map(hints.map(count => [`${keyOf(count)} ${count.number}`, count.takenCount]))
  const sureOf = Map.groupBy(sure, keyOf)
  const givenTo = Map.groupBy(given, keyOf)
  const byPerson = (version: QuestionVersion) => !isMarkedByRules(version)
  const wasAsked = (version: QuestionVersion) => countOf.has(keyOf(version))
  return {
    quizId,
    courseId: quiz.courseId,
    kind: quiz.kind,
    title: quiz.title,
    ...figures,
    passedCount: survey ? null : figures.passedCount,
    questions: byQuestion(versions)
      .map(([id, all]) => ({
        id,
        currentVersion: all.find(version => version.current)?.version ?? null,
        versions: all
          .filter(version => version.current || wasAsked(version))
          .map(version => {
            const count = countOf.get(keyOf(version))
            return {
              version: version.version,
              type: version.type,
              content: version.content,
              points: version.points,
              askedCount: count?.askedCount ?? 0,
              answeredCount: count?.answeredCount ?? 0,
              rightCount: survey || byPerson(version) ? null : (count?.rightCount ?? 0),
              options: version.options.map(option => ({
                id: option.id,
                content: option.content,
                correct: survey ? null : version.correctAnswer.includes(option.id),
                chosenCount: chosenOf.get(`${keyOf(version)} ${option.id}`) ?? 0,
              })),
              ...confidenceCounts(version, sureOf.get(keyOf(version))),
              ...(version.hints?.length
                ? {
                    hintCounts: version.hints.map((_, at) => takenOf.get(`${keyOf(version)} ${at + 1}`) ?? 0),
                  }
                : {}),
              // What was written at length is read where it is marked, by who marks it.
              given: (!survey && byPerson(version) ? [] : (givenTo.get(keyOf(version)) ?? [])).map(
                ({ responseId, answer, givenCount }) => ({
                  ...toldAnswer(version, responseId, answer),
                  ...(survey ? { right: null } : {}),
                  givenCount,
                }),
              ),
            }
          }),
      }))
      .filter(question => question.versions.length > 0),
  }
}

type Sure = Awaited<ReturnType<typeof selectConfidenceCounts>>

const confidenceCounts = (version: QuestionVersion, counts: Sure = []) =>
  counts.length > 0 && isRightOrWrong(version)
    ? { confidenceCounts: counts.map(({ level, count, rightCount }) => ({ level, count, rightCount })) }
    : {}

/** In the order of the quiz, then those that were taken out of it; of each the newest version first. */
function byQuestion(versions: QuestionVersion[]): [string, QuestionVersion[]][] {
  const place = ({ position }: QuestionVersion) => position ?? Number.POSITIVE_INFINITY
  const sorted = versions.toSorted(
    (a, b) => compare(place(a), place(b)) || compare(a.id, b.id) || compare(b.version, a.version),
  )
  return [...Map.groupBy(sorted, version => version.id)]
}

const compare = <T extends number | string>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0)
