'use client'
import { SubmitButton } from '@azora/ui/form.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { call, type OutputOf } from '../lib/api.browser.ts'

type Props = { orderId: string; until: string; onAsked: (order: OutputOf<'payments.getOrder'>) => void }

/** Asks the school for the money of an order back. */
export function RefundRequestForm({ orderId, until, onAsked }: Props) {
  const t = useTranslations('orders')
  const common = useTranslations('common')
  const ask = async (data: FormData) =>
    onAsked(await call('payments.requestRefund', { orderId, text: String(data.get('text') ?? '') }))
  return (
    <DraftForm thing={`refund-request:${orderId}`} failure={common('connectionLost')} onSubmit={ask}>
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
