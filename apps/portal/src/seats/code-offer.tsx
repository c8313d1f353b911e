'use client'
import { Button } from '@azora/ui/button.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../lib/api.browser.ts'
import { forgetCode, keepCode } from './kept-code.ts'

type CodeOfferProps = {
  code: string
  offer: OutputOf<'payments.lookUpSeatCode'>
  signedIn: boolean
  onAnother: () => void
}

/** What a code opens, from which school, and the way to take it: at once for who is signed in, after that for others. */
export function CodeOffer({ code, offer, signedIn, onAnother }: CodeOfferProps) {
  const t = useTranslations('redeem')
  const common = useTranslations('common')
  const [taken, setTaken] = useState(offer.state === 'yours')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const take = async () => {
    setBusy(true)
    setFault(null)
    try {
      await call('payments.redeemSeatCode', { code })
      forgetCode()
      setTaken(true)
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
    }
    setBusy(false)
  }
  const enter = (page: 'signin' | 'signup') => {
    keepCode(code)
    location.assign(`/${page}?next=${encodeURIComponent('/redeem')}`)
  }
  const kind = offer.kind === 'gift' || offer.kind === 'account' ? offer.kind : 'free'
  const ended = offer.state === 'used' || offer.state === 'over' ? offer.state : null
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <h2 className="text-xl font-bold wrap-anywhere">{offer.courseTitle}</h2>
        {offer.school ? <p className="text-muted">{t('from', { school: offer.school })}</p> : null}
        {taken || ended ? null : <p>{t(kind)}</p>}
      </div>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {taken ? (
        <>
          <Notice tone="success" title={t('yoursTitle')} live>
            {t('yoursText')}
          </Notice>
          <LinkButton href={`/learn/${offer.courseId}`} size="large">
            {t('open')}
          </LinkButton>
        </>
      ) : ended ? (
        <Notice tone="warning" title={t(`${ended}Title`)} live>
          {t(`${ended}Text`)}
        </Notice>
      ) : signedIn ? (
        <Button size="large" onPress={take} isPending={busy}>
          {t('take')}
        </Button>
      ) : (
        <>
          <Button size="large" onPress={() => enter('signup')}>
            {t('signUp')}
          </Button>
          <Button variant="secondary" onPress={() => enter('signin')}>
            {t('signIn')}
          </Button>
          <p className="text-sm text-muted">{t('kept')}</p>
        </>
      )}
      {taken ? null : (
        <Button variant="quiet" onPress={onAnother}>
          {t('another')}
        </Button>
      )}
    </>
  )
}
