'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import { NumberInput } from '../../gradebook/setup/number-input.tsx'
import { replaced } from '../../gradebook/setup/setup-draft.ts'
import type { Level } from '../standards.ts'

type LevelRowsProps = { levels: Level[]; onLevels: (levels: Level[]) => void }

/** The levels of a course, from the lowest on. */
export function LevelRows({ levels, onLevels }: LevelRowsProps) {
  const t = useTranslations('standardsSetup')
  const most = levels.at(-1)?.from ?? 0
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">{t('levelsHelp')}</p>
      <ol className="flex flex-col gap-3">
        {levels.map((level, at) => (
          <li key={level.id} className="flex max-w-md items-end gap-3">
            <div className="min-w-0 flex-1">
              <TextField
                label={t('levelName')}
                value={level.name}
                maxLength={limits.levelNameLength}
                onChange={name => onLevels(replaced(levels, at, { name }))}
              />
            </div>
            <div className="w-24">
              <NumberInput
                label={t('from')}
                value={level.from}
                onNumber={from => onLevels(replaced(levels, at, { from }))}
              />
            </div>
            <Button
              variant="quiet"
              aria-label={t('removeLevel', { name: level.name })}
              isDisabled={levels.length <= 2}
              onPress={() => onLevels(levels.filter(({ id }) => id !== level.id))}
            >
              <Icon name="trash" />
            </Button>
          </li>
        ))}
      </ol>
      <div>
        <Button
          variant="secondary"
          isDisabled={levels.length >= limits.levelsOfStandard}
          onPress={() =>
            onLevels([
              ...levels,
              { id: crypto.randomUUID(), name: t('newLevel'), from: Math.min(100, most + 5) },
            ])
          }
        >
          <Icon name="plus" />
          {t('addLevel')}
        </Button>
      </div>
    </div>
  )
}
