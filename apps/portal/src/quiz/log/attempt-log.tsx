'use client'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { clockText } from '../time-left.ts'

type Log = OutputOf<'assessment.getAttemptLog'>
type Entry = Log['entries'][number]

// A device whose clock is this far from ours, or that sent later, has its own time beside.
const apartMs = 60_000

/** The log of an attempt, loaded when asked for: for its learner, or for who teaches the course. */
export function AttemptLog({
  submissionId,
  reader,
}: {
  submissionId: string
  reader: 'learner' | 'teacher'
}) {
  const t = useTranslations('attemptLog')
  const lost = useTranslations('common')('connectionLost')
  const [log, setLog] = useState<Log | null>(null)
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const load = async () => {
    setPending(true)
    setFault(null)
    try {
      setLog(await call('assessment.getAttemptLog', { submissionId }))
    } catch (failure) {
      setFault(faultText(failure, lost))
    }
    setPending(false)
  }
  return (
    <Card className="flex max-w-3xl flex-col items-start gap-4">
      <h2 className="text-lg font-bold">{t('title')}</h2>
      <p>{t(reader === 'teacher' ? 'shows' : 'yours')}</p>
      <p>{t('cannot')}</p>
      {reader === 'teacher' ? <p>{t('noProof')}</p> : null}
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {log ? (
        <>
          <ol aria-label={t('title')} className="flex w-full flex-col divide-y divide-line">
            {log.entries.map((entry, at) => (
              // Nothing tells entries apart but their place, and they never move.
              <LogEntry key={at} entry={entry} />
            ))}
          </ol>
          {log.full ? <p className="text-sm">{t('full')}</p> : null}
          <p className="text-sm text-muted">{t('kept', { days: log.days ?? 0 })}</p>
        </>
      ) : (
        <Button variant="secondary" onPress={load} isPending={pending}>
          {t('show')}
        </Button>
      )}
    </Card>
  )
}

function LogEntry({ entry }: { entry: Entry }) {
  const t = useTranslations('attemptLog')
  const locale = useLocale()
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' })
  const moment = (time: string) => format.format(new Date(time))
  const { kind, at, deviceAt } = entry
  const apart = deviceAt !== null && Math.abs(Date.parse(at) - Date.parse(deviceAt)) > apartMs
  return (
    <li className="flex flex-col gap-x-4 gap-y-0.5 py-2 sm:flex-row sm:flex-wrap sm:items-baseline">
      <time dateTime={at} className="text-sm text-muted tabular-nums">
        {moment(at)}
      </time>
      <span className="min-w-0 break-words">
        {t(kind === 'pasted' && entry.question === null ? 'kind_pasted_elsewhere' : `kind_${kind}`, {
          time: clockText(entry.seconds ?? 0),
          count: entry.characters ?? entry.answers ?? 0,
          question: entry.question ?? 0,
          device: entry.device ?? '',
          session: entry.session ?? 1,
        })}
      </span>
      {apart ? (
        <span className="text-sm text-muted">{t('deviceClock', { time: moment(deviceAt) })}</span>
      ) : null}
    </li>
  )
}
