import type { useTranslations } from '../../i18n/client.tsx'

type MarkerCommentProps = { comment: string | null; t: ReturnType<typeof useTranslations<'quiz'>> }

/** What the person who marked an answer says to it, as plain text. */
export function MarkerComment({ comment, t }: MarkerCommentProps) {
  if (!comment) return null
  return (
    <div className="rounded-control bg-info-soft px-4 py-3 text-info-ink">
      <p className="text-sm font-semibold">{t('comment')}</p>
      <p className="break-words whitespace-pre-wrap">{comment}</p>
    </div>
  )
}
