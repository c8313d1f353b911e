import { isDeepStrictEqual } from 'node:util'
import {
  isDrawnByRules,
  isMarkedByRules,
  openedQuestion,
  responseIdsOf,
} from '../questions/asked-question.ts'
import { type ConfidenceMode, isRightOrWrong } from '../questions/confidence.ts'
import type { Question } from '../questions/question.ts'
import type { KeptGrading, Submission } from '../submissions/submissions.store.ts'

/** A question as it was asked, marked by the key of another version. */

/** Every id within what is shown of a question: its parts, and what can be answered to them. */
function idsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'id' && typeof part === 'string' ? [part] : idsIn(part),
  )
}

/** Whether both draw the same values for an attempt. */
export const drawsAlike = (asked: Question, key: Question): boolean =>
  isDeepStrictEqual(asked.parameters ?? null, key.parameters ?? null)

const partIdsOf = (question: Question): string[] => {
  const { body } = openedQuestion(question, [], parts => parts) as { body?: unknown }
  return [...responseIdsOf(question), ...idsIn(body)].sort()
}

/**
 * Whether answers to a question as it was asked can be marked by another version of it: its parts are the same. What
 * is drawn by chance may come out otherwise in another version, so that it would judge what was never asked. Both with
 * what is drawn for the attempt, or neither.
 */
export function keyFits(asked: Question, key: Question): boolean {
  if (asked.type !== key.type || !isMarkedByRules(key) || isDrawnByRules(asked)) return false
  if (!drawsAlike(asked, key)) return false
  if (asked.body === null) {
    const offered = new Set(asked.options.map(({ id }) => id))
    return key.correctAnswer.every(id => offered.has(id))
  }
  return JSON.stringify(partIdsOf(asked)) === JSON.stringify(partIdsOf(key))
}

/**
 * What was asked, for the points that were promised, with all that answers to it are judged by. Where it counts how sure
 * learners are, a scoring by which they would have been asked for it, or not, would judge what they could not say: then
 * that of the question as it was asked stays.
 */
export function markedBy(asked: Question, key: Question, mode: ConfidenceMode): Question {
  const { correctAnswer, body, feedback } = key
  const keepsScoring = mode === 'counted' && isRightOrWrong(asked) !== isRightOrWrong(key)
  const { scoring } = keepsScoring ? asked : key
  // Of one type, as `keyFits` says: the body is of the same kind.
  return { ...asked, correctAnswer, body, scoring, feedback } as Question
}

/** The versions of other keys by which an attempt was marked anew. */
export function otherKeysOf(grading: KeptGrading | null): { questionId: string; version: number }[] {
  return Object.entries(grading?.regraded ?? {}).flatMap(([questionId, { rule, keyVersion }]) =>
    keyVersion === null || rule === 'left_out' ? [] : [{ questionId, version: keyVersion }],
  )
}

/** The questions of an attempt, each by the key that marks it. */
export function asMarked(
  asked: Question[],
  { grading, confidenceMode }: Pick<Submission, 'grading' | 'confidenceMode'>,
  versionOf: (questionId: string, version: number) => Question | undefined,
): Question[] {
  const keys = new Map(otherKeysOf(grading).map(({ questionId, version }) => [questionId, version]))
  return asked.map(question => {
    const version = keys.get(question.id)
    const key = version === undefined ? undefined : versionOf(question.id, version)
    return key ? markedBy(question, key, confidenceMode) : question
  })
}
