import type { OutputOf } from '../lib/api.browser.ts'

export type SoldCourse = { id: string; title: string; currencies: string[] }

/** Those of the courses that have a price, and in which currencies. */
export const soldOf = (courses: OutputOf<'education.listCourses'>['items']): SoldCourse[] =>
  courses
    .filter(({ prices }) => prices.length > 0)
    .map(({ id, title, prices }) => ({ id, title, currencies: prices.map(({ currency }) => currency) }))
