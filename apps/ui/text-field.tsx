'use client'
import type { ReactNode } from 'react'
import { Input } from 'react-aria-components/Input'
import { type TextFieldProps as AriaProps, TextField as AriaTextField } from 'react-aria-components/TextField'
import { controlStyle, FieldLabel, FieldNotes, fieldStyle } from './field.tsx'

export type TextFieldProps = Omit<AriaProps, 'className' | 'children'> & {
  label: string
  description?: ReactNode
  placeholder?: string
  /** Stands inside the control at its end, for a button such as 'show the password'. */
  end?: ReactNode
}

/** A one-line text input with label, help and fault. `name` matches the API's field path. */
export function TextField({ label, description, placeholder, end, ...props }: TextFieldProps) {
  return (
    <AriaTextField {...props} className={fieldStyle}>
      <FieldLabel>{label}</FieldLabel>
      <span className="relative flex">
        <Input placeholder={placeholder} className={`${controlStyle} ${end ? 'pe-24' : ''}`} />
        {end ? <span className="absolute inset-y-0 end-1 flex items-center">{end}</span> : null}
      </span>
      <FieldNotes description={description} />
    </AriaTextField>
  )
}
