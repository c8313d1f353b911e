'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { type FormEvent, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Desk } from './desk.ts'

export type Markers = Pick<
  Desk,
  'markers' | 'tolerance' | 'toleranceUnit' | 'samplePercent' | 'markersDecide'
>
type MarkersDialogProps = {
  settings: Markers
  onSave: (settings: Markers) => void
  onClose: () => void
}

const kinds = ['one', 'two', 'moderated'] as const

/** How many people mark a quiz, and when a moderator decides. */
export function MarkersDialog({ settings, onSave, onClose }: MarkersDialogProps) {
  const t = useTranslations('marking')
  const common = useTranslations('common')
  const [chosen, setChosen] = useState(settings)
  const { markers, tolerance, toleranceUnit, samplePercent, markersDecide } = chosen
  // From the newest: a number is taken as its field is left, in the same moment as the press that left it.
  const set = (part: Partial<Markers>) => setChosen(before => ({ ...before, ...part }))
  const save = (event: FormEvent) => {
    event.preventDefault()
    onSave(chosen)
    onClose()
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('markers')} closeLabel={common('close')}>
      <form onSubmit={save} className="flex flex-col gap-5">
        <RadioGroup
          label={t('whoMarks')}
          value={markers}
          onChange={value => set({ markers: kinds.find(kind => kind === value) ?? 'one' })}
        >
          <div className="flex flex-col gap-2">
            {kinds.map(kind => (
              <Radio key={kind} value={kind} card>
                <span className="font-semibold">{t(`markers_${kind}`)}</span>
                <span className="block text-sm text-muted">{t(`markersText_${kind}`)}</span>
              </Radio>
            ))}
          </div>
        </RadioGroup>
        {markers === 'two' ? (
          <div className="flex flex-wrap items-end gap-3">
            <NumberField
              label={t('tolerance')}
              minValue={0}
              maxValue={toleranceUnit === 'percent' ? 100 : 1000}
              value={tolerance}
              onChange={value => set({ tolerance: Number.isNaN(value) ? 0 : value })}
            />
            <NativeSelect
              label={t('toleranceUnit')}
              value={toleranceUnit}
              onChange={({ target }) =>
                set({ toleranceUnit: target.value === 'points' ? 'points' : 'percent' })
              }
              options={(['percent', 'points'] as const).map(id => ({ id, label: t(`unit_${id}`) }))}
            />
          </div>
        ) : null}
        {markers === 'moderated' ? (
          <NumberField
            label={t('samplePercent')}
            description={t('sampleHelp')}
            minValue={1}
            maxValue={100}
            value={samplePercent}
            onChange={value => set({ samplePercent: Number.isNaN(value) ? 10 : Math.round(value) })}
          />
        ) : null}
        {markers === 'one' ? null : (
          <Checkbox isSelected={markersDecide} onChange={value => set({ markersDecide: value })}>
            {t('markersDecide')}
          </Checkbox>
        )}
        <p className="text-sm text-muted">{t('markersChange')}</p>
        <div className="flex justify-end gap-3">
          <Button variant="secondary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit">{t('saveMarkers')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
