import { TextField } from '@azora/ui/text-field.tsx'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../messages.ts'

// Long enough that a word is one question to the API and not one for each letter.
const pauseMs = 250

type SearchFieldProps = {
  label: string
  value: string
  onSearch: (text: string) => void
  /** Whether it is the search to which the slash key leads. */
  slash?: boolean
}

/** A search that answers while one types. The slash key leads to it from anywhere on the page. */
export function SearchField({ label, value, onSearch, slash = true }: SearchFieldProps) {
  const t = useTranslations('lists')
  const [text, setText] = useState(value)
  const told = useRef(value)
  const latest = useRef(onSearch)
  latest.current = onSearch
  // The filters were cleared, or another view was chosen.
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setText(value)
  }, [value])
  const tell = useCallback((wanted: string) => {
    if (wanted === told.current) return
    told.current = wanted
    latest.current(wanted)
  }, [])
  useEffect(() => {
    const timer = setTimeout(() => tell(text.trim()), pauseMs)
    return () => clearTimeout(timer)
  }, [text, tell])
  return (
    <TextField
      label={label}
      type="search"
      value={text}
      onChange={setText}
      // A search that came after one has chosen a row would lead back to the list.
      onBlur={() => tell(text.trim())}
      // Within a form it would send it.
      onKeyDown={event => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        tell(text.trim())
      }}
      end={
        text || !slash ? undefined : (
          <kbd
            title={t('slash')}
            className="me-2 hidden rounded-md border border-edge/50 bg-sunken px-2 py-0.5 text-sm text-muted sm:inline"
          >
            /
          </kbd>
        )
      }
    />
  )
}
