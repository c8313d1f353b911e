import { isDeepStrictEqual } from 'node:util'
import { drawnQuestion, isMarkedByRules } from '../questions/asked-question.ts'
import type { HintCost } from '../questions/hints.ts'
import type { Question } from '../questions/question.ts'
import { type Given, gradeAnswer } from '../quizzes/grade.ts'
import { drawnFor } from '../submissions/asked-questions.ts'
import { seedOf } from '../submissions/option-order.ts'
import type { KeptGrading, RegradeRule, Submission } from '../submissions/submissions.store.ts'
import { asMarked, keyFits, markedBy } from './other-key.ts'
import { recount } from './recount.ts'

/** By what a question is marked anew. `keyVersion` is null once it was taken out of the quiz. */
export type Rule = { questionId: string; rule: RegradeRule; keyVersion: number | null }

/** The versions of a quiz's questions there are. */
export type Versions = (questionId: string, version: number) => Question | undefined

export type Graded = Submission & { grading: KeptGrading }

/** Whether an attempt was asked any of the questions in another version than the newest. */
export const isConcerned = ({ questionIds, questionVersions }: Graded, rules: Rule[]): boolean =>
  rules.some(({ questionId, keyVersion }) => {
    const at = questionIds.indexOf(questionId)
    return at >= 0 && questionVersions[at] !== keyVersion
  })

/**
 * What a regrade makes of a graded attempt; null where nothing of it changes. Only questions that were asked in another
 * version than the newest are marked anew. Points given by hand stay, and lie over the new ones. Pure: twice is as once.
 * @param neverLower leaves an attempt as it is whose score would be lower
 */
export function regraded(
  attempt: Graded,
  rules: Rule[],
  { versions, passingScore, neverLower }: { versions: Versions; passingScore: number; neverLower: boolean },
) {
  const named = attempt.questionIds.flatMap((id, at) => versions(id, attempt.questionVersions[at] ?? 0) ?? [])
  const asked = drawnFor(attempt, named)
  // The values of the attempt are those of its seed under every key.
  const keyOf: Versions = (id, version) => {
    const found = versions(id, version)
    return found && drawnQuestion(found, seedOf(attempt.id, id))
  }
  let kept = attempt.grading
  for (const rule of rules) {
    const question = asked.find(({ id }) => id === rule.questionId)
    if (!question || question.version === rule.keyVersion || !isMarkedByRules(question)) continue
    const key = rule.keyVersion === null ? undefined : keyOf(rule.questionId, rule.keyVersion)
    kept = markedAnew(kept, question, key && keyFits(question, key) ? key : null, {
      rule: rule.rule,
      attempt,
    })
  }
  if (isDeepStrictEqual(kept, attempt.grading)) return null
  const after = recount(attempt, asMarked(asked, { ...attempt, grading: kept }, keyOf), kept, passingScore)
  const before = attempt.grading.scorePercent
  if (neverLower && after.scorePercent < before) return null
  const passed = after.passed || (neverLower && attempt.passed === true)
  const changes = rules.flatMap(({ questionId }) => {
    const [from, to] = [attempt.grading.awarded[questionId] ?? 0, after.kept.awarded[questionId] ?? 0]
    const [then, now] = [
      attempt.grading.regraded?.[questionId]?.rule,
      after.kept.regraded?.[questionId]?.rule,
    ]
    return from === to && (then === now || now !== 'left_out') ? [] : [{ questionId, from, to }]
  })
  return { ...after, passed, changes }
}

function markedAnew(
  kept: KeptGrading,
  question: Question,
  key: Question | null,
  { rule, attempt }: { rule: RegradeRule; attempt: Given },
): KeptGrading {
  // A key that does not fit marks nothing.
  if (rule === 'key' && !key) return kept
  const { id, points } = question
  const given =
    rule === 'left_out' || !key ? null : gradeAnswer(markedBy(question, key, attempt.confidenceMode), attempt)
  const base = rule === 'full' ? points : rule === 'key' ? given?.awarded : undefined
  const keyVersion = rule === 'left_out' ? null : (key?.version ?? null)
  const anew = {
    ...kept,
    regraded: { ...kept.regraded, [id]: { rule, keyVersion } },
    ...(given ? { marks: { ...kept.marks, [id]: given.marks } } : {}),
    ...withHintCost(kept, id, rule, given?.cost ?? null),
  }
  if (base === undefined) return anew
  const byHand = kept.overridden?.[id]
  return byHand
    ? { ...anew, overridden: { ...kept.overridden, [id]: { ...byHand, base } } }
    : { ...anew, awarded: { ...kept.awarded, [id]: base } }
}

/** Full points for everybody have no cost of hints off. */
function withHintCost({ hints = {} }: KeptGrading, id: string, rule: RegradeRule, cost: HintCost | null) {
  if (rule === 'left_out') return {}
  const { [id]: before, ...others } = hints
  const now = rule === 'key' ? cost : null
  if (!before && !now) return {}
  return { hints: now ? { ...others, [id]: now } : others }
}
