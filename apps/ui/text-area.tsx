'use client'
import type { ReactNode } from 'react'
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea'
import { type TextFieldProps as AriaProps, TextField } from 'react-aria-components/TextField'
import { useEarlyText } from './early-text.ts'
import { controlStyle, FieldLabel, FieldNotes, fieldStyle } from './field.tsx'

type TextAreaProps = Omit<AriaProps, 'className' | 'children'> & {
  label: string
  description?: ReactNode
  placeholder?: string
  rows?: number
}

/** A text input of several lines with label, help and fault. */
export function TextArea({ label, description, placeholder, rows = 4, ...props }: TextAreaProps) {
  const { ref, value, onChange } = useEarlyText<HTMLTextAreaElement>(props)
  return (
    <TextField {...props} value={value} onChange={onChange} className={fieldStyle}>
      <FieldLabel>{label}</FieldLabel>
      <AriaTextArea ref={ref} rows={rows} placeholder={placeholder} className={`${controlStyle} resize-y`} />
      <FieldNotes description={description} />
    </TextField>
  )
}
