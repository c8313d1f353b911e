import { because } from '@azora/contracts/education/import-reasons.ts'
import type { XmlElement } from '@azora/qti/element.ts'
import { parseXmlText, XmlFault, type XmlLimits } from '@azora/qti/parse-xml.ts'
import { CartridgeError } from './cartridge-error.ts'
import { shownText } from './entry-names.ts'
import { decodeXml } from './text-encoding.ts'

export type { XmlElement } from '@azora/qti/element.ts'
export { childOf, childrenOf, descendantsOf, textOf } from '@azora/qti/element.ts'

/**
 * XML as a small tree. The parser reads no DTD and fetches nothing; a DOCTYPE that declares anything (entities
 * are the usual attack) is refused outright.
 *
 * Throws CartridgeError: malformed_xml, forbidden_doctype, xml_too_deep or too_large.
 */
export function parseXml(bytes: Buffer, path: string, limits: XmlLimits): XmlElement {
  const entry = shownText(path)
  const malformed = (what: string, cause?: unknown) =>
    new CartridgeError('malformed_xml', because('xml_malformed', { path: entry, fault: shownText(what) }), {
      entry,
      cause,
    })
  let text: string
  try {
    text = decodeXml(bytes)
  } catch (cause) {
    throw malformed('its text is not in the encoding that it declares', cause)
  }
  try {
    return parseXmlText(text, limits)
  } catch (failure) {
    if (!(failure instanceof XmlFault)) throw failure
    if (failure.code === 'malformed') throw malformed(failure.message, failure.cause)
    throw refusal(failure.code, entry, limits)
  }
}

function refusal(
  code: Exclude<XmlFault['code'], 'malformed'>,
  entry: string,
  limits: XmlLimits,
): CartridgeError {
  if (code === 'declares_entities')
    return new CartridgeError('forbidden_doctype', because('xml_entities', { path: entry }), { entry })
  if (code === 'too_deep') {
    const reason = because('xml_too_deep', { path: entry, most: limits.maxXmlDepth })
    return new CartridgeError('xml_too_deep', reason, { entry })
  }
  const reason = because('xml_too_many', { path: entry, most: limits.maxXmlElements })
  return new CartridgeError('too_large', reason, { entry })
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
