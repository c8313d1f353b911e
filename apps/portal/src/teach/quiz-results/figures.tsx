/** A few numbers side by side, each with what it counts. */
export function Figures({ figures }: { figures: { label: string; value: string }[] }) {
  return (
    <dl className="grid max-w-3xl grid-cols-2 gap-3 sm:grid-cols-4">
      {figures.map(({ label, value }) => (
        <div key={label} className="flex flex-col-reverse rounded-card border border-line bg-surface p-4">
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="text-2xl font-bold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
