/**
 * One form for every email address, wherever it is typed: at sign-up, at sign-in, in an invitation, by a provider.
 *
 * A domain may be written in its own script or in the form that the mail system uses (IDNA); both are one mailbox.
 * What is kept is the second, in small letters, so that addresses compare as text. The part before the @ is in NFC
 * (RFC 6532, 3.1) and in small letters: hosts that tell capitals apart there are unheard of.
 */

const mostLength = 254
// RFC 5322 `dot-atom`, with the letters of all scripts (RFC 6532, 3.2).
const local = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
// What may stand in a typed domain at all: an address of the web would take ports, escapes and more.
const typedDomain = /^(?:[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61-]|\u200c|\u200d)+$/u
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/

/** The form of an address that is kept and compared, or null for text that is no address. Idempotent. */
export function canonicalEmail(text: string): string | null {
  const trimmed = text.trim()
  const at = trimmed.lastIndexOf('@')
  if (at < 1 || trimmed.length > mostLength) return null
  const mailbox = trimmed.slice(0, at).normalize('NFC').toLowerCase().normalize('NFC')
  const host = asciiDomain(trimmed.slice(at + 1))
  if (!host || !local.test(mailbox)) return null
  const address = `${mailbox}@${host}`
  return address.length <= mostLength ? address : null
}

function asciiDomain(text: string): string | null {
  if (!typedDomain.test(text)) return null
  // The web platform's own conversion (UTS #46), which Node and browsers share.
  const url = URL.parse(`https://${text}/`)
  return url && domain.test(url.hostname) && url.hostname.length <= 253 ? url.hostname : null
}
