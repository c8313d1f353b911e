'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import dynamic from 'next/dynamic'
import { useId, useRef, useState } from 'react'
import type { ErrorPlace } from '../../../code/code-files.tsx'
import { isKept } from '../../../code/device/choice.ts'
import { RunSummary } from '../../../code/runs/run-summary.tsx'
import { StyleOutcome } from '../../../code/runs/style-outcome.tsx'
import { Printed, TestOutcome, WhatHappened } from '../../../code/runs/test-outcome.tsx'
import type { OwnInput, RunState } from '../../../code/runs/use-run.ts'
import { useTranslations } from '../../../i18n/client.tsx'
import { useOnline } from '../../../shell/use-online.ts'
import type { QuestionOf } from '../answer-field.ts'
import { testName } from './test-name.ts'

const DeviceQuestion = dynamic(
  () => import('../../../code/device/device-question.tsx').then(module => module.DeviceQuestion),
  { ssr: false },
)
const WhereRan = dynamic(() => import('../../../code/device/where-ran.tsx').then(module => module.WhereRan), {
  ssr: false,
})

type RunPanelProps = {
  body: QuestionOf<'code'>['body']
  state: RunState
  onRun: (own?: OwnInput) => void
  onStop: () => void
  onGoTo: (place: ErrorPlace) => void
  isDisabled: boolean
}

/** Runs a program with the tests that a learner sees, or with an input of their own, and says what it came to. */
export function RunPanel({ body, state, onRun, onStop, onGoTo, isDisabled }: RunPanelProps) {
  const t = useTranslations('code')
  const online = useOnline()
  const [stdin, setStdin] = useState('')
  const inputId = useId()
  const { tests, hiddenTests, style = [] } = body
  const isHeld = tests.length > 0 || style.length > 0
  const kept = !online && isKept(body.language)
  const mayRun = (online || kept) && !isDisabled
  const mayRunTests =
    mayRun && (online || (style.length === 0 && tests.every(({ unit }) => unit === undefined)))
  const latest = useRef<OwnInput | undefined>(undefined)
  const runWith = (own?: OwnInput) => {
    latest.current = own
    onRun(own)
  }
  return (
    <section aria-label={t('runs')} className="flex min-w-0 flex-col gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap items-center gap-3">
        {isHeld ? (
          <Button onPress={() => runWith()} isPending={state.isRunning} isDisabled={!mayRunTests}>
            {tests.length > 0 ? t('runTests', { count: tests.length }) : t('checkStyle')}
          </Button>
        ) : null}
        {state.isRunning ? (
          <Button variant="quiet" onPress={onStop}>
            {t('stop')}
          </Button>
        ) : null}
      </div>
      {online ? null : (
        <p role="status" className="flex items-center gap-2 text-sm font-medium text-amber-ink">
          <Icon name="offline" />
          {t(kept ? 'runOfflineHere' : 'runOffline')}
        </p>
      )}
      {hiddenTests.length > 0 ? (
        <p className="text-sm text-muted">{t('hiddenCount', { count: hiddenTests.length })}</p>
      ) : null}
      <details open={tests.length === 0} className="rounded-control border border-line">
        <summary className="px-3 py-2.5 text-sm font-semibold">{t('ownInput')}</summary>
        <div className="flex flex-col items-start gap-3 px-3 pb-3">
          <label htmlFor={inputId} className="text-sm text-muted">
            {t('ownInputHelp')}
          </label>
          <textarea
            id={inputId}
            value={stdin}
            onChange={event => setStdin(event.target.value)}
            maxLength={limits.programTextLength}
            rows={3}
            wrap="off"
            spellCheck={false}
            autoCapitalize="off"
            autoCorrect="off"
            className="field-sizing-content max-h-60 w-full rounded-control border border-edge bg-surface px-3 py-2 font-mono text-sm"
          />
          <Button
            variant="secondary"
            onPress={() => runWith({ stdin, arguments: [] })}
            isPending={state.isRunning}
            isDisabled={!mayRun}
          >
            {t('run')}
          </Button>
        </div>
      </details>
      <RunSummary state={state} tests={tests}>
        {state.ran ? (
          <WhereRan
            language={body.language}
            ran={state.ran}
            canRun={mayRun}
            onRunAgain={() => runWith(latest.current)}
          />
        ) : null}
      </RunSummary>
      {state.answer ? <DeviceQuestion language={body.language} onAnswer={state.answer} /> : null}
      <Results body={body} state={state} onGoTo={onGoTo} />
    </section>
  )
}

function Results({ body, state, onGoTo }: Pick<RunPanelProps, 'body' | 'state' | 'onGoTo'>) {
  const t = useTranslations('code')
  const { results } = state
  const firstWrong = results.find(({ outcome }) => outcome !== 'right')?.testId
  return (
    <div className="flex min-w-0 flex-col gap-2 empty:hidden">
      {results.map(result => {
        const test = body.tests.find(({ id }) => id === result.testId)
        if (test)
          return (
            <TestOutcome
              key={test.id}
              test={{ ...test, name: testName(body, test.id, t) ?? '' }}
              result={result}
              bounds={body}
              isOpen={test.id === firstWrong}
              onGoTo={onGoTo}
            />
          )
        const rule = body.style?.find(({ id }) => id === result.testId)
        if (rule) return <StyleOutcome key={rule.id} rule={rule} result={result} onGoTo={onGoTo} />
        return (
          <div
            key="own"
            className="flex min-w-0 flex-col gap-3 rounded-control border border-line bg-sunken/40 p-3"
          >
            <WhatHappened result={result} bounds={body} onGoTo={onGoTo} />
            <Printed result={result} />
          </div>
        )
      })}
    </div>
  )
}
