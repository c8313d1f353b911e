'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useLocale } from '../i18n/client.tsx'
import { useOwnTranslations } from '../i18n/own-messages.ts'
import type { DraftState } from './use-draft.ts'

/** Offers what an earlier visit left unsaved, tells what another tab saved, and asks before leaving. */
export function DraftNotice({ draft }: { draft: DraftState }) {
  const t = useOwnTranslations('drafts')
  const locale = useLocale()
  const { offer, savedElsewhere, question } = draft
  return (
    <div className="flex flex-col gap-4 empty:hidden">
      {offer ? (
        <Notice tone="warning" live title={t('offer', { time: timeText(locale, offer.at) })}>
          {offer.changedSince ? <p className="font-semibold">{t('changedSince')}</p> : null}
          <div className="mt-3 flex flex-wrap gap-3">
            <Button variant="secondary" size="small" onPress={draft.restore}>
              {t('restore')}
            </Button>
            <Button variant="quiet" size="small" onPress={draft.discard}>
              {t('discard')}
            </Button>
          </div>
        </Notice>
      ) : null}
      {savedElsewhere ? (
        <Notice tone="warning" live title={t('savedElsewhere', { time: timeText(locale, savedElsewhere) })}>
          <p>{t('savedElsewhereText')}</p>
          <Button variant="secondary" size="small" className="mt-3" onPress={draft.reload}>
            {t('reload')}
          </Button>
        </Notice>
      ) : null}
      {draft.full ? (
        <Notice tone="warning" live>
          {t('full')}
        </Notice>
      ) : null}
      {question ? (
        <ConfirmDialog
          isOpen
          onOpenChange={open => {
            if (!open) draft.answer(false)
          }}
          title={t('leaveTitle')}
          confirmLabel={t('leave')}
          cancelLabel={t('stay')}
          onConfirm={() => draft.answer(true)}
        >
          {t(draft.full ? 'leaveLoses' : 'leaveText')}
        </ConfirmDialog>
      ) : null}
    </div>
  )
}

/** A time of today as its clock time, an earlier one with its date. */
function timeText(locale: string, at: string): string {
  const time = new Date(at)
  const today = time.toDateString() === new Date().toDateString()
  return new Intl.DateTimeFormat(
    locale,
    today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(time)
}
