import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { useCurrencies } from '../offers/choice.ts'
import { CoursePicker } from '../offers/course-picker.tsx'
import type { PickedCourse } from '../offers/found-courses.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'

const textIn = (data: FormData, name: string) => String(data.get(name) ?? '').trim()
const numberIn = (data: FormData, name: string) => Number(data.get(name)) || null

/** Makes a coupon for all courses of the school or for some, of a share of the price or of an amount. */
export function CouponDialog({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const t = useTranslations('coupons')
  const common = useTranslations('common')
  const currencies = useCurrencies([])
  const [kind, setKind] = useState<'share' | 'amount'>('share')
  const [currency = currencies[0] ?? 'ZAR', setCurrency] = useState<string>()
  const [isForAll, setForAll] = useState(true)
  const [chosen, setChosen] = useState<PickedCourse[]>([])
  const submit = async (data: FormData) => {
    if (!isForAll && chosen.length === 0) throw faultAt('courseIds', t('noCourse'))
    await call('payments.createCoupon', {
      code: textIn(data, 'code'),
      off: kind === 'share' ? shareIn(data, t('notShare')) : amountIn(data, currency, t('notAmount')),
      courseIds: isForAll ? null : chosen.map(({ courseId }) => courseId),
      validFrom: textIn(data, 'validFrom') || null,
      validUntil: textIn(data, 'validUntil') || null,
      mostUses: numberIn(data, 'mostUses'),
      mostPerPerson: numberIn(data, 'mostPerPerson'),
    })
    onMade()
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('new')} closeLabel={common('close')}>
      <Form onSubmit={submit} failure={common('connectionLost')}>
        <TextField
          name="code"
          label={t('code')}
          description={t('codeHelp')}
          autoCapitalize="none"
          pattern="[A-Za-z0-9\-]{3,40}"
          maxLength={40}
          isRequired
        />
        <RadioGroup
          label={t('takesOff')}
          value={kind}
          onChange={value => setKind(value === 'amount' ? 'amount' : 'share')}
        >
          <Radio value="share">{t('share')}</Radio>
          <Radio value="amount">{t('amount')}</Radio>
        </RadioGroup>
        {kind === 'share' ? (
          <TextField name="share" label={t('percent')} inputMode="decimal" isRequired />
        ) : (
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField name="amount" label={t('amountIn', { currency })} inputMode="decimal" isRequired />
            {currencies.length > 1 ? (
              <NativeSelect
                label={t('currency')}
                value={currency}
                onChange={({ target }) => setCurrency(target.value)}
                options={currencies.map(id => ({ id, label: id }))}
              />
            ) : null}
          </div>
        )}
        <RadioGroup
          label={t('holdsFor')}
          value={isForAll ? 'all' : 'some'}
          onChange={value => setForAll(value === 'all')}
        >
          <Radio value="all">{t('everyCourse')}</Radio>
          <Radio value="some">{t('someCourses')}</Radio>
        </RadioGroup>
        {isForAll ? null : <CoursePicker label={t('courses')} chosen={chosen} onChange={setChosen} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField name="validFrom" label={t('validFrom')} description={t('validFromHelp')} type="date" />
          <TextField
            name="validUntil"
            label={t('validUntil')}
            description={t('validUntilHelp')}
            type="date"
          />
          <NumberField
            name="mostUses"
            label={t('mostUses')}
            description={t('mostHelp')}
            minValue={1}
            maxValue={1_000_000}
          />
          <NumberField
            name="mostPerPerson"
            label={t('mostPerPerson')}
            description={t('mostHelp')}
            defaultValue={1}
            minValue={1}
            maxValue={1000}
          />
        </div>
        <DialogButtons onCancel={onClose}>
          <SubmitButton>{t('make')}</SubmitButton>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}

function shareIn(data: FormData, words: string): { basisPoints: number } {
  const [, whole, rest = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(textIn(data, 'share')) ?? []
  const basisPoints = Number(whole) * 100 + Number(rest.padEnd(2, '0'))
  if (!(basisPoints >= 1 && basisPoints <= 10_000)) throw faultAt('share', words)
  return { basisPoints }
}

function amountIn(data: FormData, currency: string, words: string) {
  const amount = typedAmount(textIn(data, 'amount'), currency)
  if (!amount || amount.amountMinor <= 0) throw faultAt('amount', words)
  return { amount }
}
