'use client'
import { useState } from 'react'
import { useOwnTranslations } from '../i18n/own-messages.ts'
import { ApiError, faultText } from './failures.ts'

type Reactions = {
  /** The API answered `conflict`: someone else changed the same thing meanwhile. */
  onConflict?: (() => Promise<void>) | undefined
  /** Any other failure, as a sentence; `fault` holds it too. */
  onFault?: ((message: string) => void) | undefined
}

/** Runs calls and keeps the last failure as text. `run` answers whether the work succeeded. */
export function useAction({ onConflict, onFault }: Reactions = {}) {
  const common = useOwnTranslations('common')
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    setPending(true)
    setFault(null)
    try {
      await work()
      return true
    } catch (failure) {
      if (onConflict && failure instanceof ApiError && failure.code === 'conflict') await onConflict()
      else {
        const message = faultText(failure, common('connectionLost'))
        setFault(message)
        onFault?.(message)
      }
      return false
    } finally {
      setPending(false)
    }
  }
  return { run, pending, fault, clear: () => setFault(null) }
}
