import { SaxesParser } from 'saxes'
import type { CartridgeLimits } from './cartridge.ts'
import { CartridgeError } from './cartridge-error.ts'
import { shownText } from './entry-names.ts'
import { decodeXml } from './text-encoding.ts'

/**
 * XML as a small tree. The parser reads no DTD and fetches nothing; a DOCTYPE that declares anything (entities
 * are the usual attack) is refused outright. Names are local names: exporters disagree on prefixes and even on
 * namespaces, and no element of the formats read here depends on them.
 */
export type XmlElement = {
  name: string
  attributes: Record<string, string>
  children: (XmlElement | string)[]
}

type XmlLimits = Pick<CartridgeLimits, 'maxXmlDepth' | 'maxXmlElements'>

/** Throws CartridgeError: malformed_xml, forbidden_doctype, xml_too_deep or too_large. */
export function parseXml(bytes: Buffer, path: string, limits: XmlLimits): XmlElement {
  const entry = shownText(path)
  const malformed = (what: string, cause?: unknown) =>
    new CartridgeError(
      'malformed_xml',
      `“${entry}” is not well-formed XML (${shownText(what)}). Export the course again; if it stays so, the exporting system is at fault.`,
      { entry, cause },
    )
  let text: string
  try {
    text = decodeXml(bytes)
  } catch (cause) {
    throw malformed('its text is not in the encoding that it declares', cause)
  }
  const root: XmlElement = { name: '', attributes: {}, children: [] }
  const stack = [root]
  let elements = 0
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('error', error => {
    throw malformed(error.message, error)
  })
  parser.on('doctype', doctype => {
    if (/[[\]]|<!|%/.test(doctype)) {
      throw new CartridgeError(
        'forbidden_doctype',
        `“${entry}” declares its own entities or document type, which no course export needs and which is a known attack. Nothing was imported.`,
        { entry },
      )
    }
  })
  parser.on('opentag', tag => {
    if (stack.length > limits.maxXmlDepth) {
      throw new CartridgeError(
        'xml_too_deep',
        `“${entry}” nests its elements more than ${limits.maxXmlDepth} deep. Nothing was imported.`,
        { entry },
      )
    }
    if (++elements > limits.maxXmlElements) {
      throw new CartridgeError(
        'too_large',
        `“${entry}” holds more than ${limits.maxXmlElements} elements. Split the course.`,
        { entry },
      )
    }
    const element: XmlElement = { name: localName(tag.name), attributes: { ...tag.attributes }, children: [] }
    stack.at(-1)!.children.push(element)
    stack.push(element)
  })
  parser.on('closetag', () => {
    stack.pop()
  })
  const addText = (part: string) => {
    if (stack.length > 1) stack.at(-1)!.children.push(part)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(text).close()
  const document = root.children.find(child => typeof child !== 'string')
  if (!document) throw malformed('it is empty')
  return document
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
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

/** The element as XML text again, for keeping what cannot be imported. */
export function serialiseXml(element: XmlElement): string {
  // Names with a space are notes of the reader's own.
  const attributes = Object.entries(element.attributes).flatMap(([name, value]) =>
    name.includes(' ') ? [] : ` ${name}="${escapeXml(value)}"`,
  )
  const content = element.children.map(child =>
    typeof child === 'string' ? escapeXml(child) : serialiseXml(child),
  )
  return `<${element.name}${attributes.join('')}>${content.join('')}</${element.name}>`
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
