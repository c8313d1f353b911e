'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useRef } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { NumberInput } from './number-input.tsx'
import { replaced, type Setup } from './setup-draft.ts'

type ScaleListProps = { setup: Setup; onSetup: (setup: Setup) => void }

/** The names of grades, each from a percent on. */
export function ScaleList({ setup, onSetup }: ScaleListProps) {
  const t = useTranslations('gradebookSetup')
  const { scale } = setup
  // Rows have no id of their own; these stay with them while others are removed.
  const keys = useRef(scale.map(() => crypto.randomUUID()))
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">{t('scaleHelp')}</p>
      <ol className="flex flex-col gap-3">
        {scale.map((grade, at) => (
          <li key={keys.current[at]} className="flex max-w-md items-end gap-3">
            <div className="min-w-0 flex-1">
              <TextField
                label={t('letter')}
                value={grade.letter}
                maxLength={20}
                onChange={letter => onSetup({ ...setup, scale: replaced(scale, at, { letter }) })}
              />
            </div>
            <div className="w-24">
              <NumberInput
                label={t('from')}
                value={grade.from}
                onNumber={from => onSetup({ ...setup, scale: replaced(scale, at, { from }) })}
              />
            </div>
            <Button
              variant="quiet"
              aria-label={t('removeGrade', { letter: grade.letter })}
              onPress={() => {
                keys.current = keys.current.filter((_, place) => place !== at)
                onSetup({ ...setup, scale: scale.filter((_, place) => place !== at) })
              }}
            >
              <Icon name="trash" />
            </Button>
          </li>
        ))}
      </ol>
      <div>
        <Button
          variant="secondary"
          isDisabled={scale.length >= 20}
          onPress={() => {
            keys.current = [...keys.current, crypto.randomUUID()]
            onSetup({ ...setup, scale: [...scale, { letter: '', from: 0 }] })
          }}
        >
          <Icon name="plus" />
          {t('addGrade')}
        </Button>
      </div>
    </div>
  )
}
