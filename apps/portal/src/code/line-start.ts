/** Where a line begins, counted from 1; of a line that is not there, the end. */
export function lineStart(text: string, line: number): number {
  let at = 0
  for (let passed = 1; passed < line; passed++) {
    const end = text.indexOf('\n', at)
    if (end < 0) return text.length
    at = end + 1
  }
  return at
}
