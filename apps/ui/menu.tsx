'use client'
import type { ReactNode } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Button } from './button.tsx'
import type { ButtonSize, ButtonVariant } from './button-style.ts'

type MenuProps = {
  /** The text or icon of the button. */
  trigger: ReactNode
  /** The button's name when `trigger` is an icon. */
  label?: string
  variant?: ButtonVariant
  size?: ButtonSize
  items: {
    id: string
    label: string
    icon?: ReactNode
    href?: string
    danger?: boolean
    isDisabled?: boolean
  }[]
  onAction?: (id: string) => void
}

/** A button that opens a list of actions. */
export function Menu({ trigger, label, variant = 'secondary', size, items, onAction }: MenuProps) {
  return (
    <MenuTrigger>
      <Button variant={variant} size={size} aria-label={label}>
        {trigger}
      </Button>
      <Popover className="min-w-52 overflow-auto rounded-control border border-line bg-surface p-1 shadow-float">
        <AriaMenu className="outline-none" onAction={key => onAction?.(String(key))}>
          {items.map(item => (
            <MenuItem
              key={item.id}
              id={item.id}
              textValue={item.label}
              href={item.href}
              isDisabled={item.isDisabled}
              className={`flex min-h-10 cursor-default items-center gap-3 rounded-md px-3 py-2 outline-none data-disabled:opacity-50 data-focused:bg-accent-soft ${item.danger ? 'text-bad' : ''}`}
            >
              {item.icon}
              {item.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
