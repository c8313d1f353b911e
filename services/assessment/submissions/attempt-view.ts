import {
  chosenIn,
  correctAnswerOf,
  feedbackTo,
  gradeQuestion,
  openedAfter,
  openedQuestion,
} from '../questions/asked-question.ts'
import { judgement } from '../questions/confidence.ts'
import { openHints } from '../questions/hints.ts'
import { passagesOf } from '../questions/passage.ts'
import type { OpenQuestion, Question } from '../questions/question.ts'
import { heldAnswers, type ResultsShown, shownNow } from '../quizzes/release.ts'
import { adjustmentOf, hintCostOf } from '../regrading/recount.ts'
import { asksConfidence, judgedIn } from './attempt-confidence.ts'
import { breakSecondsLeft, breakUntil } from './breaks.ts'
import { isLate } from './lateness.ts'
import { placesAsked, shownQuestions } from './layout.ts'
import { optionsInOrder, partsInOrder } from './option-order.ts'
import { sectionAt } from './sections.ts'
import type { AttemptQuiz, Submission } from './submissions.store.ts'

/** Callers know two states: a survey that was submitted, and a quiz that awaits marking, are as much over as one that was graded. */
const stateOf = ({ state }: Submission) =>
  state === 'in_progress' ? ('in_progress' as const) : ('graded' as const)

/** An attempt in a list, with as much of its result as is `shown`. @param dueAt when it is due for its learner */
export const summaryOf = (attempt: Submission, shown: ResultsShown, dueAt: string | null) => ({
  id: attempt.id,
  attemptNumber: attempt.attemptNumber,
  state: stateOf(attempt),
  scorePercent: shown === 'none' ? null : (attempt.grading?.scorePercent ?? null),
  passed: shown === 'none' ? null : attempt.passed,
  awaitsMarking: attempt.awaitsMarking,
  startedAt: attempt.startedAt,
  submittedAt: attempt.submittedAt,
  late: isLate(attempt, dueAt),
})

/**
 * An attempt as its learner sees it, unless its reader teaches the course: the questions that are asked now, of the
 * result as much as is `shown`, and the correct options only where all is shown and it is graded.
 * @param asked all questions of the attempt
 */
export function view(
  quiz: AttemptQuiz,
  attempt: Submission,
  asked: Question[],
  { shown, author }: { shown: ResultsShown; author: boolean } = { shown: shownNow(quiz), author: false },
) {
  const until = breakUntil(attempt, attempt.now)
  // The clock stands still, so nothing is to be read meanwhile.
  const covered = until !== null && !author
  const questions = author ? asked : covered ? [] : shownQuestions(attempt, asked, shown)
  const open = questions.map(question => shownQuestion(attempt, question, quiz))
  return {
    id: attempt.id,
    quizId: quiz.id,
    courseId: quiz.courseId,
    kind: quiz.kind,
    title: quiz.title,
    passingScore: quiz.passingScore,
    resultsShown: author ? quiz.resultsShown : shown,
    answersHeld: author ? null : heldAnswers(quiz),
    attemptNumber: attempt.attemptNumber,
    state: stateOf(attempt),
    awaitsMarking: attempt.awaitsMarking,
    startedAt: attempt.startedAt,
    expiresAt: attempt.expiresAt,
    now: attempt.now,
    submittedAt: attempt.submittedAt,
    integrityLog: attempt.logDays !== null,
    breaks:
      attempt.breakSeconds === 0 && attempt.breaks.length === 0
        ? null
        : { count: attempt.breaks.length, secondsLeft: breakSecondsLeft(attempt), until },
    answers: covered ? {} : attempt.answers,
    flagged: attempt.questionIds.filter(id => attempt.flags[id] === true),
    confidenceMode: attempt.confidenceMode,
    confidence: attempt.confidence,
    calculator: quiz.calculator ?? false,
    formulaSheet: attempt.state === 'in_progress' && !covered ? (quiz.formulaSheet ?? '') : '',
    practice: quiz.practice,
    layout: attempt.layout,
    questionCount: attempt.questionIds.length,
    position: attempt.state === 'in_progress' && !author ? placesAsked(attempt, asked).from : attempt.reached,
    sections: sectionsTold(attempt, author),
    currentSection: author ? null : currentSectionOf(attempt),
    questions: open,
    passages: passagesOf(questions),
    result:
      attempt.grading && shown !== 'none'
        ? {
            score: attempt.score ?? 0,
            maxScore: attempt.maxScore ?? 0,
            scorePercent: attempt.grading.scorePercent,
            passed: attempt.passed === true,
            late: attempt.grading.late ?? null,
            judgement:
              shown === 'all' ? judgement(questions.flatMap(one => judgedIn(attempt, one) ?? [])) : [],
            questions:
              shown === 'all'
                ? open.map((question, index) =>
                    gradedQuestion(question, questions[index] as Question, attempt),
                  )
                : [],
          }
        : null,
  }
}

