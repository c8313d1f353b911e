/**
 * The only URL forms that stored HTML may hold: web addresses, mail (links only), a path of this site, a place
 * in the page, and the two internal forms that the cartridge reader writes (`azora-file:` and `azora-item:`).
 */

const internal = /^azora-(?:file:[A-Za-z0-9_-]+|item:[A-Za-z0-9_.-]+(?:#[\w.-]*)?)$/
const idPrefix = 'lesson-'

/** Ids live in their own name space, so that lesson text cannot shadow the portal's elements or globals. */
export function scopedId(id: string): string | null {
  const name = id.startsWith(idPrefix) ? id.slice(idPrefix.length) : id
  return /^[\p{L}\p{N}_.:-]{1,100}$/u.test(name) ? idPrefix + name : null
}

/** The URL in the form to store, or null when it may not be stored. Never throws. */
export function safeUrl(raw: string, use: 'link' | 'media'): string | null {
  // Browsers drop tabs and line breaks anywhere in a URL and control characters at its ends; so do we,
  // before looking at the scheme.
  const value = stripEnds(raw.replace(/[\t\n\r]/g, ''))
  if (value === '' || hasControls(value)) return null
  if (internal.test(value)) return use === 'media' && !value.startsWith('azora-file:') ? null : value
  if (value.startsWith('#')) {
    const id = use === 'link' ? scopedId(decoded(value.slice(1))) : null
    return id ? `#${id}` : null
  }
  if (/^[/\\]{2}/.test(value)) return webUrl(`https://${value.slice(2)}`)
  if (value.startsWith('/')) return value
  if (/^https?:/i.test(value)) return webUrl(value)
  if (use === 'link' && /^mailto:[^\s<>"']+$/i.test(value)) return value
  return null
}

function webUrl(value: string): string | null {
  const url = URL.parse(value)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname ? url.href : null
}

function stripEnds(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function isBlank(code: number): boolean {
  return (
    code <= 0x20 || code === 0x7f || code === 0xa0 || code === 0xfeff || (code >= 0x2000 && code <= 0x200f)
  )
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true
  }
  return false
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // not percent-encoding after all: the plain text is the name
  }
}
