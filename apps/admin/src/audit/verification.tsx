import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { call } from '../api.ts'
import { Failed } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'

/** Whether the log is whole, and the seal of its last entry to note elsewhere. */
export function Verification() {
  const t = useTranslations('audit')
  const say = useToast()
  const { value, fault, loading, reload } = useLoad('verification', signal =>
    call('auth.verifyAudit', {}, { signal }),
  )
  if (fault) return <Failed fault={fault} onRetry={reload} />
  if (!value) {
    return (
      <Card>
        <Skeleton className="h-6 w-2/3" />
      </Card>
    )
  }
  const { entries, head, intact, brokenAt } = value
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    say(t('copied'))
  }
  return (
    <Card as="section" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <div className="flex min-w-0 flex-1 basis-64 items-start gap-3.5">
          <span
            className={`grid size-11 shrink-0 place-items-center rounded-full text-xl ${intact ? 'bg-good-soft text-good-ink' : 'bg-bad-soft text-bad-ink'}`}
          >
            <Icon name={intact ? 'shield' : 'warning'} />
          </span>
          <div className="min-w-0">
            <h2 className="text-lg font-bold">{intact ? t('intact') : t('broken')}</h2>
            <p className="text-muted">{t('checked', { n: entries })}</p>
          </div>
        </div>
        <Button variant="secondary" size="small" onPress={reload} isPending={loading}>
          <Icon name="refresh" />
          {t('checkAgain')}
        </Button>
      </div>
      {intact ? null : <Notice tone="error">{t('brokenText', { at: brokenAt ?? 0 })}</Notice>}
      {head ? (
        <div className="flex flex-wrap items-center gap-3 rounded-control bg-sunken/60 px-4 py-3 text-sm">
          <p className="min-w-0 flex-1 basis-72">
            <span className="block text-muted">{t('head')}</span>
            <code className="font-mono text-xs leading-6 break-all">{`${entries}:${head}`}</code>
          </p>
          {/* Browsers lend the clipboard to pages by https alone, and to this machine's own. */}
          {window.isSecureContext ? (
            <Button variant="quiet" size="small" onPress={() => copy(`${entries}:${head}`)}>
              <Icon name="copy" />
              {t('copy')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </Card>
  )
}
