'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../i18n/client.tsx'

/** Says where emails are when this installation has no mail server. */
export function MailboxNote() {
  const t = useTranslations('account')
  return (
    <p className="flex gap-2.5 rounded-control bg-sunken px-3.5 py-2.5 text-sm text-muted">
      <Icon name="mail" className="mt-0.5" />
      <span>
        {t('mailbox')}{' '}
        <a
          href="/dev/mail"
          target="_blank"
          rel="noopener"
          className="font-semibold text-accent-ink underline underline-offset-4"
        >
          {t('mailboxLink')}
        </a>
      </span>
    </p>
  )
}
