'use client'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { ApiError } from '@azora/web/calls/failures.ts'
import type { ReactNode } from 'react'
import { useTranslations } from '../i18n/client.tsx'

/** Says that the link of an email is not whole. */
export function LinkMissing() {
  const t = useTranslations('account')
  return (
    <Notice tone="warning" title={t('linkMissing')}>
      {t('linkMissingText')}
    </Notice>
  )
}

/** Says that the link of an email was used or has run out, and what to do then. */
export function LinkSpent({ action }: { action?: ReactNode }) {
  const t = useTranslations('account')
  return (
    <>
      <Notice tone="warning" title={t('linkSpent')} live>
        {t('linkSpentText')}
      </Notice>
      {action}
    </>
  )
}

/** What an email asked for is done; the next thing is to sign in. */
export function EmailDone({ title, children }: { title: string; children: ReactNode }) {
  const t = useTranslations('account')
  return (
    <>
      <Notice tone="success" title={title} live>
        {children}
      </Notice>
      <LinkButton href="/signin" size="large">
        {t('toSignIn')}
      </LinkButton>
    </>
  )
}

/** Whether the link of an email is the reason. A token that is none looks to the API like malformed input. */
export const isSpentLink = (failure: unknown): boolean =>
  failure instanceof ApiError &&
  (failure.code === 'link_expired' || (failure.data.fields ?? []).some(field => field.path === 'token'))
