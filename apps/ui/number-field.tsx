'use client'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import {
  NumberField as AriaField,
  type NumberFieldProps as AriaProps,
} from 'react-aria-components/NumberField'
import { controlStyle, FieldLabel, FieldNotes, fieldStyle } from './field.tsx'

type NumberFieldProps = Omit<AriaProps, 'className' | 'children'> & { label: string; description?: ReactNode }

const stepStyle = 'grid w-10 place-items-center text-lg text-muted hover:text-ink disabled:opacity-40'

/** A number input with steppers. Empty is `NaN` in `value` and absent in a submitted form. */
export function NumberField({ label, description, ...props }: NumberFieldProps) {
  return (
    <AriaField {...props} className={fieldStyle}>
      <FieldLabel>{label}</FieldLabel>
      <Group className="relative flex max-w-44">
        <Input className={`${controlStyle} pe-20 tabular-nums`} />
        <span className="absolute inset-y-0 end-0 flex">
          <Button slot="decrement" className={stepStyle}>
            −
          </Button>
          <Button slot="increment" className={stepStyle}>
            +
          </Button>
        </span>
      </Group>
      <FieldNotes description={description} />
    </AriaField>
  )
}
