'use client'
import { cleanSeatCode, formatSeatCode, isSeatCode } from '@azora/contracts/payments/seat-code.ts'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useState } from 'react'
import { useFragment } from '../account/use-fragment.ts'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'
import { CodeOffer } from './code-offer.tsx'
import { forgetCode, readKeptCode } from './kept-code.ts'

/** Takes a code from the address, from before the sign-in, or as it is typed, and shows what it opens. */
export function RedeemCode({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations('redeem')
  const fragment = useFragment()
  const [dropped, setDropped] = useState<string | null>(null)
  const given = fragment && cleanSeatCode(fragment.get('code') ?? readKeptCode() ?? '')
  const code = given && given !== dropped && isSeatCode(given) ? given : null
  const found = useLoad(code, signal => call('payments.lookUpSeatCode', { code: code ?? '' }, { signal }))
  if (code && found.value)
    return (
      <CodeOffer
        key={code}
        code={code}
        offer={found.value}
        signedIn={signedIn}
        onAnother={() => {
          forgetCode()
          setDropped(code)
        }}
      />
    )
  if (fragment === null || (code && !found.fault))
    return (
      <div className="flex items-center gap-3 py-4 text-muted">
        <Spinner />
        <p role="status">{t('looking')}</p>
      </div>
    )
  const check = async (data: FormData) => {
    const typed = cleanSeatCode(String(data.get('code') ?? ''))
    if (!isSeatCode(typed))
      throw { message: '', data: { fields: [{ path: 'code', message: t('mistyped') }] } }
    setDropped(null)
    if (typed === code) found.reload()
    else location.hash = `code=${formatSeatCode(typed)}`
  }
  return (
    <>
      {found.fault || (given && !isSeatCode(given)) ? (
        <Notice tone="error" live>
          {found.fault ?? t('mistyped')}
        </Notice>
      ) : null}
      <Form onSubmit={check} failure={t('mistyped')}>
        <TextField
          name="code"
          label={t('code')}
          description={t('codeHelp')}
          defaultValue={given && given !== dropped ? formatSeatCode(given) : ''}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck="false"
          maxLength={60}
          isRequired
        />
        <SubmitButton size="large">{t('check')}</SubmitButton>
      </Form>
    </>
  )
}
