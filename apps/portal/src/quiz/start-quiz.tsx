'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import dynamic from 'next/dynamic'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Form as AriaForm } from 'react-aria-components/Form'
import { useTranslations } from '../i18n/client.tsx'
import { useLessData } from '../less-data/less-data.tsx'
import { fetchPictures } from '../less-data/shown-pictures.ts'
import { ApiError, call } from '../lib/api.browser.ts'
import type { Submission } from '../offline/answers.ts'
import { toldDays } from './log/told-days.ts'
import type { QuizOverview } from './use-overview.ts'

// Only who uses less data pays for it.
const FetchPictures = dynamic(() =>
  import('../less-data/fetch-pictures.tsx').then(module => module.FetchPictures),
)

type StartQuizProps = {
  overview: QuizOverview
  refresh: () => Promise<void>
  onStart: (submission: Submission) => void
  /** Begins an attempt; of a learner unless told otherwise. */
  begin?: (() => Promise<Submission>) | undefined
}

/** The button that begins an attempt, with a field for the access code where the quiz asks for one. */
export function StartQuiz({ overview, refresh, begin, onStart }: StartQuizProps) {
  const t = useTranslations('quiz')
  const common = useTranslations('common')
  const [busy, setBusy] = useState(false)
  const [code, setCode] = useState('')
  const [codeFault, setCodeFault] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const less = useLessData()
  const [withPictures, setWithPictures] = useState(false)
  const survey = overview.kind === 'survey'
  const asksCode = overview.asksAccessCode
  const faults = useMemo(
    (): Record<string, string> => (codeFault ? { accessCode: codeFault } : {}),
    [codeFault],
  )
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    // The keyboard, and a screen reader, are where the code can be corrected.
    if (codeFault) form.current?.querySelector('input')?.focus()
  }, [codeFault])
  const start = async (event: FormEvent) => {
    event.preventDefault()
    setFault(null)
    setCodeFault(null)
    if (asksCode && !code.trim()) return setCodeFault(t('codeMissing'))
    setBusy(true)
    try {
      const given = asksCode ? { accessCode: code } : {}
      const told = { quizId: overview.id, logDaysTold: toldDays(overview), ...given }
      const started = await (begin?.() ?? call('assessment.startSubmission', told))
      if (withPictures) fetchPictures(started)
      onStart(started)
    } catch (failure) {
      setBusy(false)
      if (!(failure instanceof ApiError)) return setFault(common('connectionLost'))
      if (failure.code === 'access_code_wrong') return setCodeFault(t('codeWrong'))
      if (failure.code === 'rate_limited' && asksCode) {
        const minutes = Math.max(1, Math.ceil((failure.data.retryAfterSeconds ?? 60) / 60))
        return setCodeFault(t('codeLimited', { count: minutes }))
      }
      setFault(failure.message)
      // The teacher changed who may start, or when, since the page was loaded.
      if (['access_code_required', 'quiz_not_open', 'quiz_closed', 'log_not_told'].includes(failure.code))
        await refresh()
    }
  }
  const label = overview.attempts.length
    ? t(survey ? 'surveyAgain' : 'again')
    : t(survey ? 'startSurvey' : 'start')
  return (
    <AriaForm
      ref={form}
      onSubmit={start}
      validationErrors={faults}
      validationBehavior="aria"
      className="flex flex-col gap-4"
    >
      {asksCode ? (
        <div className="max-w-sm">
          <TextField
            label={t('code')}
            description={t('codeHelp')}
            name="accessCode"
            value={code}
            onChange={value => {
              setCode(value)
              setCodeFault(null)
            }}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck="false"
            maxLength={300}
          />
        </div>
      ) : null}
      {less ? <FetchPictures quizId={overview.id} chosen={withPictures} onChoose={setWithPictures} /> : null}
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <button
        type="submit"
        disabled={busy}
        className={buttonStyle({ size: 'large', className: 'sm:self-start' })}
      >
        {busy ? <Spinner /> : null}
        {busy ? t('starting') : label}
      </button>
    </AriaForm>
  )
}
