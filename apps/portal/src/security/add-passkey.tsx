'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { addPasskey, knowsPasskeys } from '../account/passkey.ts'
import { useTranslations } from '../i18n/client.tsx'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'
import { showRenewed } from './renewed.ts'

type Step = 'rest' | 'name' | { codes: string[] }

/** Makes a passkey on this device and adds it to the account. */
export function AddPasskey({ email }: { email: string }) {
  const t = useTranslations('security')
  const common = useTranslations('common')
  const [step, setStep] = useState<Step>('rest')
  const [fault, setFault] = useState<string | null>(null)
  const submit = async (data: FormData) => {
    setFault(null)
    if (!knowsPasskeys()) return setFault(t('noWebauthn'))
    const added = await addPasskey(String(data.get('name')))
    if (added === 'failed' || added === 'known')
      setFault(added === 'known' ? t('passkeyKnown') : t('passkeyFailed'))
    else if (added.recoveryCodes) setStep({ codes: added.recoveryCodes })
    else await showRenewed()
  }
  return (
    <>
      <Button
        variant="secondary"
        className="self-start"
        onPress={() => {
          setFault(null)
          setStep('name')
        }}
      >
        <Icon name="plus" />
        {t('addPasskey')}
      </Button>
      <Dialog
        isOpen={step === 'name'}
        onOpenChange={open => !open && setStep('rest')}
        title={t('addPasskeyTitle')}
        closeLabel={common('close')}
      >
        <p className="text-muted">{t('addPasskeyText')}</p>
        <Form onSubmit={submit} failure={common('connectionLost')}>
          {fault ? (
            <Notice tone="error" live>
              {fault}
            </Notice>
          ) : null}
          <TextField
            label={t('passkeyName')}
            name="name"
            defaultValue={t('passkeySuggestion')}
            maxLength={80}
            isRequired
            autoFocus
          />
          <SubmitButton>{t('createPasskey')}</SubmitButton>
        </Form>
      </Dialog>
      {typeof step === 'object' ? (
        <RecoveryCodesDialog codes={step.codes} email={email} onKept={showRenewed} />
      ) : null}
    </>
  )
}
