import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { Moment } from '@azora/web/moment.tsx'
import { call } from '../api.ts'
import { Failed } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'

/** Whether the books add up, by the last verification, and the seal to note elsewhere. */
export function Health() {
  const t = useTranslations('ledgerHealth')
  const locale = useLocale()
  const { value, fault, reload } = useLoad('ledger health', signal =>
    call('mint.getLedgerHealth', {}, { signal }),
  )
  if (fault) return <Failed fault={fault} onRetry={reload} />
  if (!value)
    return (
      <Card>
        <Skeleton className="h-6 w-2/3" />
      </Card>
    )
  const { verification, seal, unsealed } = value
  const state = verification === null ? 'none' : verification.difference === null ? 'sound' : 'broken'
  const tone = {
    none: 'bg-sunken text-muted',
    sound: 'bg-good-soft text-good-ink',
    broken: 'bg-bad-soft text-bad-ink',
  }
  return (
    <Card as="section" className="flex flex-col gap-4">
      <div className="flex items-start gap-3.5">
        <span className={`grid size-11 shrink-0 place-items-center rounded-full text-xl ${tone[state]}`}>
          <Icon name={state === 'broken' ? 'warning' : 'shield'} />
        </span>
        <div className="min-w-0">
          <h2 className="text-lg font-bold">{t(`${state}Title`)}</h2>
          <p className="text-muted">
            {verification === null
              ? t('noneText')
              : verification.difference === null
                ? t('soundText', { n: verification.transfers, accounts: verification.accounts })
                : t('brokenText', {
                    difference: verification.difference,
                    at: verification.differenceAt ?? '',
                  })}
          </p>
          <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
            {verification ? (
              <>
                <span>
                  {t('checked')} <Moment time={verification.finishedAt} />
                </span>
                <span>
                  {t('speed', {
                    rate: new Intl.NumberFormat(locale).format(verification.transfersPerSecond),
                  })}
                </span>
              </>
            ) : null}
            <span>{t('unsealed', { n: unsealed.transfers })}</span>
          </p>
        </div>
      </div>
      {seal ? (
        <p className="rounded-control bg-sunken/60 px-4 py-3 text-sm">
          <span className="block text-muted">{t('seal')}</span>
          <code className="font-mono text-xs leading-6 break-all">{`${seal.number}:${seal.hash}`}</code>
        </p>
      ) : null}
    </Card>
  )
}
