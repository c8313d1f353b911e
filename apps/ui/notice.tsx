import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type NoticeTone = 'info' | 'success' | 'warning' | 'error'

const tones: Record<NoticeTone, { box: string; icon: IconName }> = {
  info: { box: 'bg-info-soft text-info-ink border-info/30', icon: 'info' },
  success: { box: 'bg-good-soft text-good-ink border-good/30', icon: 'check' },
  warning: { box: 'bg-amber-soft text-amber-ink border-amber/50', icon: 'warning' },
  error: { box: 'bg-bad-soft text-bad-ink border-bad/30', icon: 'warning' },
}

type NoticeProps = {
  tone?: NoticeTone
  title?: ReactNode
  children?: ReactNode
  /** Speaks up when it appears after the page was loaded: errors at once, the rest politely. */
  live?: boolean
}

/** A message within the page. */
export function Notice({ tone = 'info', title, children, live }: NoticeProps) {
  return (
    <div
      {...(live ? { role: tone === 'error' ? 'alert' : 'status' } : {})}
      className={`flex gap-3 rounded-control border px-4 py-3 ${tones[tone].box}`}
    >
      <Icon name={tones[tone].icon} className="mt-0.5" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children}
      </div>
    </div>
  )
}
