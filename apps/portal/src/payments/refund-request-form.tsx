'use client'
import { SubmitButton } from '@azora/ui/form.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { RefundableCourses } from '@azora/web/refunds/refundable-courses.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call, type OutputOf } from '../lib/api.browser.ts'

type Order = OutputOf<'payments.getOrder'>
type Props = { order: Order; until: string; onAsked: (order: Order) => void }

/** Asks the school for the money of an order back, or of some of its courses. */
export function RefundRequestForm({ order, until, onAsked }: Props) {
  const t = useTranslations('orders')
  const common = useTranslations('common')
  const courses = order.items.filter(({ refundable }) => refundable.amountMinor > 0)
  const [chosen, setChosen] = useState(courses.map(({ courseId }) => courseId))
  const { id: orderId } = order
  const ask = async (data: FormData) => {
    if (chosen.length === 0) {
      throw faultAt('courseIds', t('noCourse'))
    }
    const some = chosen.length < courses.length ? { courseIds: chosen } : {}
    onAsked(await call('payments.requestRefund', { orderId, text: String(data.get('text') ?? ''), ...some }))
  }
  return (
    <DraftForm thing={`refund-request:${orderId}`} failure={common('connectionLost')} onSubmit={ask}>
      {courses.length > 1 ? (
        <RefundableCourses label={t('askCourses')} courses={courses} chosen={chosen} onChange={setChosen} />
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
