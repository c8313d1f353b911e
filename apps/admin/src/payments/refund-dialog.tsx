import { type Money, toDecimal } from '@azora/contracts/money.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Select } from '@azora/ui/select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { useState } from 'react'
import { useTranslations } from '../messages.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'

const reasons = ['requested_by_buyer', 'duplicate', 'fraudulent', 'other'] as const

export type RefundWish = {
  amount: Money
  reason: (typeof reasons)[number]
  note: string
  keepAccess: boolean
}

type RefundDialogProps = {
  /** What can go back at most. */
  left: Money
  text: string
  /** Whether what was bought can stay with the buyer. */
  keepable?: boolean
  onClose: () => void
  onRefund: (wish: RefundWish) => Promise<void>
}

/** Gives back what is left of what was paid, or a part of it. */
export function RefundDialog({ left, text, keepable = false, onClose, onRefund }: RefundDialogProps) {
  const t = useTranslations('payments')
  const common = useTranslations('common')
  const [reason, setReason] = useState<(typeof reasons)[number]>('requested_by_buyer')
  const { currency } = left
  const submit = async (data: FormData) => {
    const amount = typedAmount(String(data.get('amount') ?? '').trim(), currency)
    if (!amount || amount.amountMinor <= 0) {
      const fields = [{ path: 'amount', message: t('notAnAmount', { example: toDecimal(left) }) }]
      throw { code: 'invalid_input', message: '', data: { fields } }
    }
    await onRefund({
      amount,
      reason,
      note: String(data.get('note') ?? ''),
      keepAccess: data.has('keepAccess'),
    })
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('refundTitle')} closeLabel={common('close')}>
      <p className="text-muted">{text}</p>
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
        {keepable ? <Checkbox name="keepAccess">{t('keepAccess')}</Checkbox> : null}
        <DialogButtons onCancel={onClose}>
          <SubmitButton variant="danger">{t('refund')}</SubmitButton>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
