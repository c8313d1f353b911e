'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { ErrorPlace } from '../code-files.tsx'
import type { RunResult } from './run-result.ts'
import { type StyleRule, styleName } from './style-name.ts'

type StyleOutcomeProps = { rule: StyleRule; result: RunResult; onGoTo: (place: ErrorPlace) => void }

/** Whether a program keeps a rule of style, and where it first does not. */
export function StyleOutcome({ rule, result: { outcome, error: place }, onGoTo }: StyleOutcomeProps) {
  const t = useTranslations('code')
  const kept = outcome === 'right'
  // What was found there, such as a name, where the rule does not say it.
  const { message: found = '' } = place ?? {}
  const written = found === rule.value ? '' : found
  const isRemark = rule.worth === 0
  const look = kept
    ? 'border-good/50 bg-good-soft text-good-ink'
    : isRemark
      ? 'border-amber/50 bg-amber-soft text-amber-ink'
      : 'border-bad/50 bg-bad-soft text-bad-ink'
  return (
    <div className={`flex min-w-0 flex-wrap items-center gap-3 rounded-control border px-3 py-2 ${look}`}>
      <Icon name={kept ? 'check' : isRemark ? 'info' : 'close'} />
      <p className="min-w-0 flex-1 basis-40">
        <span className="font-semibold break-words">{styleName(rule, t)}</span>
        {!kept && written ? (
          <>
            {' '}
            <code className="font-mono text-sm break-all">{written}</code>
          </>
        ) : null}
      </p>
      <span className="text-sm">{t(kept ? 'styleKept' : 'styleBroken')}</span>
      {isRemark ? <Badge>{t('styleRemark')}</Badge> : null}
      {!kept && place ? (
        <Button size="small" variant="secondary" onPress={() => onGoTo(place)}>
          <Icon name="forward" />
          {t('goToError', { path: place.path, line: place.line })}
        </Button>
      ) : null}
    </div>
  )
}
