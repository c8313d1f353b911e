'use client'
import type { ReactNode } from 'react'
import { type SwitchProps as AriaProps, Switch as AriaSwitch } from 'react-aria-components/Switch'

type SwitchProps = Omit<AriaProps, 'className' | 'children'> & { children: ReactNode }

/** A setting that takes effect at once; use Checkbox in a form that is sent later. */
export function Switch({ children, ...props }: SwitchProps) {
  return (
    <AriaSwitch
      {...props}
      className="group flex min-h-8 cursor-pointer items-center gap-3 data-disabled:opacity-60 data-focus-visible:outline-3 data-focus-visible:outline-accent"
    >
      <span className="flex h-6.5 w-11 shrink-0 items-center rounded-full border-2 border-edge bg-sunken px-0.5 transition-colors group-data-selected:border-accent group-data-selected:bg-accent">
        <span className="size-4.5 rounded-full bg-edge transition-transform group-data-selected:translate-x-4.5 group-data-selected:bg-on-accent rtl:group-data-selected:-translate-x-4.5" />
      </span>
      <span>{children}</span>
    </AriaSwitch>
  )
}
