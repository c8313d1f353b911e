/**
 * Where a place in a text field is in the text that it was given: a field counts every line break as one character.
 */
export function offsetIn(text: string, inField: number): number {
  let at = 0
  for (let counted = 0; counted < inField && at < text.length; counted++) {
    at += text.startsWith('\r\n', at) ? 2 : 1
  }
  return at
}

/** The other way round. */
export const offsetInField = (text: string, at: number) => text.slice(0, at).replaceAll('\r\n', '\n').length

/** A passage without half a character at either end, which a choice by keyboard may leave. */
export function wholeCharacters(text: string, start: number, end: number) {
  const isHalf = (at: number) =>
    /[\uDC00-\uDFFF]/.test(text[at] ?? '') && /[\uD800-\uDBFF]/.test(text[at - 1] ?? '')
  return { start: isHalf(start) ? start - 1 : start, end: isHalf(end) ? end + 1 : end }
}
