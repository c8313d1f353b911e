'use client'
import { formatSeatCode } from '@azora/contracts/payments/seat-code.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useState } from 'react'

/** Puts the link by which a code is used on the clipboard. */
export function CopyLink({ code, copy, copied }: { code: string; copy: string; copied: string }) {
  const [done, setDone] = useState<string | null>(null)
  const press = async () => {
    await navigator.clipboard.writeText(`${location.origin}/redeem#code=${formatSeatCode(code)}`)
    setDone(code)
  }
  return (
    <Button variant="secondary" onPress={press}>
      <Icon name={done === code ? 'check' : 'link'} />
      <span aria-live="polite">{done === code ? copied : copy}</span>
    </Button>
  )
}
