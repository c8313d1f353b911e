'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { isSpentLink, LetterDone, LinkMissing, LinkSpent } from './letter-link.tsx'
import { useFragment } from './use-fragment.ts'

/** Undoes the deletion of an account with the token that the letter brought in the fragment. */
export function UndoDeletion() {
  const t = useTranslations('account')
  const fragment = useFragment()
  const { run, pending, fault } = useAction()
  const [state, setState] = useState<'open' | 'done' | 'spent'>('open')
  const token = fragment?.get('token')
  if (state === 'done') return <LetterDone title={t('undoDone')}>{t('undoDoneText')}</LetterDone>
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
