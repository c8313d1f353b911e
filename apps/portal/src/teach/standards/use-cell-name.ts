'use client'
import { useTranslations } from '../../i18n/client.tsx'
import type { Learner } from '../gradebook/book.ts'
import type { CourseStandards, Standard, Standing } from './standards.ts'

/** What a cell says to who does not see it. */
export function useCellName({ levels }: CourseStandards) {
  const t = useTranslations('standards')
  return (learner: Learner, standard: Standard, standing: Standing | undefined): string => {
    const level = levels.find(({ id }) => id === standing?.levelId)?.name ?? t('none')
    const values = { learner: learner.name, standard: standard.code, level }
    return t(standing?.judged ? 'cellJudged' : 'cell', values)
  }
}
