import { ApiError, faultText } from '@azora/web/calls/failures.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../messages.ts'

type State<T> = {
  value: T | null
  fault: string | null
  /** The API knows nothing of the kind. */
  missing: boolean
  loading: boolean
}

const settled = { fault: null, missing: false, loading: false }

/** Something that a page shows: fetched when it opens and when `about` changes, and again by `reload`. */
export function useLoad<T>(about: string, load: (signal: AbortSignal) => Promise<T>) {
  const lost = useTranslations('common')('connectionLost')
  const [state, setState] = useState<State<T>>({ ...settled, value: null, loading: true })
  const [times, setTimes] = useState(0)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    const leaving = new AbortController()
    setState(before => ({ ...settled, value: before.value, loading: true }))
    latest.current(leaving.signal).then(
      value => !leaving.signal.aborted && setState({ ...settled, value }),
      (failure: unknown) => {
        if (leaving.signal.aborted) return
        const missing = failure instanceof ApiError && failure.code === 'not_found'
        const fault = faultText(failure, lost)
        setState(before => ({ ...settled, value: before.value, fault, missing }))
      },
    )
    return () => leaving.abort()
  }, [about, times, lost])
  return {
    ...state,
    reload: useCallback(() => setTimes(before => before + 1), []),
    replace: (value: T) => setState({ ...settled, value }),
  }
}
