export type ResultsShown = 'all' | 'score' | 'none'

/** When learners who are shown the right answers are shown them. The score is told at once, as it opens what comes next. */
export type AnswerRelease = 'at_once' | 'after_due' | 'after_all' | 'never'

/** Where the release of a quiz stands, by the database's clock. */
export type Release = {
  answerRelease: AnswerRelease
  answersReleased: boolean
  /** From when on the answers are shown, as far as it is known; after all have submitted it may be sooner. */
  answersReleaseAt: string | null
}

type Shown = { resultsShown: ResultsShown }

/** What a learner is shown of a result now: what is right stays here until it is released. */
export const shownNow = ({
  resultsShown,
  answersReleased,
}: Shown & Pick<Release, 'answersReleased'>): ResultsShown =>
  resultsShown === 'all' && !answersReleased ? 'score' : resultsShown

/** What a learner waits for, who will be shown the right answers later. */
export function heldAnswers({
  resultsShown,
  answerRelease,
  answersReleased,
  answersReleaseAt,
}: Shown & Release) {
  if (resultsShown !== 'all' || answersReleased) return null
  if (answerRelease === 'at_once' || answerRelease === 'never') return null
  return { until: answerRelease, at: answersReleaseAt }
}
