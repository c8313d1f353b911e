'use client'
import { Button } from '@azora/ui/button.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'
import { CodeField } from './code-field.tsx'
import { signInByPasskey } from './passkey.ts'
import { usePasskeyPress } from './use-passkey-press.ts'

export type Challenge = NonNullable<OutputOf<'auth.login'>['challenge']>
type Method = Challenge['methods'][number]
type Account = OutputOf<'auth.completeSignIn'>['account']

const ranked: Method[] = ['totp', 'passkey', 'recovery_code']

/** The methods that the fragment of an address names (`a,b`); what is none of them is left out. */
export const methodsIn = (text: string): Method[] => ranked.filter(method => text.split(',').includes(method))

type SecondFactorProps = {
  challenge: Pick<Challenge, 'token' | 'methods'>
  onSignedIn: (account: Account) => Promise<void>
  onGiveUp: () => void
}

/** Asks for the second factor of someone whose first one was right. */
export function SecondFactor({ challenge, onSignedIn, onGiveUp }: SecondFactorProps) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const offered = ranked.filter(method => challenge.methods.includes(method))
  const [method, setMethod] = useState<Method>(offered[0] ?? 'totp')
  const passkey = usePasskeyPress(() => signInByPasskey({ challenge: challenge.token }), onSignedIn)
  const ways: Record<Method, string> = {
    totp: t('useTotp'),
    passkey: t('secondPasskey'),
    recovery_code: t('useRecovery'),
  }
  const submit = async (data: FormData) => {
    if (method === 'passkey') return
    const { account } = await call('auth.completeSignIn', {
      challenge: challenge.token,
      method,
      code: String(data.get('code')),
      session: 'cookie',
    })
    await onSignedIn(account)
  }
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1.5" role="status">
        <h2 className="text-xl font-bold">{t('secondTitle')}</h2>
        <p className="text-muted">{method === 'passkey' ? t('secondPasskeyText') : t('secondText')}</p>
      </div>
      {method === 'passkey' ? (
        <>
          {passkey.fault ? (
            <Notice tone="error" live>
              {passkey.fault}
            </Notice>
          ) : null}
          <Button size="large" onPress={passkey.press} isPending={passkey.pending}>
            <Icon name="key" />
            {t('secondPasskey')}
          </Button>
        </>
      ) : (
        <Form key={method} onSubmit={submit} failure={common('connectionLost')}>
          {method === 'totp' ? (
            <CodeField label={t('totp')} description={t('totpHelp')} autoFocus />
          ) : (
            <TextField
              label={t('recoveryCode')}
              description={t('recoveryCodeHelp')}
              name="code"
              autoComplete="off"
              maxLength={40}
              autoFocus
              isRequired
            />
          )}
          <SubmitButton size="large">{t('confirm')}</SubmitButton>
        </Form>
      )}
      <div className="flex flex-col gap-1 border-t border-line pt-4">
        {offered
          .filter(other => other !== method)
          .map(other => (
            <Button key={other} variant="quiet" onPress={() => setMethod(other)}>
              {ways[other]}
            </Button>
          ))}
        <Button variant="quiet" onPress={onGiveUp}>
          {t('startAgain')}
        </Button>
      </div>
    </div>
  )
}
