'use client'
import { useState } from 'react'
import type { Submission } from '../offline/answers.ts'

type Asked = Submission['questions'][number]
export type OpenHints = NonNullable<Asked['hints']>

/** Takes a hint of a question by its number, and answers with the hints as they are then. */
export type TakeHint = (questionId: string, number: number) => Promise<OpenHints>

/** The hints of questions as they are now: those taken on this page are newer than what the attempt was read with. */
export function useHints(takeHint: TakeHint | undefined) {
  const [here, setHere] = useState<Record<string, OpenHints>>({})
  return ({ id, hints }: Asked) => {
    const taken = here[id]
    const open = taken && taken.taken.length > (hints?.taken.length ?? 0) ? taken : hints
    if (!open || !takeHint) return undefined
    const take = async () => {
      const after = await takeHint(id, open.taken.length + 1)
      setHere(before => ({ ...before, [id]: after }))
    }
    return { open, take }
  }
}
