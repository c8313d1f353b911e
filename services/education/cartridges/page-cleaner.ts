import {
  escapeHtml,
  sanitiseInlineHtmlRewriting,
  sanitiseLessonHtmlRewriting,
} from '@azora/kit/rich-text/sanitise.ts'
import { safeUrl } from '@azora/kit/rich-text/urls.ts'
import { shownText } from './entry-names.ts'
import type { FileShelf } from './file-shelf.ts'
import { attached, described, type Finding, imported, type Ledger, lost } from './ledger.ts'
import { portableHtml } from './portable-html.ts'
import type { CleanHtml } from './qti-item.ts'
import { type Places, type Resolved, resolveReference } from './references.ts'

/** Makes a text of the cartridge fit to store: references resolved, HTML cleaned, and each address accounted for. */

export type Workshop = {
  ledger: Ledger
  shelf: FileShelf
  places: Omit<Places, 'fileId' | 'keepImage'>
  /** Hears of faults of ours, which cost one part and should be looked at. */
  onFault(failure: unknown): void
}

type Met = { resolved: Resolved; use: 'link' | 'media' }

/** `path` is where the text lies in the archive; `title` is its lesson's. */
export function cleaner(path: string, title: string, at: Workshop): CleanHtml {
  const { ledger, shelf } = at
  const where = path || at.places.source.manifest
  const places: Places = {
    ...at.places,
    fileId: file => shelf.idOf(file),
    keepImage: data => keepImage(data, title, shelf),
  }
  return (html, place) => {
    const met = new Map<string, Met>()
    const portable = portableHtml(html, place, {
      aside: (url, what) => asideReference(url, what, { path, where, title, places, ledger }),
      dropped: (what, reason, code) => ledger.note(where, lost(`${what} in “${title}”`, reason, code)),
      hiddenPart: part => keepHiddenPart(part, where, title, at),
    })
    const rewrite = (url: string, use: 'link' | 'media'): string | null => {
      const resolved = met.get(url)?.resolved ?? resolveReference(url, path, places)
      met.set(url, { resolved, use })
      return resolved.url
    }
    const clean =
      place === 'inline'
        ? sanitiseInlineHtmlRewriting(portable, rewrite)
        : sanitiseLessonHtmlRewriting(portable, rewrite)
    for (const [url, one] of met) account(url, one, clean)
    return clean
  }

  /** What became of an address is read from the text that is stored, not from what was meant to happen. */
  function account(url: string, { resolved, use }: Met, stored: string): void {
    if (url.trim() === '' || url.startsWith('#')) return
    const shown = shownText(url.replace(/%24/g, '$').replace(/^(data:[^,]{0,60},).*/s, '$1…'), 200)
    const name = `${use === 'media' ? 'picture or recording' : 'link'} “${shown}” in “${title}”`
    const kept = use === 'media' ? 'its description is kept' : 'its text is kept'
    const safe = resolved.url === null ? null : safeUrl(resolved.url, use)
    if (safe && isIn(stored, safe)) {
      if (resolved.url !== null && resolved.path) shelf.use(resolved.path, title)
      // A picture written into the page is no address of anything else.
      if (!/^data:/i.test(url)) ledger.reference(where, url, imported(name))
      return
    }
    const [reason, code] =
      resolved.url === null
        ? [resolved.reason.replace(/\.$/, ''), 'unresolved_reference']
        : ['Such an address cannot be kept in a lesson', 'unsafe_link']
    ledger.reference(where, url, lost(name, `${reason}; ${kept}.`, code))
  }
}

/** Whether the stored text holds the address; a player's address may have become its page's. */
function isIn(stored: string, url: string): boolean {
  return stored.includes(escapeHtml(url)) || /^https?:\/\/(?:www\.)?(?:youtube|player\.vimeo)/i.test(url)
}

type Around = { path: string; where: string; title: string; places: Places; ledger: Ledger }

/** A reference of which a lesson shows nothing: its file is among those that are kept, or it is lost. */
function asideReference(url: string, what: string, { path, where, title, places, ledger }: Around): void {
  if (url.trim() === '' || /^(?:data:|#|javascript:|about:)/i.test(url)) return
  const resolved = resolveReference(url, path, places)
  const name = `${what} “${shownText(url, 200)}” in “${title}”`
  let finding: Finding
  if (resolved.url === null) finding = lost(name, 'The archive does not contain it.', 'unresolved_reference')
  else if (resolved.path) finding = attached(name, 'Lessons do not show it; the file is kept.', 'aside')
  else finding = lost(name, 'Lessons do not show such things; it lies outside the archive.', 'aside')
  ledger.reference(where, url, finding)
  if (finding.outcome === 'attached') ledger.note(where, finding)
}

/** What readers of the original did not see stays out of the lesson, and is kept for its author. */
function keepHiddenPart(html: string, where: string, title: string, { ledger, shelf }: Workshop): void {
  const bare = html.replace(/<[^<>]{0,2000}>/g, '').trim()
  if (bare === '' && !/\b(?:src|href|data)\s*=/i.test(html)) return
  shelf.add(`hidden part of ${shownText(title, 80)}.html`, Buffer.from(html), 'text/html', 'attachment')
  ledger.note(
    where,
    attached(
      `hidden part of “${title}”: ${shownText(bare, 80) || 'a picture or link'}`,
      'Readers of the original page did not see it; it is kept as a file.',
      'hidden_part',
    ),
  )
}

const pictureData = /^data:image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml)[^,]{0,100}?(;base64)?,/i

/** A picture written into the page itself becomes a file: pages must stay small on a slow line. */
function keepImage(dataUrl: string, title: string, shelf: FileShelf): string | null {
  const start = pictureData.exec(dataUrl.trim())
  if (!start) return null
  const type = start[1]!.toLowerCase().replace('jpg', 'jpeg')
  const bytes = bytesOf(dataUrl.trim().slice(start[0].length), start[2] !== undefined)
  if (!bytes) return null
  const name = `picture in ${shownText(title, 80)}.${type.replace('+xml', '')}`
  return `azora-file:${shelf.add(name, bytes, `image/${type}`, 'lesson')}`
}

function bytesOf(data: string, base64: boolean): Buffer | null {
  if (base64) return /^[A-Za-z0-9+/=\s]+$/.test(data) ? Buffer.from(data, 'base64') : null
  try {
    return Buffer.from(decodeURIComponent(data))
  } catch {
    return null // a stray percent sign: there is no saying what bytes were meant
  }
}

/** A text that was mended to be read, for the report. */
export const mendedFinding = (): Finding =>
  described(
    'the text, mended',
    'It held characters or markup that no text may hold; they were removed.',
    'mended',
  )
