import type { SelectHTMLAttributes } from 'react'

type NativeSelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id'> & {
  label: string
  options: { id: string; label: string }[]
}

/** The browser's own select, for GET forms that must work without JavaScript. */
export function NativeSelect({ label, options, ...props }: NativeSelectProps) {
  return (
    <label className="flex flex-col gap-1.5">
      <span className="text-sm font-semibold">{label}</span>
      <select
        {...props}
        className="min-h-11 w-full rounded-control border border-edge bg-surface px-3 text-base text-ink"
      >
        {options.map(option => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
