/** Something that a page shows, as it is being loaded. `about` says what it is. */
export type Loading<T> = { about: string | null; value: T | null; failure: unknown; loading: boolean }

type Load<T> = (signal: AbortSignal) => Promise<T>

const blank = { about: null, value: null, failure: null, loading: false }

/**
 * Loads one thing after another for a page: the one before is broken off, and what comes of it late is not shown. Of
 * the same thing the last value stays while it is loaded again, and when that fails.
 */
export function createLoading<T>() {
  let state: Loading<T> = blank
  let leaving = new AbortController()
  const listeners = new Set<() => void>()

  function set(next: Loading<T>) {
    state = next
    for (const listener of listeners) listener()
  }

  async function settle(load: Load<T>, { signal }: AbortController): Promise<void> {
    try {
      const value = await load(signal)
      if (!signal.aborted) set({ about: state.about, value, failure: null, loading: false })
    } catch (failure) {
      if (!signal.aborted) set({ ...state, failure, loading: false })
    }
  }

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Loads `about`, after a pause in which something else may begin. */
    start(about: string, load: Load<T>, afterMs = 0) {
      leaving.abort()
      const mine = new AbortController()
      leaving = mine
      set({ about, value: state.about === about ? state.value : null, failure: null, loading: true })
      if (afterMs === 0) return void settle(load, mine)
      const timer = setTimeout(() => void settle(load, mine), afterMs)
      mine.signal.addEventListener('abort', () => clearTimeout(timer))
    },
    /** Makes another value of the one that is shown, such as with the next page of it. */
    extend: (load: (value: T, signal: AbortSignal) => Promise<T>): Promise<void> => {
      const { value, loading } = state
      // What is on its way will stand in its place.
      return value === null || loading ? Promise.resolve() : settle(signal => load(value, signal), leaving)
    },
    replace: (value: T) => set({ about: state.about, value, failure: null, loading: false }),
    leave: () => leaving.abort(),
  }
}
