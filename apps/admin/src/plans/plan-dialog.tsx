import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { AmountFields, amountsIn } from '@azora/web/amounts/amount-fields.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { useCurrencies } from '../offers/choice.ts'
import { CoursePicker } from '../offers/course-picker.tsx'
import type { PickedCourse } from '../offers/found-courses.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { SchoolPlan } from './school-plan.ts'

const units = ['week', 'month', 'quarter', 'year', 'day'] as const

type PlanDialogProps = { plan: SchoolPlan | null; onClose: () => void; onSaved: () => void }

/** Makes a plan, or another version of one: who has it keeps the version that they agreed to. */
export function PlanDialog({ plan, onClose, onSaved }: PlanDialogProps) {
  const t = useTranslations('plans')
  const offers = useTranslations('offers')
  const common = useTranslations('common')
  const currencies = useCurrencies(plan?.prices ?? [])
  const [unit, setUnit] = useState<(typeof units)[number]>(plan?.interval.unit ?? 'month')
  const [chosen, setChosen] = useState<PickedCourse[]>(plan?.courses ?? [])
  const submit = async (data: FormData) => {
    const prices = amountsIn(data, currencies, {
      notAnAmount: () => offers('notAnAmount'),
      none: offers('noPrice'),
    })
    if (chosen.length === 0) throw faultAt('courseIds', t('noCourses'))
    const terms = {
      name: String(data.get('name') ?? ''),
      description: String(data.get('description') ?? ''),
      interval: { unit, count: Number(data.get('count') || 1) },
      trialDays: Number(data.get('trialDays') || 0),
      prices,
      courseIds: chosen.map(({ courseId }) => courseId),
    }
    if (plan) await call('payments.savePlan', { planId: plan.id, version: plan.version, ...terms })
    else await call('payments.createPlan', terms)
    onSaved()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={plan ? offers('editOne', { name: plan.name }) : t('new')}
      closeLabel={common('close')}
    >
      {plan && plan.subscribers > 0 ? <p className="text-muted">{t('versionText')}</p> : null}
      <Form onSubmit={submit} failure={common('connectionLost')}>
        <TextField
          name="name"
          label={offers('name')}
          defaultValue={plan?.name ?? ''}
          isRequired
          maxLength={100}
        />
        <TextArea
          name="description"
          label={offers('description')}
          defaultValue={plan?.description ?? ''}
          maxLength={2000}
          rows={3}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            name="count"
            label={t('every')}
            defaultValue={plan?.interval.count ?? 1}
            minValue={1}
            maxValue={60}
          />
          <NativeSelect
            label={t('unit')}
            value={unit}
            onChange={({ target }) => setUnit(units.find(one => one === target.value) ?? 'month')}
            options={units.map(id => ({ id, label: t(`unit_${id}`) }))}
          />
        </div>
        <AmountFields
          currencies={currencies}
          amounts={plan?.prices ?? []}
          label={currency => offers('priceIn', { currency })}
        />
        <NumberField
          name="trialDays"
          label={t('trialDays')}
          description={t('trialHelp')}
          defaultValue={plan?.trialDays ?? 0}
          minValue={0}
          maxValue={365}
        />
        <CoursePicker label={t('opens')} chosen={chosen} onChange={setChosen} />
        <DialogButtons onCancel={onClose}>
          <SubmitButton>{t('save')}</SubmitButton>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
