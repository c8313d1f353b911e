'use client'
import type { ReactNode } from 'react'
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea'
import { type TextFieldProps as AriaProps, TextField } from 'react-aria-components/TextField'
import { controlStyle, FieldLabel, FieldNotes, fieldStyle } from './field.tsx'

type TextAreaProps = Omit<AriaProps, 'className' | 'children'> & {
  label: string
  description?: ReactNode
  placeholder?: string
  rows?: number
}

/** A text input of several lines with label, help and fault. */
export function TextArea({ label, description, placeholder, rows = 4, ...props }: TextAreaProps) {
  return (
    <TextField {...props} className={fieldStyle}>
      <FieldLabel>{label}</FieldLabel>
      <AriaTextArea rows={rows} placeholder={placeholder} className={`${controlStyle} resize-y`} />
      <FieldNotes description={description} />
    </TextField>
  )
}
