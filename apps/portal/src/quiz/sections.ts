import type { Submission } from '../offline/answers.ts'

type Sectioned = Pick<Submission, 'sections' | 'currentSection'>

/** The section that an attempt asks now; null where it has none, and for who teaches. `from` and `to` are places of its questions. */
export function sectionNow({ sections = [], currentSection }: Sectioned) {
  const section = currentSection ? sections[currentSection.number - 1] : undefined
  if (!currentSection || !section) return null
  const { number, endsAt } = currentSection
  const from = sections.slice(0, number - 1).reduce((sum, { questionCount }) => sum + questionCount, 0)
  const isLast = number === sections.length
  return {
    ...section,
    number,
    endsAt,
    count: sections.length,
    from,
    to: from + section.questionCount,
    isLast,
  }
}

export type SectionNow = NonNullable<ReturnType<typeof sectionNow>>

/** Whether the clock led from one section on to what is asked now, and not the learner. */
export const endedByClock = (before: Sectioned, { now }: Pick<Submission, 'now'>): boolean => {
  const endsAt = before.currentSection?.endsAt
  return endsAt !== null && endsAt !== undefined && Date.parse(endsAt) <= Date.parse(now)
}

/** When a section of that number ends: now, where another is asked already; null where nothing ends it. */
export const endOfSection = (
  { currentSection, now }: { currentSection?: Submission['currentSection']; now: string },
  number: number,
): string | null => (currentSection?.number === number ? currentSection.endsAt : now)
