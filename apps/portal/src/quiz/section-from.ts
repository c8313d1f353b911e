import type { Submission } from '../offline/answers.ts'

type Section = NonNullable<Submission['sections']>[number]

/** The section whose first question is at a place, with its number; null where none begins there. */
export function sectionFrom(sections: Section[] = [], place: number): (Section & { number: number }) | null {
  let from = 0
  for (const [at, section] of sections.entries()) {
    if (from === place) return { ...section, number: at + 1 }
    from += section.questionCount
  }
  return null
}
