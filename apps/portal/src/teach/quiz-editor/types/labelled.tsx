import type { InputHTMLAttributes, ReactNode } from 'react'
import { inputStyle } from './row-style.ts'

/** A short field in a row, with its label above it. */
export function Labelled({
  label,
  className,
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among what it is given
    <label className={`flex min-w-0 flex-col gap-1 ${className ?? ''}`}>
      <span className="text-sm font-semibold">{label}</span>
      {children}
    </label>
  )
}

type TextRowProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> & {
  label: string
  value: string
  onText: (text: string) => void
}

export function LabelledText({ label, value, onText, className, ...props }: TextRowProps) {
  return (
    <Labelled label={label} {...(className ? { className } : {})}>
      <input
        type="text"
        {...props}
        value={value}
        onChange={event => onText(event.target.value)}
        className={inputStyle}
      />
    </Labelled>
  )
}

type ChoiceProps<T extends string> = {
  label: string
  value: T
  options: { id: T; label: string }[]
  onChoose: (id: T) => void
  className?: string
}

export function LabelledChoice<T extends string>({
  label,
  value,
  options,
  onChoose,
  className,
}: ChoiceProps<T>) {
  return (
    <Labelled label={label} {...(className ? { className } : {})}>
      <select value={value} onChange={event => onChoose(event.target.value as T)} className={inputStyle}>
        {options.map(({ id, label: text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

/** How much an answer earns; anything that is no percentage is taken as all. */
export function ShareField({
  label,
  value,
  onChange,
}: {
  label: string
  value: number
  onChange: (share: number) => void
}) {
  return (
    <Labelled label={label} className="w-24">
      <input
        type="number"
        min={0}
        max={100}
        step={1}
        value={value}
        onChange={event => {
          const share = Math.round(event.target.valueAsNumber)
          onChange(Number.isNaN(share) ? 100 : Math.min(Math.max(share, 0), 100))
        }}
        className={`${inputStyle} tabular-nums`}
      />
    </Labelled>
  )
}
