type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'isComposing'>

/** By its place: with Alt a key may write another character. */
type Coded = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'isComposing'>

/**
 * What a key does on the desk. In fields Alt with an arrow is theirs: it opens a list, and moves by paragraph on macOS.
 * A key that is held down does nothing: it would finish answers that nobody has read.
 */
export function deskKey(
  { key, ctrlKey, metaKey, altKey, repeat, isComposing }: Pressed,
  { inField, dialogOpen }: { inField: boolean; dialogOpen: boolean },
): 'done' | 'next' | 'previous' | null {
  if (repeat || isComposing || dialogOpen) return null
  if ((ctrlKey || metaKey) && key === 'Enter') return 'done'
  if (!altKey || inField) return null
  return key === 'ArrowDown' ? 'next' : key === 'ArrowUp' ? 'previous' : null
}

/** Ctrl or Command with a full stop opens the saved comments, from within the comment too. */
export const isCommentsKey = ({ key, ctrlKey, metaKey, altKey, repeat, isComposing }: Pressed): boolean =>
  (ctrlKey || metaKey) && !altKey && key === '.' && !repeat && !isComposing

/** Ctrl or Command with Alt and M comments on the words that are selected, as in other editors. */
export const isAnnotateKey = ({ code, ctrlKey, metaKey, altKey, repeat, isComposing }: Coded): boolean =>
  (ctrlKey || metaKey) && altKey && code === 'KeyM' && !repeat && !isComposing
