import { follow } from '@azora/web/calls/follow.ts'
import { useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, ConnectionLost, call, open } from '../../lib/api.browser.ts'
import type { CourseImport } from './import-state.tsx'

const askEveryMs = 1000

const isRunning = ({ status }: Pick<CourseImport, 'status'>) => status === 'waiting' || status === 'running'

/**
 * An import as it stands, told as it happens; where a stream cannot be opened, asked for every second. `lost` says
 * why nothing is known at the moment.
 */
export function useImport(initial: CourseImport) {
  const common = useTranslations('common')
  const [state, setState] = useState(initial)
  const [lost, setLost] = useState<string | null>(null)
  const running = isRunning(state)
  useEffect(() => {
    if (!running) return
    const leaving = new AbortController()
    const { signal } = leaving
    const importId = initial.id

    /** Ask for all of it: the report of one that has ended is not in the stream. True when it has ended. */
    async function ask(): Promise<boolean> {
      try {
        const now = await call('education.getImport', { importId }, { signal })
        if (signal.aborted) return true
        setLost(null)
        setState(now)
        return !isRunning(now)
      } catch (failure) {
        if (signal.aborted) return true
        if (failure instanceof ConnectionLost) setLost(common('connectionLost'))
        else if (failure instanceof ApiError) setLost(failure.message)
        else throw failure
        return false
      }
    }

    async function watch(): Promise<void> {
      try {
        await follow(
          open,
          'education.watchImport',
          { importId },
          {
            signal,
            // That it has ended is shown with its report.
            onEvent: now => isRunning(now) && setState(before => ({ ...before, ...now })),
          },
        )
      } catch (failure) {
        if (signal.aborted) return
        if (!(failure instanceof ConnectionLost || failure instanceof ApiError)) throw failure
      }
      while (!(await ask())) await new Promise(resolve => setTimeout(resolve, askEveryMs))
    }
    void watch()
    return () => leaving.abort()
  }, [running, initial.id, common])
  return { state, setState, lost, setLost }
}
