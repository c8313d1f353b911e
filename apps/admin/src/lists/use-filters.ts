import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/** The filters of a list. They stand in the address, so that a view can be kept, sent and come back to. */
export function useFilters<const N extends string>(names: readonly N[]) {
  const [search, setSearch] = useSearchParams()
  const values = Object.fromEntries(
    names.flatMap(name => {
      const value = search.get(name)?.trim().slice(0, 120)
      return value ? [[name, value]] : []
    }),
  ) as Partial<Record<N, string>>
  const set = useCallback(
    (changed: Partial<Record<N, string>>) =>
      setSearch(
        before => {
          const after = new URLSearchParams(before)
          for (const [name, value] of Object.entries(changed)) {
            if (value) after.set(name, String(value))
            else after.delete(name)
          }
          return after
        },
        // A letter typed is no page to go back to.
        { replace: true },
      ),
    [setSearch],
  )
  return {
    values,
    set,
    clear: () => setSearch({}, { replace: true }),
    /** What tells one choice of filters from another. */
    about: JSON.stringify(values),
    filtered: Object.keys(values).length > 0,
  }
}
