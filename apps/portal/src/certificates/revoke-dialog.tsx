'use client'
import { revocationReasons } from '@azora/contracts/education/revocation.ts'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useRouter } from 'next/navigation'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'

type RevokeDialogProps = { certificateId: string; recipientName: string; onClose: () => void }

/** Asks for the reason and a note, and revokes the certificate. */
export function RevokeDialog({ certificateId, recipientName, onClose }: RevokeDialogProps) {
  const t = useTranslations('certificate')
  const common = useTranslations('common')
  const router = useRouter()
  const revoke = async (data: FormData) => {
    await call('education.revokeCertificate', {
      certificateId,
      reason: revocationReasons.find(reason => reason === data.get('reason')) ?? 'other',
      note: String(data.get('note')),
    })
    onClose()
    router.refresh()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('revokeTitle', { name: recipientName })}
      closeLabel={common('close')}
    >
      <p className="text-muted">{t('revokeHelp')}</p>
      <Form onSubmit={revoke} failure={common('connectionLost')}>
        <RadioGroup label={t('revokeReason')} name="reason" isRequired>
          {revocationReasons.map(reason => (
            <Radio key={reason} value={reason}>
              {t(`choice_${reason}`)}
            </Radio>
          ))}
        </RadioGroup>
        <TextField
          label={t('revokeNote')}
          description={t('revokeNoteHelp', { name: recipientName })}
          name="note"
          maxLength={300}
          isRequired
        />
        <div className="flex flex-col-reverse gap-3 pt-1 sm:flex-row sm:justify-end">
          <Button variant="secondary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <SubmitButton variant="danger">{t('revokeConfirm')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
