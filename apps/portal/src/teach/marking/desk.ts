import type { OutputOf } from '../../lib/api.browser.ts'

/** The answers of a quiz that a person marks, as the desk is given them. */
export type Desk = OutputOf<'assessment.listAnswersToMark'>
export type DeskItem = Desk['items'][number]
