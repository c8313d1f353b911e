'use client'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useOwnTranslations } from '../i18n/own-messages.ts'
import { ApiError, faultText } from './failures.ts'
import { createLoading, type Loading } from './loading.ts'

type LoadOptions = {
  /** How the thing is asked for, such as by a search: a change loads it again, and what is shown stays until then. */
  by?: unknown
  /** A pause before it is asked for, in which `by` may change. */
  afterMs?: number
}

const nothing: Loading<never> = { about: null, value: null, failure: null, loading: false }

/**
 * Something that a page shows: loaded when it opens and when `about` changes, and again by `reload`; broken off when
 * the page is left. `about` is null while it is not known. Nothing of a former `about` is ever shown for a new one.
 */
export function useLoad<T>(
  about: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  { by, afterMs = 0 }: LoadOptions = {},
) {
  const lost = useOwnTranslations('common')('connectionLost')
  const [loading] = useState(() => createLoading<T>())
  const state = useSyncExternalStore<Loading<T>>(loading.subscribe, loading.state, () => nothing)
  const [times, setTimes] = useState(0)
  const latest = useRef(load)
  latest.current = load
  // `times` and `by` are among the conditions because they begin the loading anew.
  useEffect(() => {
    if (about !== null) loading.start(about, signal => latest.current(signal), afterMs)
    return loading.leave
  }, [about, by, times, afterMs, loading])
  // The page is drawn with a new `about` before the loading of it begins.
  const { value, failure, ...here } = state.about === about ? state : { ...nothing, loading: about !== null }
  const code = failure instanceof ApiError ? failure.code : null
  return {
    value,
    /** What to tell a person of the failure. Anything but a refusal or a lost connection is thrown on. */
    fault: failure === null ? null : faultText(failure, lost),
    failure,
    code,
    /** The API knows nothing of the kind. */
    missing: code === 'not_found',
    loading: here.loading,
    reload: useCallback(() => setTimes(before => before + 1), []),
    replace: loading.replace,
    extend: loading.extend,
  }
}
