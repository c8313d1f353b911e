/** What someone gives to have a certificate checked, once it is understood. */
export type Given =
  | { kind: 'credential'; text: string }
  | { kind: 'certificate'; id: string }
  /** A certificate of another site, which only that site can look up. */
  | { kind: 'elsewhere'; url: string; host: string }
  | { kind: 'unknown' }

const number = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i
const onPage = new RegExp(`/certificates/(${number.source})(?:[/?#]|$)`, 'i')

/**
 * Understands what was typed, pasted or scanned: the text of a credential, the address of a certificate's page or of
 * its file, or the number that is printed on it, with or without its hyphens and with spaces as people copy it.
 *
 * @param origin this site's, `https://school.example`.
 */
export function understand(text: string, origin: string): Given {
  const given = text.trim()
  if (/^[{[]/.test(given)) return isJson(given) ? { kind: 'credential', text: given } : { kind: 'unknown' }
  const joined = given.replace(/\s+/g, '')
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(joined) ? joined : `https://${joined}`
  const found = onPage.exec(joined)?.[1]
  if (found && URL.canParse(address)) {
    const url = new URL(address)
    if (!/^https?:$/.test(url.protocol)) return { kind: 'unknown' }
    return url.host === new URL(origin).host
      ? { kind: 'certificate', id: hyphened(found) }
      : { kind: 'elsewhere', url: url.href, host: url.host }
  }
  const typed = new RegExp(`^(?:\\D{0,20}[:#])?(${number.source})$`, 'i').exec(joined)?.[1]
  return typed ? { kind: 'certificate', id: hyphened(typed) } : { kind: 'unknown' }
}

function hyphened(found: string): string {
  const digits = found.replaceAll('-', '').toLowerCase()
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
