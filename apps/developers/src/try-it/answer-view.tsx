import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { sizeText } from '@azora/web/size.ts'
import type { ReactNode } from 'react'
import { CodeBlock } from '../code/code-block.tsx'
import { useTranslations } from '../messages.ts'
import type { Answer } from './send.ts'

const toneOf = (status: number): Tone =>
  status === 0 || status < 300 ? 'good' : status < 400 ? 'info' : status < 500 ? 'amber' : 'bad'

// More than this makes a page slow; who needs it all calls from a program.
const mostShown = 60_000

/** What came back: status, time, headers and body, or what stands in place of a body. */
export function AnswerView({ answer, children }: { answer: Answer; children?: ReactNode }) {
  const t = useTranslations('tryIt')
  const locale = useLocale()
  const { body } = answer
  return (
    <section aria-label={t('answer')} className="flex min-w-0 flex-col gap-3">
      <p role="status" className="flex flex-wrap items-center gap-3">
        <span className="font-semibold">{t('answer')}</span>
        <Badge tone={toneOf(answer.status)}>
          {answer.status === 0 ? t('redirect') : `${answer.status} ${answer.statusText}`.trim()}
        </Badge>
        <span className="text-sm text-muted tabular-nums">{t('took', { ms: answer.durationMs })}</span>
        {answer.events ? null : (
          <span className="text-sm text-muted tabular-nums">{sizeText(locale, answer.bytes)}</span>
        )}
      </p>
      {answer.headers.length > 0 ? (
        <dl className="grid gap-x-4 gap-y-1 rounded-control border border-line px-4 py-3 font-mono text-[0.84rem] sm:grid-cols-[max-content_minmax(0,1fr)]">
          {answer.headers.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {children ? (
        children
      ) : body === null ? (
        <p className="text-sm text-muted">{t('bytes')}</p>
      ) : body ? (
        <CodeBlock
          title={t('body')}
          language={answer.isJson ? 'json' : 'http'}
          code={body.length > mostShown ? `${body.slice(0, mostShown)}\n…` : body}
          bounded
        />
      ) : (
        <p className="text-sm text-muted">{t('empty')}</p>
      )}
    </section>
  )
}
