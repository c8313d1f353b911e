'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Learner } from '../gradebook/book.ts'
import { LevelMark } from './level-mark.tsx'
import type { CourseStandards, LevelRow } from './standards.ts'
import { useCellName } from './use-cell-name.ts'

type LevelListProps = {
  course: CourseStandards
  learners: readonly Learner[]
  rows: ReadonlyMap<string, LevelRow>
  onOpen: (userId: string, standardId: string) => void
}

/** Levels where there is room for one standard: its learners below each other. */
export function LevelList({ course, learners, rows, onOpen }: LevelListProps) {
  const t = useTranslations('standards')
  const nameOf = useCellName(course)
  const { standards, levels } = course
  const [chosen, setChosen] = useState(standards[0]?.id ?? '')
  const standard = standards.find(({ id }) => id === chosen)
  if (!standard) return null
  return (
    <div className="flex flex-col gap-4">
      <NativeSelect
        label={t('standard')}
        value={chosen}
        onChange={event => setChosen(event.target.value)}
        options={standards.map(({ id, code, title }) => ({ id, label: `${code} · ${title}` }))}
      />
      <p className="text-sm text-muted">{t('questions', { count: standard.questionCount })}</p>
      <ul aria-label={standard.code} className="rounded-card border border-line bg-surface shadow-card">
        {learners.map(learner => {
          const standing = rows.get(learner.userId)?.get(standard.id)
          return (
            <li
              key={learner.userId}
              className="flex items-center gap-2 border-b border-line py-2 ps-4 pe-2 last:border-0"
            >
              <span className="min-w-28 flex-1 font-semibold wrap-anywhere">{learner.name}</span>
              {standing?.levelId ? (
                <LevelMark levels={levels} levelId={standing.levelId} judged={standing.judged} />
              ) : (
                <span className="text-muted">–</span>
              )}
              <Button
                variant="quiet"
                aria-label={nameOf(learner, standard, standing)}
                onPress={() => onOpen(learner.userId, standard.id)}
                className="px-2.5!"
              >
                <Icon name="more" />
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
