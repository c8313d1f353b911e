import { formatMoney, type Money, sum, toDecimal } from '@azora/contracts/money.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { useState } from 'react'
import { useTranslations } from '../messages.ts'
import { faultAt } from '../offers/choice.ts'
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
        <Courses courses={courses} chosen={chosen} onChange={setChosen} currency={currency} />
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

type CoursesProps = {
  courses: SchoolOrder['items']
  chosen: string[]
  onChange: (chosen: string[]) => void
  currency: string
}

function Courses({ courses, chosen, onChange, currency }: CoursesProps) {
  const t = useTranslations('payments')
  const locale = useLocale()
  const parts = courses.filter(({ courseId }) => chosen.includes(courseId)).map(one => one.refundable)
  return (
    <CheckboxGroup
      name="courseIds"
      label={t('courses')}
      description={t('coursesSum', { amount: formatMoney(sum(parts, currency), locale) })}
      value={chosen}
      onChange={onChange}
    >
      {courses.map(({ courseId, title, refundable }) => (
        <Checkbox key={courseId} value={courseId}>
          <span className="flex flex-wrap justify-between gap-x-4">
            <span className="min-w-0 wrap-anywhere">{title}</span>
            <span className="ms-auto tabular-nums">{formatMoney(refundable, locale)}</span>
          </span>
        </Checkbox>
      ))}
    </CheckboxGroup>
  )
}
