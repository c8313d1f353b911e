'use client'
import { TextField } from '@azora/ui/text-field.tsx'
import type { ReactNode } from 'react'

type CodeFieldProps = {
  label: string
  description: ReactNode
  name?: string
  defaultValue?: string
  autoFocus?: boolean
}

/** Six digits. One field and not six, so that pasting, filling in by the device and reading aloud simply work. */
export function CodeField({ name = 'code', ...props }: CodeFieldProps) {
  return (
    <div className="[&_input]:font-mono [&_input]:text-2xl [&_input]:tracking-[0.3em]">
      <TextField
        {...props}
        name={name}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={11}
        isRequired
      />
    </div>
  )
}
