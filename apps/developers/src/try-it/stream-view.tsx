import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useTimeZone } from '@azora/web/time-zone.ts'
import { memo, useRef } from 'react'
import { Highlighted } from '../code/code-block.tsx'
import { Written } from '../code/written.tsx'
import { useTranslations } from '../messages.ts'
import type { LoggedEvent } from './event-log.ts'
import { laidOut } from './send.ts'
import type { ReadStream } from './use-call.ts'

const tones: Record<string, Tone> = { live: 'info', complete: 'good', stopped: 'neutral' }
const eventTones: Record<string, Tone> = { message: 'accent', done: 'good', error: 'bad' }

/** The events of a stream as they come, the newest first. */
export function StreamView({ stream, onStop }: { stream: ReadStream; onStop: () => void }) {
  const t = useTranslations('tryIt')
  const { log, end } = stream
  const state = end?.kind ?? 'live'
  const list = useRef<HTMLElement>(null)
  const stop = () => {
    // The button leaves, and the person at the keyboard must not be sent to the top of the page.
    list.current?.focus()
    onStop()
  }
  return (
    <section
      ref={list}
      tabIndex={-1}
      aria-label={t('events')}
      className="min-w-0 overflow-hidden rounded-control border border-line bg-sunken"
    >
      <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1.5 ps-4 pe-1.5">
        <span role="status">
          <Badge tone={tones[state] ?? 'bad'}>{t(`stream_${state}`)}</Badge>
        </span>
        <span className="me-auto text-sm text-muted tabular-nums">
          {t('received', { count: log.received })}
          {log.received > log.events.length ? ` · ${t('latest', { count: log.events.length })}` : null}
        </span>
        {end ? null : (
          <Button variant="secondary" size="small" onPress={stop}>
            {t('stop')}
          </Button>
        )}
      </div>
      {end?.kind === 'failed' ? (
        <div className="p-3 pb-0">
          <Notice tone="error" live>
            <Written text={t('streamFailed', { code: end.code, message: end.message })} />
          </Notice>
        </div>
      ) : null}
      {end?.kind === 'cut' ? (
        <div className="p-3 pb-0">
          <Notice tone="warning" live>
            {t('streamCut')}
          </Notice>
        </div>
      ) : null}
      {log.events.length > 0 ? (
        <ol
          reversed
          start={log.received}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
          tabIndex={0}
          aria-label={t('events')}
          className="flex max-h-[34rem] flex-col gap-3 overflow-y-auto p-3 -outline-offset-3"
        >
          {log.events.map(event => (
            <EventItem key={event.number} event={event} />
          ))}
        </ol>
      ) : (
        <p className="px-4 py-5 text-sm text-muted">{end ? t('streamEmpty') : t('streamWaiting')}</p>
      )}
    </section>
  )
}

// Those that were drawn stay as they are while others come.
const EventItem = memo(function EventItem({ event }: { event: LoggedEvent }) {
  const t = useTranslations('tryIt')
  const locale = useLocale()
  const timeZone = useTimeZone()
  const { name, id, data, number, receivedAt, isCut } = event
  const time = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZone,
  }).format(receivedAt)
  return (
    <li className="min-w-0 rounded-control border border-line bg-surface px-3 py-2.5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <span className="tabular-nums">{number}</span>
        <Badge tone={eventTones[name] ?? 'neutral'}>{name}</Badge>
        <time dateTime={receivedAt.toISOString()} className="whitespace-nowrap tabular-nums">
          {time}
        </time>
        {id === null ? null : (
          <code className="min-w-0 font-mono [overflow-wrap:anywhere]">{t('eventId', { id })}</code>
        )}
      </p>
      <pre
        dir="ltr"
        className="mt-2 whitespace-pre-wrap font-mono text-[0.84rem] leading-relaxed [overflow-wrap:anywhere]"
      >
        <code>
          <Highlighted code={laidOut(data, true)} language="json" />
        </code>
      </pre>
      {isCut ? <p className="mt-1 text-sm text-muted">{t('eventCut')}</p> : null}
    </li>
  )
})
