import { formatMoney, toDecimal } from '@azora/contracts/money.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Select } from '@azora/ui/select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { SchoolOrder } from './school-order.ts'

const reasons = ['requested_by_buyer', 'duplicate', 'fraudulent', 'other'] as const

type RefundDialogProps = {
  order: SchoolOrder
  onClose: () => void
  onRefunded: (order: SchoolOrder) => void
}

/** Gives back what is left of an order, or a part of it. */
export function RefundDialog({ order, onClose, onRefunded }: RefundDialogProps) {
  const t = useTranslations('payments')
  const common = useTranslations('common')
  const locale = useLocale()
  const [reason, setReason] = useState<(typeof reasons)[number]>('requested_by_buyer')
  const { currency } = order.total
  const left = { amountMinor: order.total.amountMinor - order.refunded.amountMinor, currency }
  const submit = async (data: FormData) => {
    const text = String(data.get('amount') ?? '').trim()
    const amount = typedAmount(text, currency)
    if (!amount || amount.amountMinor <= 0) {
      const fields = [{ path: 'amount', message: t('notAnAmount', { example: toDecimal(left) }) }]
      throw { code: 'invalid_input', message: '', data: { fields } }
    }
    const note = String(data.get('note') ?? '')
    const keepAccess = data.has('keepAccess')
    onRefunded(await call('payments.refundOrder', { orderId: order.id, amount, reason, note, keepAccess }))
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('refundTitle')} closeLabel={common('close')}>
      <p className="text-muted">
        {t('refundText', {
          title: order.items.map(({ title }) => title).join(', ') || t('deposit'),
          left: formatMoney(left, locale),
        })}
      </p>
      <Form onSubmit={submit} failure={common('connectionLost')}>
        <TextField
          name="amount"
          label={t('amountIn', { currency })}
          defaultValue={toDecimal(left)}
          inputMode="decimal"
          isRequired
        />
        <Select
          label={t('reason')}
          value={reason}
          onChange={id => setReason(reasons.find(one => one === id) ?? 'other')}
          options={reasons.map(id => ({ id, label: t(`reason_${id}`) }))}
        />
        <TextField name="note" label={t('note')} description={t('noteHelp')} maxLength={500} />
        <Checkbox name="keepAccess">{t('keepAccess')}</Checkbox>
        <DialogButtons onCancel={onClose}>
          <SubmitButton variant="danger">{t('refund')}</SubmitButton>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
