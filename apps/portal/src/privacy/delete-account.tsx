'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { forgetEverything } from '@azora/web/offline/forget.ts'
import { useState } from 'react'
import { MailboxNote } from '../account/mailbox-note.tsx'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { dayText } from '../text/date.ts'

/** Closes the account, after its owner has typed its address. */
export function DeleteAccount({ email, localMailbox }: { email: string; localMailbox: boolean }) {
  const t = useTranslations('privacy')
  const common = useTranslations('common')
  const locale = useLocale()
  const [open, setOpen] = useState(false)
  const [deletesAt, setDeletesAt] = useState<string | null>(null)
  const [mismatch, setMismatch] = useState(false)
  const submit = async (data: FormData) => {
    const typed = String(data.get('email')).trim().toLowerCase()
    setMismatch(typed !== email.toLowerCase())
    if (typed !== email.toLowerCase()) return
    const answer = await call('auth.requestDeletion', {})
    await forgetEverything()
    setDeletesAt(answer.deletesAt)
  }
  return (
    <>
      <Button variant="danger" className="self-start" onPress={() => setOpen(true)}>
        {t('delete')}
      </Button>
      <Dialog
        isOpen={open}
        onOpenChange={shown => !shown && setOpen(false)}
        title={deletesAt ? t('doneTitle') : t('confirmTitle')}
        closeLabel={common('close')}
        isDismissable={deletesAt === null}
      >
        {deletesAt ? (
          <>
            <p role="status">{t('doneText', { date: dayText(locale, deletesAt), email })}</p>
            {localMailbox ? <MailboxNote /> : null}
            <LinkButton href="/">{t('toHome')}</LinkButton>
          </>
        ) : (
          <>
            <p>{t('confirmText', { email })}</p>
            <Form onSubmit={submit} failure={common('connectionLost')}>
              {mismatch ? (
                <Notice tone="error" live>
                  {t('confirmMismatch')}
                </Notice>
              ) : null}
              <TextField label={t('confirmLabel')} name="email" autoComplete="off" isRequired autoFocus />
              <SubmitButton variant="danger">{t('confirmButton')}</SubmitButton>
            </Form>
          </>
        )}
      </Dialog>
    </>
  )
}
