'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import type { QuizStandards } from './quiz-standards.ts'
import { StandardChoice } from './standard-choice.tsx'

type AlignedStandardsProps = {
  number: number
  standards: QuizStandards['standards']
  standardIds: string[]
  pending: boolean
  onAlign: (standardId: string, aligned: boolean) => Promise<void>
}

/** The standards that a question shows, and a place to add one. */
export function AlignedStandards({
  number,
  standards,
  standardIds,
  pending,
  onAlign,
}: AlignedStandardsProps) {
  const t = useTranslations('quizStandards')
  const [chosen, setChosen] = useState('')
  const shown = standards.filter(({ id }) => standardIds.includes(id))
  const others = standards.filter(({ id }) => !standardIds.includes(id))
  return (
    <>
      {shown.length === 0 ? (
        <p className="text-sm text-muted">{t('nothing')}</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {shown.map(({ id, code, title }) => (
            <li key={id} className="flex items-center justify-between gap-2 rounded-control bg-sunken ps-3">
              <span className="min-w-0 py-1.5 text-sm break-words">
                <span className="font-semibold">{code}</span> {title}
              </span>
              <Button
                variant="quiet"
                aria-label={t('remove', { code, number })}
                isDisabled={pending}
                onPress={() => onAlign(id, false)}
              >
                <Icon name="close" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 ? (
        <StandardChoice
          label={t('standard')}
          standards={others}
          chosen={others.some(({ id }) => id === chosen) ? chosen : ''}
          onChosen={setChosen}
        >
          <Button
            variant="secondary"
            aria-label={t('addTo', { number })}
            isDisabled={!others.some(({ id }) => id === chosen) || pending}
            onPress={() => onAlign(chosen, true)}
          >
            <Icon name="plus" />
            {t('add')}
          </Button>
        </StandardChoice>
      ) : null}
    </>
  )
}
