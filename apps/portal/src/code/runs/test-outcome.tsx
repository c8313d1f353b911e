'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { ErrorPlace } from '../code-files.tsx'
import { Assertion } from './assertion.tsx'
import { Output } from './output.tsx'
import type { RunResult } from './run-result.ts'
import { visible } from './visible.ts'

/** What a program may take, to be named where it took more. */
export type RunBounds = { processorSeconds: number; memoryMiB: number }

/** A test as it is shown beside its result. */
export type ShownTest = {
  id: string
  name: string
  stdin: string
  arguments: string[]
  expected: string
  comparison: string
  /** The unit test that it is, in place of an output that is compared. */
  unit?: string | undefined
}

type TestOutcomeProps = {
  test: ShownTest
  result: RunResult
  bounds: RunBounds
  isOpen: boolean
  onGoTo: (place: ErrorPlace) => void
  /** What else can be done with it. */
  children?: ReactNode
}

/** What one test came to; the input, what was expected and what was printed are below it. */
export function TestOutcome({ test, result, bounds, isOpen, onGoTo, children }: TestOutcomeProps) {
  const t = useTranslations('code')
  const right = result.outcome === 'right'
  const waits = result.outcome === 'not_run'
  const look = right
    ? 'border-good/50 bg-good-soft text-good-ink'
    : waits
      ? 'border-line bg-sunken text-muted'
      : 'border-bad/50 bg-bad-soft text-bad-ink'
  return (
    <details open={isOpen} className="min-w-0 overflow-clip rounded-control border border-line">
      <summary
        className={`flex min-h-11 list-none items-center gap-3 px-3 py-2 [&::-webkit-details-marker]:hidden ${look}`}
      >
        <Icon name={right ? 'check' : waits ? 'clock' : 'close'} />
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-3">
          <span className="min-w-0 font-semibold break-words">{test.name}</span>
          <span className="text-sm">
            {t(result.assertion?.kind === 'failed' ? 'notPassed' : `outcome_${result.outcome}`)}
          </span>
        </span>
      </summary>
      <div className="flex min-w-0 flex-col gap-3 border-t border-line p-3">
        <WhatHappened result={result} bounds={bounds} onGoTo={onGoTo} />
        {children}
        {test.arguments.length > 0 ? (
          <Output label={t('arguments')} text={test.arguments.join('\n')} empty="" />
        ) : null}
        {test.unit === undefined || test.stdin !== '' ? (
          <Output label={t('input')} text={test.stdin} empty={t('noInput')} />
        ) : null}
        <div className="grid min-w-0 gap-3 sm:grid-cols-2">
          {test.unit === undefined ? (
            <Output
              label={t('expected')}
              text={test.expected}
              empty={t('nothing')}
              mark={markOf(test, result, 'good')}
            />
          ) : null}
          <Printed result={result} />
        </div>
      </div>
    </details>
  )
}

/** Of words the line is that of what was printed; what was expected may have them on another. */
function markOf({ comparison }: ShownTest, { difference }: RunResult, tone: 'good') {
  const byLine = comparison === 'lines' || comparison === 'exact'
  return difference && byLine ? { line: difference.line, tone } : null
}

/** What a program wrote. */
export function Printed({ result }: { result: RunResult }) {
  const t = useTranslations('code')
  const { difference, stdout, stderr, cut } = result
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Output
        label={t('printed')}
        text={stdout}
        empty={t('nothing')}
        mark={difference && { line: difference.line, tone: 'bad' }}
      />
      {stderr ? <Output label={t('errors')} text={stderr} empty="" /> : null}
      {cut ? <p className="text-sm text-muted">{t('cut')}</p> : null}
    </div>
  )
}

/** In a sentence or two why a run was not right, and where to look. */
export function WhatHappened({
  result,
  bounds,
  onGoTo,
}: {
  result: RunResult
  bounds: RunBounds
  onGoTo: (place: ErrorPlace) => void
}) {
  const t = useTranslations('code')
  const { outcome, difference, error, assertion } = result
  return (
    <>
      {difference ? <Difference difference={difference} /> : null}
      {outcome === 'right' || outcome === 'wrong' || outcome === 'finished' || isEnd(assertion) ? null : (
        <p>
          {t(`why_${outcome}`, { seconds: bounds.processorSeconds, memory: bounds.memoryMiB })}
          {error?.message && !assertion ? (
            <code className="mt-1 block font-mono text-sm break-words text-bad-ink">{error.message}</code>
          ) : null}
        </p>
      )}
      {assertion ? <Assertion t={t} assertion={assertion} /> : null}
      {error ? (
        <div>
          <Button size="small" variant="secondary" onPress={() => onGoTo(error)}>
            <Icon name="forward" />
            {t('goToError', { path: error.path, line: error.line })}
          </Button>
        </div>
      ) : null}
    </>
  )
}

/** It is told in words of its own. */
const isEnd = (assertion: RunResult['assertion']) =>
  assertion?.kind === 'ended' || assertion?.kind === 'missing'

function Difference({ difference }: { difference: NonNullable<RunResult['difference']> }) {
  const t = useTranslations('code')
  const { line, given, expected, only } = difference
  const said = (text: string) => visible(text, only === 'spaces')
  const piece = (label: string, text: string | null, tone: string) => (
    <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      <span className="text-sm font-semibold">{label}</span>
      {text === null || text === '' ? (
        <span className="text-sm text-muted">{t(text === '' ? 'emptyLine' : 'nothingMore')}</span>
      ) : (
        <code className={`min-w-0 rounded px-1.5 font-mono text-sm break-all ${tone}`}>{said(text)}</code>
      )}
    </p>
  )
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p>{t(only ? `differs_${only}` : 'differs', { line })}</p>
      {piece(t('wasPrinted'), given, 'bg-bad-soft text-bad-ink')}
      {piece(t('wasExpected'), expected, 'bg-good-soft text-good-ink')}
    </div>
  )
}
