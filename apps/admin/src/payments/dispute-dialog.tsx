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
import type { Dispute } from './money-back.ts'

type DisputeDialogProps = {
  dispute: Dispute
  onClose: () => void
  onAnswered: (dispute: Dispute) => void
}

/** Tells the bank what speaks for the school, or leaves the money to the buyer. */
export function DisputeDialog({ dispute, onClose, onAnswered }: DisputeDialogProps) {
  const t = useTranslations('disputes')
  const common = useTranslations('common')
  const locale = useLocale()
  const [accepts, setAccepts] = useState(false)
  const { id: disputeId } = dispute
  const submit = async (data: FormData) => {
    const evidence = String(data.get('evidence') ?? '')
    onAnswered(
      accepts
        ? await call('payments.acceptDispute', { disputeId })
        : await call('payments.answerDispute', { disputeId, evidence }),
    )
  }
  const values = { title: dispute.titles.join(', '), amount: formatMoney(dispute.amount, locale) }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('answerTitle')} closeLabel={common('close')}>
      <p className="wrap-anywhere text-muted">{t('answerText', values)}</p>
      <DraftForm thing={`dispute:${disputeId}`} failure={common('connectionLost')} onSubmit={submit}>
        <RadioGroup
          label={t('decision')}
          value={accepts ? 'accept' : 'answer'}
          onChange={value => setAccepts(value === 'accept')}
        >
          <Radio value="answer">{t('send')}</Radio>
          <Radio value="accept">{t('accept')}</Radio>
        </RadioGroup>
        {accepts ? (
          <p>{t(dispute.subscriptionId ? 'acceptSubscription' : 'acceptText', values)}</p>
        ) : (
          <TextArea
            name="evidence"
            label={t('evidence')}
            description={t('evidenceHelp')}
            rows={6}
            maxLength={20_000}
            isRequired
          />
        )}
        <DialogButtons onCancel={onClose}>
          <SubmitButton variant={accepts ? 'danger' : 'primary'}>
            {t(accepts ? 'acceptButton' : 'sendButton')}
          </SubmitButton>
        </DialogButtons>
      </DraftForm>
    </Dialog>
  )
}
