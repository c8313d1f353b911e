/** How much of a text has come into sight at least once by now, in percent. */
export function percentRead(text: Element): number {
  const { top, height } = text.getBoundingClientRect()
  if (height === 0) return 0
  return Math.max(0, Math.min(100, Math.round(((innerHeight - top) / height) * 100)))
}

/**
 * Scrolls so far that `percent` of the text is in sight, and tells whether it did. It does not when the beginning
 * shows as much anyway, or when the address names a place.
 */
export function restorePosition(text: Element, percent: number): boolean {
  if (location.hash || percent <= percentRead(text) + 5) return false
  const { top, height } = text.getBoundingClientRect()
  scrollTo({ top: scrollY + top + (height * percent) / 100 - innerHeight, behavior: 'instant' })
  return true
}
