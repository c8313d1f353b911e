/**
 * Whether cleaning would leave a text as it is, told by one look along it. Cleaning costs a parser and some microseconds
 * for every tag. Looking first spares what is clean already; looking afterwards spares the second cleaning that would
 * only find nothing to do.
 *
 * The look is a strict reading of the cleaner's own way of writing: balanced elements, quoted attributes, three
 * entities. Whether a tag, or an element directly inside another, is left alone is asked of the cleaner itself, once
 * for each that is met. What is not in this form may be clean all the same; it is cleaned once more.
 */

// Text without entities of its own; a closing tag; an opening one, whose attributes the cleaner judges.
const token =
  /[^<&>]+|&(?:amp|lt|gt);|<\/([a-z][a-z\d]*)>|<([a-z][a-z\d]*)((?: [a-z-]+(?:="[^"<>]*")?)*)( \/)?>/y

// Each costs a cleaning: a text of more different tags than these is cleaned.
const mostDifferent = 100
const mostDeep = 60
const mostPairs = 5_000

type Element = { name: string; attributes: string; empty: boolean }

/** @param clean one cleaning, which trims what it gives and leaves a full stop alone */
export function createSettledCheck(clean: (html: string) => string) {
  /** By the names of two elements and whether they have attributes. Few, and the same for every text. */
  const pairs = new Map<string, boolean>()

  const isKept = (html: string) => clean(html) === html
  const written = ({ name, attributes, empty }: Element) =>
    empty ? `<${name}${attributes} />` : `<${name}${attributes}>x</${name}>`
  const kindOf = ({ name, attributes }: Element) => `${name}${attributes === '' ? '' : '+'}`

  function nests(parent: Element | undefined, inner: Element): boolean {
    const key = `${parent ? kindOf(parent) : ''} ${kindOf(inner)}`
    const known = pairs.get(key)
    if (known !== undefined) return known
    const around = parent ? [`<${parent.name}${parent.attributes}>`, `</${parent.name}>`] : ['', '']
    const kept = isKept(`.${around[0]}.${written(inner)}.${around[1]}.`)
    if (pairs.size < mostPairs) pairs.set(key, kept)
    return kept
  }

  return function isSettled(html: string): boolean {
    if (html !== html.trim() || html.startsWith('<br />') || html.endsWith('<br />')) return false
    const open: Element[] = []
    const tags = new Map<string, boolean>()
    for (let at = 0; at < html.length; ) {
      token.lastIndex = at
      const found = token.exec(html)
      if (!found) return false
      at = token.lastIndex
      const [tag, closed, name, attributes = '', empty] = found
      if (closed !== undefined && open.pop()?.name !== closed) return false
      if (name === undefined) continue
      const element = { name, attributes, empty: empty !== undefined }
      if (attributes !== '') {
        const kept = tags.get(tag) ?? (tags.size < mostDifferent && isKept(`.${written(element)}.`))
        tags.set(tag, kept)
        if (!kept) return false
      }
      if (!nests(open.at(-1), element)) return false
      if (!element.empty && open.push(element) > mostDeep) return false
    }
    return open.length === 0
  }
}