/** Where an open attempt with sections is; null for any other. */
export function currentSectionOf(attempt: Submission): { number: number; endsAt: string | null } | null {
  if (attempt.state !== 'in_progress' || attempt.sections.length === 0) return null
  const { at, endMs } = sectionAt(attempt, attempt.now)
  return { number: at + 1, endsAt: endMs === Infinity ? null : new Date(endMs).toISOString() }
}

/** The sections of an attempt. What one is about is told when it is asked, and while the clock stands still of none. */
function sectionsTold(attempt: Submission, author: boolean) {
  const current = currentSectionOf(attempt)
  const covered = breakUntil(attempt, attempt.now) !== null
  return attempt.sections.map(({ title, instructions, questions, limitSeconds }, at) => {
    const isTold = author || !current || (!covered && current.number === at + 1)
    return { title, instructions: isTold ? instructions : '', questionCount: questions, limitSeconds }
  })
}

/**
 * A question as an attempt shows it: its options, and what its type mixes, in the attempt's own order, and of its hints
 * those that were taken.
 */
export function shownQuestion(
  attempt: Pick<Submission, 'id' | 'shuffleAnswers' | 'hintsTaken' | 'confidenceMode'>,
  question: Question,
  { practice }: Pick<AttemptQuiz, 'practice'>,
): OpenQuestion {
  const shown = openedQuestion(question, optionsInOrder(attempt, question), parts =>
    partsInOrder(attempt.id, question.id, parts),
  )
  const hints = openHints(question, attempt.hintsTaken, practice)
  const asks = asksConfidence(attempt, question) ? { asksConfidence: true } : {}
  return { ...shown, ...asks, ...(hints ? { hints } : {}) }
}

/**
 * What was given, what was right, and what each part earned; of an open attempt, for who teaches it, what each would
 * earn. Attempts that were graded before marks were kept have none.
 */
type Outcome = Pick<Submission, 'answers' | 'grading' | 'confidenceMode' | 'confidence'>

export const outcomeOf = (question: Question, attempt: Outcome) => {
  const adjustment = attempt.grading ? adjustmentOf(attempt.grading, question.id) : null
  const judged = attempt.grading ? judgedIn(attempt, question) : null
  // Points that do not come from the key do not come from how sure the learner was either.
  const counted = judged?.counted === true && (!adjustment || adjustment.kind === 'key')
  return {
    chosen: chosenIn(question, attempt.answers),
    correct: correctAnswerOf(question),
    marks: attempt.grading
      ? (attempt.grading.marks?.[question.id] ?? [])
      : gradeQuestion(question, attempt.answers).marks,
    comment: attempt.grading?.comments?.[question.id] ?? null,
    ...(question.values ? { values: question.values } : {}),
    annotations: attempt.grading?.annotations?.[question.id] ?? [],
    adjustment,
    confidence: judged && { ...judged, counted },
    hintCost: attempt.grading ? hintCostOf(attempt.grading, question.id) : null,
  }
}

/** A question with what it earned, of the attempt's grading unless told otherwise. */
export const gradedQuestion = <Q extends OpenQuestion>(
  shown: Q,
  question: Question,
  attempt: Outcome,
  awarded = attempt.grading?.awarded[question.id] ?? 0,
) => ({
  ...openedAfter(shown, question),
  ...outcomeOf(question, attempt),
  awarded,
  feedback: feedbackTo(question, attempt.answers),
  ...(question.feedback.solution ? { solution: question.feedback.solution } : {}),
})
