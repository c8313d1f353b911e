'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import type { FileProblem } from './read-file.ts'
import type { Check } from './use-import.ts'

const mostShown = 100

/** What of a file is not imported and why, and what looks wrong. */
export function Problems({ check: { grades, found, book, learners } }: { check: Check }) {
  const t = useTranslations('gradebookImport')
  const textOf = (problem: FileProblem): string => {
    if ('who' in problem) return t(`problem_${problem.problem}`, { row: problem.row, who: problem.who })
    if ('text' in problem) {
      const { row, column, text } = problem
      return t('problem_not_a_score', { row, column, text })
    }
    return t(`problem_${problem.problem}`, { column: problem.column })
  }
  // What the file alone tells was left out of what was sent; scores above the points were not.
  const above = found.problems.flatMap(({ problem, userId, itemId }) => {
    if (problem !== 'above_points') return []
    const who = learners.find(learner => learner.userId === userId)?.name ?? ''
    const column = book.items.find(({ id }) => id === itemId)?.title ?? ''
    return [t('problem_above_points', { who, column })]
  })
  const texts = [...grades.problems.map(textOf), ...above]
  if (texts.length === 0) return null
  return (
    <Notice tone="warning" title={t('problems')}>
      <ul className="mt-1 list-disc ps-5">
        {texts.slice(0, mostShown).map((text, at) => (
          <li key={at}>{text}</li>
        ))}
      </ul>
    </Notice>
  )
}
