import { type Entry, graderOf } from '@azora/contracts/assessment/gradebook/course-grade.ts'
import { entryOf } from '@azora/contracts/assessment/gradebook/entry.ts'
import { fractionOf } from '@azora/contracts/assessment/gradebook/exact.ts'
import type { OutputOf } from '../lib/api.browser.ts'

type Told = OutputOf<'assessment.getMyGrades'>

/** How a course grade comes about, as the API tells it of a learner. */
export type Explanation = Omit<Told, 'complete'>
export type ExplainedCategory = Explanation['categories'][number]
export type ExplainedItem = ExplainedCategory['items'][number]

/** The grade with imagined scores in place of some, by the rules that the server counts with. */
export function withImagined(grades: Explanation, imagined: ReadonlyMap<string, number>): Explanation {
  const items = grades.categories.flatMap(category => category.items)
  const entries = new Map(
    items.map((item): [string, Entry] => {
      const score = imagined.get(item.id)
      if (score === undefined) return [item.id, entryOf(item, item)]
      return [item.id, { score: fractionOf(score), excused: false, due: item.due }]
    }),
  )
  const { percent, letter, categories } = graderOf({ ...grades, items }).explain(entries)
  return {
    ...grades,
    percent,
    letter,
    calculatedPercent: percent,
    overridden: false,
    categories: grades.categories.map(category => {
      const counted = categories.find(({ id }) => id === category.id)
      return {
        ...category,
        percent: counted?.percent ?? null,
        share: counted?.share ?? 0,
        items: category.items.map(item => {
          const { outcome, adds } = counted?.items.find(({ id }) => id === item.id) ?? item
          return { ...item, score: imagined.get(item.id) ?? item.score, outcome, adds }
        }),
      }
    }),
  }
}
