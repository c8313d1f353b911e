import type { Money } from '@azora/contracts/money.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Select } from '@azora/ui/select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { useTranslations } from '../messages.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import { type MoneyBack, useMoneyBack } from './money-back-fields.tsx'
import type { SchoolOrder } from './school-order.ts'

const reasons = ['requested_by_buyer', 'duplicate', 'fraudulent', 'other'] as const

type RefundWish = {
  reason: (typeof reasons)[number]
  note: string
  keepAccess: boolean
}

type RefundDialogProps = {
  /** What can go back at most. */
  left: Money
  text: string
  /** What was bought, where it can stay with the buyer. */
  items?: SchoolOrder['items']
  onClose: () => void
  onRefund: (back: MoneyBack, wish: RefundWish) => Promise<void>
}

/** Gives back what is left of what was paid, a part of it, or single courses. */
export function RefundDialog({ left, text, items = [], onClose, onRefund }: RefundDialogProps) {
  const t = useTranslations('payments')
  const common = useTranslations('common')
  const [reason, setReason] = useState<(typeof reasons)[number]>('requested_by_buyer')
  const back = useMoneyBack(items, left)
  const submit = (data: FormData) =>
    onRefund(back.read(data), {
      reason,
      note: String(data.get('note') ?? ''),
      keepAccess: data.has('keepAccess'),
    })
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('refundTitle')} closeLabel={common('close')}>
      <p className="text-muted">{text}</p>
      <Form onSubmit={submit} failure={common('connectionLost')}>
        {back.fields}
        <Select
          label={t('reason')}
          value={reason}
          onChange={id => setReason(reasons.find(one => one === id) ?? 'other')}
          options={reasons.map(id => ({ id, label: t(`reason_${id}`) }))}
        />
        <TextField name="note" label={t('note')} description={t('noteHelp')} maxLength={500} />
        {items.length > 0 ? (
          <Checkbox name="keepAccess">{t(items.length > 1 ? 'keepCourses' : 'keepAccess')}</Checkbox>
        ) : null}
        <DialogButtons onCancel={onClose}>
          <SubmitButton variant="danger">{t('refund')}</SubmitButton>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
