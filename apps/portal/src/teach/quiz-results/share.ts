/** Of `count` how many per cent `part` is, in whole numbers; null of nothing. */
export const shareOf = (part: number, count: number): number | null =>
  count === 0 ? null : Math.round((100 * part) / count)

type Version = { askedCount: number; rightCount: number | null }

/** The share of right answers of the newest version that was asked; null where there is none, as in a survey. */
export function rightShare(versions: Version[]): number | null {
  const asked = versions.find(version => version.askedCount > 0)
  return !asked || asked.rightCount === null ? null : shareOf(asked.rightCount, asked.askedCount)
}

/** The hardest first, in the order of the quiz where they are equally hard; those that nobody was asked last. */
export function hardestFirst<Q extends { versions: Version[] }>(questions: Q[]): Q[] {
  const hardness = (question: Q) => rightShare(question.versions) ?? 101
  return questions.toSorted((a, b) => hardness(a) - hardness(b))
}
