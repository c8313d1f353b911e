'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useTranslations } from '../../i18n/client.tsx'

/** Says that the marks of an answer were released while it was open, and keeps the comment that could not be saved. */
export function GoneNotice({ comment, onClose }: { comment: string; onClose: () => void }) {
  const t = useTranslations('marking')
  const common = useTranslations('common')
  return (
    <Notice tone="warning" title={t('gone')} live>
      {comment ? (
        <>
          <p>{t('goneText')}</p>
          <p className="mt-2 rounded-control bg-surface p-3 whitespace-pre-wrap text-ink select-all">
            {comment}
          </p>
        </>
      ) : null}
      <div className="mt-2">
        <Button size="small" variant="secondary" onPress={onClose}>
          {common('close')}
        </Button>
      </div>
    </Notice>
  )
}
