/**
 * Whether an editor would lose something of a text: its markup before and after passing through the editor, both as
 * a serialiser wrote them (the service's cleaner, the browser's `innerHTML`), so that a small reader is enough.
 */
type Markup = { elements: Map<string, number>; text: string }

const tagPattern = /<(\/?)([a-z][\w-]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>/gi
const attributePattern = /([^\s=]+)(?:="([^"]*)")?/g

// Two names for the same thing.
const synonyms: Record<string, string> = { b: 'strong', i: 'em', strike: 's' }
// Said by the editor of every link or picture; they carry nothing of the author's.
const unheeded = new Set(['target', 'rel', 'draggable', 'contenteditable'])
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    return entities[name] ?? whole
  })
}

/** Elements with their attributes, counted, and the text without its white space. */
function read(html: string): Markup {
  const elements = new Map<string, number>()
  const text = decoded(
    html.replace(tagPattern, (_, closing: string, name: string, rest: string) => {
      if (closing) return ''
      const tag = synonyms[name.toLowerCase()] ?? name.toLowerCase()
      const attributes = [...rest.matchAll(attributePattern)]
        .map(([, key = '', value = '']) => `${key.toLowerCase()}=${decoded(value).trim()}`)
        .filter(attribute => !unheeded.has(attribute.slice(0, attribute.indexOf('='))))
        .sort()
      const element = [tag, ...attributes].join('\n')
      elements.set(element, (elements.get(element) ?? 0) + 1)
      return ''
    }),
  ).replace(/[\s\u00a0]+/g, '')
  return { elements, text }
}

/**
 * The names of the elements of `before` that `after` lacks (or has with other attributes), each once; `#text` when
 * words are missing. Elements that `after` has on top, such as the paragraph within a list item, are no loss.
 */
export function lostMarkup(before: string, after: string): string[] {
  const was = read(before)
  const is = read(after)
  const lost = new Set<string>()
  for (const [element, count] of was.elements)
    if ((is.elements.get(element) ?? 0) < count) lost.add(element.split('\n')[0] ?? element)
  if (was.text !== is.text) lost.add('#text')
  return [...lost]
}
