'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import type { ErrorPlace } from '../../../../code/code-files.tsx'
import type { RunResult } from '../../../../code/runs/run-result.ts'
import { Printed, type RunBounds, WhatHappened } from '../../../../code/runs/test-outcome.tsx'
import { useTranslations } from '../../../../i18n/client.tsx'

type TestResultProps = {
  result: RunResult
  bounds: RunBounds
  onGoTo: (place: ErrorPlace) => void
  onTake: (printed: string) => void
}

/** What a test came to with the solution, below the test. What it printed can become what is expected. */
export function TestResult({ result, bounds, onGoTo, onTake }: TestResultProps) {
  const t = useTranslations('codeEditor')
  const code = useTranslations('code')
  const right = result.outcome === 'right'
  return (
    <div
      className={`flex min-w-0 flex-col gap-3 rounded-control border p-3 ${right ? 'border-good/50' : 'border-bad/50'}`}
    >
      <p className={`flex items-center gap-2 font-semibold ${right ? 'text-good-ink' : 'text-bad-ink'}`}>
        <Icon name={right ? 'check' : 'close'} />
        {code(result.assertion?.kind === 'failed' ? 'notPassed' : `outcome_${result.outcome}`)}
      </p>
      {right ? null : (
        <>
          <WhatHappened result={result} bounds={bounds} onGoTo={onGoTo} />
          <Printed result={result} />
          {result.outcome === 'wrong' && !result.cut && !result.assertion ? (
            <div>
              <Button size="small" variant="secondary" onPress={() => onTake(result.stdout)}>
                {t('takePrinted')}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </div>
  )
}
