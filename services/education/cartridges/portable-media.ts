import { mediaTypeOf } from './media-types.ts'

/** How pages name pictures, media and backgrounds, beyond `src`. */

type Attributes = Record<string, string>

const lazyNames = ['data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'data-image-src']

/** Addresses of one picture, the one to show first. A lazy picture's `src` is only what is seen while it loads. */
export function pictureSources(attributes: Attributes, others: string[]): string[] {
  const lazy = lazyNames.map(name => attributes[name] ?? '').find(Boolean)
  const candidates = [...setOf(attributes.srcset ?? ''), ...setOf(attributes['data-srcset'] ?? '')].toSorted(
    (a, b) => b.size - a.size,
  )
  const placeholder = lazy !== undefined || (candidates.length > 0 && /^data:/i.test(attributes.src ?? ''))
  const first = [lazy ?? '', placeholder ? '' : (attributes.src ?? ''), ...candidates.map(({ url }) => url)]
  const all = [...first, placeholder ? (attributes.src ?? '') : '', ...others]
    .map(url => url.trim())
    .filter(url => url !== '' && !(placeholder && /^data:/i.test(url)))
  return [...new Set(all)]
}

/** `srcset`: addresses, each with a width or density. A comma inside an address has no space after it. */
function setOf(srcset: string): { url: string; size: number }[] {
  if (/^\s*data:/i.test(srcset)) return []
  return srcset.split(/,\s+|,$/).flatMap(part => {
    // Exporters leave spaces in names, which the format forbids: only the last word can be a size.
    const [url = '', size] = part.trim().split(/\s+(?=[\d.]{1,12}[wxh]$)/i)
    return url ? [{ url, size: Number.parseFloat(size ?? '1') || 1 }] : []
  })
}

/** Addresses in `background` and in the style: url("…"), url('…') or url(…). */
export function backgrounds({ background, style }: Attributes): string[] {
  const found: string[] = background ? [background] : []
  for (const [, quoted, single, bare] of (style ?? '').matchAll(
    /url\(\s*(?:"([^"\n]{1,2000})"|'([^'\n]{1,2000})'|([^)"'\s]{1,2000}))/gi,
  )) {
    const url = quoted ?? single ?? bare ?? ''
    if (url !== '' && !/^(?:data:|#)/i.test(url)) found.push(url)
  }
  return found
}

/** Whether readers of the original did not see the element. */
export function hidesItself({ hidden, style }: Attributes): boolean {
  return hidden !== undefined || /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style ?? '')
}

export const addressOfObject = ({ data, code, src }: Attributes): string => data || src || code || ''

/** How something embedded is best shown, by its stated type or its name. */
export function embedded(address: string, type: string): 'image' | 'audio' | 'video' | 'link' {
  const stated = /^(image|audio|video)\//i.exec(type)?.[1]
  const path = address.replace(/[?#].*$/s, '')
  const kind = stated ?? /^(image|audio|video)\//.exec(mediaTypeOf(path))?.[1]
  return kind === undefined ? 'link' : (kind.toLowerCase() as 'image' | 'audio' | 'video')
}

/** `<meta http-equiv="refresh" content="0; url=…">`: where the page leads. */
export function refreshTarget(attributes: Attributes): string | null {
  if (attributes['http-equiv']?.toLowerCase() !== 'refresh') return null
  return /url\s*=\s*["']?([^"'\s;]+)/i.exec(attributes.content ?? '')?.[1] ?? null
}

/** Last part of an address, for a link that has no text. */
export function lastPart(address: string): string {
  const path = address.replace(/[?#].*$/s, '').replace(/[/\\]+$/, '')
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || address
  try {
    return decodeURIComponent(name)
  } catch {
    return name // a bare percent sign: no percent-encoding
  }
}
