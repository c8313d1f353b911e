type ProgressBarProps = { label: string; percent: number; labelHidden?: boolean; note?: string }

/** How far something has come, 0 to 100. `note` stands at the end in place of the percentage. */
export function ProgressBar({ label, percent, labelHidden, note }: ProgressBarProps) {
  const shown = Math.max(0, Math.min(100, Math.round(percent)))
  return (
    <div className="flex flex-col gap-1.5">
      {labelHidden ? null : (
        <div className="flex justify-between gap-4 text-sm text-muted">
          <span>{label}</span>
          <span className="tabular-nums">{note ?? `${shown}%`}</span>
        </div>
      )}
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={shown}
        aria-valuetext={note}
        className="h-2 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ inlineSize: `${shown}%` }}
        />
      </div>
    </div>
  )
}
