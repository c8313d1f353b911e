'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Submission } from '../../../offline/answers.ts'
import type { FileQueue } from './queue.ts'

/** `null` where nothing is sent, as in a teacher's preview; `undefined` until it is there. */
const FilesContext = createContext<{ submissionId: string; queue: FileQueue | null | undefined }>({
  submissionId: '',
  queue: null,
})

/**
 * The files of an attempt on their way. They are sent from here, so that what was added to one question goes on while
 * another is shown. Loaded for an attempt that asks for files.
 */
export function useFileQueue(
  { id, questions }: Submission,
  { isTrial, onAnswer }: { isTrial: boolean; onAnswer: (questionId: string, answer: string[]) => void },
): { queue: FileQueue | null | undefined; waiting: number } {
  const asks = !isTrial && questions.some(({ type }) => type === 'upload')
  const [queue, setQueue] = useState<FileQueue | null | undefined>(asks ? undefined : null)
  const [waiting, setWaiting] = useState(0)
  useEffect(() => {
    if (!asks) return
    let here = true
    let made: FileQueue | undefined
    import('./queue.ts').then(({ createQueue }) => {
      if (!here) return
      made = createQueue(id, onAnswer)
      // Those that were refused as well: none of them counts.
      const count = () => setWaiting(made?.files().length ?? 0)
      made.subscribe(count)
      count()
      setQueue(made)
    })
    return () => {
      here = false
      made?.end()
    }
  }, [asks, id, onAnswer])
  return { queue, waiting }
}

export function Files({
  submissionId,
  queue,
  children,
}: {
  submissionId: string
  queue: FileQueue | null | undefined
  children: ReactNode
}) {
  return <FilesContext value={{ submissionId, queue }}>{children}</FilesContext>
}

export const useFiles = () => useContext(FilesContext)
