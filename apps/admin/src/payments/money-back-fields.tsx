import { formatMoney, type Money, sum, toDecimal } from '@azora/contracts/money.ts'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { RefundableCourses } from '@azora/web/refunds/refundable-courses.tsx'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { useState } from 'react'
import { useTranslations } from '../messages.ts'
import type { SchoolOrder } from './school-order.ts'

/** What goes back: an amount, or what is left of some courses. */
export type MoneyBack = { amount: Money } | { courseIds: string[] }

/**
 * The choice of what goes back, with its fields. Of a single course an amount says it all.
 * @param asked the courses that the buyer asks for; null for all
 */
export function useMoneyBack(items: SchoolOrder['items'], left: Money, asked: string[] | null = null) {
  const t = useTranslations('payments')
  const courses = items.filter(({ refundable }) => refundable.amountMinor > 0)
  const choosable = courses.length > 1 || asked !== null
  const [by, setBy] = useState<'amount' | 'courses'>(asked ? 'courses' : 'amount')
  const [chosen, setChosen] = useState(asked ?? [])
  const { currency } = left
  const locale = useLocale()
  const parts = courses.filter(({ courseId }) => chosen.includes(courseId)).map(one => one.refundable)
  function read(data: FormData): MoneyBack {
    if (by === 'courses') {
      if (chosen.length === 0) throw faultAt('courseIds', t('noCourse'))
      return { courseIds: chosen }
    }
    const amount = typedAmount(String(data.get('amount') ?? '').trim(), currency)
    if (amount && amount.amountMinor > 0) return { amount }
    throw faultAt('amount', t('notAnAmount', { example: toDecimal(left) }))
  }
  const fields = (
    <>
      {choosable ? (
        <RadioGroup
          label={t('goesBack')}
          value={by}
          onChange={value => setBy(value === 'courses' ? 'courses' : 'amount')}
        >
          <Radio value="amount">{t('byAmount')}</Radio>
          <Radio value="courses">{t('byCourse')}</Radio>
        </RadioGroup>
      ) : null}
      {by === 'courses' ? (
        <RefundableCourses
          label={t('courses')}
          description={t('coursesSum', { amount: formatMoney(sum(parts, currency), locale) })}
          courses={courses}
          chosen={chosen}
          onChange={setChosen}
        />
      ) : (
        <TextField
          name="amount"
          label={t('amountIn', { currency })}
          defaultValue={toDecimal(left)}
          inputMode="decimal"
          isRequired
        />
      )}
    </>
  )
  return { fields, read }
}
