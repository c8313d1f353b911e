'use client'
import type { ReactNode } from 'react'
import {
  RadioGroup as AriaGroup,
  type RadioGroupProps as AriaGroupProps,
  Radio as AriaRadio,
} from 'react-aria-components/RadioGroup'
import { useEarlyChoice } from './early-choice.ts'
import { FieldLabel, FieldNotes } from './field.tsx'

type RadioGroupProps = Omit<AriaGroupProps, 'className' | 'children'> & {
  label?: ReactNode
  description?: ReactNode
  children: ReactNode
}

/** One choice out of a few Radio that all stay in sight. */
export function RadioGroup({ label, description, children, ...props }: RadioGroupProps) {
  return (
    <AriaGroup {...props} className="flex flex-col gap-2.5">
      {label ? <FieldLabel>{label}</FieldLabel> : null}
      {children}
      <FieldNotes description={description} />
    </AriaGroup>
  )
}

const cardStyle =
  'rounded-control border border-edge/60 bg-surface px-4 py-3 data-hovered:border-accent ' +
  'data-selected:border-accent data-selected:bg-accent-soft'

/** One choice of a RadioGroup; `card` draws it as a card, for the options of a question. */
export function Radio({ value, children, card }: { value: string; children: ReactNode; card?: boolean }) {
  return (
    <AriaRadio
      value={value}
      inputRef={useEarlyChoice()}
      className={`group flex min-h-8 cursor-pointer items-start gap-3 data-disabled:cursor-not-allowed data-disabled:opacity-60 data-focus-visible:outline-3 data-focus-visible:outline-accent ${card ? cardStyle : ''}`}
    >
      <span className="mt-0.5 grid size-5.5 shrink-0 place-items-center rounded-full border-2 border-edge bg-surface group-data-selected:border-accent">
        <span className="size-2.5 scale-0 rounded-full bg-accent transition-transform group-data-selected:scale-100" />
      </span>
      <span className="min-w-0 flex-1">{children}</span>
    </AriaRadio>
  )
}
