/** A text that several questions are about. They stand together under it, on one page (decision 0056). */
export type Passage = {
  id: string
  /** Counts up with each change of its content; each version of a question names one. */
  version: number
  content: string
  /** Whether the questions under it come in another order in each attempt. */
  shuffle: boolean
}

type UnderPassage = { passage?: Passage | null | undefined }

/** The questions with those of a text one after another, where the first of them stands. */
export function together<Q extends UnderPassage>(questions: Q[]): Q[] {
  const groups = new Map<unknown, Q[]>()
  for (const question of questions) {
    const key = question.passage?.id ?? question
    groups.set(key, [...(groups.get(key) ?? []), question])
  }
  return [...groups.values()].flat()
}

/** Questions that stand together, as pages: those under one text, and each of the others. */
export function pagesOf<Q extends UnderPassage>(questions: Q[]): Q[][] {
  const pages: Q[][] = []
  for (const question of questions) {
    const page = pages.at(-1)
    const isUnder = question.passage && page?.[0]?.passage?.id === question.passage.id
    if (page && isUnder) page.push(question)
    else pages.push([question])
  }
  return pages
}

/** How many questions the page holds that begins at a place. */
export const pageLengthAt = (questions: UnderPassage[], place: number): number =>
  pagesOf(questions.slice(place))[0]?.length ?? 0

/**
 * The questions in the order of an attempt: what stands together is mixed as one, and within it where its text says so.
 * @param mixed draws an order
 */
export function inDrawnOrder<Q extends UnderPassage>(
  questions: Q[],
  shuffle: boolean,
  mixed: <T>(items: T[]) => T[],
): Q[] {
  const pages = pagesOf(questions)
  return (shuffle ? mixed(pages) : pages).flatMap(page => (page[0]?.passage?.shuffle ? mixed(page) : page))
}

/** The texts that questions stand under, each once. */
export const passagesIn = (questions: UnderPassage[]): Passage[] => [
  ...new Map(questions.flatMap(({ passage }) => (passage ? [[passage.id, passage]] : []))).values(),
]

/** The same, each with the questions under it, as they are shown. */
export function passagesOf(questions: (UnderPassage & { id: string })[]) {
  return pagesOf(questions).flatMap(page => {
    const passage = page[0]?.passage
    return passage
      ? [{ id: passage.id, content: passage.content, questionIds: page.map(({ id }) => id) }]
      : []
  })
}

/** Rows that were read with their texts: the questions under one text share it, since it may be long. */
export function sharingPassages<Q extends UnderPassage>(questions: Q[]): Q[] {
  const known = new Map<string, Passage>()
  for (const question of questions) {
    const { passage } = question
    if (!passage) continue
    const key = `${passage.id} ${passage.version}`
    question.passage = known.get(key) ?? passage
    known.set(key, question.passage)
  }
  return questions
}
