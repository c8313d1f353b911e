import { SaxesParser } from 'saxes'
import type { XmlElement } from './element.ts'

export type XmlLimits = {
  /** How deep elements may stand in each other. */
  maxXmlDepth: number
  maxXmlElements: number
}

export class XmlFault extends Error {
  readonly code: 'malformed' | 'declares_entities' | 'too_deep' | 'too_many'

  constructor(code: XmlFault['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'XmlFault'
    this.code = code
  }
}

/**
 * XML as a small tree. The parser reads no DTD and fetches nothing; a DOCTYPE that declares anything (entities are the
 * usual attack) is refused.
 *
 * @throws XmlFault
 */
export function parseXmlText(text: string, { maxXmlDepth, maxXmlElements }: XmlLimits): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] }
  const stack = [root]
  const innermost = () => stack.at(-1) ?? root
  let elements = 0
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('error', error => {
    throw new XmlFault('malformed', error.message, error)
  })
  parser.on('doctype', doctype => {
    if (/[[\]]|<!|%/.test(doctype)) throw new XmlFault('declares_entities', 'It declares entities.')
  })
  parser.on('opentag', tag => {
    if (stack.length > maxXmlDepth)
      throw new XmlFault('too_deep', `It is deeper than ${maxXmlDepth} elements.`)
    elements += 1
    if (elements > maxXmlElements)
      throw new XmlFault('too_many', `It has more than ${maxXmlElements} elements.`)
    const element: XmlElement = { name: localName(tag.name), attributes: { ...tag.attributes }, children: [] }
    innermost().children.push(element)
    stack.push(element)
  })
  parser.on('closetag', () => {
    stack.pop()
  })
  const addText = (part: string) => {
    if (stack.length > 1) innermost().children.push(part)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(text).close()
  const document = root.children.find(child => typeof child !== 'string')
  if (!document) throw new XmlFault('malformed', 'it is empty')
  return document
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)
