export type Order = 'question' | 'learner'
type Item = {
  id: string
  questionId: string
  alias: string
  state: 'waiting' | 'draft' | 'marked'
  markedByYou: boolean | null
}

/** Answers in the order in which they are marked. The service gives them by their random names. */
export function inOrder<I extends Item>(items: I[], questionIds: string[], order: Order): I[] {
  const place = new Map(questionIds.map((id, at) => [id, at]))
  const byQuestion = (a: I, b: I) => (place.get(a.questionId) ?? 0) - (place.get(b.questionId) ?? 0)
  const byLearner = (a: I, b: I) => (a.alias < b.alias ? -1 : a.alias > b.alias ? 1 : 0)
  return items.toSorted((a, b) =>
    order === 'question' ? byQuestion(a, b) || byLearner(a, b) : byLearner(a, b) || byQuestion(a, b),
  )
}

/**
 * The next answer that is not marked yet, after the one given and then from the beginning; null where none is left. What
 * another person has begun comes last: who saves it takes it over.
 */
export function nextToMark(items: Item[], currentId: string | null): string | null {
  const at = items.findIndex(({ id }) => id === currentId)
  const around = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))]
  const left = around.filter(({ state }) => state !== 'marked')
  const begunByOther = ({ state, markedByYou }: Item) => state === 'draft' && markedByYou === false
  return (left.find(item => !begunByOther(item)) ?? left[0])?.id ?? null
}
