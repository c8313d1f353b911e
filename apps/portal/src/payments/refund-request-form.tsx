'use client'
import { formatMoney } from '@azora/contracts/money.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call, type OutputOf } from '../lib/api.browser.ts'

type Order = OutputOf<'payments.getOrder'>
type Props = { order: Order; until: string; onAsked: (order: Order) => void }

/** Asks the school for the money of an order back, or of some of its courses. */
export function RefundRequestForm({ order, until, onAsked }: Props) {
  const t = useTranslations('orders')
  const common = useTranslations('common')
  const locale = useLocale()
  const courses = order.items.filter(({ refundable }) => refundable.amountMinor > 0)
  const [chosen, setChosen] = useState(courses.map(({ courseId }) => courseId))
  const { id: orderId } = order
  const ask = async (data: FormData) => {
    if (chosen.length === 0) {
      const fields = [{ path: 'courseIds', message: t('noCourse') }]
      throw { code: 'invalid_input', message: '', data: { fields } }
    }
    const some = chosen.length < courses.length ? { courseIds: chosen } : {}
    onAsked(await call('payments.requestRefund', { orderId, text: String(data.get('text') ?? ''), ...some }))
  }
  return (
    <DraftForm thing={`refund-request:${orderId}`} failure={common('connectionLost')} onSubmit={ask}>
      {courses.length > 1 ? (
        <CheckboxGroup name="courseIds" label={t('askCourses')} value={chosen} onChange={setChosen}>
          {courses.map(({ courseId, title, refundable }) => (
            <Checkbox key={courseId} value={courseId}>
              <span className="flex flex-wrap justify-between gap-x-4">
                <span className="min-w-0 wrap-anywhere">{title}</span>
                <span className="ms-auto tabular-nums">{formatMoney(refundable, locale)}</span>
              </span>
            </Checkbox>
          ))}
        </CheckboxGroup>
      ) : null}
      <TextArea
        name="text"
        label={t('why')}
        description={t('askText', { date: until })}
        rows={3}
        maxLength={1000}
        isRequired
      />
      <div>
        <SubmitButton>{t('askSend')}</SubmitButton>
      </div>
    </DraftForm>
  )
}
