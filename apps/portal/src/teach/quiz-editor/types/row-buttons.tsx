'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'

/** Takes a row out. */
export function RemoveRow({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <Button variant="quiet" size="small" aria-label={label} onPress={onPress}>
      <Icon name="trash" />
    </Button>
  )
}

/** Adds a row below the last. */
export function AddRow({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <div>
      <Button variant="quiet" size="small" onPress={onPress}>
        <Icon name="plus" />
        {label}
      </Button>
    </div>
  )
}
