import { formatMoney } from '@azora/contracts/money.ts'
import { Dialog } from '@azora/ui/dialog.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { RefundRequest } from './money-back.ts'
import { useMoneyBack } from './money-back-fields.tsx'

type AnswerDialogProps = {
  request: RefundRequest
  onClose: () => void
  onAnswered: (request: RefundRequest) => void
}

/** Gives a buyer the money back, all or a part of it, or says no with the reason. */
export function AnswerDialog({ request, onClose, onAnswered }: AnswerDialogProps) {
  const t = useTranslations('refundRequests')
  const common = useTranslations('common')
  const locale = useLocale()
  const [says, setSays] = useState<'yes' | 'no'>('yes')
  const { currency } = request.total
  const left = { amountMinor: request.total.amountMinor - request.refunded.amountMinor, currency }
  const back = useMoneyBack(request.items, left, request.courseIds)
  const submit = async (data: FormData) => {
    const answer = String(data.get('answer') ?? '')
    const requestId = request.id
    if (says === 'no') return onAnswered(await call('payments.declineRefundRequest', { requestId, answer }))
    onAnswered(await call('payments.approveRefundRequest', { requestId, ...back.read(data), answer }))
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('answerTitle')} closeLabel={common('close')}>
      <p className="wrap-anywhere text-muted">
        {t('answerText', { title: request.titles.join(', '), left: formatMoney(left, locale) })}
      </p>
      <DraftForm thing={`refund-request:${request.id}`} failure={common('connectionLost')} onSubmit={submit}>
        <RadioGroup
          label={t('decision')}
          value={says}
          onChange={value => setSays(value === 'no' ? 'no' : 'yes')}
        >
          <Radio value="yes">{t('yes')}</Radio>
          <Radio value="no">{t('no')}</Radio>
        </RadioGroup>
        {says === 'yes' ? back.fields : null}
        <TextArea
          name="answer"
          label={t(says === 'yes' ? 'words' : 'reason')}
          description={t('wordsHelp')}
          rows={3}
          maxLength={1000}
          isRequired={says === 'no'}
        />
        <DialogButtons onCancel={onClose}>
          <SubmitButton variant={says === 'yes' ? 'primary' : 'danger'}>
            {t(says === 'yes' ? 'approve' : 'decline')}
          </SubmitButton>
        </DialogButtons>
      </DraftForm>
    </Dialog>
  )
}
