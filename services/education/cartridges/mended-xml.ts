import { Parser } from 'htmlparser2'
import type { CartridgeLimits } from './cartridge.ts'
import { CartridgeError } from './cartridge-error.ts'
import { decodeXmlLeniently, storableText } from './text-encoding.ts'
import { parseXml, type XmlElement } from './xml.ts'

/**
 * XML as exporters write it: a stray control character, `&nbsp;`, a bare `&` in an address or a wrong encoding label
 * make a file malformed, and would cost the whole quiz or course. What is well-formed is read as it is; the rest is
 * mended once, and what is malformed still is refused with its first fault.
 */
export function parseMendingXml(
  bytes: Buffer,
  path: string,
  limits: Pick<CartridgeLimits, 'maxXmlDepth' | 'maxXmlElements'>,
): { root: XmlElement; mended: boolean } {
  try {
    return { root: parseXml(bytes, path, limits), mended: false }
  } catch (error) {
    if (!(error instanceof CartridgeError) || error.code !== 'malformed_xml') throw error
    try {
      return { root: parseXml(Buffer.from(mended(bytes)), path, limits), mended: true }
    } catch (again) {
      throw again instanceof CartridgeError && again.code === 'malformed_xml' ? error : again
    }
  }
}

function mended(bytes: Buffer): string {
  const text = storableText(decodeXmlLeniently(bytes))
    .text.replace(/^\s*<\?xml[^>]{0,300}\?>/, '')
    .trim()
  const parts: string[] = []
  // Inside CDATA an ampersand is an ampersand. A loop, since a pattern would search to the end for each start.
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf('<![CDATA[', at)
    const end = start < 0 ? -1 : text.indexOf(']]>', start)
    const until = end < 0 ? text.length : start
    parts.push(mendedReferences(text.slice(at, until)))
    if (end >= 0) parts.push(text.slice(start, end + 3))
    at = end < 0 ? text.length : end + 3
  }
  return parts.join('')
}

function mendedReferences(text: string): string {
  return text
    .replace(/<(?![\p{L}_:/!?])/gu, '&lt;')
    .replace(/&(?:#(\d{1,8}|x[\da-f]{1,6});|([a-z][a-z\d]{1,30});)?/gi, (whole, code, name) => {
      if (code) return storableText(fromCode(code)).text && whole
      if (!name) return '&amp;'
      if (/^(?:amp|lt|gt|quot|apos)$/.test(name)) return whole
      const decoded = decodedEntity(whole)
      return decoded === whole ? `&amp;${name};` : decoded
    })
}

function fromCode(code: string): string {
  const point =
    code.startsWith('x') || code.startsWith('X') ? Number.parseInt(code.slice(1), 16) : Number(code)
  // Halves of a character and numbers beyond Unicode stand for nothing.
  return point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : ''
}

/** The character that HTML means by a name, or the name as it was. */
function decodedEntity(entity: string): string {
  let text = ''
  const parser = new Parser({ ontext: part => (text += part) })
  parser.end(entity)
  return text
}
