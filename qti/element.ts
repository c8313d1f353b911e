/** An XML element as plain data. Names are local names: exporters disagree on prefixes and even on namespaces. */
export type XmlElement = {
  name: string
  attributes: Record<string, string>
  children: (XmlElement | string)[]
}

export function childrenOf(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  )
}

export function childOf(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let current = element
  for (const name of path) current = current && childrenOf(current, name)[0]
  return current
}

/** All text inside, in document order, trimmed; empty for a missing element. */
export function textOf(element: XmlElement | undefined): string {
  if (!element) return ''
  const parts: string[] = []
  const walk = (node: XmlElement) => {
    for (const child of node.children) typeof child === 'string' ? parts.push(child) : walk(child)
  }
  walk(element)
  return parts.join('').trim()
}

/** Every element below with that name, in document order. */
export function descendantsOf(element: XmlElement, name: string): XmlElement[] {
  return childrenOf(element).flatMap(child => [
    ...(child.name === name ? [child] : []),
    ...descendantsOf(child, name),
  ])
}

/** An element that is made rather than read. */
export const element = (
  name: string,
  attributes: Record<string, string> = {},
  ...children: (XmlElement | string)[]
): XmlElement => ({ name, attributes, children })
