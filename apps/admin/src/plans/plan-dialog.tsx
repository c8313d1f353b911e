import { toDecimal } from '@azora/contracts/money.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { useEffect, useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { SchoolPlan } from './school-plan.ts'

const units = ['week', 'month', 'quarter', 'year', 'day'] as const

type Choice = { currencies: string[]; courses: { id: string; title: string }[] }

type PlanDialogProps = { plan: SchoolPlan | null; onClose: () => void; onSaved: () => void }

/** Makes a plan, or another version of one: who has it keeps the version that they agreed to. */
export function PlanDialog({ plan, onClose, onSaved }: PlanDialogProps) {
  const t = useTranslations('plans')
  const common = useTranslations('common')
  const [choice, setChoice] = useState<Choice | null>(null)
  const [unit, setUnit] = useState<(typeof units)[number]>(plan?.interval.unit ?? 'month')
  const [chosen, setChosen] = useState<string[]>(plan?.courses.map(({ courseId }) => courseId) ?? [])
  useEffect(() => {
    Promise.all([
      call('payments.getPaymentSettings', {}),
      call('education.listCourses', { limit: 100 }),
    ]).then(
      ([{ currencies }, { items }]) => {
        const own = (plan?.courses ?? []).map(({ courseId: id, title }) => ({ id, title }))
        const others = items.filter(({ id }) => !own.some(one => one.id === id))
        setChoice({ currencies, courses: [...own, ...others.map(({ id, title }) => ({ id, title }))] })
      },
      () => setChoice({ currencies: ['ZAR'], courses: [] }),
    )
  }, [plan])
  const currencies = [
    ...new Set([...(plan?.prices.map(({ currency }) => currency) ?? []), ...(choice?.currencies ?? [])]),
  ]
  const priceOf = (currency: string) => plan?.prices.find(price => price.currency === currency)
  const submit = async (data: FormData) => {
    const prices = currencies.flatMap(currency => {
      const text = String(data.get(`price-${currency}`) ?? '').trim()
      if (text === '') return []
      const amount = typedAmount(text, currency)
      if (amount && amount.amountMinor > 0) return [amount]
      const fields = [{ path: `price-${currency}`, message: t('notAnAmount') }]
      throw { code: 'invalid_input', message: '', data: { fields } }
    })
    const fields = [
      ...(prices.length === 0 ? [{ path: `price-${currencies[0]}`, message: t('noPrice') }] : []),
      ...(chosen.length === 0 ? [{ path: 'courseIds', message: t('noCourses') }] : []),
    ]
    if (fields.length > 0) throw { code: 'invalid_input', message: '', data: { fields } }
    const terms = {
      name: String(data.get('name') ?? ''),
      description: String(data.get('description') ?? ''),
      interval: { unit, count: Number(data.get('count') || 1) },
      trialDays: Number(data.get('trialDays') || 0),
      prices,
      courseIds: chosen,
    }
    if (plan) await call('payments.savePlan', { planId: plan.id, version: plan.version, ...terms })
    else await call('payments.createPlan', terms)
    onSaved()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={plan ? t('editPlan', { plan: plan.name }) : t('new')}
      closeLabel={common('close')}
    >
      {plan && plan.subscribers > 0 ? <p className="text-muted">{t('versionText')}</p> : null}
      <Form onSubmit={submit} failure={common('connectionLost')}>
        <TextField name="name" label={t('name')} defaultValue={plan?.name ?? ''} isRequired maxLength={100} />
        <TextArea
          name="description"
          label={t('description')}
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
        {currencies.map(currency => {
          const price = priceOf(currency)
          return (
            <TextField
              key={currency}
              name={`price-${currency}`}
              label={t('priceIn', { currency })}
              defaultValue={price ? toDecimal(price) : ''}
              inputMode="decimal"
            />
          )
        })}
        <NumberField
          name="trialDays"
          label={t('trialDays')}
          description={t('trialHelp')}
          defaultValue={plan?.trialDays ?? 0}
          minValue={0}
          maxValue={365}
        />
        <CheckboxGroup label={t('opens')} value={chosen} onChange={setChosen} name="courseIds">
          {(choice?.courses ?? []).map(({ id, title }) => (
            <Checkbox key={id} value={id}>
              {title}
            </Checkbox>
          ))}
        </CheckboxGroup>
        <DialogButtons onCancel={onClose}>
          <SubmitButton>{t('save')}</SubmitButton>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
