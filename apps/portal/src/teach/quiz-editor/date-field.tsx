'use client'
import { TextField } from '@azora/ui/text-field.tsx'
import { useSyncExternalStore } from 'react'
import { localText, timeOf } from './local-text.ts'

type DateFieldProps = {
  label: string
  description: string
  /** The field that it is in the API. */
  name: string
  value: string | null
  onChange: (value: string | null) => void
}

const never = () => () => undefined

/** The time zone of the person at this device, which only the browser knows; null before it says so. */
export const useOwnZone = () =>
  useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  )

/** A date with its hour, in the author's own time zone. */
export function DateField({ value, onChange, ...field }: DateFieldProps) {
  const zone = useOwnZone()
  return (
    <TextField
      {...field}
      type="datetime-local"
      value={zone && value ? localText(value) : ''}
      onChange={text => onChange(timeOf(text))}
    />
  )
}
