'use client'
import type { CredentialVerdict } from '@azora/contracts/credential/verify-credential.ts'
import { Button } from '@azora/ui/button.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { AskSchool } from './ask-school.tsx'
import { Verdict } from './verdict.tsx'

type State =
  | { at: 'start' | 'busy' | 'notJson' | 'unloadable' }
  | { at: 'cannotHere'; text: string }
  | { at: 'done'; verdict: CredentialVerdict; text: string }

// One place, so that the bundler makes one chunk, which the service worker keeps once it was loaded.
const loadChecker = () => import('@azora/contracts/credential/verify-credential.ts')

/** Takes a credential as a file or as text, and checks it in this browser. */
export function VerifyForm() {
  const t = useTranslations('verify')
  const [pasted, setPasted] = useState('')
  const [state, setState] = useState<State>({ at: 'start' })

  // Fetched before it is needed, so that the page works when the line is gone by then.
  useEffect(() => {
    loadChecker().catch((failure: unknown) =>
      console.warn('The checking program was not loaded yet.', failure),
    )
  }, [])

  const check = async (text: string) => {
    setState({ at: 'busy' })
    if (!isJson(text)) return setState({ at: 'notJson' })
    const checker = await loadChecker().catch(() => null)
    if (!checker) return setState({ at: 'unloadable' })
    if (!(await checker.canVerifyHere())) return setState({ at: 'cannotHere', text })
    setState({ at: 'done', verdict: await checker.verifyCredential(text), text })
  }
  return (
    <>
      <FileDrop
        label={t('drop')}
        browseLabel={t('browse')}
        description={t('accept')}
        accept={['.json', 'application/json', 'application/ld+json']}
        onFiles={async ([file]) => file && check(await file.text())}
      />
      <form
        className="flex flex-col items-start gap-3"
        onSubmit={event => {
          event.preventDefault()
          void check(pasted)
        }}
      >
        <div className="w-full">
          <TextArea label={t('paste')} value={pasted} onChange={setPasted} rows={4} spellCheck="false" />
        </div>
        <Button type="submit" variant="secondary" isDisabled={!pasted.trim()} isPending={state.at === 'busy'}>
          {state.at === 'busy' ? t('checking') : t('check')}
        </Button>
      </form>
      {state.at === 'notJson' ? (
        <Notice tone="error" live>
          {t('notJson')}
        </Notice>
      ) : null}
      {state.at === 'unloadable' ? (
        <Notice tone="warning" live>
          {t('failedToLoad')}
        </Notice>
      ) : null}
      {state.at === 'cannotHere' ? (
        <>
          <Notice tone="warning" live>
            {t('cannotHere')}
          </Notice>
          <AskSchool key={state.text} text={state.text} />
        </>
      ) : null}
      {state.at === 'done' ? (
        <>
          <Verdict verdict={state.verdict} />
          <AskSchool key={state.text} text={state.text} />
        </>
      ) : null}
    </>
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
