'use client'
import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'

export const controlStyle =
  'w-full min-h-11 rounded-control border border-edge bg-surface px-3.5 py-2 text-base text-ink ' +
  'placeholder:text-muted/80 outline-none data-focused:border-accent data-focused:ring-3 ' +
  'data-focused:ring-accent/25 data-invalid:border-bad data-disabled:opacity-60'

export const fieldStyle = 'flex flex-col gap-1.5'

export function FieldLabel({ children }: { children: ReactNode }) {
  return <Label className="text-sm font-semibold text-ink">{children}</Label>
}

/** What stands below a control: help, and the fault when there is one. */
export function FieldNotes({ description }: { description?: ReactNode }) {
  return (
    <>
      {description ? (
        <Text slot="description" className="text-sm text-muted">
          {description}
        </Text>
      ) : null}
      <FieldError className="text-sm font-medium text-bad" />
    </>
  )
}
