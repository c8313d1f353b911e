'use client'
import type { ReactNode } from 'react'
import {
  CheckboxGroup as AriaGroup,
  type CheckboxGroupProps as AriaProps,
} from 'react-aria-components/CheckboxGroup'
import { FieldLabel, FieldNotes } from './field.tsx'

type CheckboxGroupProps = Omit<AriaProps, 'className' | 'children'> & {
  /** Shown above; leave out and set `aria-label` or `aria-labelledby` where the label stands elsewhere. */
  label?: ReactNode
  description?: ReactNode
  children: ReactNode
}

/** Several choices out of a list of Checkbox. */
export function CheckboxGroup({ label, description, children, ...props }: CheckboxGroupProps) {
  return (
    <AriaGroup {...props} className="flex flex-col gap-2.5">
      {label ? <FieldLabel>{label}</FieldLabel> : null}
      {children}
      <FieldNotes description={description} />
    </AriaGroup>
  )
}
