import { useEffect } from 'react'

const typing = 'input, textarea, select, [contenteditable=true]'
const layers = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox], dialog[open]'

const isPlain = (event: KeyboardEvent) =>
  !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey

/** The slash leads to the search of the page, unless someone types one. */
export function useSearchKey(): void {
  useEffect(() => {
    const search = (event: KeyboardEvent) => {
      if (event.key !== '/' || !isPlain(event)) return
      if ((event.target as Element).closest(typing) || document.querySelector(layers)) return
      const field = document.querySelector<HTMLInputElement>('main input[type=search]')
      if (!field) return
      event.preventDefault()
      field.focus()
      field.select()
    }
    document.addEventListener('keydown', search)
    return () => document.removeEventListener('keydown', search)
  }, [])
}

/** Escape closes the page that was opened from a list, unless something above it is to be closed first. */
export function useEscape(onClose: () => void): void {
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isPlain(event)) return
      if ((event.target as Element).closest(typing) || document.querySelector(layers)) return
      onClose()
    }
    // In the capture phase: a dialog that this key closes is still there then.
    document.addEventListener('keydown', close, true)
    return () => document.removeEventListener('keydown', close, true)
  }, [onClose])
}
