import { useCallback, useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'

/** The filters of a list. They stand in the address, so that a view can be kept, sent and come back to. */
export function useFilters<const N extends string>(names: readonly N[]) {
  const [search, setSearch] = useSearchParams()
  // What was chosen last: the address follows a moment later. Leaving a field for a list chooses twice in one moment,
  // and the second must not undo the first.
  const wanted = useRef(search)
  useEffect(() => {
    wanted.current = search
  }, [search])
  const values = Object.fromEntries(
    names.flatMap(name => {
      const value = search.get(name)?.trim().slice(0, 120)
      return value ? [[name, value]] : []
    }),
  ) as Partial<Record<N, string>>
  const set = useCallback(
    (changed: Partial<Record<N, string>>) => {
      const after = new URLSearchParams(wanted.current)
      for (const [name, value] of Object.entries(changed)) {
        if (value) after.set(name, String(value))
        else after.delete(name)
      }
      wanted.current = after
      // A letter typed is no page to go back to.
      setSearch(after, { replace: true })
    },
    [setSearch],
  )
  return {
    values,
    set,
    clear: () => {
      wanted.current = new URLSearchParams()
      setSearch({}, { replace: true })
    },
    /** What tells one choice of filters from another. */
    about: JSON.stringify(values),
    filtered: Object.keys(values).length > 0,
  }
}
