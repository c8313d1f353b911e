import type { ReactNode } from 'react'

type ProgressRingProps = {
  /** Says what is measured. */
  label: string
  percent: number
  /** Diameter in pixels. */
  size?: number
  tone?: 'accent' | 'good' | 'bad' | 'amber'
  /** Stands in the middle; the percentage by default. */
  children?: ReactNode
}

const tones = { accent: 'text-accent', good: 'text-good', bad: 'text-bad', amber: 'text-amber' }

/** A ring that fills clockwise, 0 to 100. */
export function ProgressRing({ label, percent, size = 64, tone = 'accent', children }: ProgressRingProps) {
  const shown = Math.max(0, Math.min(100, Math.round(percent)))
  const width = Math.max(4, size * 0.09)
  const radius = (size - width) / 2
  const around = 2 * Math.PI * radius
  return (
    <div
      role="img"
      aria-label={`${label}: ${shown}%`}
      className="relative inline-grid shrink-0 place-items-center"
      style={{ inlineSize: size, blockSize: size }}
    >
      <svg width={size} height={size} aria-hidden="true" className="absolute inset-0 -rotate-90">
        <circle
          cx={size / 2}
          cy={size / 2}
          r={radius}
          fill="none"
          strokeWidth={width}
          className="stroke-sunken"
        />
        {shown > 0 ? (
          <circle
            cx={size / 2}
            cy={size / 2}
            r={radius}
            fill="none"
            strokeWidth={width}
            strokeLinecap="round"
            strokeDasharray={`${(around * shown) / 100} ${around}`}
            className={`stroke-current ${tones[tone]}`}
          />
        ) : null}
      </svg>
      <span aria-hidden="true" className="relative font-bold tabular-nums" style={{ fontSize: size * 0.24 }}>
        {children ?? `${shown}%`}
      </span>
    </div>
  )
}
