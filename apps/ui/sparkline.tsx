type SparklineProps = {
  /** What the line shows, with its most telling number: all that a screen reader gets. */
  label: string
  values: readonly number[]
  className?: string
}

const width = 240
const height = 48

/** A small area chart without axes: how a number went, from the earliest to the latest. */
export function Sparkline({ label, values, className = 'h-12 w-full' }: SparklineProps) {
  const most = Math.max(1, ...values)
  const step = width / Math.max(1, values.length - 1)
  const points = values.map((value, index) => {
    const y = height - 2 - (value / most) * (height - 6)
    return `${(index * step).toFixed(1)},${y.toFixed(1)}`
  })
  const line = points.length === 1 ? `M${points[0]}H${width}` : `M${points.join('L')}`
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={className}
    >
      {points.length > 0 ? (
        <>
          <path d={`${line}V${height}H0Z`} className="fill-accent-soft" />
          <path
            d={line}
            fill="none"
            strokeWidth="2"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
            className="stroke-accent"
          />
        </>
      ) : null}
    </svg>
  )
}
