'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import { moveModule } from '../../course-editor/outline.ts'
import type { OrderingDraft } from '../body-draft.ts'
import { emptyLine } from '../lines.ts'
import { LabelledChoice } from './labelled.tsx'
import { AddRow, RemoveRow } from './row-buttons.tsx'
import { inputStyle } from './row-style.ts'

type Props = { body: OrderingDraft; survey: boolean; onChange: (body: OrderingDraft) => void }

/** Things in their right order; learners see them mixed. */
export function OrderingEditor({ body, survey, onChange }: Props) {
  const t = useTranslations('quizEditor')
  const { items } = body
  const move = (at: number, by: 1 | -1) => onChange({ ...body, items: moveModule(items, at, by) })
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm font-semibold">{t('orderItems')}</legend>
      <ol className="flex flex-col gap-2">
        {items.map((line, at) => (
          <li key={line.key} className="flex items-center gap-2">
            <span className="w-6 shrink-0 font-semibold text-muted tabular-nums">{at + 1}</span>
            <input
              type="text"
              aria-label={t('orderItem', { number: at + 1 })}
              value={line.text}
              onChange={event =>
                onChange({ ...body, items: items.with(at, { ...line, text: event.target.value }) })
              }
              className={inputStyle}
            />
            <Button
              variant="quiet"
              size="small"
              aria-label={t('itemUp', { number: at + 1 })}
              isDisabled={at === 0}
              onPress={() => move(at, -1)}
            >
              <Icon name="up" />
            </Button>
            <Button
              variant="quiet"
              size="small"
              aria-label={t('itemDown', { number: at + 1 })}
              isDisabled={at === items.length - 1}
              onPress={() => move(at, 1)}
            >
              <Icon name="down" />
            </Button>
            {items.length > 2 ? (
              <RemoveRow
                label={t('removeItem', { number: at + 1 })}
                onPress={() => onChange({ ...body, items: items.toSpliced(at, 1) })}
              />
            ) : null}
          </li>
        ))}
      </ol>
      <AddRow label={t('addItem')} onPress={() => onChange({ ...body, items: [...items, emptyLine()] })} />
      {survey ? null : (
        <LabelledChoice
          label={t('orderPartial')}
          value={body.partial}
          options={(['place', 'neighbours'] as const).map(id => ({ id, label: t(`orderPartial_${id}`) }))}
          onChoose={partial => onChange({ ...body, partial })}
          className="max-w-md"
        />
      )}
    </fieldset>
  )
}
