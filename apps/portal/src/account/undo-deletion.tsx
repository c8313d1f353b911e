'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { EmailDone, isSpentLink, LinkMissing, LinkSpent } from './email-link.tsx'
import { useFragment } from './use-fragment.ts'

/** Undoes the deletion of an account with the token that the email brought in the fragment. */
export function UndoDeletion() {
  const t = useTranslations('account')
  const fragment = useFragment()
  const { run, pending, fault } = useAction()
  const [state, setState] = useState<'open' | 'done' | 'spent'>('open')
  const token = fragment?.get('token')
  if (state === 'done') return <EmailDone title={t('undoDone')}>{t('undoDoneText')}</EmailDone>
  if (state === 'spent') return <LinkSpent />
  if (fragment && !token) return <LinkMissing />
  const undo = () =>
    run(async () => {
      try {
        await call('auth.cancelDeletion', { token: token ?? '' })
        setState('done')
      } catch (failure) {
        if (!isSpentLink(failure)) throw failure
        setState('spent')
      }
    })
  return (
    <>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <Button size="large" onPress={undo} isPending={pending} isDisabled={!fragment}>
        {t('undoButton')}
      </Button>
    </>
  )
}
