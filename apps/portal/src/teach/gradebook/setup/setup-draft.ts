import type { InputOf } from '../../../lib/api.browser.ts'
import type { Book } from '../book.ts'

export type Setup = Omit<InputOf<'assessment.saveGradebook'>, 'courseId' | 'setupRevision'>
export type Category = Setup['categories'][number]
export type Item = Setup['items'][number]

/** The part of a gradebook that its set-up is saved from. */
export const setupOf = (book: Book): Setup => ({
  calculation: book.calculation,
  missing: book.missing,
  decimals: book.decimals,
  courseGradeShown: book.courseGradeShown,
  scale: book.scale,
  categories: book.categories,
  items: book.items.map(({ id, quizId, title, categoryId, points, extraCredit, hidden }) => ({
    id,
    quizId,
    title,
    categoryId,
    points,
    extraCredit,
    hidden,
  })),
})

export const newCategory = (name: string): Category => ({
  id: crypto.randomUUID(),
  name,
  weight: 0,
  dropLowest: 0,
  dropHighest: 0,
  extraCredit: false,
})

export const newItem = (more: Pick<Item, 'title' | 'categoryId'> & Partial<Item>): Item => ({
  id: crypto.randomUUID(),
  quizId: null,
  points: 100,
  extraCredit: false,
  hidden: false,
  ...more,
})

/** Without a category; what was in it goes to the first that is left. There is always one. */
export function withoutCategory(setup: Setup, id: string): Setup {
  const categories = setup.categories.filter(category => category.id !== id)
  const [first] = categories
  if (!first) return setup
  const items = setup.items.map(item => (item.categoryId === id ? { ...item, categoryId: first.id } : item))
  return { ...setup, categories, items }
}

export const replaced = <T>(list: readonly T[], at: number, more: Partial<T>): T[] =>
  list.map((one, place) => (place === at ? { ...one, ...more } : one))

/** What the weights add up to, in percent; those of extra credit come on top. */
export function sumOfWeights({ categories }: Setup): number {
  // In hundredths, since tenths do not add up exactly in binary.
  const hundredths = categories
    .filter(({ extraCredit }) => !extraCredit)
    .reduce((sum, { weight }) => sum + Math.round(weight * 100), 0)
  return hundredths / 100
}
