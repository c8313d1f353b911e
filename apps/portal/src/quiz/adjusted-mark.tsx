import type { useTranslations } from '../i18n/client.tsx'

type Adjustment = {
  kind: 'override' | 'key' | 'full' | 'left_out'
  reason: string | null
  comment: string | null
}
type AdjustedMarkProps = {
  adjustment: Adjustment | null | undefined
  t: ReturnType<typeof useTranslations<'quiz'>>
}

/** Says that the points of an answer were changed after it was marked, and why, as plain text. */
export function AdjustedMark({ adjustment, t }: AdjustedMarkProps) {
  if (!adjustment) return null
  const { kind, reason, comment } = adjustment
  return (
    <div className="rounded-control bg-info-soft px-4 py-3 text-info-ink">
      <p className="text-sm font-semibold">{t(`adjusted_${kind}`)}</p>
      {reason ? <p className="break-words whitespace-pre-wrap">{reason}</p> : null}
      {comment ? <p className="mt-2 break-words whitespace-pre-wrap">{comment}</p> : null}
    </div>
  )
}
