import { markerOf } from '../questions/asked-question.ts'
import type { Question } from '../questions/question.ts'
import { type Given, gradeAnswer, totalOf } from '../quizzes/grade.ts'
import { lessLateness } from '../submissions/lateness.ts'
import type { KeptGrading } from '../submissions/submissions.store.ts'

/** Whether a question does not count in an attempt. What a teacher gave by hand counts all the same. */
const isLeftOut = ({ regraded, overridden }: KeptGrading, questionId: string): boolean =>
  regraded?.[questionId]?.rule === 'left_out' && !overridden?.[questionId]

/**
 * The result of a graded attempt from its marks as they are now. How late it was stays as it was; whether it passes is
 * decided anew.
 * @param questions as they are marked, in the order of the attempt
 */
export function recount(attempt: Given, questions: Question[], kept: KeptGrading, passingScore: number) {
  const counted = questions.filter(({ id }) => !isLeftOut(kept, id))
  const maxScore = counted.reduce((sum, { points }) => sum + points, 0)
  const sum = counted.reduce(
    (total, question) => total + exactly(question, attempt, kept.awarded[question.id] ?? 0),
    0,
  )
  const total = totalOf(sum, maxScore, passingScore)
  if (!kept.late) return { ...total, kept: { ...kept, scorePercent: total.scorePercent } }
  const { late, ...less } = lessLateness(total, kept.late, passingScore)
  return { ...less, kept: { ...kept, late, scorePercent: less.scorePercent } }
}

/** Points are kept to four decimals: where they are those of the rules, what is summed is exact. */
function exactly(question: Question, attempt: Given, awarded: number): number {
  if (markerOf(question, attempt.answers) !== null) return awarded
  const graded = gradeAnswer(question, attempt)
  return graded.awarded === awarded ? graded.exact : awarded
}

/** Its marks with points that a teacher gives instead; null takes them back. */
export function overridden(
  kept: KeptGrading,
  questionId: string,
  given: { awarded: number; reason: string; comment: string | null } | null,
): KeptGrading {
  const before = kept.overridden?.[questionId]
  const base = before?.base ?? kept.awarded[questionId] ?? 0
  const { [questionId]: _, ...others } = kept.overridden ?? {}
  return {
    ...kept,
    awarded: { ...kept.awarded, [questionId]: given ? given.awarded : base },
    overridden: given
      ? { ...others, [questionId]: { base, reason: given.reason, comment: given.comment } }
      : others,
  }
}

/** What a question's points come from, where that is not its first mark. */
export function adjustmentOf({ overridden, regraded }: KeptGrading, questionId: string) {
  const byHand = overridden?.[questionId]
  if (byHand) return { kind: 'override' as const, reason: byHand.reason, comment: byHand.comment }
  const anew = regraded?.[questionId]
  return anew ? { kind: anew.rule, reason: null, comment: null } : null
}

/** What hints took from a question's points. Points given by hand have nothing taken off, and no more have full ones for all. */
export function hintCostOf(kept: KeptGrading, questionId: string) {
  const final = kept.overridden?.[questionId] || isLeftOut(kept, questionId)
  return final ? null : (kept.hints?.[questionId] ?? null)
}
