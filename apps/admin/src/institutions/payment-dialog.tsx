import { formatMoney, toDecimal } from '@azora/contracts/money.ts'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { AccountOrder } from './institution.ts'

type Props = { order: AccountOrder; onClose: () => void; onRecorded: (order: AccountOrder) => void }

/** Writes down that money has come for an invoice. */
export function PaymentDialog({ order, onClose, onRecorded }: Props) {
  const t = useTranslations('accountOrders')
  const common = useTranslations('common')
  const locale = useLocale()
  const { open, invoice } = order
  const submit = async (data: FormData) => {
    const amount = typedAmount(String(data.get('amount') ?? '').trim(), open.currency)
    if (!amount || amount.amountMinor <= 0)
      throw faultAt('amount', t('notAnAmount', { example: toDecimal(open) }))
    const text = (name: string) => String(data.get(name) ?? '').trim()
    onRecorded(
      await call('payments.recordInvoicePayment', {
        invoiceId: invoice.id,
        amount,
        paidOn: text('paidOn'),
        reference: text('reference'),
      }),
    )
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('recordTitle', { number: invoice.number })}
      closeLabel={common('close')}
    >
      <p className="text-muted">{t('recordText', { open: formatMoney(open, locale) })}</p>
      <Form onSubmit={submit} failure={common('connectionLost')}>
        <TextField
          name="amount"
          label={t('amountIn', { currency: open.currency })}
          defaultValue={toDecimal(open)}
          inputMode="decimal"
          isRequired
        />
        <TextField
          name="paidOn"
          type="date"
          label={t('paidOn')}
          defaultValue={new Date().toISOString().slice(0, 10)}
          isRequired
        />
        <TextField
          name="reference"
          label={t('reference')}
          description={t('referenceHelp')}
          isRequired
          maxLength={140}
        />
        <DialogButtons onCancel={onClose}>
          <SubmitButton>{t('record')}</SubmitButton>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
