'use client'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { controlStyle, FieldLabel, FieldNotes, fieldStyle } from './field.tsx'
import { Icon } from './icon.tsx'

type SelectProps = {
  label: string
  options: { id: string; label: string; description?: string }[]
  name?: string
  description?: ReactNode
  placeholder?: string
  value?: string | null
  defaultValue?: string
  onChange?: (id: string) => void
  isRequired?: boolean
  isDisabled?: boolean
}

/** One choice out of a list. For a form that must work without JavaScript use NativeSelect. */
export function Select({
  label,
  options,
  description,
  placeholder,
  value,
  defaultValue,
  onChange,
  ...props
}: SelectProps) {
  return (
    <AriaSelect
      {...props}
      {...(value !== undefined ? { value } : {})}
      {...(defaultValue !== undefined ? { defaultValue } : {})}
      {...(placeholder ? { placeholder } : {})}
      onChange={key => onChange?.(String(key))}
      className={fieldStyle}
    >
      <FieldLabel>{label}</FieldLabel>
      <Button className={`${controlStyle} flex items-center justify-between gap-3 text-start`}>
        <SelectValue className="truncate data-placeholder:text-muted" />
        <Icon name="down" />
      </Button>
      <FieldNotes description={description} />
      <Popover className="w-(--trigger-width) min-w-40 overflow-auto rounded-control border border-line bg-surface p-1 shadow-float">
        <ListBox className="outline-none">
          {options.map(option => (
            <ListBoxItem
              key={option.id}
              id={option.id}
              textValue={option.label}
              className="flex cursor-default flex-col rounded-md px-3 py-2 outline-none data-focused:bg-accent-soft data-focused:text-accent-ink data-selected:font-semibold"
            >
              {option.label}
              {option.description ? <span className="text-sm text-muted">{option.description}</span> : null}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
