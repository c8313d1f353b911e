/** Bytes to text, as XML 1.0 (appendix F) and HTML (encoding sniffing) tell it. */

/** Throws TypeError when the bytes are not in the encoding that they claim. */
export function decodeXml(bytes: Buffer): string {
  return decode(bytes, xmlEncoding(bytes), true)
}

/** Never throws: what is not in the encoding that it claims is read as whatever it can be. */
export function decodeXmlLeniently(bytes: Buffer): string {
  return decodeGuessing(bytes, byteOrderMark(bytes) ?? silentUtf16(bytes))
}

/** Never throws: undecodable HTML is read as windows-1252, which every byte sequence is. */
export function decodeHtml(bytes: Buffer): string {
  const marked = byteOrderMark(bytes) ?? silentUtf16(bytes)
  if (marked) return decode(bytes, marked, false)
  const head = bytes.toString('latin1', 0, 2048)
  const declared = /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]{2,40})/i.exec(head)?.[1]
  if (declared && !/^utf-?16/i.test(declared)) {
    try {
      return decode(bytes, declared, true)
    } catch {
      // An unknown or untrue label: fall through and judge by the bytes themselves.
    }
  }
  return decodeGuessing(bytes, null)
}

function decodeGuessing(bytes: Buffer, known: string | null): string {
  try {
    return decode(bytes, known ?? 'utf-8', known === null)
  } catch {
    return decode(bytes, 'windows-1252', false)
  }
}

/**
 * UTF-16 that says so nowhere: in text that is mostly Latin or markup, every other byte is zero. Null when it is not.
 */
function silentUtf16(bytes: Buffer): string | null {
  const pairs = Math.min(bytes.length, 2000) >> 1
  if (pairs < 2) return null
  let first = 0
  let second = 0
  for (let at = 0; at < pairs; at++) {
    if (bytes[2 * at] === 0) first++
    if (bytes[2 * at + 1] === 0) second++
  }
  if (second > pairs / 3 && first < pairs / 20) return 'utf-16le'
  if (first > pairs / 3 && second < pairs / 20) return 'utf-16be'
  return null
}

// What neither XML 1.0 (2.2) nor a database holds: control characters, halves of a character, non-characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the point of it
const unstorable = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g

/** The text without characters that cannot be stored, and whether there were any. */
export function storableText(text: string): { text: string; cleaned: boolean } {
  const kept = text.replace(unstorable, '').toWellFormed()
  return { text: kept, cleaned: kept !== text }
}

function xmlEncoding(bytes: Buffer): string {
  const marked = byteOrderMark(bytes)
  if (marked) return marked
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le'
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be'
  const declared = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{2,40})["']/.exec(
    bytes.toString('latin1', 0, 300),
  )?.[1]
  // A declaration that we could read byte by byte cannot be UTF-16, whatever it says.
  return declared && !/^utf-?16/i.test(declared) ? declared : 'utf-8'
}

function byteOrderMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

function decode(bytes: Buffer, encoding: string, fatal: boolean): string {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes)
  } catch (error) {
    if (error instanceof RangeError) throw new TypeError(`unknown encoding ${encoding}`, { cause: error })
    throw error
  }
}
