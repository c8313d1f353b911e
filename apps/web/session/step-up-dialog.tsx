'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { startAuthentication } from '@simplewebauthn/browser'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { Call } from '../calls/caller.ts'
import { faultText } from '../calls/failures.ts'
import type { OutputOf } from '../calls/operations.ts'
import { useOwnTranslations } from '../i18n/own-messages.ts'

/** The operations by which someone proves who they are. */
export type StepUpOperation =
  | 'auth.getSecurity'
  | 'auth.reauthenticate'
  | 'auth.startPasskeyCheck'
  | 'auth.reauthenticateElsewhere'

type Method = OutputOf<'auth.getSecurity'>['stepUpMethods'][number]
type Provider = Extract<Method, 'google' | 'github' | 'apple'>
type PasskeyOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']

const providers: Provider[] = ['google', 'github', 'apple']

type StepUpDialogProps = {
  call: Call<StepUpOperation>
  /** Told once whether they proved who they are. */
  onEnd: (proven: boolean) => void
}

/**
 * "Confirm that it is you": password, code or passkey here, or an account elsewhere, by which the page is left. It
 * is the browser's own `<dialog>`, because it opens over whatever stands there, another modal dialog too; React
 * Aria's overlays leave the focus to what is marked as the top layer.
 */
export function StepUpDialog({ call, onEnd }: StepUpDialogProps) {
  const t = useOwnTranslations('stepUp')
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const [methods, setMethods] = useState<Method[] | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const lost = t('connectionLost')

  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  useEffect(() => {
    let left = false
    call('auth.getSecurity', {}).then(
      security => !left && setMethods(security.stepUpMethods),
      (failure: unknown) => {
        if (left) return
        setMethods([])
        setFault(faultText(failure, lost))
      },
    )
    return () => {
      left = true
    }
  }, [call, lost])

  const attempt = async (prove: () => Promise<boolean>) => {
    setBusy(true)
    setFault(null)
    try {
      if (await prove()) onEnd(true)
    } catch (failure) {
      setFault(faultText(failure, lost))
    } finally {
      setBusy(false)
    }
  }
  const byText = (event: FormEvent<HTMLFormElement>, method: 'password' | 'totp') => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get(method) ?? '')
    if (busy || text === '') return
    void attempt(async () => {
      await call(
        'auth.reauthenticate',
        method === 'password'
          ? { method, password: text, session: 'cookie' }
          : { method, code: text, session: 'cookie' },
      )
      return true
    })
  }
  const byPasskey = () =>
    attempt(async () => {
      const { ceremonyId, options } = await call('auth.startPasskeyCheck', {})
      // What the browser throws is about its own window: closed, too late, no such passkey.
      const response = await startAuthentication({
        optionsJSON: options as unknown as PasskeyOptions,
      }).catch(() => null)
      if (!response) {
        setFault(t('passkeyFailed'))
        return false
      }
      await call('auth.reauthenticate', {
        method: 'passkey',
        ceremonyId,
        response: { ...response },
        session: 'cookie',
      })
      return true
    })
  const elsewhere = (provider: Provider) =>
    attempt(async () => {
      const next = `${location.pathname}${location.search}`
      const { url } = await call('auth.reauthenticateElsewhere', { provider, next })
      location.assign(url)
      return false
    })

  const typed = (['totp', 'password'] as const).filter(method => methods?.includes(method))
  const others = providers.filter(provider => methods?.includes(provider))
  const passkey = methods?.includes('passkey') ?? false
  return (
    <dialog
      ref={dialog}
      data-react-aria-top-layer="true"
      aria-labelledby={titleId}
      onCancel={event => {
        event.preventDefault()
        onEnd(false)
      }}
      className="m-auto w-[min(30rem,94vw)] max-w-none rounded-card border border-line bg-surface p-0 text-ink shadow-float backdrop:bg-[rgb(10_20_20/0.45)]"
    >
      <div className="flex flex-col gap-5 p-6">
        <div className="flex items-start justify-between gap-4">
          <h2 id={titleId} className="text-xl font-bold">
            {t('title')}
          </h2>
          <button
            type="button"
            aria-label={t('close')}
            onClick={() => onEnd(false)}
            className="-me-2 -mt-2 grid size-11 place-items-center rounded-full text-muted hover:bg-sunken"
          >
            <Icon name="close" />
          </button>
        </div>
        <p className="text-muted">{t('text')}</p>
        {fault ? (
          <Notice tone="error" live>
            {fault}
          </Notice>
        ) : null}
        {methods === null ? <Spinner label={t('loading')} /> : null}
        {methods?.length === 0 && !fault ? <Notice tone="warning">{t('noMethod')}</Notice> : null}
        {typed.map(method => (
          <form key={method} onSubmit={event => byText(event, method)} className="flex flex-col gap-4">
            {method === 'password' ? (
              <TextField
                label={t('password')}
                name="password"
                type="password"
                autoComplete="current-password"
                autoFocus={typed[0] === method}
              />
            ) : (
              <TextField
                label={t('code')}
                description={t('codeHelp')}
                name="totp"
                autoComplete="one-time-code"
                autoFocus={typed[0] === method}
              />
            )}
            <Button type="submit" isPending={busy}>
              {t('confirm')}
            </Button>
          </form>
        ))}
        {typed.length > 0 && (passkey || others.length > 0) ? (
          <p className="text-center text-sm text-muted">{t('or')}</p>
        ) : null}
        {passkey ? (
          <Button variant={typed.length > 0 ? 'secondary' : 'primary'} onPress={byPasskey} isDisabled={busy}>
            <Icon name="shield" />
            {t('passkey')}
          </Button>
        ) : null}
        {others.map(provider => (
          <Button key={provider} variant="secondary" onPress={() => elsewhere(provider)} isDisabled={busy}>
            {t(provider)}
          </Button>
        ))}
        {others.length > 0 ? <p className="text-sm text-muted">{t('leaving')}</p> : null}
        <Button variant="quiet" onPress={() => onEnd(false)}>
          {t('cancel')}
        </Button>
      </div>
    </dialog>
  )
}
