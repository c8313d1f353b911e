/** A piece of a line as it was written, with the spaces that are hard to see drawn as signs. */

const signs: Record<string, string> = { ' ': '·', '\t': '→', '\r': '↵', '\u00a0': '·' }

const drawn = (spaces: string) => spaces.replace(/[ \t\r\u00a0]/g, space => signs[space] ?? space)

/** @param all also those between words, where it is the spaces that matter */
export function visible(text: string, all: boolean): string {
  if (all) return drawn(text)
  return text
    .replace(/\t/g, '→')
    .replace(/^[ \r\u00a0]+/, drawn)
    .replace(/[ \r\u00a0]+$/, drawn)
}
