import type { Submission } from '../offline/answers.ts'

export type Passage = NonNullable<Submission['passages']>[number]

export type Page<Q> = {
  /** The text that its questions are about. */
  passage: Passage | null
  questions: Q[]
  /** The place of its first question, from 0. */
  place: number
}

/** Questions as they are shown together: those under one text, and each of the others by itself. */
export function pagesOf<Q extends { id: string }>(questions: Q[], passages: Passage[] = []): Page<Q>[] {
  const passageOf = new Map(
    passages.flatMap(passage => passage.questionIds.map(id => [id, passage] as const)),
  )
  const pages: Page<Q>[] = []
  for (const [place, question] of questions.entries()) {
    const passage = passageOf.get(question.id) ?? null
    const before = pages.at(-1)
    if (passage && before?.passage === passage) before.questions.push(question)
    else pages.push({ passage, questions: [question], place })
  }
  return pages
}

/** The page that holds the question at a place. */
export const pageAt = <Q>(pages: Page<Q>[], place: number): Page<Q> | undefined =>
  pages.findLast(page => page.place <= place)

/** Of any namespace that has the names of texts. */
type PassageTexts = {
  (key: 'passageForOne', values: { number: number }): string
  (key: 'passageFor', values: { from: number; to: number }): string
}

/** What a text is called: by the questions under it. @param first the number of the first of them */
export const passageName = (
  { questions }: Pick<Page<unknown>, 'questions'>,
  first: number,
  t: PassageTexts,
): string =>
  questions.length === 1
    ? t('passageForOne', { number: first })
    : t('passageFor', { from: first, to: first + questions.length - 1 })
