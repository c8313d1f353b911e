'use client'
import { type ReactNode, useId } from 'react'
import { Input } from 'react-aria-components/Input'
import { type TextFieldProps as AriaProps, TextField as AriaTextField } from 'react-aria-components/TextField'
import { useEarlyText } from './early-text.ts'
import { controlStyle, FieldLabel, FieldNotes, fieldStyle } from './field.tsx'

export type TextFieldProps = Omit<AriaProps, 'className' | 'children'> & {
  label: string
  description?: ReactNode
  placeholder?: string
  /** What was entered before, offered while typing; anything else may be typed too. */
  suggestions?: string[]
  /** Stands inside the control at its end, for a button such as 'show the password'. */
  end?: ReactNode
  /** `none` for what must be typed exactly: phones begin a text with a capital. */
  autoCapitalize?: 'none'
}

/** A one-line text input with label, help and fault. `name` matches the API's field path. */
export function TextField({
  label,
  description,
  placeholder,
  suggestions,
  end,
  autoCapitalize,
  ...props
}: TextFieldProps) {
  const listId = useId()
  const { ref, value, onChange } = useEarlyText<HTMLInputElement>(props)
  return (
    <AriaTextField {...props} value={value} onChange={onChange} className={fieldStyle}>
      <FieldLabel>{label}</FieldLabel>
      <span className="relative flex">
        <Input
          ref={ref}
          placeholder={placeholder}
          autoCapitalize={autoCapitalize}
          list={suggestions ? listId : undefined}
          className={`${controlStyle} ${end ? 'pe-24' : ''}`}
        />
        {suggestions ? (
          <datalist id={listId}>
            {suggestions.map(text => (
              <option key={text} value={text} />
            ))}
          </datalist>
        ) : null}
        {end ? <span className="absolute inset-y-0 end-1 flex items-center">{end}</span> : null}
      </span>
      <FieldNotes description={description} />
    </AriaTextField>
  )
}
