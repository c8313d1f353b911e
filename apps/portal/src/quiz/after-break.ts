import type { Submission } from '../offline/answers.ts'

type Timed = Pick<Submission, 'expiresAt' | 'currentSection'>

/**
 * An attempt as a page had it before a break, with its ends as they were told with the break. Where another section was
 * asked by then, what the page has is over, and stays so.
 */
export const afterBreak = <A extends Timed>(before: A, { expiresAt, currentSection }: Timed): A => ({
  ...before,
  expiresAt,
  currentSection:
    currentSection?.number === before.currentSection?.number ? currentSection : before.currentSection,
})
