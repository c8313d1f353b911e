'use client'
import type { CredentialVerdict } from '@azora/credential/verify-credential.ts'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { useEffect, useRef, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../lib/api.browser.ts'
import { dayText } from '../text/date.ts'
import { AskSchool } from './ask-school.tsx'
import { understand } from './certificate-address.ts'
import { ScanCode } from './scan-code.tsx'
import { Verdict } from './verdict.tsx'

type Certificate = OutputOf<'education.getCertificate'>

type State =
  | { at: 'start' | 'busy' | 'unknown' | 'noCode' | 'noSuchNumber' | 'offline' | 'unloadable' }
  | { at: 'elsewhere'; url: string; host: string }
  | { at: 'refused'; message: string }
  | { at: 'cannotHere'; text: string }
  | { at: 'done'; verdict: CredentialVerdict; text: string; certificate: Certificate | null }

// One place, so that the bundler makes one chunk, which the service worker keeps once it was loaded.
const loadChecker = () => import('@azora/credential/verify-credential.ts')

/** Takes a certificate as number, link, code, picture, file or text, and checks its credential in this browser. */
export function VerifyForm() {
  const t = useTranslations('verify')
  const [typed, setTyped] = useState('')
  const [state, setState] = useState<State>({ at: 'start' })
  const outcome = useRef<HTMLDivElement>(null)

  // Fetched before it is needed, so that the page works when the line is gone by then.
  useEffect(() => {
    loadChecker().catch((failure: unknown) =>
      console.warn('The checking program was not loaded yet.', failure),
    )
  }, [])
  useEffect(() => {
    if (state.at !== 'start') outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [state])

  const checkCredential = async (text: string, certificate: Certificate | null): Promise<State> => {
    const checker = await loadChecker().catch(() => null)
    if (!checker) return { at: 'unloadable' }
    if (!(await checker.canVerifyHere())) return { at: 'cannotHere', text }
    return { at: 'done', verdict: await checker.verifyCredential(text), text, certificate }
  }
  const lookUp = async (certificateId: string): Promise<State> => {
    try {
      const certificate = await call('education.getCertificate', { certificateId })
      return await checkCredential(JSON.stringify(certificate.credential), certificate)
    } catch (failure) {
      if (!(failure instanceof ApiError)) return { at: 'offline' }
      if (failure.status === 404 || failure.code === 'invalid_input') return { at: 'noSuchNumber' }
      return { at: 'refused', message: failure.message }
    }
  }
  const check = async (text: string) => {
    setState({ at: 'busy' })
    const given = understand(text, location.origin)
    if (given.kind === 'credential') setState(await checkCredential(given.text, null))
    else if (given.kind === 'certificate') setState(await lookUp(given.id))
    else setState(given.kind === 'elsewhere' ? { at: 'elsewhere', ...given } : { at: 'unknown' })
  }
  const checkFile = async (file: File | undefined) => {
    if (!file) return
    if (!file.type.startsWith('image/')) return check(await file.text())
    setState({ at: 'busy' })
    const { codeInPicture } = await import('./read-code.ts')
    const code = await codeInPicture(file)
    if (code === null) setState({ at: 'noCode' })
    else await check(code)
  }
  return (
    <>
      <Card className="flex flex-col gap-5">
        <form
          className="flex flex-col items-start gap-3"
          onSubmit={event => {
            event.preventDefault()
            void check(typed)
          }}
        >
          <div className="w-full">
            <TextArea
              label={t('typed')}
              description={t('typedHelp')}
              value={typed}
              onChange={setTyped}
              rows={2}
              spellCheck="false"
              autoComplete="off"
            />
          </div>
          <Button
            type="submit"
            className="max-sm:w-full"
            isDisabled={!typed.trim()}
            isPending={state.at === 'busy'}
          >
            {state.at === 'busy' ? t('checking') : t('check')}
          </Button>
        </form>
        <ScanCode onCode={text => void check(text)} />
      </Card>
      <FileDrop
        label={t('drop')}
        browseLabel={t('browse')}
        description={t('accept')}
        accept={['.json', 'application/json', 'application/ld+json', 'image/*']}
        onFiles={([file]) => void checkFile(file)}
      />
      <div ref={outcome} className="flex flex-col gap-6 empty:hidden">
        <Outcome state={state} />
      </div>
    </>
  )
}

function Outcome({ state }: { state: State }) {
  const t = useTranslations('verify')
  const locale = useLocale()
  switch (state.at) {
    case 'start':
      return null
    case 'busy':
      return <Spinner label={t('checking')} />
    case 'unknown':
    case 'noCode':
    case 'noSuchNumber':
      return (
        <Notice tone="error" live>
          {t(state.at)}
        </Notice>
      )
    case 'offline':
    case 'unloadable':
      return (
        <Notice tone="warning" live>
          {t(state.at === 'offline' ? 'offline' : 'failedToLoad')}
        </Notice>
      )
    case 'refused':
      return (
        <Notice tone="error" live>
          {state.message}
        </Notice>
      )
    case 'elsewhere':
      return (
        <Notice tone="warning" live title={t('elsewhere', { host: state.host })}>
          <p>{t('elsewhereText')}</p>
          <a
            href={state.url}
            rel="noreferrer"
            className="font-semibold break-all underline underline-offset-4"
          >
            {state.url}
          </a>
        </Notice>
      )
    case 'cannotHere':
      return (
        <>
          <Notice tone="warning" live>
            {t('cannotHere')}
          </Notice>
          <AskSchool key={state.text} text={state.text} />
        </>
      )
    case 'done': {
      const { certificate } = state
      return (
        <>
          {certificate?.revokedAt ? (
            <Notice tone="error" live title={t('revoked', { date: dayText(locale, certificate.revokedAt) })}>
              <p>{t('revokedText')}</p>
              <p>{t(`reason_${certificate.revocationReason ?? 'other'}`)}</p>
            </Notice>
          ) : null}
          <Verdict verdict={state.verdict} revoked={Boolean(certificate?.revokedAt)} />
          {certificate ? (
            <a
              href={`/certificates/${certificate.id}`}
              className="font-semibold underline underline-offset-4"
            >
              {t('openPage')}
            </a>
          ) : (
            <AskSchool key={state.text} text={state.text} />
          )}
        </>
      )
    }
  }
}
