/** How sure a learner is of an answer: not, fairly, or certain. */
export type Confidence = 1 | 2 | 3

export const confidences = [1, 2, 3] as const

/**
 * The share of its points that an answer earns (certainty-based marking: A. R. Gardner-Medwin, Confidence assessment in
 * the teaching of basic science, 1995). Of 3 points a right answer earns 1, 2 or 3, and a wrong one costs 0, 2 or 6: who
 * is right at least four times in five does best by being certain, and who is less often than two in three by not being
 * sure, so that honest judgement pays.
 */
export const confidenceShare = (confidence: Confidence, right: boolean): number =>
  right ? confidence / 3 : ([0, -2 / 3, -2] as const)[(confidence - 1) as 0 | 1 | 2]
