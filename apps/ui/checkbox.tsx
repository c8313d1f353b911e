'use client'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaProps } from 'react-aria-components/Checkbox'
import { useEarlyChoice } from './early-choice.ts'
import { Icon } from './icon.tsx'

type CheckboxProps = Omit<AriaProps, 'className' | 'children'> & {
  children: ReactNode
  /** Draws the choice as a card, for the options of a question. */
  card?: boolean
}

const cardStyle =
  'rounded-control border border-edge/60 bg-surface px-4 py-3 data-hovered:border-accent ' +
  'data-selected:border-accent data-selected:bg-accent-soft'

/** A checkbox with its text beside it; alone or within a CheckboxGroup (then `value` names it). */
export function Checkbox({ children, card, ...props }: CheckboxProps) {
  return (
    <AriaCheckbox
      {...props}
      inputRef={useEarlyChoice()}
      className={`group flex min-h-8 cursor-pointer items-start gap-3 data-disabled:cursor-not-allowed data-disabled:opacity-60 data-focus-visible:outline-3 data-focus-visible:outline-accent ${card ? cardStyle : ''}`}
    >
      <span className="mt-0.5 grid size-5.5 shrink-0 place-items-center rounded-md border-2 border-edge bg-surface text-on-accent group-data-selected:border-accent group-data-selected:bg-accent group-data-invalid:border-bad">
        <Icon name="check" className="size-4! opacity-0 group-data-selected:opacity-100" />
      </span>
      <span className="min-w-0 flex-1">{children}</span>
    </AriaCheckbox>
  )
}
